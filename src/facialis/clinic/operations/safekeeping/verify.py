"""Read a backup from front to end, and say whether it can be restored."""

import shutil
import tempfile
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from facialis.clinic.operations.safekeeping.archive import (
    ABOUT,
    COPY_BYTES,
    DATABASES,
    read_about,
    read_archive,
)
from facialis.clinic.operations.safekeeping.databases import check_postgres_dump, check_sqlite
from facialis.clinic.operations.safekeeping.errors import DamagedError, RestoreError
from facialis.clinic.operations.safekeeping.sealing import Opener


@dataclass(frozen=True)
class Found:
    """What a whole backup holds."""

    about: dict[str, Any]
    files: int
    """Beside the database."""
    size: int
    """Of the sealed file. [bytes]"""


SCRATCH = "backup-"
"""How the names of what is removed afterwards begin."""


def verify(path: Path, passphrase: str, scratch: Path) -> Found:
    """Read everything, check every sum, and look into the database.

    Parameters
    ----------
    path : Path         The backup.
    passphrase : str
    scratch : Path      A folder that nobody else can read: the database lies there, open, for a while.

    Raises
    ------
    RestoreError        The file is not there or cannot be read.
    PassphraseError, DamagedError
    """
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=scratch) as folder:
        return unpack(path, passphrase, Path(folder), keeps_files=False)


def unpack(path: Path, passphrase: str, into: Path, *, keeps_files: bool) -> Found:
    """Read a backup into an empty folder: the database under its name in the archive, the rest below `files`.

    Only when it returns has everything been proved.
    """
    try:
        source = path.open("rb")
    except OSError as error:
        raise RestoreError(f"{path} cannot be read ({error.strerror}). Name the backup's file.") from error
    about: dict[str, Any] | None = None
    files, has_database = 0, False
    with source, BufferedReader(Opener(source, passphrase), COPY_BYTES) as opened:
        for name, content in read_archive(opened):
            if about is None:
                if name != ABOUT:
                    raise DamagedError("The backup does not begin with what it is.")
                about = read_about(content)
            elif name == DATABASES[about["engine"]] and not has_database:
                has_database = True
                _write(into / name, content)
            else:
                files += 1
                if keeps_files:
                    _write(into / name, content)
    if about is None or not has_database:
        raise DamagedError("The backup holds no database.")
    database = into / DATABASES[about["engine"]]
    (check_sqlite if about["engine"] == "sqlite" else check_postgres_dump)(database)
    return Found(about, files, path.stat().st_size)


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as out:
        path.chmod(0o600)
        shutil.copyfileobj(content, out, COPY_BYTES)
