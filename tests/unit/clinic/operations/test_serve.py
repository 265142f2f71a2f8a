"""The whole clinic as it is started: three processes under one command."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.unit.clinic.operations.conftest import FACIALIS, ROOT, OwnClinic, own_database

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]


class Served:
    """A clinic that runs."""

    def __init__(self, process, log):
        self.process, self.log = process, log
        self.address = self.wait_for("The clinic is at ").split()[-1]

    def wait_for(self, words, seconds=90.0):
        """The first line of the log with these words."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = [line for line in self.log.read_text("utf-8").splitlines() if words in line]
            if found:
                return found[0]
            assert self.process.poll() is None, self.log.read_text("utf-8")
            time.sleep(0.1)
        pytest.fail(f"{words!r} was not said in time:\n{self.log.read_text('utf-8')}")

    def health(self):
        with urllib.request.urlopen(self.address + "health/", timeout=20) as answer:  # noqa: S310  our own
            return json.load(answer)

    def healthy(self, *, seconds=90.0):
        """What the health page says once everything works."""
        end, found = time.monotonic() + seconds, {}
        while time.monotonic() < end:
            try:
                found = self.health()
            except (URLError, ConnectionError):
                found = {}
            if found.get("worker") and found["planner"].get("answers"):
                return found
            time.sleep(0.2)
        pytest.fail(f"the clinic is not whole: {found}\n{self.log.read_text('utf-8')}")

    def children(self):
        """Process numbers by what they run."""
        listed = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        return {
            name: int(line.split()[0])
            for line in listed.splitlines()
            for name in ("gunicorn", "facialis_worker", "clinic.planner")
            if name in line
        }


@contextmanager
def serving(clinic, folder, *options):
    log = folder / "serve.log"
    with (
        log.open("w") as out,
        subprocess.Popen(
            [FACIALIS, "serve", "--port", "0", *options],
            cwd=ROOT,
            env=clinic.environment,
            stdout=out,
            stderr=out,
        ) as process,
    ):
        try:
            yield Served(process, log)
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("serve")
    with own_database() as url:
        clinic = OwnClinic(folder / "data", url)
        clinic.environment |= {"FACIALIS_PLANNER_COLD": "1", "FACIALIS_WEB_WORKERS": "1"}
        with serving(clinic, folder) as running:
            running.clinic = clinic
            yield running


def test_everything_is_made_and_works(served):
    found = served.healthy()
    assert found["database"]
    assert found["migrated"]
    assert found["planner"]["same_version"]
    assert "first_run" in served.wait_for("first_run")
    assert sorted(served.children()) == ["clinic.planner", "facialis_worker", "gunicorn"]


def test_a_page_comes_with_its_style_and_its_policy(served):
    with urllib.request.urlopen(served.address, timeout=20) as answer:  # noqa: S310  our own
        text, policy = answer.read().decode(), answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    style = next(part for part in text.split('"') if part.startswith("/static/") and part.endswith(".css"))
    with urllib.request.urlopen(served.address + style.lstrip("/"), timeout=20) as answer:  # noqa: S310
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["gunicorn", "facialis_worker", "clinic.planner"])
def test_what_is_killed_comes_back(served, name):
    served.healthy()
    earlier = served.children()
    os.kill(earlier[name], signal.SIGKILL)
    end = time.monotonic() + 60
    while served.children().get(name, earlier[name]) == earlier[name]:
        assert time.monotonic() < end, "it was not started again"
        time.sleep(0.1)
    served.healthy()
    later = served.children()
    assert [key for key in earlier if earlier[key] != later[key]] == [name]


def test_the_log_names_no_record_and_nothing_searched_for(served):
    key = "abcdefab-0000-4111-8222-333344445555"
    for path in (f"patients/{key}/", "patients/?q=Unmistakable"):
        with suppress(URLError):  # whether there is such a page is not what is asked
            urllib.request.urlopen(served.address + path, timeout=20).close()  # noqa: S310  our own
    served.wait_for('"path": "/patients/')
    said = served.log.read_text("utf-8")
    assert key not in said
    assert "Unmistakable" not in said


def test_a_second_one_on_the_same_folder_is_refused(served):
    outcome = served.clinic.facialis("serve", "--port", "0", check=False)
    assert outcome.returncode == 1
    assert "Another `facialis serve` runs" in outcome.stderr


def test_an_open_line_to_other_machines_is_refused(tmp_path):
    outcome = OwnClinic(tmp_path / "data", "").facialis("serve", "--host", "0.0.0.0", check=False)  # noqa: S104
    assert outcome.returncode == 1
    assert "over an open line" in outcome.stderr


def test_it_stops_in_good_order(served):
    children = served.children().values()
    served.process.terminate()
    assert served.process.wait(60) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
