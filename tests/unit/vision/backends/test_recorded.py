import numpy as np
import pytest

from facialis.vision.backends.protocol import BackendError, BackendInfo, FaceObservation, Schema
from facialis.vision.backends.recorded import RecordedBackend, record


class OneFace:
    info = BackendInfo("litert", "9.9", Schema.MP478, "ab" * 32)

    def detect(self, image_rgb, timestamp=None):
        points = np.full((478, 3), float(image_rgb.mean()))
        return [FaceObservation(points, 0.75, {"spread_px": np.full(478, 0.5)})] if image_rgb.any() else []

    def detect_many(self, images_rgb):
        return [self.detect(image) for image in images_rgb]


@pytest.fixture
def pictures():
    return [np.full((20, 30, 3), value, np.uint8) for value in (0, 7, 200)]


@pytest.fixture
def recording(tmp_path, pictures):
    record(OneFace(), pictures, tmp_path / "answers.json")
    return tmp_path / "answers.json"


def test_what_was_recorded_is_replayed(recording, pictures):
    empty, dark, bright = RecordedBackend(recording).detect_many(pictures)
    assert empty == []
    np.testing.assert_array_equal(dark[0].points_px, np.full((478, 3), 7.0))
    assert bright[0].score == 0.75
    np.testing.assert_array_equal(bright[0].extras["spread_px"], np.full(478, 0.5))


def test_the_origin_stays_known(recording):
    assert RecordedBackend(recording).info == BackendInfo("litert", "9.9+recorded", Schema.MP478, "ab" * 32)


@pytest.mark.parametrize("change", [lambda p: p[:10], lambda p: p + 1, lambda p: p.transpose(1, 0, 2)])
def test_other_pixels_are_not_answered(recording, pictures, change):
    with pytest.raises(BackendError, match="among the 3") as error:
        RecordedBackend(recording).detect(change(pictures[1]))
    assert error.value.code == "not_recorded"


@pytest.mark.parametrize("content", ["", "{}", '{"format": "other"}'])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "answers.json"
    path.write_text(content)
    with pytest.raises(BackendError, match=r"answers\.json is not a recording"):
        RecordedBackend(path)
