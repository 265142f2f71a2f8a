"""A plan with the real planner process: proposed, edited, forgotten and found again, signed."""

import signal
import subprocess
import sys
import time

import pytest

from facialis.clinic.planner import Planner, PlannerUnavailableError
from facialis.clinic.plans import judging, tasks
from facialis.clinic.plans.actions.editing import EditOf, accept_all, change_place
from facialis.clinic.plans.choices import PlaceKey, needles_of, total_of
from facialis.clinic.plans.curves import charts_of
from facialis.clinic.plans.judging import Judged
from facialis.clinic.plans.steps import step_of
from facialis.toxins.exact import exact_number, number_text
from tests.factories import clinic_plans as made

pytestmark = pytest.mark.slow


def begin(path):
    arguments = [sys.executable, "-m", "facialis.clinic.planner", "--socket", str(path), "--no-warm-up"]
    running = subprocess.Popen(arguments)
    for _ in range(600):
        try:
            Planner(path).ping()
        except PlannerUnavailableError:
            time.sleep(0.1)
        else:
            return running
    running.kill()
    return pytest.fail("The planner did not start.")


@pytest.fixture
def real(tmp_path, monkeypatch):
    path = tmp_path / "run" / "planner.sock"
    path.parent.mkdir(mode=0o700)
    monkeypatch.setattr(judging, "planner", lambda: Planner(path))
    monkeypatch.setattr(judging, "EDIT_SECONDS", 120.0)
    held = [begin(path)]
    yield lambda: (end(held[0]), held.__setitem__(0, begin(path)))
    end(held[0])


def end(running):
    running.send_signal(signal.SIGTERM)
    running.wait(60)


def test_from_the_record_to_a_signature(real, visit, clinician, sign):
    plan = made.proposed_plan(visit, clinician)
    assert plan.proposal_status == "ready", plan.proposal_error
    assert Judged(plan).is_checked

    plan = made.fresh(accept_all(EditOf(clinician, plan.pk, plan.version)))
    suggested = plan.proposal["judgement"]["totals"][0]["session"]
    assert total_of(needles_of(plan.choices)) == judged_units(plan) == number(suggested)
    assert not Judged(plan).stops
    assert len(charts_of(Judged(plan).course, "LEFT")) == 3

    # A closed eye on the healthy side and far too much: rules speak, the doses stay as they were typed.
    place = PlaceKey("orbicularis_oculi_upper_lid", "right")
    worse = change_place(EditOf(clinician, plan.pk, plan.version), place=place, doses={1: number("20")})
    assert Judged(worse).findings
    doses = {1: number("0")}
    plan = change_place(EditOf(clinician, plan.pk, worse.version), place=place, doses=doses)

    real()  # another process, that remembers nothing
    before = needles_of(plan.choices)
    place = PlaceKey(before[0].target, before[0].side)
    doses = {before[0].point: before[0].units - step_of(plan.product)}
    plan = change_place(EditOf(clinician, plan.pk, plan.version), place=place, doses=doses)
    assert Judged(plan).is_forgotten
    tasks.check_plan.func(str(plan.pk))
    plan = made.fresh(plan)
    assert Judged(plan).is_checked

    plan.reasons = {judging.reason_key(one): "It is known." for one in Judged(plan).warnings}
    plan.save()
    signed = sign(plan)
    assert signed.status == "active"
    assert signed.signature.document["read_back"]["total_units"] == number_text(judged_units(signed))


def judged_units(plan):
    return number(plan.judged["judgement"]["totals"][0]["session"])


def number(text):
    return exact_number(text, "The number")
