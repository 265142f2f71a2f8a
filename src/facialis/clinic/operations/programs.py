"""The three processes of the clinic, as commands."""

import sys
from pathlib import Path

from facialis.clinic.environment import Environment
from facialis.clinic.operations.folder import RUN
from facialis.clinic.operations.gunicorn_settings import READY
from facialis.clinic.operations.supervisor import Program

_DJANGO = (sys.executable, "-m", "facialis.clinic.manage")
SETTINGS = "python:facialis.clinic.operations.gunicorn_settings"


def web(descriptor: int) -> Program:
    """The web, on a socket that is open already."""
    command = (sys.executable, "-m", "gunicorn", "--config", SETTINGS, "--bind", f"fd://{descriptor}")
    return Program("The web", command, (descriptor,))


def worker() -> Program:
    """Measures photographs and asks for plans, one task after another."""
    return Program("The worker", (*_DJANGO, "facialis_worker"))


def planner(environment: Environment) -> Program:
    """Holds calibrated plans and judges edits."""
    command = (sys.executable, "-m", "facialis.clinic.planner", "--socket", str(environment.planner_socket))
    return Program("The planner", (*command, "--no-warm-up") if environment.planner_is_cold else command)


def prepare_command() -> tuple[str, ...]:
    """Brings the database and the static files up to this version."""
    return (*_DJANGO, "prepare_clinic")


def demo_command() -> tuple[str, ...]:
    """Fills an empty clinic with invented patients."""
    return (*_DJANGO, "load_demo")


def ready_file(environment: Environment) -> Path:
    """Where the web says that it answers."""
    return environment.data / RUN / "web.ready"


def environment_of_programs(environment: Environment, given: dict[str, str]) -> dict[str, str]:
    """What every process is started with."""
    return {
        **given,
        "FACIALIS_DATA": str(environment.data),
        "DJANGO_SETTINGS_MODULE": given.get("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings"),
        READY: str(ready_file(environment)),
        "PYTHONUNBUFFERED": "1",
    }
