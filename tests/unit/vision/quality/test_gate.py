"""Each reason of the gate appears where it should, with its number and limit, and only there."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Mirrored
from facialis.measurement.findings import Severity
from facialis.measurement.points import HeadPose
from facialis.vision.backends.protocol import FaceObservation
from facialis.vision.quality import gate_against_rest, gate_photo, gate_points, is_refused

from .drawn_face import CENTRE, drawn_face, drawn_points, moved

FRONTAL = HeadPose(0.0, 0.0, 0.0)
POINTS = drawn_points()
PICTURE = drawn_face(POINTS)
BLANK = np.zeros((100, 150, 3), np.uint8)


def _face(size: float, score: float = 0.99) -> FaceObservation:
    return FaceObservation(np.array([[0.0, 0.0, 0.0], [size, 0.8 * size, 0.0]]), score)


def _gate(picture=PICTURE, points=POINTS, pose=FRONTAL, expression=None, mirrored=Mirrored.NO):
    return gate_points(picture, points, pose, expression, mirrored)


def _codes(findings):
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("faces", "codes", "refused"),
    [
        ([], ["no_face"], True),
        ([_face(100, 0.3)], ["no_face"], True),
        ([_face(100)], [], False),
        ([_face(100), _face(90)], ["several_faces"], True),
        ([_face(90), _face(100), _face(95)], ["several_faces"], True),
        ([_face(100), _face(20)], ["background_face"], False),
        ([_face(100), _face(90, 0.2)], [], False),
        ([FaceObservation(np.zeros((0, 3)), 1.0)], [], False),
        ([FaceObservation(np.zeros((0, 3)), 1.0)] * 2, ["several_faces"], True),
    ],
)
def test_exactly_one_face_is_allowed(faces, codes, refused):
    findings = gate_photo(BLANK, faces)
    assert _codes(findings) == codes
    assert is_refused(findings) is refused


def test_good_picture_has_no_finding():
    assert _gate() == []


@pytest.mark.parametrize("expression", NINE_PHOTOGRAPHS)
def test_fitting_expression_has_no_finding(expression):
    points = drawn_points(
        eye_gap=2.0 if "closure" in expression else 20.0,
        mouth_gap=20.0 if expression in {"open_smile", "lower_teeth_show"} else 2.0,
    )
    assert _gate(drawn_face(points), points, expression=expression) == []


@pytest.mark.parametrize(
    ("pose", "codes", "refused"),
    [
        (HeadPose(2.9, 0, 0), [], False),
        (HeadPose(-3.5, 0, 0), ["lateral_needs_frontal"], False),
        (HeadPose(10.5, 0, 0), ["yaw_beyond_limit"], True),
        (HeadPose(-60.0, 0, 0), ["profile_view"], True),
        (HeadPose(0, 13, 0), ["pitch_beyond_limit"], False),
        (HeadPose(0, -26, 0), ["pitch_beyond_limit"], True),
        (HeadPose(0, 0, 40), [], False),
    ],
)
def test_turned_head_is_found(pose, codes, refused):
    findings = _gate(pose=pose)
    assert _codes(findings) == codes
    assert is_refused(findings) is refused


def test_chin_up_is_meant_in_the_nasal_base_view():
    assert _gate(pose=HeadPose(0, 30, 0), expression=Expression.NASAL_BASE) == []


@pytest.mark.parametrize(("yaw", "side"), [(20.0, "LEFT"), (-20.0, "RIGHT")])
def test_turned_head_names_the_patients_side(yaw, side):
    (finding,) = _gate(pose=HeadPose(yaw, 0, 0))
    assert f"toward the patient's {side}" in finding.sentence
    assert (finding.value, finding.limit) == (20.0, 10.0)


@pytest.mark.parametrize("factor", [1.0, 0.6, 2.0])
def test_blur_of_four_pixels_at_640_is_found_at_every_size(factor):
    size = round(600 * factor)
    points = moved(POINTS, (0.0, 0.0), factor)
    sharp = cv2.resize(PICTURE, (size, size), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    assert "blur" not in _codes(_gate(sharp, points))
    blurred = cv2.GaussianBlur(sharp, (0, 0), 4.0 * factor)
    assert "blur" in _codes(_gate(blurred, points))


def test_noise_does_not_hide_blur():
    blurred = cv2.GaussianBlur(PICTURE, (0, 0), 4.0).astype(float)
    noisy = blurred + np.random.default_rng(0).normal(0, 8, PICTURE.shape)
    assert "blur" in _codes(_gate(np.clip(noisy, 0, 255).astype(np.uint8)))


def test_flat_picture_counts_as_blurred():
    assert "blur" in _codes(_gate(np.full_like(PICTURE, 128)))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda picture: picture * 0.08, "too_dark"),
        (lambda picture: picture * 1.6 + 60, "too_bright"),
    ],
)
def test_wrong_exposure_is_found(change, code):
    picture = np.clip(change(PICTURE.astype(float)), 0, 255).astype(np.uint8)
    findings = [finding for finding in _gate(picture) if finding.code != "blur"]
    assert _codes(findings) == [code]


@pytest.mark.parametrize(("half", "side"), [(slice(300, None), "LEFT"), (slice(None, 300), "RIGHT")])
def test_shadow_on_one_half_names_the_patients_side(half, side):
    picture = PICTURE.copy()
    picture[:, half] = picture[:, half] * 0.25
    (finding,) = _gate(picture)
    assert finding.code == "uneven_light"
    assert f"patient's {side} half" in finding.sentence


def test_dark_skin_in_fair_light_is_no_finding():
    assert _gate(drawn_face(POINTS, skin=(84, 58, 46))) == []


def test_eye_outside_the_picture_is_refused():
    findings = _gate(PICTURE[:, :360], POINTS)
    assert findings[0].code == "eyes_outside"
    assert findings[0].severity is Severity.REFUSE


def test_chin_outside_the_picture_is_a_warning():
    findings = _gate(PICTURE[:450], POINTS)
    assert _codes(findings) == ["face_cut_off"]
    assert findings[0].value == pytest.approx(CENTRE[1] + 230 - 449.5)


@pytest.mark.parametrize(("factor", "severity"), [(0.4, Severity.WARN), (0.25, Severity.REFUSE)])
def test_small_face_is_found(factor, severity):
    size = round(600 * factor)
    small = cv2.resize(PICTURE, (size, size), interpolation=cv2.INTER_AREA)
    findings = [f for f in _gate(small, moved(POINTS, (0.0, 0.0), factor)) if f.code == "face_too_small"]
    assert [finding.severity for finding in findings] == [severity]
    assert findings[0].value == pytest.approx(200 * factor)


@pytest.mark.parametrize(
    ("expression", "points"),
    [
        (Expression.GENTLE_EYE_CLOSURE, drawn_points(eye_gap=20)),
        (Expression.TIGHT_EYE_CLOSURE, drawn_points(eye_gap=20)),
        (Expression.REST, drawn_points(eye_gap=2)),
        (Expression.REST, drawn_points(mouth_gap=30)),
        (Expression.CLOSED_SMILE, drawn_points(mouth_gap=30)),
        (Expression.OPEN_SMILE, drawn_points(mouth_gap=0)),
        (Expression.LOWER_TEETH_SHOW, drawn_points(mouth_gap=0)),
    ],
)
def test_contradicting_expression_is_suspected(expression, points):
    assert _codes(_gate(drawn_face(points), points, expression=expression)) == ["wrong_expression_suspected"]


def test_paralysed_side_is_not_a_wrong_expression():
    points = drawn_points(eye_gap=2, left_eye_gap=20)
    assert _gate(drawn_face(points), points, expression=Expression.GENTLE_EYE_CLOSURE) == []


def test_unknown_mirroring_is_noted():
    (finding,) = _gate(mirrored=Mirrored.UNKNOWN)
    assert (finding.code, finding.severity) == ("mirror_unknown", Severity.NOTE)


def test_gravest_finding_stands_first():
    findings = _gate(PICTURE[:450], POINTS, HeadPose(20, 0, 0), mirrored=Mirrored.UNKNOWN)
    assert [finding.severity for finding in findings] == [Severity.REFUSE, Severity.WARN, Severity.NOTE]


@pytest.mark.parametrize("expression", [e for e in NINE_PHOTOGRAPHS if e is not Expression.REST])
def test_expression_without_any_movement_is_suspected(expression):
    elsewhere = moved(POINTS, (40.0, -25.0), 1.3)
    assert _codes(gate_against_rest(elsewhere, POINTS, expression)) == ["wrong_expression_suspected"]


def test_movement_of_one_side_is_enough():
    raised = replace(POINTS.right, brow=POINTS.right.brow - np.array([0.0, 10.0]))
    assert gate_against_rest(replace(POINTS, right=raised), POINTS, Expression.BROW_RAISE) == []


@pytest.mark.parametrize("expression", [Expression.REST, Expression.NASAL_BASE])
def test_views_without_movement_are_not_suspected(expression):
    assert gate_against_rest(POINTS, POINTS, expression) == []
