"""Landmarks by MediaPipe's face mesh, run in processes of its own environment."""

import os
import queue
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from facialis.vision.backends.mesh_pipeline import observe_faces
from facialis.vision.backends.protocol import BackendError, BackendInfo, FaceObservation, Schema
from facialis.vision.backends.worker_process import WorkerGreeting, WorkerProcess

Answer = TypeVar("Answer")

NAME = "face_mesh_worker"
PYTHON_SETTING = "FACIALIS_FACE_MESH_PYTHON"
"""Environment variable: the Python of the worker's environment."""
PROGRAM_SETTING = "FACIALIS_FACE_MESH_PROGRAM"
"""Environment variable: the worker program, where the package is not run from its repository."""
WORKER_FOLDER = Path(__file__).resolve().parents[4] / "workers" / "face_mesh"
TIME_LIMIT_S = 20.0
"""An answer takes some hundredths of a second; a process that is silent so long hangs."""
MEMORY_LIMIT_MB = 400
"""Own memory of one worker process; in use it needs about 160 MB."""
MOST_PROCESSES = 2
"""Two keep two cores busy; more only help on larger machines and cost about 110 MB each."""


class FaceMeshWorkerBackend:
    """MediaPipe 0.10.21's attention mesh behind warm processes.

    Parameters
    ----------
    command : sequence of str
        The worker program with its Python; see `worker_command`.
    processes : int
        How many photographs are worked on at once.
    time_limit_s : float
        Longest wait for one answer of a process. [s]

    Raises
    ------
    BackendError
        From `detect`, for the photograph in hand only: the next one gets a fresh process.
    """

    def __init__(
        self, command: Sequence[str], *, processes: int | None = None, time_limit_s: float = TIME_LIMIT_S
    ) -> None:
        count = processes or min(MOST_PROCESSES, os.cpu_count() or 1)
        self.processes = tuple(WorkerProcess(command, time_limit_s) for _ in range(count))
        # Last in, first out: a lone caller always meets the process that is already warm.
        self._idle: queue.LifoQueue[WorkerProcess] = queue.LifoQueue()
        for process in reversed(self.processes):
            self._idle.put(process)
        self._greeting: WorkerGreeting | None = None

    @property
    def greeting(self) -> WorkerGreeting:
        """Versions, models and start time, from the first process that was started."""
        if self._greeting is None:
            self._greeting = self._with_process(lambda process: process.greeting())
        return self._greeting

    @property
    def info(self) -> BackendInfo:
        """Who answers. Starts a process the first time."""
        said = self.greeting
        return BackendInfo(NAME, said.versions["mediapipe"], Schema.MP478, said.models["mesh"])

    def detect(self, image_rgb: NDArray[np.uint8], timestamp: float | None = None) -> list[FaceObservation]:
        """Return every face found, the largest first."""
        return self._with_process(lambda process: observe_faces(process, image_rgb))

    def detect_many(self, images_rgb: Sequence[NDArray[np.uint8]]) -> list[list[FaceObservation]]:
        """`detect` for several photographs, as many at once as there are processes."""
        with ThreadPoolExecutor(len(self.processes), thread_name_prefix="face-mesh") as threads:
            return list(threads.map(self.detect, images_rgb))

    def close(self) -> None:
        """End the processes; they start again when needed."""
        for process in self.processes:
            process.stop()

    def _with_process(self, work: Callable[[WorkerProcess], Answer]) -> Answer:
        process = self._idle.get()
        try:
            return work(process)
        finally:
            self._idle.put(process)


def worker_command(environment: Mapping[str, str]) -> list[str]:
    """How the worker is started: its own Python, the program, its memory limit.

    Parameters
    ----------
    environment : mapping
        Settings; ``FACIALIS_FACE_MESH_PYTHON`` and ``FACIALIS_FACE_MESH_PROGRAM`` override the
        worker of the repository that this package belongs to.

    Raises
    ------
    BackendError
        If the Python or the program is not there.
    """
    python = Path(environment.get(PYTHON_SETTING) or WORKER_FOLDER / ".venv" / "bin" / "python")
    program = Path(environment.get(PROGRAM_SETTING) or WORKER_FOLDER / "face_mesh_worker.py")
    for path, setting in ((python, PYTHON_SETTING), (program, PROGRAM_SETTING)):
        if not path.is_file():
            raise BackendError(
                f"The face mesh worker is not installed: {path} does not exist. Run `make env`, "
                f"or set {setting} to where it is.",
                code="backend_missing",
            )
    return [str(python), "-I", str(program), "--memory-mb", str(MEMORY_LIMIT_MB)]
