"""One worker for one database: only then is a task that runs at its start surely abandoned."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.db import connection, connections

from facialis.clinic.kernel.errors import ClinicError

LOCK_FILE = "worker.lock"
ADVISORY_KEY = 0x46414349  # "FACI"
"""Of PostgreSQL's lock; the same for every worker of a database."""
TRY_EVERY_S = 0.25


class NotAloneError(ClinicError):
    """Another worker serves this database."""

    code = "another_worker"


@contextmanager
def alone(folder: Path, *, wait_s: float) -> Iterator[None]:
    """Hold the right to be the worker, for as long as the block runs and this process lives.

    Parameters
    ----------
    folder : Path       On this machine; made if absent.
    wait_s : float      How long another worker may take to end. [s]

    Raises
    ------
    NotAloneError       Another one still runs after that.
    """
    with ExitStack() as held:
        held.enter_context(_file_lock(folder, wait_s))
        if connection.vendor == "postgresql":  # a server that several machines may share
            held.enter_context(_advisory_lock(wait_s))
        yield


@contextmanager
def _file_lock(folder: Path, wait_s: float) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _insist(lambda: _locked(descriptor), wait_s, "on this machine")
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        # lockf, not flock: a process that a task starts does not inherit it and cannot keep it.
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def _advisory_lock(wait_s: float) -> Iterator[None]:
    """On a connection of its own, which nothing closes while the worker lives."""
    own = connections.create_connection("default")
    try:
        with own.cursor() as cursor:

            def has_lock() -> bool:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
                return bool(cursor.fetchone()[0])

            _insist(has_lock, wait_s, "of this database")
        yield
    finally:
        own.close()


def _insist(attempt: Callable[[], bool], wait_s: float, where: str) -> None:
    until = time.monotonic() + wait_s
    while not attempt():
        if time.monotonic() >= until:
            raise NotAloneError(
                f"Another worker {where} is running. One serves a database; stop it, or let it work."
            )
        time.sleep(TRY_EVERY_S)
