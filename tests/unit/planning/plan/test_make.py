"""A whole plan of an invented patient: safe, repeatable, mirrored with the patient, and as was wished."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer
from facialis.planning.case.wishes import Goal, Wishes
from facialis.planning.dosing.function_limits import ProtectedFunction as Function
from facialis.planning.dosing.function_limits import event_chances, function_limits, lost_closures
from facialis.planning.dosing.loss import loss_of_plan, units_of_plan
from facialis.planning.dosing.optimise import optimise
from facialis.planning.dosing.weights import WeightError, Weights, weights_with
from facialis.planning.errors import CaseError
from facialis.planning.outcome.terms import Domain, outcome_terms
from facialis.planning.plan.make import make_plan
from facialis.planning.plan.record import PlanOutcome, PlanStatus
from facialis.planning.plan.sign import CannotSignError, sign
from facialis.planning.rules.session_check import check_session
from facialis.toxins import ToxinProduct
from facialis.toxins.actions import Action
from facialis.twin.junction.neighbours import NeighbourEvent
from tests.factories.plan_work import KEY, case_of, choice, patient, person, planned
from tests.factories.planning import ONA, TODAY

pytestmark = pytest.mark.slow  # a search of the posterior, and a plan


def plan_again(case=None, **changes):
    who = patient()
    given = {"confirmed_by": "Dr Demo", "patient": who, "has_alternatives": False, **changes}
    return make_plan(case or case_of(who.posterior.affected), [], ONA, TODAY, KEY, **given)


@pytest.fixture(scope="module")
def work():
    return planned()


def test_it_proposes_a_draft_that_helps(work):
    plan = work.plan
    assert plan.outcome is PlanOutcome.INJECT
    assert plan.status is PlanStatus.DRAFT
    assert plan.loss.peak < plan.do_nothing.peak
    assert plan.loss.mean_16_weeks + plan.loss.price < plan.do_nothing.mean_16_weeks
    assert plan.search.relative_gap <= 0.01
    assert not plan.search.timed_out


def test_its_loss_is_that_of_the_full_model(work):
    found = loss_of_plan(work.prospect, work.plan.choices, Weights(work.plan.weights))
    assert (found.peak, found.mean, found.price) == pytest.approx(
        (work.plan.loss.peak, work.plan.loss.mean_16_weeks, work.plan.loss.price)
    )


def test_an_independent_check_finds_no_stop(work):
    found = check_session(work.case, work.plan.injections, ONA, work.facts, TODAY, confirmed_by="Dr Demo")
    assert found == work.plan.session_findings
    assert Action.STOP not in {finding.action for finding in found}


def test_no_lifter_of_the_lid_and_no_flaccid_muscle(work):
    for one in work.plan.choices:
        muscles = set(injection_target(one.target).muscles)
        assert Muscle.LEVATOR_PALPEBRAE not in muscles
        if one.side is work.plan.affected:
            assert not muscles & work.facts.flaccid_muscles


def test_functions_are_kept_by_counting(work):
    units = units_of_plan(work.plan.choices)
    assert lost_closures(work.prospect, units) == ()
    for event, function in (
        (NeighbourEvent.EYELID_PTOSIS, Function.LID_PTOSIS),
        (NeighbourEvent.LIP_DROOP, Function.ORAL_COMPETENCE),
    ):
        chances = event_chances(work.prospect, units, event).mean(axis=0)
        assert (chances <= function_limits()[function].probability + 1e-6).all()


def test_equal_keys_give_equal_plans(work):
    again = plan_again()
    assert again.plan.choices == work.plan.choices
    assert again.plan.loss == work.plan.loss


def test_a_mirrored_patient_gets_exactly_the_mirrored_plan(work):
    turned = planned(mirrored=True)
    assert turned.plan.affected is work.plan.affected.opposite
    mine = [(c.side, c.target, c.role, c.points) for c in work.plan.choices]
    other = [
        (None if c.side is None else c.side.opposite, c.target, c.role, c.points) for c in turned.plan.choices
    ]
    assert mine == other
    assert turned.plan.loss.peak == pytest.approx(work.plan.loss.peak, rel=1e-6)
    assert turned.plan.search.rounds == work.plan.search.rounds
    assert [len(a.choices) for a in turned.plan.alternatives] == [
        len(a.choices) for a in work.plan.alternatives
    ]


def test_a_stop_of_the_case_stops_the_plan():
    who = patient()
    case = case_of(who.posterior.affected)
    case = replace(case, patient=replace(case.patient, pregnancy=Answer.YES))
    found = plan_again(case)
    assert found.plan.outcome is PlanOutcome.STOPPED
    assert (found.plan.choices, found.plan.loss, found.prospect, found.optimum) == ((), None, None, None)
    assert any(finding.stops_everything for finding in found.plan.session_findings)
    with pytest.raises(CannotSignError, match="nothing to sign"):
        sign(found.plan, by="Dr Demo", day=TODAY, reasons={})


def test_a_product_without_data_is_assessed_and_stopped():
    who = patient()
    case = case_of(who.posterior.affected)
    found = make_plan(
        case, [], ToxinProduct.RIMABOTULINUMTOXIN_B, TODAY, KEY, confirmed_by="Dr Demo", patient=who
    )
    assert found.plan.outcome is PlanOutcome.STOPPED
    assert found.prospect is None


def test_without_a_name_ranges_from_memory_are_left_out():
    found = plan_again(confirmed_by=None)
    assert all(limit.confirmed_by is None for limit in found.plan.limits)
    offered = {limit.place for limit in found.plan.limits if limit.is_offered}
    assert {(c.side, c.target) for c in found.plan.choices} <= offered


def test_weights_are_checked_and_wishes_move_the_plan(work):
    with pytest.raises(WeightError):
        plan_again(weights={"smile": 9})
    case = case_of(person().affected, wishes=Wishes(weights=dict.fromkeys(Goal, 0)))
    unloved = plan_again(case)
    assert unloved.plan.weights["smile"] == 0
    assert len(unloved.plan.choices) < len(work.plan.choices)
    # What a clinician gives comes last.
    assert plan_again(case, weights={"smile": 1}).plan.weights["smile"] == 1


def test_what_is_wished_for_is_served_no_worse(work):
    wanted = Domain.TIGHTNESS
    case = case_of(person().affected, wishes=Wishes(weights={Goal.TIGHTNESS: 10}))
    wished = plan_again(case)
    equal = weights_with({})
    of_domain = np.array([term.domain is wanted for term in outcome_terms()])
    lost = [
        loss_of_plan(work.prospect, plan.choices, equal).of_terms[:, of_domain].sum()
        for plan in (wished.plan, work.plan)
    ]
    assert lost[0] <= lost[1] + 1e-6
    assert wished.plan.weights["tightness"] == 2


def test_a_clinicians_amount_between_the_levels_is_kept():
    side = person().affected
    taken = choice("mentalis", side, "1.75", affected=side)
    found = plan_again(taken=(taken,))
    assert taken in found.plan.choices
    assert Action.STOP not in {finding.action for finding in found.plan.session_findings}


def test_a_clinicians_amount_above_what_is_published_is_shown_with_its_warning():
    side = person().affected
    taken = choice("frontalis", side.opposite, "7", "7", affected=side, highest="12.5")
    found = plan_again(taken=(taken,)).plan
    assert taken in found.choices
    warned = {f.code for f in found.session_findings if f.action is Action.WARN}
    assert {"above_site_range", "above_total_range"} <= warned
    with pytest.raises(CannotSignError, match="No reason"):
        sign(found, by="Dr Demo", day=TODAY, reasons={})


def test_a_target_that_the_patient_refuses_is_shown_with_its_stop_and_not_signed():
    side = person().affected
    case = case_of(side, wishes=Wishes(refused_muscles=frozenset({Muscle.MENTALIS})))
    found = plan_again(case, taken=(choice("mentalis", side, "1.5", affected=side),)).plan
    stops = [f.code for f in found.session_findings if f.action is Action.STOP]
    assert stops == ["target_refused"]
    with pytest.raises(CannotSignError, match="stopped by target_refused"):
        sign(found, by="Dr Demo", day=TODAY, reasons={})


def test_a_day_in_the_past_of_the_case_is_refused():
    with pytest.raises(CaseError):
        make_plan(
            case_of(Side.LEFT), [], ONA, TODAY.replace(year=2025), KEY, confirmed_by="Dr", patient=patient()
        )


def test_facts_are_of_the_photographs(work):
    facts = work.facts
    assert facts.mirrored_known
    assert facts.missing_expressions == ()
    assert facts.synkinesis_present
    assert 0 <= facts.eye_closes_probability <= 1
    assert all(0 <= drive <= 1 for drive in facts.affected_drive_by_branch.values())
    assert facts.oral_competence is None


def test_what_was_asked_of_the_mouth_is_a_fact_and_no_longer_a_warning(work):
    assert "mouth_not_asked" in {f.code for f in work.plan.session_findings}
    asked = tuple(replace(visit, holds_liquids=Answer.YES) for visit in work.case.visits)
    found = plan_again(replace(work.case, visits=asked))
    assert found.facts.oral_competence is True
    assert "mouth_not_asked" not in {f.code for f in found.plan.session_findings}


def test_another_key_gives_nearly_the_same_gain(work):
    who = patient()
    other = make_plan(
        case_of(who.posterior.affected),
        [],
        ONA,
        TODAY,
        jax.random.key(9),
        confirmed_by="Dr Demo",
        patient=who,
        has_alternatives=False,
    )
    # Its plan, judged by the samples of the first.
    weights = Weights(work.plan.weights)
    mine, theirs = (
        loss_of_plan(work.prospect, plan.choices, weights).whole for plan in (work.plan, other.plan)
    )
    nothing = work.optimum.do_nothing.whole
    assert theirs <= mine + 0.25 * (nothing - mine)


def test_the_order_of_muscles_is_that_of_the_forehead_down(work):
    targets = [one.target for one in work.plan.choices]
    assert targets == sorted(targets, key=list(type(targets[0])).index)
    assert len(FACIAL_MUSCLES) == 24
    assert optimise(work.question).choices == work.plan.choices
