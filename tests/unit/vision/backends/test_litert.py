import zipfile
from pathlib import Path

import numpy as np
import pytest

from facialis.vision.backends import litert
from facialis.vision.backends.litert import LiteRtBackend, configured_bundle
from facialis.vision.backends.protocol import BackendError

BUNDLE = Path(__file__).resolve().parents[5] / "shared" / "models" / "face_landmarker.task"


def test_another_bundle_is_refused_with_both_checksums(tmp_path):
    other = tmp_path / "face_landmarker.task"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("face_detector.tflite", b"not the one")
    with pytest.raises(BackendError, match=litert.MODEL_SHA256) as error:
        LiteRtBackend(other)
    assert error.value.code == "model_refused"
    assert "FACIALIS_FACE_LANDMARKER" in str(error.value)


@pytest.mark.parametrize("path", ["absent.task", "."])
def test_a_bundle_that_cannot_be_read_is_named(tmp_path, path):
    with pytest.raises(BackendError, match="cannot be read") as error:
        LiteRtBackend(tmp_path / path)
    assert error.value.code == "backend_missing"


def test_a_file_far_too_large_is_not_read(tmp_path):
    huge = tmp_path / "huge.task"
    with huge.open("wb") as file:
        file.truncate(litert.LARGEST_BUNDLE_BYTES + 1)
    with pytest.raises(BackendError, match="too large"):
        LiteRtBackend(huge)


def test_an_empty_setting_configures_nothing():
    assert configured_bundle({}) is None
    assert configured_bundle({litert.MODEL_SETTING: "  "}) is None
    assert configured_bundle({litert.MODEL_SETTING: "/a/b.task"}) == Path("/a/b.task")


@pytest.mark.skipif(not BUNDLE.is_file(), reason="face_landmarker.task is not in ../shared/models")
def test_loading_says_nothing_on_the_terminal(capfd):
    LiteRtBackend(BUNDLE).detect(np.zeros((64, 64, 3), np.uint8))
    assert capfd.readouterr() == ("", "")
