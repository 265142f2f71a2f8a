"""The clinic learns from one call whether the planner lives, what it refuses, and what it answers."""

import socket
import threading
from contextlib import contextmanager

import pytest

from facialis.clinic.planner import Planner, PlannerRefusedError, PlannerUnavailableError, client
from facialis.clinic.planner.answers import Pong, Refusal
from facialis.clinic.planner.protocol import answer_line, read_request
from facialis.clinic.planner.requests import Judge
from tests.factories.plan_questions import question

PONG = Pong("0.1.0", True, 3, 512.0, 4.5)


@contextmanager
def planner_that_says(tmp_path, *lines):
    """Answers one connection after another with these bytes; gives what it was asked."""
    path, asked = tmp_path / "s", []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen()

        def answer():
            for line in lines:
                link, _ = door.accept()
                with link, link.makefile("rb") as stream:
                    asked.append(stream.readline())
                    if line is None:
                        waiting.wait(5)
                    else:
                        link.sendall(line)

        waiting = threading.Event()
        thread = threading.Thread(target=answer)
        thread.start()
        yield Planner(path), asked
        waiting.set()
        thread.join()


def test_nobody_listens(tmp_path):
    with pytest.raises(PlannerUnavailableError, match="Start it"):
        Planner(tmp_path / "nothing").ping()


def test_it_lives(tmp_path):
    with planner_that_says(tmp_path, answer_line(PONG)) as (planner, _):
        assert planner.ping() == PONG


def test_a_refusal_has_its_code_and_its_sentence(tmp_path):
    with (
        planner_that_says(tmp_path, answer_line(Refusal("case_invalid", "The case says no."))) as (
            planner,
            _,
        ),
        pytest.raises(PlannerRefusedError, match="The case says no") as caught,
    ):
        planner.propose(question())
    assert (caught.value.code, caught.value.sentence) == ("case_invalid", "The case says no.")


@pytest.mark.parametrize(
    "line", [b"", b"half of a li", b"no json\n", answer_line(Refusal("x", "y")).replace(b"1", b"2")]
)
def test_an_answer_that_cannot_be_read_is_as_good_as_none(tmp_path, line):
    with planner_that_says(tmp_path, line) as (planner, _), pytest.raises(PlannerUnavailableError):
        planner.ping()


def test_an_answer_to_something_else_is_as_good_as_none(tmp_path):
    with (
        planner_that_says(tmp_path, answer_line(PONG)) as (planner, _),
        pytest.raises(PlannerUnavailableError, match="something else"),
    ):
        planner.learn(question())


def test_an_answer_without_end_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "MOST_BYTES", 10)
    with (
        planner_that_says(tmp_path, b"x" * 20) as (planner, _),
        pytest.raises(PlannerUnavailableError, match="does not end"),
    ):
        planner.ping()


def test_an_answer_that_does_not_come_in_time_is_not_waited_for(tmp_path):
    with (
        planner_that_says(tmp_path, None) as (planner, _),
        pytest.raises(PlannerUnavailableError, match=r"within 0\.05 seconds"),
    ):
        planner.ping(timeout_s=0.05)


FORGOTTEN = answer_line(Refusal("unknown_key", "Not remembered."))


def test_a_forgotten_plan_is_asked_for_again_with_its_question(tmp_path):
    asked_of = question()
    gone = answer_line(Refusal("wrong", "The second answer."))
    with (
        planner_that_says(tmp_path, FORGOTTEN, gone) as (planner, asked),
        pytest.raises(PlannerRefusedError, match="second answer"),
    ):
        planner.judge(asked_of.key, (), question=lambda: asked_of)
    assert [read_request(line) for line in asked] == [
        Judge(asked_of.key, ()),
        Judge(asked_of.key, (), asked_of),
    ]


def test_a_forgotten_plan_without_its_question_is_refused(tmp_path):
    with (
        planner_that_says(tmp_path, FORGOTTEN) as (planner, _),
        pytest.raises(PlannerRefusedError) as caught,
    ):
        planner.judge("key", ())
    assert caught.value.code == "unknown_key"


def test_doses_are_never_judged_by_a_case_that_has_changed_since(tmp_path):
    with (
        planner_that_says(tmp_path, FORGOTTEN) as (planner, _),
        pytest.raises(PlannerRefusedError, match="Make it again") as caught,
    ):
        planner.judge(question().key, (), question=question(seed=1))
    assert caught.value.code == "another_question"
