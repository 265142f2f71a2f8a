"""Write the whole clinic into one sealed file, while it runs."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from facialis import __version__
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.environment import SECRET_FILE
from facialis.clinic.operations.folder import RUN
from facialis.clinic.operations.safekeeping.archive import ABOUT, DATABASES, FILES, ArchiveWriter
from facialis.clinic.operations.safekeeping.databases import copy_sqlite, dump_postgres
from facialis.clinic.operations.safekeeping.errors import BackupError
from facialis.clinic.operations.safekeeping.sealing import COST, Sealer, check_passphrase
from facialis.clinic.operations.safekeeping.verify import SCRATCH, Found, verify
from facialis.clinic.photographs.models import Photograph

LEFT_OUT = frozenset({RUN, "cache", "static"})
"""Folders that the clinic makes again."""


@dataclass(frozen=True)
class _Place:
    """Where the copy of the database lies until it is in the archive."""

    engine: str
    path: Path


def back_up(target: Path, passphrase: str, *, replace: bool = False, cost: int = COST) -> Found:
    """Write a backup, read it back, and say what it holds.

    Parameters
    ----------
    target : Path       The file; it appears when it is whole and read back.
    passphrase : str
    replace : bool      Whether an earlier file may be replaced.
    cost : int          Of the key derivation.

    Raises
    ------
    BackupError, PassphraseError, DamagedError      Nothing was left behind.
    """
    check_passphrase(passphrase)
    target = target.absolute()
    _check_target(target, replace=replace)
    record(Verb.EXPORT, "backup", by=None)
    waiting = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        with _database_copy() as place:
            # Of now, so that nothing that the copy names is left out; a file is written before its record.
            _write(waiting, place, passphrase, cost, _named_files())
        found = verify(waiting, passphrase, settings.FACIALIS.data / RUN)
        _check_target(target, replace=replace)
        waiting.rename(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise BackupError(
            f"The backup could not be written ({error.strerror}). Nothing was left behind."
        ) from error
    finally:
        waiting.unlink(missing_ok=True)
    return found


def _check_target(target: Path, *, replace: bool) -> None:
    if target.is_relative_to(settings.FACIALIS.data):
        raise BackupError(
            "The backup would lie in the data folder, and be lost with it. Name a file elsewhere, "
            "best on another disk."
        )
    if target.exists() and not replace:
        raise BackupError(f"{target} is there already. Choose another name, or give --force to replace it.")
    if not target.parent.is_dir():
        raise BackupError(f"The folder {target.parent} does not exist. Make it first.")


@contextmanager
def _database_copy() -> Iterator[_Place]:
    """A copy of the database at one moment, gone afterwards; one backup at a time."""
    run = settings.FACIALIS.data / RUN
    run.mkdir(mode=0o700, exist_ok=True)
    with (run / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError("Another backup is being written. Wait until it is done.") from error
        for left in run.glob(f"{SCRATCH}*"):  # by one that was killed
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        engine = connection.vendor
        if engine not in DATABASES:
            raise BackupError(f"No backup can be made of a database of the kind {engine}.")
        path = run / f"{SCRATCH}{secrets.token_hex(6)}"
        try:
            if engine == "sqlite":
                copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), path)
            else:
                dump_postgres(settings.DATABASES["default"], path)
            yield _Place(engine, path)
        finally:
            path.unlink(missing_ok=True)


def _write(waiting: Path, place: _Place, passphrase: str, cost: int, named: set[str]) -> None:
    # The database first: pictures are written once and never changed, so all that it names is still there.
    data = settings.FACIALIS.data
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        sealer = Sealer(out, passphrase, cost=cost)
        with ArchiveWriter(sealer) as archive:  # type: ignore[arg-type]  # it only writes
            archive.add_document(ABOUT, _about(place.engine))
            archive.add_file(DATABASES[place.engine], place.path)
            kept = {path for path in _kept_files(data) if archive.add_file(_name(path, data), path)}
            _check_photographs({path.name for path in kept}, named)
        sealer.finish()
        out.flush()
        os.fsync(out.fileno())


def _name(path: Path, data: Path) -> str:
    return FILES + path.relative_to(data).as_posix()


def _named_files() -> set[str]:
    """Files of photographs that the records count on."""
    rows = Photograph.objects.values_list("file_name", "thumbnail_name", "original_name")
    return {name for row in rows.iterator() for name in row if name}


def _check_photographs(kept: set[str], named: set[str]) -> None:
    missing = len(named - kept)
    if missing:
        raise BackupError(
            f"{missing} of {len(named)} files that the records of photographs name are not in the data "
            "folder. Put them back from an earlier backup, or connect the disk that they lie on, and try "
            "again. `manage sweep_photographs` names them. No backup was written."
        )


def _about(engine: str) -> dict[str, Any]:
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "version": __version__,
        "engine": engine,
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        # A key that is kept elsewhere has to be kept safe there.
        "has_secret_key": (settings.FACIALIS.data / SECRET_FILE).is_file(),
    }


def _kept_files(data: Path) -> Iterator[Path]:
    """Everything in the data folder but the database itself and what is made again."""
    database = Path(str(settings.DATABASES["default"]["NAME"])).name
    own = {database, *(f"{database}-{part}" for part in ("wal", "shm", "journal"))}
    for entry in sorted(data.iterdir()):
        if entry.name in LEFT_OUT or entry.name in own:
            continue
        if entry.is_dir():  # or a link to one on a larger disk
            for folder, _, names in os.walk(entry, onerror=_refuse):
                yield from (path for name in sorted(names) if _is_kept(path := Path(folder) / name))
        elif _is_kept(entry):
            yield entry


def _is_kept(path: Path) -> bool:
    """Whether it is a file; False where it went meanwhile, and refused where it is something else."""
    if path.is_file():
        return True
    if path.is_symlink() or path.exists():
        raise BackupError(
            f"{path} is neither a file nor a folder. If it is a link, connect the disk that it leads to, and "
            "try again. No backup was written."
        )
    return False


def _refuse(error: OSError) -> None:
    raise BackupError(
        f"{error.filename} cannot be read ({error.strerror}). Correct that, and try again. No backup was "
        "written."
    ) from error


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
