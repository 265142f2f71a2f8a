"""The planner as a process of its own: asked by two at once, killed, and started again."""

import signal
import subprocess
import sys
import threading
import time

import pytest

from facialis.clinic.planner import DoseEdit, Planner, PlannerRefusedError, PlannerUnavailableError
from tests.factories.plan_questions import question

pytestmark = pytest.mark.slow


class Process:
    def __init__(self, folder):
        self.path = folder / "run" / "planner.sock"
        self.planner = Planner(self.path)
        self.start()

    def start(self):
        command = [
            sys.executable,
            "-m",
            "facialis.clinic.planner",
            "--socket",
            str(self.path),
            "--no-warm-up",
        ]
        self.running = subprocess.Popen(command)
        for _ in range(600):
            try:
                self.planner.ping()
                return
            except PlannerUnavailableError:
                time.sleep(0.1)
        pytest.fail("The planner did not start.")

    def end(self, number):
        self.running.send_signal(number)
        return self.running.wait(60)


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    one = Process(tmp_path_factory.mktemp("planner"))
    yield one
    assert one.end(signal.SIGTERM) == 0
    assert not one.path.exists()


@pytest.fixture(scope="module")
def proposal(process):
    return process.planner.propose(question())


def doses_of(proposal):
    return [
        DoseEdit(one.target, one.side, point.point, point.units)
        for one in proposal.targets
        for point in one.points
    ]


def test_the_proposal_is_judged_as_it_was_proposed(process, proposal):
    assert proposal.outcome == "inject"
    judged = process.planner.judge(proposal.key, doses_of(proposal))
    assert judged == proposal.judgement
    assert [one.code for one in judged.findings] == [one["code"] for one in proposal.plan["plan"]["findings"]]


def test_a_doubled_dose_has_a_finding(process, proposal):
    first, *rest = doses_of(proposal)
    doubled = DoseEdit(first.target, first.side, first.point, f"{10 * float(first.amount):g}")
    judged = process.planner.judge(proposal.key, [doubled, *rest])
    new = {one.code for one in judged.findings} - {one.code for one in proposal.judgement.findings}
    assert new & {"above_total_range", "above_first_session", "above_site_range"}


def test_a_nonsense_target_is_refused(process, proposal):
    with pytest.raises(PlannerRefusedError, match="nonsense") as caught:
        process.planner.judge(proposal.key, [DoseEdit("nonsense", "LEFT", 1, "2")])
    assert caught.value.code == "unknown_target"


def test_an_unknown_key_is_refused(process):
    with pytest.raises(PlannerRefusedError) as caught:
        process.planner.judge("0" * 64, [])
    assert caught.value.code == "unknown_key"


def test_two_clients_are_answered_each_with_its_own(process, proposal):
    found = {}

    def ask(amount):
        found[amount] = process.planner.judge(proposal.key, [DoseEdit("mentalis", "LEFT", 1, amount)])

    threads = [threading.Thread(target=ask, args=(amount,)) for amount in ("1", "2", "3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {amount: one.totals[0].session for amount, one in found.items()} == {"1": "1", "2": "2", "3": "3"}


def test_after_a_kill_it_is_started_again_and_answers_the_same(process, proposal):
    process.end(signal.SIGKILL)
    assert process.path.exists()
    with pytest.raises(PlannerUnavailableError):
        process.planner.ping()
    process.start()
    with pytest.raises(PlannerRefusedError):
        process.planner.judge(proposal.key, doses_of(proposal))
    judged = process.planner.judge(proposal.key, doses_of(proposal), question=question)
    assert judged == proposal.judgement
