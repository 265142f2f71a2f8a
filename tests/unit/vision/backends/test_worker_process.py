"""Whatever a worker process does, the caller gets a sentence, and the next picture works."""

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from facialis.vision.backends.detect_each import detect_each
from facialis.vision.backends.face_mesh_worker import FaceMeshWorkerBackend
from facialis.vision.backends.protocol import BackendError
from facialis.vision.backends.worker_process import WorkerProcess

pytestmark = pytest.mark.slow

FAKE = Path(__file__).resolve().parents[3] / "factories" / "fake_worker.py"
PICTURE = np.full((300, 400, 3), 90, np.uint8)
LIMIT_S = 1.5

FAULTS = {
    "dies at start": "ended unexpectedly",
    "silent at start": "no answer within 1.5 s",
    "other protocol": "protocol 99",
    "stops reading": "no answer within 1.5 s",
    "hangs": "no answer within 1.5 s",
    "crashes": "segmentation violation",
    "garbage": "makes no sense",
    "half a line": "ended unexpectedly",
    "wrong question": "another question",
    "reports an error": "makes no sense",
    "too few points": "makes no sense",
    "not a number": "makes no sense",
}


@pytest.fixture
def backend_with(tmp_path):
    made = []

    def make(fault, processes=1):
        command = [sys.executable, "-I", str(FAKE), fault, str(tmp_path / "starts")]
        made.append(FaceMeshWorkerBackend(command, processes=processes, time_limit_s=LIMIT_S))
        return made[-1]

    yield make
    for backend in made:
        backend.close()


@pytest.mark.parametrize(("fault", "sentence"), FAULTS.items())
def test_a_fault_is_a_sentence_and_the_next_picture_is_read(backend_with, fault, sentence):
    backend = backend_with(fault)
    began = time.monotonic()
    with pytest.raises(BackendError, match=sentence) as error:
        backend.detect(PICTURE)
    assert time.monotonic() - began < LIMIT_S + 5
    assert error.value.code == "backend_failed"
    assert backend.processes[0].process_id is None
    assert len(backend.detect(PICTURE)) == 1


def test_a_hanging_worker_is_ended_although_more_is_sent_than_a_pipe_holds(backend_with):
    backend = backend_with("stops reading")
    with pytest.raises(BackendError, match="no answer"):
        backend.processes[0].read(np.zeros((40, 192, 192, 3), np.uint8))


def test_a_worker_killed_between_pictures_is_replaced_unnoticed(backend_with):
    backend = backend_with("none")
    assert len(backend.detect(PICTURE)) == 1
    process = backend.processes[0]
    first = process.process_id
    process._running.process.kill()
    process._running.process.wait()
    assert len(backend.detect(PICTURE)) == 1
    assert process.process_id != first


def test_one_bad_picture_leaves_the_others_of_a_set(backend_with):
    answers = detect_each(backend_with("crashes", processes=2), [PICTURE] * 4)
    assert [len(faces) for faces in answers] == [1, 1, 1, 1]


def test_a_picture_that_fails_twice_is_an_error_in_its_place(backend_with):
    backend = backend_with("none")
    real = backend.detect

    def detect(picture):
        if picture.shape[0] == 100:
            raise BackendError("This one never works.")
        return real(picture)

    backend.detect = detect
    answers = detect_each(backend, [PICTURE, PICTURE[:100], PICTURE])
    assert [isinstance(answer, BackendError) for answer in answers] == [False, True, False]


def test_nothing_runs_before_the_first_picture(backend_with):
    backend = backend_with("none", processes=2)
    assert [process.process_id for process in backend.processes] == [None, None]
    backend.detect(PICTURE)
    assert sum(process.process_id is not None for process in backend.processes) == 1


def test_close_ends_the_processes_and_detect_starts_them_again(backend_with):
    backend = backend_with("none")
    backend.detect(PICTURE)
    ended = backend.processes[0]._running.process
    backend.close()
    backend.close()
    assert ended.returncode is not None
    assert len(backend.detect(PICTURE)) == 1


def test_chatter_never_reaches_the_terminal(backend_with, capfd):
    backend_with("none").detect(PICTURE)
    assert capfd.readouterr() == ("", "")


def test_a_program_that_cannot_be_started_is_named_with_the_remedy():
    with pytest.raises(BackendError, match="make env"):
        WorkerProcess(["/does/not/exist"], LIMIT_S).greeting()
