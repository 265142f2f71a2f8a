"""The folder of everything that the clinic keeps, for the eyes of its own account only."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from facialis.clinic.environment import SECRET_FILE, Environment, read_environment
from facialis.errors import FacialisError

PRIVATE = 0o700
OTHERS = 0o077
"""The rights of everybody but the owner."""
KEY_BYTES = 64
RUN = "run"
"""Sockets, locks and signs of life; worth nothing after a restart."""


class FolderError(FacialisError):
    """The data folder cannot be used."""

    code = "data_folder_refused"


def prepare_folder(environment: Environment) -> Environment:
    """Make the data folder and its secret key where they are missing; give the settings with the key.

    Raises
    ------
    FolderError     The folder cannot be made, is not a folder, or is open to other accounts.
    """
    os.umask(OTHERS)
    data = environment.data
    try:
        data.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        (data / RUN).mkdir(mode=PRIVATE, exist_ok=True)
        mode = data.stat().st_mode & 0o777
    except OSError as error:
        raise FolderError(
            f"The data folder {data} cannot be made ({error.strerror}). Set FACIALIS_DATA to a folder that "
            "this account may write to."
        ) from error
    if mode & OTHERS:
        raise FolderError(
            f"The data folder {data} is open to other accounts of this machine (mode {mode:o}). It will hold "
            f"patients' records: close it with `chmod 700 {data}`, or set FACIALIS_DATA to another folder."
        )
    if environment.secret_key:
        return environment
    _make_key(data / SECRET_FILE)
    return read_environment()


def _make_key(path: Path) -> None:
    """Write a new key, whole or not at all, and never over another."""
    waiting = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secrets.token_urlsafe(KEY_BYTES) + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(waiting, path)
    except FileExistsError:
        pass  # another start was quicker
    finally:
        waiting.unlink()


@contextmanager
def only_one(environment: Environment) -> Iterator[None]:
    """Refuse a second `facialis serve` on the same folder; raises `FolderError`."""
    with (environment.data / RUN / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FolderError(
                f"Another `facialis serve` runs on {environment.data}. Stop it first, or set FACIALIS_DATA "
                "to another folder."
            ) from error
        yield
