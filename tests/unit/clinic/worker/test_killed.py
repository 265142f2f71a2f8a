"""The worker as a process of its own, on a database on the disk, killed and told to stop."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
ENQUEUE = """
import django, sys
django.setup()
from tests.unit.clinic.worker import tasks_of_tests as tasks
getattr(tasks, sys.argv[1]).enqueue(sys.argv[2])
"""
LOOK = """
import django
django.setup()
from django_tasks_db.models import DBTaskResult
for row in DBTaskResult.objects.all():
    print(row.status, len(row.worker_ids))
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    data = tmp_path_factory.mktemp("clinic")
    found = {
        **os.environ,
        "FACIALIS_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "tests.clinic_settings",
        "PYTHONPATH": str(ROOT),
    }
    found.pop("DATABASE_URL", None)
    run(found, "-m", "facialis.clinic.manage", "migrate", "--verbosity=0")
    return found


def run(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout


def worker(environment):
    return subprocess.Popen(
        [sys.executable, "-m", "facialis.clinic.manage", "facialis_worker"], env=environment, cwd=ROOT
    )


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def words(course):
    return course.read_text().split() if course.exists() else []


def states(environment):
    return run(environment, "-c", LOOK).split("\n")[:-1]


def test_a_task_whose_worker_is_killed_is_done_by_the_next(environment, tmp_path):
    course = tmp_path / "course"
    run(environment, "-c", ENQUEUE, "slow_at_first", str(course))
    first = worker(environment)
    wait_for(lambda: words(course) == ["begun"])
    first.kill()
    first.wait()
    assert states(environment)[-1] == "RUNNING 1"
    second = worker(environment)
    try:
        wait_for(lambda: words(course) == ["begun", "begun", "done"])
        wait_for(lambda: states(environment)[-1] == "SUCCESSFUL 2")
    finally:
        second.terminate()
        second.wait(30)
    assert words(course) == ["begun", "begun", "done"]


def test_a_worker_that_is_told_to_stop_ends_its_task_first(environment, tmp_path):
    course = tmp_path / "course"
    run(environment, "-c", ENQUEUE, "two_seconds", str(course))
    process = worker(environment)
    wait_for(lambda: words(course) == ["begun"])
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert words(course) == ["begun", "done"]
    assert set(states(environment)) <= {"SUCCESSFUL 1", "SUCCESSFUL 2"}
