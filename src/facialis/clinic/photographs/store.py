"""Files of pictures: random names, whole or absent, readable by the clinic's own account alone.

No name from outside ever becomes part of a path: names are made here, and what looks otherwise is refused.
"""

import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from facialis.clinic.kernel.errors import ClinicError
from facialis.clinic.photographs.original_key import decrypt, encrypt

PICTURE, ORIGINAL = ".jpg", ".original"
_NAME = re.compile(r"[0-9a-f]{32}\.(?:jpg|original)")
_HALF_WRITTEN = ".part"


class StoreError(ClinicError):
    """A file of the store that is not there or cannot be read."""

    code = "picture_missing"


def folder() -> Path:
    """Where the pictures of this clinic lie."""
    path: Path = settings.FACIALIS.photographs
    return path


def save(content: bytes) -> str:
    """Write a picture and return its name; it is on the disk when this returns."""
    return _write(secrets.token_hex(16) + PICTURE, content)


def read(name: str) -> bytes:
    """Content of a picture; raises `StoreError` where its file is missing."""
    try:
        return path(name).read_bytes()
    except OSError as error:
        raise StoreError(
            f"The file of this photograph cannot be read ({error.strerror}). Its record is kept. "
            "Tell whoever looks after the server; it may be in a backup."
        ) from error


def save_original(content: bytes) -> str:
    """Write a file as it was uploaded, encrypted, and return its name."""
    name = secrets.token_hex(16) + ORIGINAL
    return _write(name, encrypt(content, bound_to=name))


def read_original(name: str) -> bytes:
    """A file as it was uploaded; raises `StoreError` where it is missing or was changed."""
    return decrypt(read(name), bound_to=name)


def path(name: str) -> Path:
    """Where a file of the store lies; raises `StoreError` for what is no name of the store."""
    if not _NAME.fullmatch(name):
        raise StoreError(f"{name!r} is no name of the store of photographs. Please report it.")
    return folder() / name[:2] / name[2:4] / name


def remove(*names: str) -> None:
    """Delete files that no record names, after a transaction that was taken back."""
    for name in names:
        if name:
            path(name).unlink(missing_ok=True)


def files() -> Iterator[Path]:
    """Every file of the store, half-written ones too."""
    return (found for found in folder().rglob("*") if found.is_file())


def is_half_written(file: Path) -> bool:
    """Whether a file is what a process that died in the middle of writing left."""
    return file.name.endswith(_HALF_WRITTEN)


def _write(name: str, content: bytes) -> str:
    """All of a file or nothing: written beside its place, forced to the disk, then moved there."""
    target = path(name)
    _make_folders(target.parent)
    half = target.with_name(target.name + _HALF_WRITTEN)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    _force_to_disk(target.parent)
    return name


def _make_folders(wanted: Path) -> None:
    """Each folder for the clinic's account alone, and on the disk before a file lies in it."""
    missing = [part for part in (wanted, *wanted.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=0o700, exist_ok=True)
        _force_to_disk(part.parent)


def _force_to_disk(directory: Path) -> None:
    """A new name survives a loss of power only once its folder is on the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
