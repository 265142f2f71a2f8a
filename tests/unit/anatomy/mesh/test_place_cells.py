"""Places as tables write them."""

import pytest

from facialis.anatomy.mesh.barycentric import BarycentricPoint
from facialis.anatomy.mesh.place_cells import path_of, place_of
from facialis.evidence import Citation, EvidenceError, Provenance, Row

CITATION = Citation("Facialis", "rules", Provenance.DESIGN, "mesh")
CELLS = dict(
    zip(
        ("corner_a", "corner_b", "corner_c", "weight_a", "weight_b", "weight_c"),
        ("1", "2", "3", "0.5000", "0.2500", "0.2500"),
        strict=True,
    )
)


def row(**cells):
    return Row(cells, "anatomy/table, line 4", CITATION)


def test_a_place_in_six_columns():
    assert place_of(row(**CELLS)) == BarycentricPoint((1, 2, 3), (0.5, 0.25, 0.25))


def test_a_path_in_one_cell():
    path = path_of(row(path="1 2 3 0.5 0.25 0.25;4 5 6 1 0 0"))
    assert path == (BarycentricPoint((1, 2, 3), (0.5, 0.25, 0.25)), BarycentricPoint((4, 5, 6), (1, 0, 0)))


@pytest.mark.parametrize(
    "cell", ["1 2 3 0.5 0.5", "1 2 x 0.5 0.5 0", "1 2 3 a 0.5 0.5", "1 2 3 4 0.5 0.5 0 0"]
)
def test_what_is_no_place_is_named_with_its_line(cell):
    with pytest.raises(EvidenceError) as error:
        path_of(row(path=cell))
    assert str(error.value) == (
        f"anatomy/table, line 4: '{cell}' is no place on the mesh. "
        "A place is three mesh points and three weights."
    )


def test_weights_that_do_not_add_up_are_named_with_their_line():
    with pytest.raises(
        EvidenceError, match=r"anatomy/table, line 4: The weights .* add up to 1\.5, not to 1"
    ):
        place_of(row(**{**CELLS, "weight_a": "1.0000"}))
