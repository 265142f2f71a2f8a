import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.errors import MeasurementError
from facialis.measurement.frame import EyeLine, FaceFrame, canthal_offset_of
from tests.factories.faces import Camera, FaceShape, make_face, map_points


@pytest.mark.parametrize("roll_deg", [0, 12, -30, 100])
def test_frame_undoes_the_camera(roll_deg):
    camera = Camera(px_per_mm=4.0, roll_deg=roll_deg)
    frame = FaceFrame.from_points(make_face(camera=camera))
    places_mm = np.array([[0, 0], [31.5, 0], [-20, -66], [3, 40]], dtype=float)
    assert frame.to_mm(camera.project(places_mm), 0.25) == pytest.approx(places_mm, abs=1e-9)
    assert frame.to_image(places_mm * 4.0) == pytest.approx(camera.project(places_mm), abs=1e-9)
    assert frame.outer_canthal_px == pytest.approx(92 * 4)


def test_x_grows_toward_the_patients_left_and_y_upward():
    points = make_face()
    frame = FaceFrame.from_points(points)
    assert frame.to_frame(points.left.commissure)[0] > 0 > frame.to_frame(points.right.commissure)[0]
    assert frame.to_frame(points.left.brow)[:, 1].min() > 0 > frame.to_frame(points.chin)[1]
    assert frame.to_lateral(points.right.commissure, Side.RIGHT)[0] > 0


def test_frame_goes_through_the_irises_when_both_are_visible():
    frame = FaceFrame.from_points(make_face())
    assert frame.eye_line is EyeLine.IRISES
    assert frame.gaze_offset == pytest.approx((0, 0), abs=1e-9)


def test_frame_falls_back_to_the_outer_canthi_when_an_eye_is_closed():
    frame = FaceFrame.from_points(make_face(FaceShape().with_side(Side.LEFT, eye_open=False)))
    assert frame.eye_line is EyeLine.OUTER_CANTHI
    assert frame.gaze_offset is None


def test_gaze_offset_tells_a_glance_to_the_patients_left():
    points = make_face()
    glance = {"left": 2.3, "right": 2.3}
    moved = {
        name: type(points.left)(
            **{**vars(getattr(points, name)), "iris_centre": getattr(points, name).iris_centre + [px * 5, 0]}
        )
        for name, px in glance.items()
    }
    frame = FaceFrame.from_points(type(points)(**{**vars(points), **moved}))
    assert frame.gaze_offset == pytest.approx((2.3 / 92 * 100, 0), abs=1e-9)


def test_bridged_frame_of_a_closed_eye_is_the_frame_of_the_open_eye():
    """Canthi that stand obliquely must not tilt the face when the eyes close."""

    def oblique(points):
        # The LEFT canthi lie lower, as after a lid operation; the irises stay level.
        lowered = map_points(points, lambda places: places + [0, 10])
        left = type(points.left)(
            **{
                **vars(points.left),
                "lateral_canthus": lowered.left.lateral_canthus,
                "medial_canthus": lowered.left.medial_canthus,
            }
        )
        return type(points)(**{**vars(points), "left": left})

    opened = oblique(make_face(camera=Camera(roll_deg=8)))
    closed_shape = FaceShape().with_side(Side.LEFT, eye_open=False).with_side(Side.RIGHT, eye_open=False)
    closed = oblique(make_face(closed_shape, Camera(roll_deg=8)))
    own = FaceFrame.from_points(opened)
    bridged = FaceFrame.from_points(closed, canthal_offset_of(opened))
    assert bridged.eye_line is EyeLine.BRIDGED
    assert bridged.origin_px == pytest.approx(own.origin_px, abs=1e-9)
    assert bridged.x_axis == pytest.approx(own.x_axis, abs=1e-9)
    assert FaceFrame.from_points(closed).x_axis != pytest.approx(own.x_axis, abs=1e-3)


def test_canthal_offset_is_unknown_when_an_eye_is_closed():
    assert canthal_offset_of(make_face(FaceShape().with_side(Side.RIGHT, eye_open=False))) is None


@pytest.mark.parametrize("spoil", [lambda places: places * 0, lambda places: places * np.nan])
def test_face_without_direction_is_refused(spoil):
    with pytest.raises(MeasurementError, match="px apart"):
        FaceFrame.from_points(map_points(make_face(), spoil))
