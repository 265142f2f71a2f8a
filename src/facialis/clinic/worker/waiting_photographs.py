"""Photographs that wait for a task which does not exist, because a process was killed at the wrong moment."""

import json
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from facialis.clinic.kernel.times import now
from facialis.clinic.measurements.tasks import request_measuring
from facialis.clinic.photographs.actions import note_refused
from facialis.clinic.photographs.models import Photograph, PhotoStatus

TASKS = "facialis.clinic.measurements.tasks."
SETTLED = timedelta(seconds=10)
"""A photograph that is younger may be between its own commit and the task's."""
OPEN = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
FAILED = "measuring_failed"


def look_after() -> int:
    """Give each of them a task, or say that measuring failed; returns how many."""
    waiting = list(
        Photograph.objects.filter(status=PhotoStatus.WAITING, added_at__lt=now() - SETTLED).select_related(
            "visit"
        )
    )
    if not waiting:
        return 0
    # Tasks that are ready later, for another attempt, count as open.
    open_tasks = _arguments(DBTaskResult.objects.filter(status__in=OPEN))
    failed_tasks = _arguments(DBTaskResult.objects.failed())
    lonely = [row for row in waiting if str(row.pk) not in open_tasks]
    for row in lonely:
        if str(row.pk) in failed_tasks:
            _give_up(row.pk)
        else:
            request_measuring(row)
    return len(lonely)


def _arguments(tasks: QuerySet[DBTaskResult]) -> str:
    """Arguments of measuring tasks, in which the key of a photograph can be looked for."""
    found = tasks.filter(task_path__startswith=TASKS).values_list("args_kwargs", flat=True)
    return json.dumps(list(found), default=str)


def _give_up(pk: UUID) -> None:
    note_refused(
        pk,
        refusal={
            "code": FAILED,
            "sentence": _(
                "The software failed while it measured this photograph, three times. The photograph is kept. "
                "Take it again, or tell whoever looks after the server."
            ),
        },
    )
