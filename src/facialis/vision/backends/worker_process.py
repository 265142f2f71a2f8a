"""One process of the face mesh worker: started when first needed, watched, replaced after a fault."""

import json
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any, cast

import numpy as np
from numpy.typing import NDArray

from facialis.vision.backends.networks import CropMesh, Detection
from facialis.vision.backends.protocol import BackendError

PROTOCOL = 1
"""Version of the conversation; the worker's greeting must name the same."""
MESH_POINTS = 478
LAST_WORDS_S = 1.0
"""Wait for the rest of what an ended worker printed."""
STDERR_LINES_KEPT = 8
"""The end of what the worker printed, for the message when it fails."""


@dataclass(frozen=True)
class WorkerGreeting:
    """What a worker says of itself when it starts."""

    crop_size_px: int
    versions: dict[str, str]
    models: dict[str, str]
    start_s: float
    """Time from the call to the greeting. [s]"""


NOT_GREETED = WorkerGreeting(0, {}, {}, 0.0)


@dataclass
class _Running:
    process: "subprocess.Popen[bytes]"
    requests: IO[bytes]
    answers: IO[bytes]
    greeting: WorkerGreeting
    chatter: deque[str]
    listener: threading.Thread | None = None
    """Reads what the process prints to stderr."""


class WorkerProcess:
    """A conversation with one worker process; not for two threads at once.

    Parameters
    ----------
    command : sequence of str
        Program and arguments.
    time_limit_s : float
        Longest wait for the greeting and for each answer. [s]

    Notes
    -----
    A watchdog kills the process when an answer is late; the pending read then ends by itself.
    That needs no polling and no non-blocking pipes.
    """

    def __init__(self, command: Sequence[str], time_limit_s: float) -> None:
        self._command = list(command)
        self._time_limit_s = time_limit_s
        self._running: _Running | None = None
        self._requests_made = 0

    @property
    def process_id(self) -> int | None:
        """Process id, None while nothing runs."""
        return self._running.process.pid if self._running else None

    def greeting(self) -> WorkerGreeting:
        """Start the process unless it runs; return what it said of itself."""
        return self._alive().greeting

    @property
    def crop_size_px(self) -> int:
        """Side of the crops that the mesh network expects."""
        return self.greeting().crop_size_px

    def find(self, image_rgb: NDArray[np.uint8]) -> list[Detection]:
        """Faces in a picture, in fractions of it."""
        faces = self._ask("find", image_rgb[None])[0]
        try:
            return [
                Detection(float(face["score"]), _array(face["box"], (4,)), _array(face["keypoints"], (6, 2)))
                for face in faces
            ]
        except (KeyError, TypeError, ValueError) as fault:
            raise self._failed(f"gave an answer that makes no sense ({fault})") from fault

    def read(self, crops_rgb: NDArray[np.uint8]) -> list[CropMesh]:
        """The mesh in each crop."""
        try:
            return [
                CropMesh(_array(mesh["points"], (MESH_POINTS, 3)), float(mesh["presence"]))
                for mesh in self._ask("mesh", crops_rgb)
            ]
        except (KeyError, TypeError, ValueError) as fault:
            raise self._failed(f"gave an answer that makes no sense ({fault})") from fault

    def stop(self) -> None:
        """End the process. Harmless when none runs."""
        running, self._running = self._running, None
        if running is None:
            return
        running.process.kill()
        running.process.wait()
        for pipe in (running.requests, running.answers):
            # Closing may still try to send what the dead process never took; nobody waits for it.
            with suppress(OSError):
                pipe.close()

    def _ask(self, task: str, images_rgb: NDArray[np.uint8]) -> list[Any]:
        self._requests_made += 1
        header = {"id": self._requests_made, "task": task, "shape": list(images_rgb.shape)}
        message = json.dumps(header).encode() + b"\n" + images_rgb.tobytes()
        try:
            line = self._converse(self._alive(), message)
        except _NotTakenError:
            # It was dying already when it was asked, so this picture cannot be the cause: ask a new one.
            self.stop()
            line = self._converse(self._alive(), message)
        try:
            answer = json.loads(line)
            if answer["id"] != header["id"] or len(answer["images"]) != len(images_rgb):
                raise ValueError("it belongs to another question")
            return list(answer["images"])
        except (KeyError, TypeError, ValueError) as fault:
            raise self._failed(f"gave an answer that makes no sense ({fault})") from fault

    def _alive(self) -> _Running:
        if self._running is not None and self._running.process.poll() is not None:
            self.stop()
        if self._running is None:
            self._running = self._start()
        return self._running

    def _start(self) -> _Running:
        began = time.monotonic()
        try:
            process = subprocess.Popen(  # noqa: S603  (the command comes from the settings of this machine)
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except OSError as fault:
            raise BackendError(
                f"The face mesh worker could not be started: {fault}. Run `make env` to make its environment."
            ) from fault
        requests, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        running = _Running(process, requests, answers, NOT_GREETED, deque(maxlen=STDERR_LINES_KEPT))
        running.listener = threading.Thread(
            target=_drain, args=(process.stderr, running.chatter), daemon=True
        )
        running.listener.start()
        self._running = running
        line = self._converse(running, b"")
        try:
            said = json.loads(line)
            if said["protocol"] != PROTOCOL:
                raise ValueError(f"it speaks protocol {said['protocol']}, this program {PROTOCOL}")
            start_s = time.monotonic() - began
            running.greeting = WorkerGreeting(
                int(said["crop_size_px"]), dict(said["versions"]), dict(said["models"]), start_s
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise self._failed(f"greeted in a way that makes no sense ({fault})") from fault
        return running

    def _converse(self, running: _Running, message: bytes) -> bytes:
        """Send a message, wait for one line; the watchdog ends a process that takes too long."""
        late = threading.Event()

        def too_late() -> None:
            late.set()
            running.process.kill()

        watchdog = threading.Timer(self._time_limit_s, too_late)
        watchdog.daemon = True
        watchdog.start()
        try:
            taken = _send(running.requests, message)
            line = running.answers.readline() if taken else b""
        finally:
            watchdog.cancel()
        if line.endswith(b"\n"):
            return line
        if late.is_set():
            raise self._failed(f"gave no answer within {self._time_limit_s:g} s and was ended")
        failure = self._failed("ended unexpectedly")
        raise failure if taken else _NotTakenError(str(failure))

    def _failed(self, what: str) -> BackendError:
        """Stop the process, and make the error that says what it did and what it printed last."""
        running = self._running
        self.stop()
        if running is None:
            return BackendError(f"The face mesh worker {what}.")
        if running.listener is not None:
            running.listener.join(LAST_WORDS_S)
        if running.greeting is NOT_GREETED:
            advice = "It could not start; run `make env` to make its environment anew."
        else:
            advice = "Other photographs are not affected; measure this one again."
        printed = " / ".join(running.chatter)
        return BackendError(
            f"The face mesh worker {what} (exit code {running.process.returncode}). {advice}"
            + (f" The worker's last words: {printed}" if printed else "")
        )


class _NotTakenError(BackendError):
    """The process ended before it had taken the request."""


def _send(pipe: IO[bytes], message: bytes) -> bool:
    """Write a message; False if nobody reads it any more."""
    try:
        pipe.write(message)
        pipe.flush()
    except OSError:
        return False
    return True


def _array(values: object, shape: tuple[int, ...]) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.shape != shape or not np.isfinite(array).all():
        raise ValueError(f"expected {shape} finite numbers, found {array.shape}")
    return array


def _drain(pipe: IO[bytes], chatter: deque[str]) -> None:
    """Keep reading what the worker prints, so that a full pipe never stops it."""
    with pipe:
        for line in pipe:
            chatter.append(line.decode(errors="replace").strip()[:300])
