import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from facialis.clinic.worker.alone import NotAloneError, alone
from facialis.clinic.worker.management.commands import facialis_worker

pytestmark = pytest.mark.django_db

HOLD = """
import sys, fcntl, os
d = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.lockf(d, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """Another process that is the worker."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "worker.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("other")
def test_a_second_worker_does_not_begin(tmp_path):
    with pytest.raises(NotAloneError, match="Another worker"), alone(tmp_path, wait_s=0.1):
        pass


def test_a_worker_that_was_killed_holds_nothing(other, tmp_path):
    other.kill()
    other.wait()
    with alone(tmp_path, wait_s=0.1):
        pass


def test_the_command_says_so(monkeypatch):
    def refuse(*_, **__):
        raise NotAloneError("Another worker of this database is running.")

    monkeypatch.setattr(facialis_worker, "alone", refuse)
    with pytest.raises(CommandError, match="Another worker"):
        call_command("facialis_worker", once=True)
