"""Bring a clinic back from a backup, into an empty place, wholly or not at all."""

import secrets
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from facialis import __version__
from facialis.clinic.operations.safekeeping.archive import DATABASES, FILES
from facialis.clinic.operations.safekeeping.databases import restore_postgres
from facialis.clinic.operations.safekeeping.errors import RestoreError
from facialis.clinic.operations.safekeeping.verify import Found, unpack

SQLITE_NAME = "clinic.sqlite3"


def restore(path: Path, into: Path, passphrase: str) -> Found:
    """Restore a backup.

    Parameters
    ----------
    path : Path         The backup.
    into : Path         The data folder: missing or empty. A backup of PostgreSQL goes besides into the
                        database that DATABASE_URL names, which has to be empty.
    passphrase : str

    Raises
    ------
    RestoreError, PassphraseError, DamagedError     Nothing was changed.
    """
    into = into.absolute()
    _check_empty(into)
    waiting = _waiting_room(into)
    try:
        waiting.mkdir(mode=0o700, parents=True)
        found = unpack(path, passphrase, waiting, keeps_files=True)
        _check_version(found.about)
        _check_engine(found.about["engine"])
        _place(waiting, into, found.about["engine"])
    except OSError as error:
        raise RestoreError(
            f"The backup could not be restored ({error.strerror}). Nothing was changed."
        ) from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return found


def _waiting_room(into: Path) -> Path:
    """Where the files wait: in a folder that is there, maybe a disk of its own, or beside a new one."""
    name = secrets.token_hex(6)
    return into / f".restoring-{name}" if into.is_dir() else into.with_name(f".{into.name}.{name}")


def _check_empty(into: Path) -> None:
    if into.is_symlink() or (into.exists() and not into.is_dir()):
        raise RestoreError(f"{into} is not a folder. Name a new one.")
    if into.is_dir() and any(into.iterdir()):
        raise RestoreError(
            f"{into} is not empty, and a restored clinic never writes over another. Name a new folder, and "
            "compare before you remove the old one."
        )


def _check_version(about: dict[str, Any]) -> None:
    known = {tuple(name) for name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    own = {app for app, _ in known}
    newer = [name for app, name in about.get("migrations", []) if app in own and (app, name) not in known]
    if newer:
        raise RestoreError(
            f"The backup was made by Facialis {about.get('version')}, which is newer than this one "
            f"({__version__}). Install that version, and restore with it."
        )


def _check_engine(engine: str) -> None:
    if engine == "sqlite":
        if settings.FACIALIS.database_url:
            raise RestoreError(
                "The backup holds a SQLite database, and DATABASE_URL names another. Unset DATABASE_URL."
            )
        return
    if connection.vendor != engine:
        raise RestoreError(
            "The backup holds a PostgreSQL database. Make an empty one, and name it by DATABASE_URL."
        )
    try:
        tables = connection.introspection.table_names()
    except AnyDatabaseError as error:
        raise RestoreError("The database that DATABASE_URL names does not answer. Start it.") from error
    if tables:
        raise RestoreError(
            f"The database that DATABASE_URL names is not empty ({len(tables)} tables). Make a new one, and "
            "name that."
        )


def _place(waiting: Path, into: Path, engine: str) -> None:
    """Put everything where it belongs; what fails takes back what was placed before it."""
    inside = waiting / FILES.rstrip("/")
    inside.mkdir(mode=0o700, exist_ok=True)
    database = waiting / DATABASES[engine]
    if engine == "sqlite":
        database.rename(inside / SQLITE_NAME)
    is_new = not into.is_dir()
    try:
        if is_new:
            into.parent.mkdir(parents=True, exist_ok=True)
            inside.rename(into)
        else:
            # Without its database, which comes last, nobody takes the folder for a clinic.
            for entry in sorted(inside.iterdir(), key=lambda entry: entry.name == SQLITE_NAME):
                entry.rename(into / entry.name)
        if engine != "sqlite":
            # In one transaction, and after everything else that can fail.
            restore_postgres(settings.DATABASES["default"], database)
    except BaseException:
        _take_back(into, waiting, is_new=is_new)
        raise


def _take_back(into: Path, waiting: Path, *, is_new: bool) -> None:
    """The folder was missing or empty, so that everything in it is of this restoration."""
    if is_new:
        shutil.rmtree(into, ignore_errors=True)
        return
    for entry in into.iterdir():
        if entry == waiting:
            continue
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
