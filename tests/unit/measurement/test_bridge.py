import math

import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.bridge import WIDTH_READING_REL_SD, LendingPhoto, PatientBridge, build_bridge
from facialis.measurement.errors import MeasurementError
from facialis.measurement.frame import EyeLine, FaceFrame
from facialis.measurement.scale import NoScale, ScaleSource, scale_from_iris, scale_from_ruler
from tests.factories.faces import Camera, FaceShape, make_face

CLOSED = FaceShape().with_side(Side.LEFT, eye_open=False).with_side(Side.RIGHT, eye_open=False)


WIDTH_MM = 140.0


def lending(px_per_mm=5.0, shape=None, scale=None):
    points = make_face(shape or FaceShape(), Camera(px_per_mm=px_per_mm))
    return LendingPhoto(points, scale or scale_from_iris(points), WIDTH_MM * px_per_mm)


def test_closed_eyes_borrow_the_scale_of_the_other_photographs():
    bridge = build_bridge([lending(5), lending(8), lending(shape=CLOSED)])
    assert bridge.face_width_mm == pytest.approx(WIDTH_MM)
    scale = bridge.scale_for(WIDTH_MM * 6.5)
    assert scale.mm_per_px == pytest.approx(1 / 6.5)
    assert scale.source is ScaleSource.SET_BRIDGE
    assert scale.photo_rel_sd == WIDTH_READING_REL_SD
    assert scale.common_rel_sd > 0.42 / 11.7
    assert "other photographs" in scale.note


def test_more_photographs_sharpen_the_bridge():
    one, four = build_bridge([lending()]), build_bridge([lending()] * 4)
    assert four.photo_rel_sd == pytest.approx(one.photo_rel_sd / 2)
    assert four.common_rel_sd == one.common_rel_sd


def test_ruler_is_preferred_to_the_iris():
    bridge = build_bridge([lending(), lending(scale=scale_from_ruler(100, 480))])
    assert bridge.face_width_mm == pytest.approx(WIDTH_MM * 5 * 100 / 480)
    assert bridge.common_rel_sd == 0


@pytest.mark.parametrize("width", [0.0, -3.0, math.nan, math.inf])
def test_face_without_a_width_is_refused(width):
    points = make_face()
    with pytest.raises(MeasurementError, match="positive and finite"):
        LendingPhoto(points, scale_from_iris(points), width)
    with pytest.raises(MeasurementError, match="positive and finite"):
        build_bridge([lending()]).scale_for(width)


def test_set_of_closed_eyes_has_no_bridge_but_a_reason():
    bridge = build_bridge([lending(shape=CLOSED)])
    assert isinstance(bridge, NoScale)
    assert "no iris is visible" in bridge.reason


def test_bridge_lends_the_eye_line_too():
    bridge = build_bridge([lending(), lending(shape=CLOSED)])
    assert isinstance(bridge, PatientBridge)
    frame = FaceFrame.from_points(make_face(CLOSED), bridge.canthal_offset)
    assert frame.eye_line is EyeLine.BRIDGED
    assert build_bridge([lending(shape=CLOSED, scale=scale_from_ruler(100, 500))]).canthal_offset is None
