"""The real worker program: what only it can break."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from facialis.vision.backends.face_mesh_worker import FaceMeshWorkerBackend, worker_command
from facialis.vision.backends.protocol import BackendError

pytestmark = pytest.mark.slow


@pytest.fixture
def command():
    """The worker of this repository."""
    try:
        return worker_command(os.environ)
    except BackendError as missing:
        pytest.skip(str(missing))


def converse(command, sent):
    return subprocess.run(command, input=sent, capture_output=True, timeout=30, check=False)


def test_it_greets_with_its_versions_and_models_and_ends_with_its_input(command):
    ended = converse(command, b"")
    said = json.loads(ended.stdout)
    assert ended.returncode == 0
    assert said["versions"]["mediapipe"] == "0.10.21"
    assert said["versions"]["numpy"].startswith("1.")
    assert {len(digest) for digest in said["models"].values()} == {64}


@pytest.mark.parametrize(
    "header",
    [{"shape": [1, 10**6, 10**6, 3]}, {"shape": [1, 5, 5]}, {"shape": [0, 5, 5, 3]}, {"shape": [1, 5, 5, 3]}],
)
def test_it_refuses_a_request_that_it_cannot_follow(command, header):
    ended = converse(command, json.dumps({"id": 1, "task": "find", **header}).encode() + b"\nxx")
    assert ended.returncode != 0
    assert len(ended.stdout.splitlines()) == 1
    assert b"shape" in ended.stderr or b"within a picture" in ended.stderr


def test_it_names_the_tasks_that_it_knows(command):
    ended = converse(command, b'{"id": 7, "task": "guess", "shape": [1, 2, 2, 3]}\n' + bytes(12))
    answer = json.loads(ended.stdout.splitlines()[1])
    assert answer["id"] == 7
    assert "find" in answer["error"]


def test_it_is_replaced_after_kill_9(command, pictures):
    backend = FaceMeshWorkerBackend(command, processes=1)
    try:
        before = backend.detect(pictures["face"])[0].points_px
        os.kill(backend.processes[0].process_id, signal.SIGKILL)
        after = backend.detect(pictures["face"])[0].points_px
    finally:
        backend.close()
    np.testing.assert_array_equal(before, after)


def test_it_keeps_within_its_memory_limit(command, pictures):
    backend = FaceMeshWorkerBackend(command, processes=1)
    try:
        for _ in range(3):
            backend.detect(pictures["two"])
        status = Path(f"/proc/{backend.processes[0].process_id}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        pytest.skip("this system has no /proc")
    finally:
        backend.close()
    peak_kb = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
    assert peak_kb < 200 * 1024


def test_it_answers_soon_after_it_is_asked_first(command, pictures):
    backend = FaceMeshWorkerBackend(command, processes=1)
    began = time.monotonic()
    try:
        backend.detect(pictures["face"])
    finally:
        backend.close()
    assert time.monotonic() - began < 10
