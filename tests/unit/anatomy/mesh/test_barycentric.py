"""A place on the mesh is found again on any face, and what is not a place is refused."""

import numpy as np
import pytest

from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.anatomy.mesh.barycentric import BarycentricPoint, PlaceError, place
from facialis.anatomy.sides import Side

CHEEK = BarycentricPoint((50, 187, 205), (0.25, 0.5, 0.25))


def test_a_place_is_the_weighted_mean_of_its_corners():
    points = np.zeros((478, 3))
    points[[50, 187, 205]] = [[4, 0, 0], [0, 8, 0], [0, 0, 4]]
    assert place(CHEEK, points).tolist() == [1.0, 4.0, 1.0]
    assert place(CHEEK, points[:, :2]).tolist() == [1.0, 4.0]


def test_a_place_moves_with_the_face():
    points = neutral_points_mm()
    turned = points[:, :2] @ np.array([[0.0, 2.0], [-2.0, 0.0]]) + (100.0, 50.0)
    expected = place(CHEEK, points)[:2] @ np.array([[0.0, 2.0], [-2.0, 0.0]]) + (100.0, 50.0)
    assert place(CHEEK, turned) == pytest.approx(expected)


def test_a_side_decides_which_corners_count():
    partner = mirror_partner()
    left = CHEEK.on(Side.LEFT)
    assert CHEEK.on(Side.RIGHT) is CHEEK
    assert left.corners == tuple(int(partner[c]) for c in CHEEK.corners)
    assert left.weights == CHEEK.weights
    assert left.mirrored() == CHEEK


@pytest.mark.parametrize(
    ("weights", "is_extrapolated"),
    [((0.0, 0.5, 0.5), False), ((-0.1, 0.6, 0.5), True), ((0.4, 0.7, -0.1), True)],
)
def test_a_weight_below_zero_is_an_extrapolation(weights, is_extrapolated):
    assert BarycentricPoint((1, 2, 3), weights).is_extrapolated is is_extrapolated


@pytest.mark.parametrize("corners", [(1, 1, 2), (-1, 2, 3), (1, 2, 478)])
def test_corners_are_three_points_of_the_mesh(corners):
    with pytest.raises(PlaceError) as error:
        BarycentricPoint(corners, (0.5, 0.25, 0.25))
    assert str(error.value) == (
        f"The corners {corners} are not three different points of the mesh. Allowed are the indices 0 to "
        "477. Name three of them."
    )
    assert error.value.code == "bad_mesh_place"


def test_weights_add_up_to_one():
    with pytest.raises(PlaceError, match=r"add up to 1\.25, not to 1\. Correct them"):
        BarycentricPoint((1, 2, 3), (0.5, 0.5, 0.25))


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_weights_are_finite(odd):
    with pytest.raises(PlaceError, match="not all finite"):
        BarycentricPoint((1, 2, 3), (odd, 0.5, 0.5))


@pytest.mark.parametrize("shape", [(468, 3), (478,), (478, 4), (1, 478, 3)])
def test_a_face_has_all_points(shape):
    with pytest.raises(PlaceError, match=r"Allowed are \(478, 2\) and \(478, 3\)"):
        place(CHEEK, np.zeros(shape))


def test_a_corner_that_was_not_seen_gives_no_place():
    points = neutral_points_mm().copy()
    points[187, 1] = np.nan
    with pytest.raises(PlaceError, match=r"\(50, 187, 205\) is not finite"):
        place(CHEEK, points)
    points[187, 1], points[0] = 0.0, np.nan
    assert np.isfinite(place(CHEEK, points)).all()
