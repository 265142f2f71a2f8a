"""Only a named clinician makes a plan active, with a reason for every warning."""

from dataclasses import replace
from datetime import timedelta

import pytest

from facialis.planning.errors import CaseError
from facialis.planning.plan.record import Plan, PlanOutcome, PlanStatus
from facialis.planning.plan.sign import CannotSignError, sign
from facialis.toxins.actions import Action
from tests.factories.planning import TODAY, good_facts
from tests.factories.plans import made_plan

PLAN = made_plan()


def warned():
    plan = made_plan(facts=good_facts(oral_competence=None))
    codes = {f.code for f in plan.session_findings if f.action is Action.WARN}
    assert codes
    return plan, codes


def test_a_plan_is_never_active():
    assert PLAN.status is PlanStatus.DRAFT
    with pytest.raises(ValueError, match="made as a draft"):
        replace(PLAN, status=PlanStatus.ACTIVE)
    assert isinstance(PLAN, Plan)


def test_a_signed_plan_is_active_and_keeps_who_and_when():
    signed = sign(PLAN, by=" Dr Demo ", day=TODAY, reasons={})
    assert (signed.by, signed.day, signed.status) == ("Dr Demo", TODAY, PlanStatus.ACTIVE)
    assert signed.plan is PLAN


@pytest.mark.parametrize("name", ["", "  "])
def test_nobody_cannot_sign(name):
    with pytest.raises(CaseError, match="name of the clinician"):
        sign(PLAN, by=name, day=TODAY, reasons={})


def test_another_day_needs_another_plan():
    with pytest.raises(CannotSignError, match="Make the plan again"):
        sign(PLAN, by="Dr Demo", day=TODAY + timedelta(days=1), reasons={})


def test_every_warning_needs_its_reason():
    plan, codes = warned()
    with pytest.raises(CannotSignError, match="No reason is written"):
        sign(plan, by="Dr Demo", day=TODAY, reasons={})
    with pytest.raises(CannotSignError, match="No reason is written"):
        sign(plan, by="Dr Demo", day=TODAY, reasons=dict.fromkeys(codes, "  "))
    signed = sign(plan, by="Dr Demo", day=TODAY, reasons=dict.fromkeys(codes, "Drinks without leaking."))
    assert set(signed.reasons) == codes


def test_a_stop_cannot_be_signed_away():
    plan, _ = warned()
    stop = replace(plan.session_findings[0], action=Action.STOP)
    stopped = replace(plan, session_findings=(stop,))
    with pytest.raises(CannotSignError, match=stop.code):
        sign(stopped, by="Dr Demo", day=TODAY, reasons={stop.code: "I know."})


@pytest.mark.parametrize("outcome", [PlanOutcome.NOTHING, PlanOutcome.STOPPED])
def test_nothing_is_not_signed(outcome):
    with pytest.raises(CannotSignError, match="nothing to sign"):
        sign(replace(PLAN, outcome=outcome), by="Dr Demo", day=TODAY, reasons={})


def test_totals_and_points():
    assert PLAN.total.text == "6 units onabotulinumtoxinA"
    assert len(PLAN.injections) == sum(len(c.points) for c in PLAN.choices)
    assert replace(PLAN, choices=()).total is None
    assert [a.units is None for a in PLAN.alternatives] == [True, False]
