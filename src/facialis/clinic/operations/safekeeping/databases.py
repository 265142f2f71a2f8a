"""Copies of the database at one moment, and back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from facialis.clinic.operations.safekeeping.errors import BackupError, DamagedError, RestoreError

BUSY_S = 30.0
_POSTGRES_FOLDERS = "/usr/lib/postgresql"


def copy_sqlite(database: Path, to: Path) -> None:
    """Copy a SQLite database as it is at one moment, while others write to it."""
    _make_private(to)
    try:
        with (
            closing(
                sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)
            ) as source,
            closing(sqlite3.connect(to)) as copy,
        ):
            # In one step: one reading transaction, which in WAL mode no writer disturbs.
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        raise BackupError(
            f"The database could not be copied ({error}). Check the disk, and try again."
        ) from error
    check_sqlite(to)


def check_sqlite(path: Path) -> None:
    """Refuse a database that is not sound; raises `DamagedError`."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            said = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
            orphans = copy.execute("PRAGMA foreign_key_check").fetchmany(3)
    except sqlite3.Error as error:
        raise DamagedError(f"The copy of the database cannot be read ({error}).") from error
    if said != ["ok"] or orphans:
        raise DamagedError(
            f"The copy of the database is not sound: {said}, {len(orphans)} broken references."
        )


def dump_postgres(settings: dict[str, Any], to: Path) -> None:
    """Write what PostgreSQL holds at one moment."""
    _make_private(to)
    command = [_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={to}"]
    outcome = _run(command, settings)
    if outcome.returncode != 0:
        raise BackupError(f"PostgreSQL could not be copied: {_last_words(outcome)}")


def check_postgres_dump(path: Path) -> None:
    """Refuse a dump whose table of contents cannot be read; raises `DamagedError`."""
    outcome = _run([_program("pg_restore"), "--list", str(path)], {})
    if outcome.returncode != 0 or "TABLE DATA" not in outcome.stdout:
        raise DamagedError(f"The copy of the database cannot be read: {_last_words(outcome)}")


def restore_postgres(settings: dict[str, Any], dump: Path) -> None:
    """Fill an empty PostgreSQL database, wholly or not at all."""
    command = [
        _program("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
        f"--dbname={settings['NAME']}", str(dump),
    ]  # fmt: skip
    outcome = _run(command, settings)
    if outcome.returncode != 0:
        raise RestoreError(f"PostgreSQL refused the copy: {_last_words(outcome)}")


def _make_private(path: Path) -> None:
    path.touch(mode=0o600, exist_ok=False)


def _program(name: str) -> str:
    """A program of PostgreSQL: on the path, or the newest of Debian's."""
    found = shutil.which(name)
    if found is None:
        versions = Path(_POSTGRES_FOLDERS).glob(f"*/bin/{name}")
        found = str(max(versions, key=lambda path: float(path.parts[-3]), default="")) or None
    if found is None:
        raise BackupError(
            f"{name} is not installed. Install PostgreSQL's client programs (postgresql-client)."
        )
    return found


def _run(command: list[str], settings: dict[str, Any]) -> "subprocess.CompletedProcess[str]":
    # The password goes through the environment, where other accounts cannot see it.
    said = {
        "PGHOST": settings.get("HOST"), "PGPORT": settings.get("PORT"), "PGUSER": settings.get("USER"),
        "PGPASSWORD": settings.get("PASSWORD"), "PGDATABASE": settings.get("NAME"),
        "PGSSLMODE": settings.get("OPTIONS", {}).get("sslmode"),
        "PGSSLROOTCERT": settings.get("OPTIONS", {}).get("sslrootcert"),
    }  # fmt: skip
    environment = {**os.environ, **{name: str(value) for name, value in said.items() if value}}
    return subprocess.run(  # noqa: S603  our own command
        command, env=environment, check=False, capture_output=True, text=True, errors="replace"
    )


def _last_words(outcome: "subprocess.CompletedProcess[str]") -> str:
    lines = [line for line in outcome.stderr.splitlines() if line.strip()]
    return " ".join(lines[-3:]) or f"status {outcome.returncode}"
