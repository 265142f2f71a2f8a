"""The planner's socket: only its own user may enter, and one planner lives behind it at a time."""

import contextlib
import fcntl
import logging
import os
import signal
import socketserver
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from facialis.clinic.planner.answers import Answer, Refusal
from facialis.clinic.planner.plain import MessageError
from facialis.clinic.planner.protocol import MOST_BYTES, TooLongError, answer_line, read_request
from facialis.clinic.planner.service import Service
from facialis.errors import FacialisError

LONGEST_PATH_BYTES = 100
"""Of a socket; systems allow a little more than a hundred."""
READING_SECONDS = 60.0
"""A connection that says nothing for so long is closed."""
ENDING_SECONDS = 10.0
"""That a computation in progress is waited for when the planner is told to end."""

log = logging.getLogger(__name__)


class CannotListenError(FacialisError):
    """The planner cannot open its socket."""

    code = "planner_cannot_listen"


class PlannerServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """A thread for each connection; the service says who may compute."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, path: Path, service: Service) -> None:
        self.service = service
        super().__init__(str(path), _Connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is no fault of ours; what it held is not written down."""
        log.info("A connection broke.")


class _Connection(socketserver.StreamRequestHandler):
    timeout = READING_SECONDS
    server: PlannerServer

    def handle(self) -> None:
        while line := self._line():
            self._send(self._answer(line))
            if not line.endswith(b"\n"):
                return

    def _line(self) -> bytes:
        with contextlib.suppress(TimeoutError, ConnectionError):
            return self.rfile.readline(MOST_BYTES + 1)
        return b""

    def _answer(self, line: bytes) -> Answer:
        try:
            request = read_request(line)
        except MessageError as error:
            return Refusal(error.code, str(error))
        return self.server.service.answer(request)

    def _send(self, answer: Answer) -> None:
        try:
            line = answer_line(answer)
        except TooLongError as error:
            line = answer_line(Refusal(error.code, str(error)))
        except MessageError as error:
            log.error("An answer could not be written: %s", error)
            line = answer_line(
                Refusal("planner_fault", "The planner's answer could not be written. Report it.")
            )
        # A client that no longer waits has gone; the answer is remembered where it was long to compute.
        with contextlib.suppress(ConnectionError, TimeoutError):
            self.wfile.write(line)


def serve(path: Path, service: Service, *, warm: bool = True) -> None:
    """Listen until SIGTERM or SIGINT.

    Parameters
    ----------
    path : Path     Of the socket. Its folder belongs to this user alone, and is made where it is missing.
    warm : bool     Whether programs are compiled at once, in the background.

    Raises
    ------
    CannotListenError   Another planner lives there, or others may enter the folder.
    """
    with _own_socket(path), PlannerServer(path, service) as server:

        def end(number: int, frame: FrameType | None) -> None:
            del number, frame
            threading.Thread(target=server.shutdown, daemon=True).start()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        if warm:
            threading.Thread(target=service.warm_up, daemon=True).start()
        log.info("The planner listens.")
        server.serve_forever(poll_interval=0.2)
    if not service.is_idle(ENDING_SECONDS):
        # Compiled programs do not stop for Python; nothing of theirs is kept on disk that could be torn.
        log.warning("The planner ends in the middle of a computation.")
        logging.shutdown()
        os._exit(0)
    log.info("The planner has ended.")


@contextmanager
def _own_socket(path: Path) -> Iterator[None]:
    """Hold the place of the socket, alone; what a planner that was killed has left is taken away."""
    if len(os.fsencode(path)) > LONGEST_PATH_BYTES:
        raise CannotListenError(
            f"The path of the socket has more than {LONGEST_PATH_BYTES} bytes, the most that systems allow. "
            "Give a shorter one."
        )
    _own_folder(path.parent)
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotListenError(
                f"Another planner listens at '{path}' already. End that one first."
            ) from error
        _remove_stale(path)
        former = os.umask(0o177)
        try:
            yield
        finally:
            os.umask(former)
            path.unlink(missing_ok=True)
    finally:
        os.close(lock)


def _own_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError as error:
        raise CannotListenError(
            f"The folder of the socket, '{folder}', cannot be made ({error.strerror}). Give another."
        ) from error
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise CannotListenError(
            f"Others may enter '{folder}', the folder of the socket. Give a folder of this user alone "
            "(mode 0700)."
        )


def _remove_stale(path: Path) -> None:
    if not path.exists():
        return
    if not stat.S_ISSOCK(path.stat().st_mode):
        raise CannotListenError(f"'{path}' is there and is no socket. Give another path.")
    path.unlink()
