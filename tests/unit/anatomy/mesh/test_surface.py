"""From a position in a frontal view to a place on the mesh, and back."""

import numpy as np
import pytest

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.mesh.barycentric import PlaceError, place
from facialis.anatomy.mesh.surface import FOREHEAD_ANCHOR, NECK_ANCHOR, locate

POINTS = neutral_points_mm()


@pytest.mark.parametrize("position", [(-12.0, 47.0), (41.0, -86.0), (0.0, 17.0), (-61.0, 0.0), (33.0, -41.0)])
@pytest.mark.parametrize("dimensions", [2, 3])
def test_a_position_on_the_face_is_found_again(position, dimensions):
    found = locate(np.array(position), POINTS[:, :dimensions])
    assert not found.is_extrapolated
    assert place(found, POINTS)[:2] == pytest.approx(position, abs=0.005)


@pytest.mark.parametrize(
    ("position", "anchor"),
    [((-30.0, 61.0), FOREHEAD_ANCHOR), ((20.0, 90.0), FOREHEAD_ANCHOR), ((-45.0, -150.0), NECK_ANCHOR)],
)
def test_beyond_the_mesh_a_place_hangs_on_a_wide_triangle(position, anchor):
    found = locate(np.array(position), POINTS)
    assert found.corners == anchor
    assert found.is_extrapolated
    assert place(found, POINTS)[:2] == pytest.approx(position, abs=0.02)


def test_the_picture_may_stand_on_its_head():
    image = POINTS[:, :2] * (3.0, -3.0) + (500.0, 400.0)
    assert locate(np.array([365.0, 850.0]), image).corners == NECK_ANCHOR
    assert locate(np.array([440.0, 200.0]), image).corners == FOREHEAD_ANCHOR


def test_where_the_face_folds_over_itself_the_nearest_layer_is_taken():
    # Beside the wing of the nose several layers lie behind each other in the frontal view.
    found = locate(np.array([-19.5, -39.0]), POINTS)
    behind = locate(np.array([-19.5, -39.0]), POINTS * (1.0, 1.0, -1.0))
    assert place(found, POINTS)[2] > place(behind, POINTS)[2] + 1.0


def test_a_corner_of_the_mesh_has_weights_of_zero_and_one():
    found = locate(POINTS[205], POINTS)
    assert sorted(found.weights) == [0.0, 0.0, 1.0]
    assert found.corners[found.weights.index(1.0)] == 205


def test_weights_have_four_decimals():
    weights = locate(np.array([-33.333, -41.777]), POINTS).weights
    assert weights == tuple(round(weight, 4) for weight in weights)


def test_half_a_mesh_is_refused():
    with pytest.raises(PlaceError, match="shape"):
        locate(np.zeros(2), POINTS[:100])
