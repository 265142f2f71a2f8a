"""What works and what does not, for the machine that watches; nothing about patients."""

import shutil
from functools import cache
from typing import Any

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from facialis import __version__
from facialis.clinic.operations.signs_of_life import WORKER, seconds_since
from facialis.clinic.planner.client import Planner, PlannerUnavailableError

LEAST_FREE_BYTES = 500_000_000
"""Below it the clinic counts as down: a record might not be written."""
LONGEST_SILENCE_S = 120.0
"""Of the worker, which may be in the middle of a large photograph."""
PING_SECONDS = 1.0


def examine() -> tuple[bool, dict[str, Any]]:
    """Whether records can be read and written, and what is found in detail."""
    database = _database_answers()
    free = shutil.disk_usage(settings.FACIALIS.data).free
    has_room = free >= LEAST_FREE_BYTES
    silence = seconds_since(settings.FACIALIS, WORKER)
    found = {
        "version": __version__,
        "database": database,
        "migrated": database and _is_migrated(),
        "disk": has_room,
        "free_mb": free // 1_000_000,
        "worker": silence is not None and silence <= LONGEST_SILENCE_S,
        "worker_silent_s": None if silence is None else round(silence),
        "planner": _planner(),
        "waiting_tasks": _waiting_tasks() if database else None,
    }
    return database and has_room, found


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except AnyDatabaseError:
        return False
    return True


def _is_migrated() -> bool:
    try:
        return _was_migrated()
    except (_NotMigratedError, AnyDatabaseError):
        return False


class _NotMigratedError(Exception):
    pass


@cache
def _was_migrated() -> bool:
    """Whether the database is of this version; remembered once true, since a version only goes forward."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _NotMigratedError
    return True


def _planner() -> dict[str, Any]:
    """Whether the planner answers, and whether it has compiled what edits need."""
    try:
        pong = Planner(settings.FACIALIS.planner_socket).ping(timeout_s=PING_SECONDS)
    except PlannerUnavailableError:
        return {"answers": False}
    return {"answers": True, "warm": pong.warm, "same_version": pong.version == __version__}


def _waiting_tasks() -> int | None:
    try:
        return DBTaskResult.objects.ready().count()
    except AnyDatabaseError:  # before the first migration
        return None
