"""The camera turns heads as `HeadPose` says and scales as its setting says."""

import numpy as np
import pytest

from facialis.vision.synthetic.camera import CameraError, CameraSetting, projection_of, random_camera

NOSE, CROWN, PATIENT_LEFT = (
    np.array([0.0, -41.0, 38.0]),
    np.array([0.0, 117.0, -60.0]),
    np.array([70.0, -10.0, -60.0]),
)


def place(point: np.ndarray, **pose: float) -> np.ndarray:
    return projection_of(CameraSetting(**pose)).project(point)


def test_patients_left_has_the_larger_x() -> None:
    assert place(PATIENT_LEFT)[0] > place(NOSE)[0]


def test_positive_yaw_turns_the_nose_to_the_patients_left() -> None:
    assert place(NOSE, yaw_deg=5.0)[0] > place(NOSE)[0] + 5.0


def test_positive_pitch_lifts_the_nose() -> None:
    assert place(NOSE, pitch_deg=5.0)[1] < place(NOSE)[1] - 5.0


def test_positive_roll_tilts_the_crown_to_the_patients_left() -> None:
    assert place(CROWN, roll_deg=5.0)[0] > place(CROWN)[0] + 5.0


def test_scale_holds_in_the_plane_of_the_irises() -> None:
    projection = projection_of(CameraSetting(mm_per_px=0.2))
    left, right = projection.project(np.array([[30.0, 0.0, 0.0], [-30.0, 0.0, 0.0]]))
    assert left[0] - right[0] == pytest.approx(60.0 / 0.2, rel=1e-9)
    assert projection.mm_per_px_at(np.zeros(3)) == pytest.approx(0.2, rel=1e-9)


def test_nearer_camera_enlarges_the_nose() -> None:
    def nose_over_eyes(distance_mm: float) -> float:
        projection = projection_of(CameraSetting(distance_mm=distance_mm))
        return projection.mm_per_px_at(NOSE) / projection.mm_per_px_at(np.zeros(3))

    assert nose_over_eyes(500.0) < nose_over_eyes(2000.0) < 1.0


def test_impossible_settings_are_refused() -> None:
    with pytest.raises(CameraError, match="40 px wide"):
        CameraSetting(width_px=40)
    with pytest.raises(CameraError, match="100 mm away"):
        CameraSetting(distance_mm=100.0)


def test_random_cameras_repeat_by_seed_and_vary() -> None:
    first, again = (random_camera(np.random.default_rng(4)) for _ in range(2))
    assert first == again
    assert first != random_camera(np.random.default_rng(5))
