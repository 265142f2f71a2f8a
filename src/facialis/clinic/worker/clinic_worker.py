"""The worker of django-tasks with what a clinic needs around it."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from facialis.clinic.kernel.times import now
from facialis.clinic.operations.signs_of_life import WORKER, show_life
from facialis.clinic.photographs import incoming
from facialis.clinic.site import cache
from facialis.clinic.worker.recovery import try_failed_again
from facialis.clinic.worker.waiting_photographs import look_after
from facialis.clinic.worker.waiting_plans import look_after_plans

LOOK_EVERY_S = 0.5
"""While there is nothing to do: a photograph waits half as long on average before it is begun."""
TIDY_EVERY_S = 15.0
SIGN_EVERY_S = 5.0
LONGEST_TASK_S = 300.0
"""A task that takes longer hangs: the worker gives no more sign of life, and the health page says so."""
HISTORY = timedelta(days=30)
"""Finished tasks are kept for so long, to see what went wrong."""

_log = logging.getLogger(__name__)


class ClinicWorker(Worker):
    """Takes tasks one by one; between them it looks after those that went wrong."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=LOOK_EVERY_S,
            batch=True,  # come back when nothing is ready, so that there is time to tidy
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=get_random_string(32),
        )
        self._tidied = float("-inf")

    def work(self, *, until_idle: bool = False) -> None:
        """Do tasks until a signal says stop.

        Parameters
        ----------
        until_idle : bool   Come back when no task is ready.
        """
        while self.running:
            show_life(settings.FACIALIS, WORKER)
            self._tidy()
            self._run_tasks = 0
            self.run()
            if self._run_tasks:
                continue
            if until_idle:
                return
            if self.running:
                time.sleep(LOOK_EVERY_S)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Do one task, with signs of life while it takes."""
        with _signs_of_life():
            super().run_task(db_task_result)
        if db_task_result.exception_class_path:
            # Where and why stands in the task's row; a log holds no words that may quote a record.
            _log.error(
                "task %s failed at attempt %s with %s",
                db_task_result.id,
                len(db_task_result.worker_ids),
                db_task_result.exception_class_path,
            )

    def _tidy(self) -> None:
        if time.monotonic() - self._tidied < TIDY_EVERY_S:
            return
        self._tidied = time.monotonic()
        again, photographs, plans = try_failed_again(), look_after(), look_after_plans()
        if again or photographs or plans:
            _log.warning(
                "%s failed tasks are tried again, %s photographs and %s plans had none",
                again,
                photographs,
                plans,
            )
        forget_finished()
        incoming.sweep()
        cache.sweep()


def forget_finished() -> int:
    """Delete finished tasks of long ago; returns how many."""
    count, _ = DBTaskResult.objects.finished().filter(finished_at__lt=now() - HISTORY).delete()
    return count


@contextmanager
def _signs_of_life() -> Iterator[None]:
    """Every few seconds from a thread, because a task keeps the worker busy; not for ever."""
    done = threading.Event()

    def show() -> None:
        until = time.monotonic() + LONGEST_TASK_S
        while not done.wait(SIGN_EVERY_S) and time.monotonic() < until:
            show_life(settings.FACIALIS, WORKER)

    thread = threading.Thread(target=show, name="signs of life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
