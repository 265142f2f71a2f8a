"""The socket is its own user's alone, outlives what is thrown at it, and is free again after a kill."""

import contextlib
import os
import runpy
import signal
import socket
import stat
import sys
import threading
import time

import pytest

from facialis.clinic.planner import Planner, PlannerRefusedError, server
from facialis.clinic.planner import __main__ as program
from facialis.clinic.planner.answers import Pong, Refusal
from facialis.clinic.planner.protocol import answer_line, read_answer, request_line
from facialis.clinic.planner.requests import Ping
from facialis.clinic.planner.server import CannotListenError, PlannerServer, serve

PONG = Pong("0.1.0", True, 0, 1.0, 1.0)


class Answering:
    """A service that computes nothing."""

    def __init__(self, answer=PONG, *, idle=True):
        self.given, self.idle, self.warmed = answer, idle, threading.Event()

    def answer(self, request):
        return self.given

    def warm_up(self):
        self.warmed.set()

    def is_idle(self, within_s):
        return self.idle


@pytest.fixture
def at(tmp_path):
    """A server in a thread; gives its path."""
    running = []

    def start(service):
        path = tmp_path / "s"
        one = PlannerServer(path, service)
        thread = threading.Thread(target=one.serve_forever, args=(0.01,))
        thread.start()
        running.append((one, thread))
        return path

    yield start
    for one, thread in running:
        one.shutdown()
        thread.join()
        one.server_close()


def say(path, *lines):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(5)
        link.connect(str(path))
        with link.makefile("rwb") as stream:
            answers = []
            for line in lines:
                stream.write(line)
                stream.flush()
                if not line.endswith(b"\n"):
                    link.shutdown(socket.SHUT_WR)
                answers.append(stream.readline())
            return answers


def test_several_requests_go_over_one_connection(at):
    path = at(Answering())
    assert say(path, request_line(Ping()), request_line(Ping())) == [answer_line(PONG)] * 2
    assert Planner(path).ping() == PONG


@pytest.mark.parametrize("line", [b"nonsense\n", b"{}\n", b"\n", b"half of a line"])
def test_a_hostile_line_is_answered_and_the_next_client_served(at, line):
    path = at(Answering())
    (answer,) = say(path, line)
    assert read_answer(answer).code == "planner_message_invalid"
    assert Planner(path).ping() == PONG


def test_a_line_without_end_is_refused(at, monkeypatch):
    monkeypatch.setattr(server, "MOST_BYTES", 1000)
    monkeypatch.setattr("facialis.clinic.planner.protocol.MOST_BYTES", 1000)
    path = at(Answering())
    (answer,) = say(path, b"x" * 1001)
    assert read_answer(answer).code == "planner_message_too_long"
    assert Planner(path).ping() == PONG


def test_an_answer_that_is_too_long_becomes_a_refusal(at, monkeypatch):
    path = at(Answering(Refusal("x", "long" * 500)))
    monkeypatch.setattr("facialis.clinic.planner.protocol.MOST_BYTES", 1000)
    with pytest.raises(PlannerRefusedError) as caught:
        Planner(path).ping()
    assert caught.value.code == "planner_message_too_long"


def test_an_answer_that_cannot_be_written_becomes_a_refusal(at):
    path = at(Answering(Pong("0.1.0", True, 0, float("nan"), 1.0)))
    with pytest.raises(PlannerRefusedError) as caught:
        Planner(path).ping()
    assert caught.value.code == "planner_fault"


def test_a_silent_connection_is_closed(at, monkeypatch):
    monkeypatch.setattr(server._Connection, "timeout", 0.05)
    path = at(Answering())
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(5)
        link.connect(str(path))
        assert link.recv(10) == b""


def test_a_client_that_has_gone_does_no_harm(at):
    path = at(Answering(Refusal("x", "y" * 1_000_000)))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.connect(str(path))
        link.sendall(request_line(Ping()))
    with pytest.raises(PlannerRefusedError):
        Planner(path).ping()


def test_a_fault_of_a_connection_is_logged_without_what_it_held(at, monkeypatch, caplog):
    def broken(_):
        raise KeyError("Jane Doe")

    monkeypatch.setattr(server._Connection, "_line", broken)
    path = at(Answering())
    with caplog.at_level("INFO"):
        with contextlib.suppress(ConnectionError):
            say(path, request_line(Ping()))
        time.sleep(0.1)
    assert "A connection broke" in caplog.text
    assert "Jane" not in caplog.text


@pytest.fixture
def signals():
    """Handlers as they were."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def when_it_listens(path, do):
    """Do something from beside as soon as the planner answers, then end it."""

    def wait():
        planner, seen = Planner(path), None
        for _ in range(500):
            try:
                planner.ping()
                break
            except Exception:  # noqa: BLE001  it is not there yet
                time.sleep(0.01)
        try:
            found.append(do())
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
        return seen

    found = []
    thread = threading.Thread(target=wait)
    thread.start()
    return thread, found


def modes(path):
    return tuple(stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent))


@pytest.mark.usefixtures("signals")
def test_only_its_own_user_may_enter_and_it_tidies_up(tmp_path):
    path, service = tmp_path / "run" / "planner.sock", Answering()
    thread, found = when_it_listens(path, lambda: modes(path))
    serve(path, service)
    thread.join()
    assert found == [(0o600, 0o700)]
    assert service.warmed.wait(5)
    assert not path.exists()


@pytest.mark.usefixtures("signals")
def test_a_second_planner_is_refused_and_the_first_goes_on(tmp_path):
    path = tmp_path / "run" / "planner.sock"

    def second():
        with pytest.raises(CannotListenError, match="Another planner"):
            serve(path, Answering(), warm=False)
        return Planner(path).ping()

    thread, found = when_it_listens(path, second)
    serve(path, Answering(), warm=False)
    thread.join()
    assert found == [PONG]


@pytest.mark.usefixtures("signals")
def test_what_a_killed_planner_has_left_is_taken_away(tmp_path):
    path = tmp_path / "run" / "planner.sock"
    path.parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(str(path))
    assert path.exists()
    thread, found = when_it_listens(path, lambda: Planner(path).ping())
    serve(path, Answering(), warm=False)
    thread.join()
    assert found == [PONG]


@pytest.mark.usefixtures("signals")
def test_a_computation_that_does_not_end_is_left_behind(tmp_path, monkeypatch, caplog):
    path, left = tmp_path / "run" / "planner.sock", []
    monkeypatch.setattr(server.os, "_exit", left.append)
    monkeypatch.setattr(server.logging, "shutdown", lambda: None)
    thread, _ = when_it_listens(path, lambda: None)
    with caplog.at_level("WARNING"):
        serve(path, Answering(idle=False), warm=False)
    thread.join()
    assert left == [0]
    assert "in the middle" in caplog.text


def test_a_folder_that_others_may_enter_is_refused(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(CannotListenError, match="0700"):
        serve(folder / "s", Answering())


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotListenError, match="cannot be made"):
        serve(tmp_path / "file" / "below" / "s", Answering())


def test_a_file_in_the_way_is_not_removed(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    (folder / "s").write_text("something else")
    with pytest.raises(CannotListenError, match="no socket"):
        serve(folder / "s", Answering())
    assert (folder / "s").read_text() == "something else"


def test_a_path_that_no_system_allows_is_refused(tmp_path):
    with pytest.raises(CannotListenError, match="shorter"):
        serve(tmp_path / ("x" * 120), Answering())


def test_the_program_passes_its_options_on(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(program, "use_compilation_cache", lambda: None)
    monkeypatch.setattr(program, "serve", lambda path, service, warm: seen.append((path, service, warm)))
    arguments = ["--socket", str(tmp_path / "s"), "--plans", "3", "--memory-mb", "500", "--no-warm-up"]
    assert program.main(arguments) == 0
    ((path, service, warm),) = seen
    assert (path, warm) == (tmp_path / "s", False)
    assert (service._most_plans, service._most_resident) == (3, 500_000_000)


def test_the_program_says_why_it_cannot_listen(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("facialis.report.compilation_cache.use_compilation_cache", lambda: None)
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    monkeypatch.setattr(sys, "argv", ["planner", "--socket", str(folder / "s")])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(program.__file__, run_name="__main__")
    assert ended.value.code == 1
    assert "0700" in capsys.readouterr().err


def test_the_program_refuses_to_remember_nothing(capsys):
    with pytest.raises(SystemExit):
        program.main(["--socket", "s", "--plans", "0"])
    assert "less than 1" in capsys.readouterr().err
