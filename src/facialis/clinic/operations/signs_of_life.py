"""How a process without a page shows that it lives: it touches a file."""

import time
from pathlib import Path

from facialis.clinic.environment import Environment
from facialis.clinic.operations.folder import RUN

WORKER = "worker"


def show_life(environment: Environment, name: str) -> None:
    """Say that a process is alive now; call it more often than once in ten seconds."""
    path = _path(environment, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def seconds_since(environment: Environment, name: str) -> float | None:
    """How long ago it last said so; None where it never did."""
    try:
        return max(time.time() - _path(environment, name).stat().st_mtime, 0.0)
    except FileNotFoundError:
        return None


def _path(environment: Environment, name: str) -> Path:
    return environment.data / RUN / f"{name}.alive"
