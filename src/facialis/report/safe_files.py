"""Write results whole or not at all, and never over something that nobody gave up."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from facialis.errors import FacialisError


class WouldOverwriteError(FacialisError):
    """A result would replace a file that is already there."""

    code = "would_overwrite"


class CannotWriteError(FacialisError):
    """The place for a result cannot be written."""

    code = "cannot_write"


def check_free(targets: Iterable[Path], *, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Refuse, before any work, to write over inputs (always) or existing files (without `force`).

    Raises
    ------
    WouldOverwriteError     A target is an input, or exists and `force` is False.
    CannotWriteError        A target is a folder, or its folder is a file.
    """
    originals = {os.path.realpath(path) for path in inputs}
    for target in targets:
        if os.path.realpath(target) in originals:
            raise WouldOverwriteError(
                f"'{target}' is one of the photographs. Results never replace them. Give another place."
            )
        if _is_folder(target):
            raise CannotWriteError(f"'{target}' is a folder. Allowed is a file. Give a file name in it.")
        if os.path.lexists(target) and not force:
            raise WouldOverwriteError(
                f"'{target}' is already there. It is kept unless --force is given. Give another place or "
                "--force."
            )
        holder = next((parent for parent in target.parents if os.path.lexists(parent)), None)
        if holder is not None and not holder.is_dir():
            raise CannotWriteError(
                f"'{holder}' is a file, so nothing can be written below it. Give a folder."
            )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # such as a name that is too long; writing says so
        return False


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the whole new one, never a half.

    Raises
    ------
    CannotWriteError        The folder forbids it or the disk is full.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            # A temporary file is private; a result gets the rights that the user's other files get.
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotWriteError(
            f"'{target}' cannot be written ({error.strerror}). Give another name, or a folder that may "
            "be written and has room."
        ) from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
