"""`manage facialis_worker`: do the clinic's tasks until told to stop."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from facialis.clinic.worker.alone import NotAloneError, alone
from facialis.clinic.worker.clinic_worker import ClinicWorker
from facialis.clinic.worker.recovery import put_back_abandoned

_log = logging.getLogger("facialis.clinic.worker")
WAIT_S = 30.0
"""For a former worker that is finishing its task."""


class Command(BaseCommand):
    """Takes tasks from the database; a signal to stop lets the current one end first."""

    help = "Measure photographs and do the clinic's other tasks until told to stop (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--once", action="store_true", help="Do the tasks that are ready now, then stop.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Run."""
        # The library says at each look that it found nothing.
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        try:
            with alone(settings.FACIALIS.data / "run", wait_s=WAIT_S):
                put_back = put_back_abandoned()
                if put_back:
                    _log.warning("%s tasks of a worker that died were put back", put_back)
                worker = ClinicWorker()
                if not once:
                    worker.configure_signals()
                worker.work(until_idle=once)
        except NotAloneError as error:
            raise CommandError(str(error)) from error
