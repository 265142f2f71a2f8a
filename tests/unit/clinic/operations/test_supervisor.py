import os
import signal
import subprocess
import sys
import time

import pytest

from facialis.clinic.operations import supervisor
from facialis.clinic.operations.supervisor import Program, Supervisor


class EnoughError(Exception):
    """Ends the loop of a supervisor from within."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(supervisor, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(supervisor, "LEAST_DELAY_S", 0.01)


def python(name, code):
    return Program(name, (sys.executable, "-c", code))


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def until(condition, seconds=20.0):
    end = time.monotonic() + seconds

    def look():
        if condition():
            raise EnoughError
        assert time.monotonic() < end, "it did not happen in time"

    return look


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return not status.stdout.startswith("Z")


def started(path):
    return f"open({str(path)!r}, 'a').write(f'{{__import__(\"os\").getpid()}}\\n')"


def test_a_program_that_ends_is_started_again_ever_more_slowly(tmp_path):
    notes, said = tmp_path / "notes", []
    watched = Supervisor([python("It", started(notes))], said.append, dict(os.environ))
    with pytest.raises(EnoughError):
        watched.run(until(lambda: len(lines(notes)) == 3))
    assert said[0].startswith("It ended with status 0")
    delays = [float(sentence.rpartition(" in ")[2].removesuffix(" s.")) for sentence in said[:2]]
    assert delays[1] == 2 * delays[0]


def test_a_program_that_is_killed_is_started_again_and_the_others_go_on(tmp_path):
    one, two, said = tmp_path / "one", tmp_path / "two", []
    programs = [
        python(name, f"{started(path)}; import time; time.sleep(60)")
        for name, path in (("One", one), ("Two", two))
    ]
    killed = []

    def look():
        if lines(one) and lines(two) and not killed:
            killed.append(int(lines(one)[0]))
            os.kill(killed[0], signal.SIGKILL)
        if len(lines(one)) == 2:
            raise EnoughError

    with pytest.raises(EnoughError):
        Supervisor(programs, said.append, dict(os.environ)).run(look)
    assert said == ["One was ended by signal 9; it is started again in 0.01 s."]
    assert len(lines(two)) == 1
    assert not any(is_alive(int(pid)) for pid in (*lines(one), *lines(two)))


def test_a_signal_stops_all_and_lets_them_finish(tmp_path):
    notes = tmp_path / "notes"
    code = (
        "import signal, sys, time\n"
        f"def end(*_):\n    open({str(notes)!r}, 'a').write('finished\\n'); sys.exit()\n"
        f"signal.signal(signal.SIGTERM, end)\n{started(notes)}\ntime.sleep(60)"
    )
    sent = []

    def look():
        if lines(notes) and not sent:
            sent.append(True)
            os.kill(os.getpid(), signal.SIGTERM)

    earlier = signal.getsignal(signal.SIGTERM)
    Supervisor([python("It", code)], lambda _: None, dict(os.environ)).run(look)
    assert lines(notes)[-1] == "finished"
    assert signal.getsignal(signal.SIGTERM) is earlier


def test_a_program_that_does_not_end_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_S", 0.3)
    notes = tmp_path / "notes"
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    code = f"{deaf}; {started(notes)}; time.sleep(60)"
    with pytest.raises(EnoughError):
        Supervisor([python("It", code)], lambda _: None, dict(os.environ)).run(until(lambda: lines(notes)))
    assert not is_alive(int(lines(notes)[0]))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_nothing_goes_on_unwatched_when_the_supervisor_is_killed(tmp_path):
    notes = tmp_path / "notes"
    child = f"{started(notes)}; import time; time.sleep(60)"
    parent = (
        "import os; from facialis.clinic.operations.supervisor import Program, Supervisor\n"
        f"Supervisor([Program('It', ({sys.executable!r}, '-c', {child!r}))], print, dict(os.environ)).run()"
    )
    with subprocess.Popen([sys.executable, "-c", parent]) as process:
        end = time.monotonic() + 20
        while not lines(notes) and time.monotonic() < end:
            time.sleep(0.05)
        process.kill()
    pid = int(lines(notes)[0])
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(pid)
