"""The planner remembers, refuses, forgets, and lets edits pass a plan that is being made."""

import logging
import threading
from types import SimpleNamespace

import pytest

from facialis.clinic.planner import memory, service
from facialis.clinic.planner.answers import Pong, Refusal
from facialis.clinic.planner.requests import DoseEdit, Judge, Learn, Ping, Propose
from facialis.clinic.planner.service import Service
from facialis.planning.learning.learn import NothingToLearnError
from tests.factories.plan_questions import question

DOSES = (DoseEdit("mentalis", "LEFT", 1, "2"),)


class Held:
    """Stands for a plan: what is judged of it says which plan it is of."""

    def __init__(self, key):
        self.key = key

    def judge(self, doses):
        return ("judged", self.key, doses)


@pytest.fixture
def made(monkeypatch):
    """The seeds of the questions of which a plan was made, in order."""
    seeds = []

    def make_held(asked):
        seeds.append(asked.seed)
        return Held(asked.key)

    monkeypatch.setattr(service, "make_held", make_held)
    monkeypatch.setattr(service, "proposal_of", lambda held: ("proposal", held.key))
    monkeypatch.setattr(service, "learnt_of", lambda held: ("learnt", held.key))
    return seeds


def asked(seed=0):
    return question(seed=seed)


def test_equal_questions_are_answered_once(made):
    planner = Service()
    first, second = planner.answer(Propose(asked())), planner.answer(Propose(asked()))
    assert first == second == ("proposal", asked().key)
    assert made == [0]


def test_doses_are_judged_by_the_plan_of_their_key(made):
    planner = Service()
    for seed in (0, 1):
        planner.answer(Propose(asked(seed)))
    assert planner.answer(Judge(asked(0).key, DOSES)) == ("judged", asked(0).key, DOSES)
    assert planner.answer(Judge(asked(1).key, DOSES)) == ("judged", asked(1).key, DOSES)
    assert made == [0, 1]


@pytest.mark.usefixtures("made")
def test_an_unknown_key_is_refused_and_its_question_answers_it():
    planner = Service()
    refused = planner.answer(Judge(asked().key, DOSES))
    assert isinstance(refused, Refusal)
    assert refused.code == "unknown_key"
    assert planner.answer(Judge(asked().key, DOSES, asked())) == ("judged", asked().key, DOSES)
    assert planner.answer(Judge(asked().key, DOSES)) == ("judged", asked().key, DOSES)


def test_doses_are_never_judged_by_another_question(made):
    refused = Service().answer(Judge(asked(0).key, DOSES, asked(1)))
    assert refused.code == "another_question"
    assert made == []


@pytest.mark.usefixtures("made")
def test_the_plan_that_was_not_asked_for_longest_is_forgotten():
    planner = Service(most_plans=2)
    planner.answer(Propose(asked(0)))
    planner.answer(Propose(asked(1)))
    planner.answer(Judge(asked(0).key, DOSES))
    planner.answer(Propose(asked(2)))
    assert planner.answer(Judge(asked(1).key, DOSES)).code == "unknown_key"
    assert planner.answer(Judge(asked(0).key, DOSES))[0] == "judged"
    assert planner.answer(Ping()).held == 2


@pytest.mark.usefixtures("made")
def test_what_the_visits_taught_is_told():
    assert Service().answer(Learn(asked())) == ("learnt", asked().key)


@pytest.mark.usefixtures("made")
def test_a_word_of_planning_becomes_a_refusal(monkeypatch):
    def nothing(_):
        raise NothingToLearnError("The case has no treatment.")

    monkeypatch.setattr(service, "learnt_of", nothing)
    assert Service().answer(Learn(asked())) == Refusal("nothing_to_learn", "The case has no treatment.")


@pytest.mark.usefixtures("made")
def test_a_fault_is_logged_without_what_the_record_holds(monkeypatch, caplog):
    def broken(_):
        raise KeyError("Jane Doe")

    monkeypatch.setattr(service, "proposal_of", broken)
    planner = Service()
    with caplog.at_level(logging.ERROR):
        refused = planner.answer(Propose(asked()))
    assert refused.code == "planner_fault"
    assert "Jane" not in refused.sentence + caplog.text
    assert "KeyError" in caplog.text
    assert "test_service.py" in caplog.text
    assert planner.answer(Judge(asked().key, DOSES))[0] == "judged"


def test_a_request_of_an_unknown_kind_is_a_fault():
    assert Service().answer(SimpleNamespace()).code == "planner_fault"


@pytest.mark.usefixtures("made")
def test_an_edit_does_not_wait_for_the_plan_of_another_patient(monkeypatch):
    planner = Service()
    planner.answer(Propose(asked(0)))
    begun, go_on = threading.Event(), threading.Event()

    def slow(held):
        begun.set()
        assert go_on.wait(20)
        return ("proposal", held.key)

    monkeypatch.setattr(service, "proposal_of", slow)
    thread = threading.Thread(target=planner.answer, args=(Propose(asked(1)),))
    thread.start()
    assert begun.wait(20)
    assert planner.answer(Judge(asked(0).key, DOSES))[0] == "judged"
    assert not planner.is_idle(0.01)
    go_on.set()
    thread.join()
    assert planner.is_idle(5)


def test_it_says_when_it_is_warm(monkeypatch):
    monkeypatch.setattr(service, "warm_up", lambda: None)
    planner = Service()
    before = planner.answer(Ping())
    assert isinstance(before, Pong)
    assert not before.warm
    planner.warm_up()
    after = planner.answer(Ping())
    assert after.warm
    assert after.resident_mb > 10
    assert after.uptime_s >= before.uptime_s


def test_a_warm_up_that_fails_is_logged_and_the_planner_goes_on(monkeypatch, caplog):
    def broken():
        raise ValueError

    monkeypatch.setattr(service, "warm_up", broken)
    planner = Service()
    with caplog.at_level(logging.WARNING):
        planner.warm_up()
    assert "could not warm up" in caplog.text
    assert not planner.answer(Ping()).warm


@pytest.mark.usefixtures("made")
def test_a_full_memory_lets_go_of_programs_and_warms_up_again(monkeypatch):
    warmed, sizes = threading.Event(), iter([2e9, 2e9, 1.5e9])
    forgotten = []
    monkeypatch.setattr(service, "resident_bytes", lambda: int(next(sizes, 5e8)))
    monkeypatch.setattr(service, "forget_compiled_programs", lambda: forgotten.append(1))
    monkeypatch.setattr(service, "warm_up", warmed.set)
    planner = Service(most_resident_bytes=10**9)
    planner.answer(Propose(asked()))
    assert forgotten == [1]
    assert warmed.wait(5)
    assert planner.is_idle(5)
    # Memory that stays full is not let go of again and again.
    monkeypatch.setattr(service, "resident_bytes", lambda: int(1.8e9))
    planner.answer(Propose(asked(1)))
    assert forgotten == [1]


@pytest.mark.usefixtures("made")
def test_memory_that_was_freed_meanwhile_is_left_alone(monkeypatch):
    sizes = iter([2e9])
    monkeypatch.setattr(service, "resident_bytes", lambda: int(next(sizes, 5e8)))
    monkeypatch.setattr(service, "forget_compiled_programs", lambda: pytest.fail("nothing was to be freed"))
    Service(most_resident_bytes=10**9).answer(Propose(asked()))


def test_memory_is_told_where_the_system_has_no_status_file(monkeypatch, tmp_path):
    here = memory.resident_bytes()
    monkeypatch.setattr(memory, "STATUS", tmp_path / "none")
    assert memory.resident_bytes() > here / 4
    monkeypatch.setattr(memory.sys, "platform", "darwin")
    assert memory.resident_bytes() > 0


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_forgetting_programs_leaves_them_to_be_compiled_again(monkeypatch, platform):
    import jax

    double = jax.jit(lambda x: 2 * x)
    assert double(2.0) == 4.0
    monkeypatch.setattr(memory.sys, "platform", platform)
    memory.forget_compiled_programs()
    assert double(3.0) == 6.0


def test_forgetting_programs_needs_no_glibc(monkeypatch):
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: SimpleNamespace())
    memory.forget_compiled_programs()
