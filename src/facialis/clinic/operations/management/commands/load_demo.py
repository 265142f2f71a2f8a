"""`manage load_demo`: an invented clinic with a past, to try everything."""

import logging
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from facialis.clinic.operations.demonstration.story import Team, is_there, require_empty, tell
from facialis.clinic.operations.programs import planner as planner_program
from facialis.clinic.planner.client import Planner, PlannerUnavailableError
from facialis.errors import FacialisError

START_S = 120.0


class Command(BaseCommand):
    """Make it, and print how to sign in."""

    help = __doc__.partition(":")[2].strip()

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the demonstration in an empty clinic; what cannot be is a sentence."""
        if is_there():
            self.stdout.write("The demonstration is there already; with a new FACIALIS_DATA it begins anew.")
            return
        logging.disable(logging.INFO)  # a line for each of a hundred small tasks
        try:
            require_empty()
            with _planner():
                team = tell(lambda words: self.stdout.write(f"  {words} ..."))
        except FacialisError as error:
            raise CommandError(str(error)) from error
        self._say(team)

    def _say(self, team: Team) -> None:
        self.stdout.write("An invented clinic is ready. Sign in as:")
        for name, password in team.passwords.items():
            self.stdout.write(f"  {name:<14} {password}")


@contextmanager
def _planner() -> Iterator[None]:
    """The planner, for as long as the demonstration is made; nothing where it runs already."""
    asked = Planner(settings.FACIALIS.planner_socket)
    if _answers(asked):
        yield
        return
    settings.FACIALIS.planner_socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = (*planner_program(settings.FACIALIS).command, "--no-warm-up")
    with subprocess.Popen(command) as process:  # noqa: S603  our own command
        try:
            until = time.monotonic() + START_S
            while not _answers(asked):
                if process.poll() is not None or time.monotonic() > until:
                    raise CommandError("The planner does not start; see above.")
                time.sleep(0.2)
            yield
        finally:
            process.terminate()


def _answers(planner: Planner) -> bool:
    try:
        planner.ping()
    except PlannerUnavailableError:
        return False
    return True
