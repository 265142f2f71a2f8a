"""Every muscle has a course that starts and ends where anatomy says; wrong rows are refused."""

import numpy as np
import pytest

from facialis.anatomy.mesh import contour_indices, neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.muscle_shapes import NoShapeError, _bundle, muscle_shape, muscle_shapes
from facialis.anatomy.sides import Side, lateral_sign
from facialis.evidence import Citation, EvidenceError, Provenance, Row

POINTS = neutral_points_mm()
CITATION = Citation("Facialis", "rules", Provenance.DESIGN, "mesh")
M = Muscle
MODIOLUS = (33.8, -72.2)
PLACE = "1 2 3 0.5 0.25 0.25"


def _ends(muscle, side=Side.LEFT):
    """Middle of the line of origin and of insertion: lateral distance and height. [mm]"""
    grids = [bundle.grid(POINTS, side) for bundle in muscle_shape(muscle).bundles]
    factor = (lateral_sign(side), 1.0)
    return (np.vstack([grid[:, end, :2] for grid in grids]).mean(axis=0) * factor for end in (0, -1))


def test_every_muscle_of_the_facial_nerve_has_a_course():
    assert tuple(muscle_shapes()) == FACIAL_MUSCLES
    assert all(shape.muscle is muscle for muscle, shape in muscle_shapes().items())
    assert all(shape.citation.source_key == "AnatomyTexts" for shape in muscle_shapes().values())


def test_muscles_in_two_parts():
    names = {m: [b.name for b in s.bundles] for m, s in muscle_shapes().items() if len(s.bundles) > 1}
    assert names == {
        M.NASALIS: ["transverse", "alar"],
        M.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI: ["alar", "labial"],
    }


def test_the_levator_of_the_lid_has_none():
    with pytest.raises(
        NoShapeError, match=r"'levator_palpebrae' has no course .* Allowed are frontalis, "
    ) as error:
        muscle_shape(M.LEVATOR_PALPEBRAE)
    assert error.value.code == "no_muscle_shape"


@pytest.mark.parametrize(
    "muscle",
    [M.ZYGOMATICUS_MAJOR, M.LEVATOR_ANGULI_ORIS, M.RISORIUS, M.BUCCINATOR, M.DEPRESSOR_ANGULI_ORIS],
)
def test_muscles_of_the_corner_of_the_mouth_end_at_the_modiolus(muscle):
    _, insertion = _ends(muscle)
    assert np.linalg.norm(insertion - MODIOLUS) < 3.5


@pytest.mark.parametrize(
    ("muscle", "origin", "insertion"),
    [
        (M.FRONTALIS, "high on the forehead", "brow"),
        (M.ZYGOMATICUS_MAJOR, "zygoma", "modiolus"),
        (M.DEPRESSOR_ANGULI_ORIS, "mandible", "modiolus"),
        (M.PLATYSMA, "below the jaw", "lower face"),
    ],
)
def test_muscles_start_and_end_where_anatomy_says(muscle, origin, insertion):
    boxes = {  # lateral from, to; height from, to [mm]
        "high on the forehead": (20, 40, 75, 95),
        "brow": (20, 40, 25, 35),
        "zygoma": (48, 60, -40, -28),
        "modiolus": (30, 37, -76, -69),
        "mandible": (20, 46, -112, -93),
        "below the jaw": (40, 90, -200, -170),
        "lower face": (20, 40, -110, -80),
    }
    for (lateral, height), name in zip(_ends(muscle), (origin, insertion), strict=True):
        low, high, bottom, top = boxes[name]
        assert low < lateral < high
        assert bottom < height < top


@pytest.mark.parametrize(
    ("muscle", "up"),
    [
        (M.FRONTALIS, True),
        (M.LEVATOR_LABII_SUPERIORIS, True),
        (M.ZYGOMATICUS_MAJOR, True),
        (M.PROCERUS, False),
        (M.DEPRESSOR_SUPERCILII, False),
        (M.DEPRESSOR_ANGULI_ORIS, False),
        (M.DEPRESSOR_LABII_INFERIORIS, False),
        (M.PLATYSMA, False),
        (M.DEPRESSOR_SEPTI_NASI, False),
        (M.MENTALIS, True),
    ],
)
def test_a_pull_toward_the_origin_goes_the_way_of_the_muscle(muscle, up):
    origin, insertion = _ends(muscle)
    assert bool(origin[1] > insertion[1]) is up


def test_corrugator_runs_obliquely_outward_and_upward():
    origin, insertion = _ends(M.CORRUGATOR_SUPERCILII)
    assert (insertion - origin > 10.0).all()


def test_the_lid_muscles_run_around_the_fissure():
    lid = POINTS[list(contour_indices()["upper_lid"]), :2] * (-1.0, 1.0)
    for muscle in (M.ORBICULARIS_OCULI_PRETARSAL, M.ORBICULARIS_OCULI_PRESEPTAL):
        grid = muscle_shape(muscle).bundles[0].grid(POINTS, Side.LEFT)
        assert grid[:, 0] == pytest.approx(grid[:, -1])
        assert grid[0, :, 0].min() < lid[0, 0]
        assert grid[0, :, 0].max() > lid[-1, 0]
        assert grid[0, :, 1].max() > lid[:, 1].max()


def test_parts_of_the_orbital_ring_follow_each_other():
    upper, lateral, lower = (
        muscle_shape(m).bundles[0].grid(POINTS, Side.RIGHT)
        for m in (
            M.ORBICULARIS_OCULI_ORBITAL_SUPERIOR,
            M.ORBICULARIS_OCULI_ORBITAL_LATERAL,
            M.ORBICULARIS_OCULI_ORBITAL_INFERIOR,
        )
    )
    assert upper[:, -1] == pytest.approx(lateral[:, 0])
    assert lateral[:, -1] == pytest.approx(lower[:, -1])
    assert lower[:, 0] == pytest.approx(upper[:, 0])


@pytest.mark.parametrize(
    "muscle", [M.ORBICULARIS_ORIS_SUPERIOR, M.ORBICULARIS_ORIS_INFERIOR, M.NASALIS, M.PROCERUS]
)
def test_muscles_that_meet_on_the_midline_do(muscle):
    grid = muscle_shape(muscle).bundles[0].grid(POINTS, Side.RIGHT)
    on_midline = grid[0, :, 0] if muscle is M.PROCERUS else grid[:, -1, 0]
    assert np.abs(on_midline).max() == 0.0


def test_the_two_sides_mirror_each_other():
    for shape in muscle_shapes().values():
        for bundle in shape.bundles:
            right, left = (bundle.grid(POINTS, side) for side in (Side.RIGHT, Side.LEFT))
            assert np.abs(right * (-1.0, 1.0, 1.0) - left).max() < 1e-9


def test_shapes_are_drawn_on_flat_faces_too():
    bundle = muscle_shape(M.RISORIUS).bundles[0]
    flat, deep = bundle.grid(POINTS[:, :2], Side.LEFT), bundle.grid(POINTS, Side.LEFT)
    assert flat.shape == (3, 4, 2)
    assert flat == pytest.approx(deep[..., :2])


def _row(path):
    return Row({"path": path}, "anatomy/shapes, line 3", CITATION)


def test_guides_of_a_bundle_are_equally_long():
    with pytest.raises(EvidenceError, match="line 3: the guide has 3 places, the first of its bundle 2"):
        _bundle("belly", [_row(f"{PLACE};{PLACE}"), _row(f"{PLACE};{PLACE};{PLACE}")])


@pytest.mark.parametrize("rows", [[f"{PLACE};{PLACE}"], [PLACE, PLACE]])
def test_a_bundle_has_two_guides_of_two_places(rows):
    with pytest.raises(EvidenceError, match="a bundle needs at least two guides of at least two places"):
        _bundle("belly", [_row(path) for path in rows])
