import math

import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.bridge import (
    CANTHI_CLOSURE_REL_SD,
    CANTHI_READING_REL_SD,
    LendingPhoto,
    PatientBridge,
    build_bridge,
)
from facialis.measurement.frame import EyeLine, FaceFrame
from facialis.measurement.points import HeadPose
from facialis.measurement.scale import NoScale, ScaleSource, scale_from_iris, scale_from_ruler
from tests.factories.faces import Camera, FaceShape, make_face

CLOSED = FaceShape().with_side(Side.LEFT, eye_open=False).with_side(Side.RIGHT, eye_open=False)


def lending(camera=None, pose=None, shape=None):
    points = make_face(shape or FaceShape(), camera or Camera())
    return LendingPhoto(points, scale_from_iris(points), pose)


def test_closed_eyes_borrow_the_scale_of_the_other_photographs():
    bridge = build_bridge([lending(Camera(px_per_mm=5)), lending(Camera(px_per_mm=8)), lending(shape=CLOSED)])
    assert bridge.outer_canthal_mm == pytest.approx(92)
    scale = bridge.scale_for(make_face(CLOSED, Camera(px_per_mm=6.5)))
    assert scale.mm_per_px == pytest.approx(1 / 6.5)
    assert scale.source is ScaleSource.SET_BRIDGE
    assert scale.photo_rel_sd == pytest.approx(math.hypot(CANTHI_READING_REL_SD, CANTHI_CLOSURE_REL_SD))
    assert scale.common_rel_sd > 0.42 / 11.7
    assert "other photographs" in scale.note


def test_more_photographs_sharpen_the_bridge():
    one, four = build_bridge([lending()]), build_bridge([lending()] * 4)
    assert four.photo_rel_sd == pytest.approx(one.photo_rel_sd / 2)
    assert four.common_rel_sd == one.common_rel_sd


def test_ruler_is_preferred_to_the_iris():
    points = make_face()
    ruler = LendingPhoto(points, scale_from_ruler(100, 480))
    bridge = build_bridge([lending(), ruler])
    assert bridge.outer_canthal_mm == pytest.approx(92 * 5 * 100 / 480)
    assert bridge.common_rel_sd == 0


def test_turned_head_does_not_narrow_the_face():
    pose = HeadPose(yaw_deg=9, pitch_deg=0, roll_deg=0)
    bridge = build_bridge([lending(pose=pose)])
    assert bridge.outer_canthal_mm == pytest.approx(92 / math.cos(math.radians(9)))
    assert bridge.scale_for(make_face(), pose).mm_per_px == pytest.approx(0.2)


def test_set_of_closed_eyes_has_no_bridge_but_a_reason():
    bridge = build_bridge([lending(shape=CLOSED)])
    assert isinstance(bridge, NoScale)
    assert "no iris is visible" in bridge.reason


def test_bridge_lends_the_eye_line_too():
    bridge = build_bridge([lending(), lending(shape=CLOSED)])
    assert isinstance(bridge, PatientBridge)
    frame = FaceFrame.from_points(make_face(CLOSED), bridge.canthal_offset)
    assert frame.eye_line is EyeLine.BRIDGED
    assert build_bridge([LendingPhoto(make_face(CLOSED), scale_from_ruler(100, 500))]).canthal_offset is None
