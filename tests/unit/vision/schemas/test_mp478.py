"""The mesh's numbers become the right names, on the right sides."""

import dataclasses

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.points import HeadPose, Method, Region
from facialis.vision.schemas.mp478 import (
    ALL_POINTS,
    EYE_CLOSED_GAP,
    INDICES,
    face_points,
    face_width,
    hide_closed_irises,
    lid_gap_ratio,
)
from tests.factories.meshes import mirrored_mesh, neutral_mesh_px

WIDTH_PX = 640


def numbered():
    """A mesh whose points carry their own number: (i, 1000 + i)."""
    number = np.arange(ALL_POINTS, dtype=float)
    return np.stack([number, 1000 + number, 0 * number], axis=1)


def with_closed_left_eye(mesh):
    mesh = mesh.copy()
    left = INDICES[Side.LEFT]
    mesh[list(left.upper_lid)] = mesh[list(left.lower_lid)]
    return mesh


def test_index_33_is_the_outer_corner_of_the_patients_right_eye():
    points = face_points(numbered(), keep_hidden_irises=True)
    assert points.right.lateral_canthus.tolist() == [33.0, 1033.0]
    assert points.left.lateral_canthus.tolist() == [263.0, 1263.0]


def test_patients_left_lies_at_larger_x_in_an_unmirrored_picture():
    points = face_points(neutral_mesh_px())
    for name in ("lateral_canthus", "commissure", "ala", "iris_centre"):
        assert getattr(points.left, name)[0] > getattr(points.right, name)[0]


def test_a_mirrored_mesh_swaps_the_sides_and_nothing_else():
    mesh = neutral_mesh_px() + np.random.default_rng(5).normal(0.0, 1.0, (ALL_POINTS, 3))
    straight, turned = face_points(mesh), face_points(mirrored_mesh(mesh, WIDTH_PX))
    for side in Side:
        here, there = straight.side(side), turned.side(side.opposite)
        for field in dataclasses.fields(here):
            value, other = getattr(here, field.name), getattr(there, field.name)
            if isinstance(value, np.ndarray):
                expected = np.stack([WIDTH_PX - 1 - value[..., 0], value[..., 1]], axis=-1)
                np.testing.assert_allclose(other, expected, err_msg=field.name)
            else:
                assert other == pytest.approx(value)
    for name in ("nasion", "nose_tip", "subnasale", "philtrum", "chin"):
        value = getattr(straight, name)
        np.testing.assert_allclose(getattr(turned, name), [WIDTH_PX - 1 - value[0], value[1]])


def test_contours_run_from_medial_to_lateral_and_from_the_midline_to_the_commissure():
    points = face_points(neutral_mesh_px())
    for side in Side:
        here = points.side(side)
        for contour in (here.brow, here.upper_lid, here.lower_lid):
            assert abs(contour[0, 0] - 320.0) < abs(contour[-1, 0] - 320.0)
        for lip in (here.upper_lip_outer, here.upper_lip_inner, here.lower_lip_inner, here.lower_lip_outer):
            assert abs(lip[0, 0] - 320.0) < 1.0
            assert lip[-1] == pytest.approx(here.commissure)
        for lid in (here.upper_lid, here.lower_lid):
            assert lid[0] == pytest.approx(here.medial_canthus)
            assert lid[-1] == pytest.approx(here.lateral_canthus)
        assert here.nasolabial[0, 1] < here.nasolabial[-1, 1]


def test_names_lie_where_the_face_has_them():
    points = face_points(neutral_mesh_px())
    for side in Side:
        here = points.side(side)
        heights = [
            here.brow[:, 1].mean(),
            here.upper_lid[4, 1],
            here.lower_lid[4, 1],
            here.ala[1],
            here.upper_lip_outer[2, 1],
            here.lower_lip_outer[2, 1],
            points.chin[1],
        ]
        assert heights == sorted(heights)
        eye_width = np.linalg.norm(here.lateral_canthus - here.medial_canthus)
        assert eye_width / 3 < here.iris_diameter < eye_width / 1.5
    middle = [points.nasion, points.nose_tip, points.subnasale, points.philtrum, points.chin]
    assert [point[1] for point in middle] == sorted(point[1] for point in middle)


def test_everything_came_from_the_network():
    points = face_points(neutral_mesh_px())
    assert all(points.side(side).method(region) is Method.NETWORK for side in Side for region in Region)


def test_the_iris_behind_a_closed_lid_is_hidden_unless_it_is_asked_for():
    mesh = with_closed_left_eye(neutral_mesh_px())
    shown, kept = face_points(mesh), face_points(mesh, keep_hidden_irises=True)
    assert shown.left.iris_centre is None
    assert shown.left.iris_diameter is None
    assert shown.right.iris_diameter is not None
    assert kept.left.iris_centre is not None
    hidden = hide_closed_irises(kept)
    assert hidden.left.iris_centre is None
    assert hidden.right.iris_centre is not None


def test_an_eye_is_closed_below_its_limit():
    lower = np.array([[0.0, 0.0], [50.0, 0.0], [100.0, 0.0]])
    for gap in (0.9 * EYE_CLOSED_GAP, 1.1 * EYE_CLOSED_GAP):
        upper = lower - [[0.0, 0.0], [0.0, 100 * gap], [0.0, 0.0]]
        assert lid_gap_ratio(upper, lower) == pytest.approx(gap)
    assert lid_gap_ratio(np.zeros((3, 2)), np.zeros((3, 2))) == 0.0


@pytest.mark.parametrize("count", [468, 477, 68, 0])
def test_another_number_of_points_is_refused_with_both_numbers(count):
    with pytest.raises(ValueError, match=rf"478 points was expected; this one has {count}\."):
        face_points(np.zeros((count, 3)))


def test_depth_is_left_out():
    mesh = neutral_mesh_px()
    flat, deep = face_points(mesh[:, :2]), face_points(mesh)
    assert deep.chin.shape == (2,)
    np.testing.assert_array_equal(flat.left.upper_lid, deep.left.upper_lid)


def test_width_of_the_face_does_not_depend_on_its_turn_and_grows_with_the_picture():
    straight = face_width(neutral_mesh_px())
    assert face_width(neutral_mesh_px(HeadPose(10.0, -8.0, 20.0))) == pytest.approx(straight)
    assert face_width(neutral_mesh_px(px_per_mm=3.0)) == pytest.approx(1.5 * straight)
    assert face_width(mirrored_mesh(neutral_mesh_px(), WIDTH_PX)) == pytest.approx(straight)


def test_width_of_the_face_is_untouched_by_closed_lids_and_a_drooping_mouth():
    mesh = with_closed_left_eye(neutral_mesh_px())
    mesh[INDICES[Side.LEFT].commissure, 1] += 20.0
    assert face_width(mesh) == pytest.approx(face_width(neutral_mesh_px()))
