"""What counts as a change, and where two photographs lie beside each other."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from facialis.clinic.followup.aligned import CANTHI_MM, _transform
from facialis.clinic.followup.changes import changes_of
from facialis.measurement.frame import EyeLine, FaceFrame


def document(value, sd, name="commissure_height", expression="rest"):
    entry = {"name": name, "expression": expression, "value": value, "sd": sd, "unit": "mm"}
    return {"set": {"asymmetry": [entry]}}


@pytest.mark.parametrize(
    ("before", "after", "sd", "found"),
    [
        (-4.0, -1.0, 0.5, "better"),
        (1.0, 4.0, 0.5, "worse"),
        (4.0, -3.9, 0.5, "better"),
        (4.0, 3.0, 0.5, "within"),
        (0.5, -0.5, 0.5, "within"),
    ],
)
def test_a_change_counts_only_beyond_the_error_of_both_measurements(before, after, sd, found):
    changes = changes_of(document(before, sd), document(after, sd), "rest")
    got = "better" if changes.better else "worse" if changes.worse else "within"
    assert got == found


def test_what_one_of_the_two_lacks_is_left_out():
    without = document(None, None)
    assert changes_of(document(1.0, 0.2), without, "rest").is_empty
    assert changes_of(document(1.0, 0.2), document(1.0, 0.2, expression="snarl"), "rest").is_empty


def laid(transform, x, y):
    a, b, c, d, e, f = map(float, transform.removeprefix("matrix(").removesuffix(")").split())
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize("turn_deg", [0.0, 7.0, -12.0])
@pytest.mark.parametrize("mirrored", ["no", "yes"])
def test_the_eye_line_lies_level_and_the_patients_left_on_screen_right(turn_deg, mirrored):
    turn = np.deg2rad(turn_deg)
    axis = np.array([np.cos(turn), np.sin(turn)])
    middle, canthi = np.array([310.0, 250.0]), 180.0
    frame = FaceFrame(middle, axis, canthi, EyeLine.IRISES, None)
    photograph = SimpleNamespace(mirrored=mirrored, width_px=640)
    left_eye, right_eye = middle + axis * canthi / 2, middle - axis * canthi / 2

    def stored(point):
        x, y = point + 0.5
        return (640 - x, y) if mirrored == "yes" else (x, y)

    transform = _transform(frame, photograph)
    assert laid(transform, *stored(left_eye)) == pytest.approx((CANTHI_MM / 2, 0.0), abs=0.01)
    assert laid(transform, *stored(right_eye)) == pytest.approx((-CANTHI_MM / 2, 0.0), abs=0.01)
    further = replace(frame, outer_canthal_px=2 * canthi)
    assert laid(_transform(further, photograph), *stored(left_eye))[0] == pytest.approx(
        CANTHI_MM / 4, abs=0.01
    )
