import sys
from pathlib import Path

import pytest

from facialis.vision.backends import face_mesh_worker
from facialis.vision.backends.choose import BackendChoiceError, choose_backend
from facialis.vision.backends.face_mesh_worker import worker_command
from facialis.vision.backends.protocol import BackendError

BUNDLE = Path(__file__).resolve().parents[5] / "shared" / "models" / "face_landmarker.task"


@pytest.fixture
def with_worker():
    """Settings with a worker that is there; it is never started here."""
    return {"FACIALIS_FACE_MESH_PYTHON": sys.executable}


def test_without_settings_the_worker_measures(with_worker):
    choice = choose_backend("auto", with_worker)
    assert choice.name == "face_mesh_worker"
    assert "default" in choice.reason


@pytest.mark.skipif(not BUNDLE.is_file(), reason="face_landmarker.task is not in ../shared/models")
def test_the_right_bundle_is_preferred(with_worker):
    choice = choose_backend("auto", {**with_worker, "FACIALIS_FACE_LANDMARKER": str(BUNDLE)})
    assert choice.name == choice.backend.info.name == "litert"
    assert "checksum is right" in choice.reason


def test_with_a_wrong_bundle_the_worker_stands_in_and_the_reason_says_so(with_worker, tmp_path):
    wrong = tmp_path / "face_landmarker.task"
    wrong.write_bytes(b"another model")
    choice = choose_backend("auto", {**with_worker, "FACIALIS_FACE_LANDMARKER": str(wrong)})
    assert choice.name == "face_mesh_worker"
    assert "sha256" in choice.reason


def test_a_wrong_bundle_asked_for_by_name_is_an_error(tmp_path):
    wrong = tmp_path / "face_landmarker.task"
    wrong.write_bytes(b"another model")
    with pytest.raises(BackendError, match="sha256"):
        choose_backend("litert", {"FACIALIS_FACE_LANDMARKER": str(wrong)})


@pytest.mark.parametrize("name", ["litert", "manual", "recorded"])
def test_a_backend_without_its_file_says_which_setting_it_needs(name):
    with pytest.raises(BackendChoiceError, match="FACIALIS_") as error:
        choose_backend(name, {})
    assert error.value.code == "backend_not_configured"


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(BackendChoiceError, match="face_mesh_worker, litert, manual, recorded"):
        choose_backend("dlib", {})


@pytest.mark.parametrize("setting", ["FACIALIS_FACE_MESH_PYTHON", "FACIALIS_FACE_MESH_PROGRAM"])
def test_a_worker_that_is_not_installed_is_named_with_the_remedy(with_worker, setting):
    with pytest.raises(BackendError, match="make env") as error:
        worker_command({**with_worker, setting: "/does/not/exist"})
    assert error.value.code == "backend_missing"
    assert setting in str(error.value)


def test_the_worker_is_found_beside_the_package():
    assert (face_mesh_worker.WORKER_FOLDER / "face_mesh_worker.py").is_file()
    assert (face_mesh_worker.WORKER_FOLDER / "requirements.txt").is_file()
