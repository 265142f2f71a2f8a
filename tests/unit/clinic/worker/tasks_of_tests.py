"""Tasks whose course a test can follow in a file."""

import time
from pathlib import Path

from django_tasks import task


def _write(path: str, word: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{word}\n")


@task()
def write(path: str) -> None:
    _write(path, "done")


@task()
def slow_at_first(path: str) -> None:
    """The first time it takes so long that it can be killed in the middle."""
    is_first = not Path(path).exists()
    _write(path, "begun")
    time.sleep(60 if is_first else 0)
    _write(path, "done")


@task()
def two_seconds(path: str) -> None:
    _write(path, "begun")
    time.sleep(2)
    _write(path, "done")


@task()
def fail(path: str) -> None:
    _write(path, "tried")
    raise RuntimeError("this task always fails")
