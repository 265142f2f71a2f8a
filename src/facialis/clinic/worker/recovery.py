"""Tasks that did not come to their end: put back, tried again, or given up after some attempts."""

from datetime import timedelta

from django.db import transaction
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from facialis.clinic.kernel.times import now

ATTEMPTS = 3
"""In all; then a task stays failed, and what waits for it is told."""
FIRST_DELAY = timedelta(seconds=10)
"""Before the second attempt; four times as long before each further one."""
KEPT_FOR = timedelta(days=1)
"""A task that failed longer ago is history, not work."""


class WorkerDiedError(Exception):
    """The worker ended in the middle of a task, every time that it was tried."""


@transaction.atomic
def put_back_abandoned() -> int:
    """Make tasks ready again that a worker left running; only for the one worker, before it begins.

    Returns
    -------
    int     How many there were. One that ended its worker at every attempt is given up.
    """
    abandoned = list(DBTaskResult.objects.running())
    for task in abandoned:
        if len(task.worker_ids) < ATTEMPTS:
            _make_ready(task, timedelta(0))
        else:
            task.set_failed(WorkerDiedError(f"The worker ended during it {len(task.worker_ids)} times."))
    return len(abandoned)


@transaction.atomic
def try_failed_again() -> int:
    """Make failed tasks ready for a later attempt; returns how many."""
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=now() - KEPT_FOR)
    again = [task for task in failed if len(task.worker_ids) < ATTEMPTS]
    for task in again:
        _make_ready(task, FIRST_DELAY * 4 ** (len(task.worker_ids) - 1))
    return len(again)


def _make_ready(task: DBTaskResult, delay: timedelta) -> None:
    task.status = TaskResultStatus.READY
    task.run_after = now() + delay
    task.save(update_fields=["status", "run_after"])
