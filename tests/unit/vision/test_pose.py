"""Turns of the head are found again, with the signs of `HeadPose`."""

import numpy as np
import pytest

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.sides import Side
from facialis.measurement.points import HeadPose
from facialis.vision.pose import camera_axes, estimate_pose, pose_of
from facialis.vision.schemas.mp478 import INDICES, NOSE_TIP
from facialis.vision.synthetic.camera import rotation_of
from tests.factories.meshes import mirrored_mesh, neutral_mesh_px

FOREHEAD = 10


def angles(pose: HeadPose) -> tuple[float, float, float]:
    return pose.yaw_deg, pose.pitch_deg, pose.roll_deg


@pytest.mark.parametrize(
    "turn", [(0, 0, 0), (9, 0, 0), (0, -7, 0), (0, 0, 12), (-8, 5, -3), (10, 10, 10), (-40, 20, 30)]
)
def test_a_turned_neutral_face_gives_its_angles_back(turn):
    found, rotation = estimate_pose(neutral_mesh_px(HeadPose(*turn)))
    assert angles(found) == pytest.approx(turn, abs=1e-6)
    np.testing.assert_allclose(rotation, rotation_of(HeadPose(*turn)), atol=1e-9)


def test_positive_yaw_carries_the_nose_to_the_patients_left_which_is_the_pictures_right():
    straight, turned = neutral_mesh_px(), neutral_mesh_px(HeadPose(8.0, 0.0, 0.0))
    assert turned[NOSE_TIP, 0] > straight[NOSE_TIP, 0] + 5.0
    assert estimate_pose(turned)[0].yaw_deg > 7.0


def test_positive_pitch_lifts_the_nose():
    straight, turned = neutral_mesh_px(), neutral_mesh_px(HeadPose(0.0, 8.0, 0.0))
    assert turned[NOSE_TIP, 1] < straight[NOSE_TIP, 1] - 5.0
    assert estimate_pose(turned)[0].pitch_deg > 7.0


def test_positive_roll_tilts_the_forehead_to_the_patients_left_shoulder():
    straight, turned = neutral_mesh_px(), neutral_mesh_px(HeadPose(0.0, 0.0, 8.0))
    assert turned[FOREHEAD, 0] > straight[FOREHEAD, 0] + 5.0
    assert estimate_pose(turned)[0].roll_deg > 7.0


def test_place_and_size_of_the_face_do_not_matter():
    turn = HeadPose(6.0, -4.0, 2.0)
    far = neutral_mesh_px(turn, px_per_mm=0.7) + [900.0, -200.0, 50.0]
    assert angles(estimate_pose(far)[0]) == pytest.approx(angles(turn), abs=1e-6)


def test_mirroring_turns_yaw_and_roll_round_and_leaves_pitch():
    mesh = neutral_mesh_px(HeadPose(6.0, -4.0, 2.0))
    assert angles(estimate_pose(mirrored_mesh(mesh, 640))[0]) == pytest.approx((-6.0, -4.0, -2.0), abs=1e-6)


def test_a_drooping_mouth_and_closed_lids_do_not_turn_the_head():
    mesh = neutral_mesh_px(HeadPose(3.0, 2.0, 1.0))
    left = INDICES[Side.LEFT]
    mesh[[left.commissure, *left.lower_lip_outer, *left.upper_lip_outer], 1] += 20.0
    mesh[list(left.upper_lid[1:-1]), 1] += 10.0
    assert angles(estimate_pose(mesh)[0]) == pytest.approx((3.0, 2.0, 1.0), abs=1e-6)


def test_angles_of_a_rotation_are_those_that_made_it():
    assert angles(pose_of(rotation_of(HeadPose(25.0, -15.0, 40.0)))) == pytest.approx((25.0, -15.0, 40.0))


def test_camera_axes_of_the_neutral_mesh_are_the_heads():
    seen = camera_axes(neutral_mesh_px(px_per_mm=1.0, centre_px=0.0))
    neutral = neutral_points_mm()
    np.testing.assert_allclose(seen, neutral - neutral.mean(axis=0), atol=1e-12)
