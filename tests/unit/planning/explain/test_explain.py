"""Why a target is in the plan or not, with numbers of the full model."""

import re
from dataclasses import replace

import pytest

from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer
from facialis.planning.dosing.loss import loss_of_plan
from facialis.planning.explain.explain import explain
from facialis.planning.explain.hazards import hazards_of
from facialis.planning.explain.records import LimitKind, WhyNot
from facialis.planning.explain.words import listed, percent, signed_percent, units_text
from facialis.planning.outcome.terms import Domain, TermKind
from facialis.planning.places import all_places
from facialis.planning.plan.make import make_plan
from facialis.planning.plan.record import PlanOutcome
from tests.factories.plan_work import KEY, case_of, patient, person, planned
from tests.factories.planning import ABO, ONA, TODAY


@pytest.fixture(scope="module")
def work():
    return planned()


@pytest.fixture(scope="module")
def found(work):
    return explain(work)


@pytest.mark.slow
def test_every_place_is_explained_once(work, found):
    told = [one.place for one in (*found.targets, *found.left_out)]
    assert sorted(told, key=str) == sorted(all_places(), key=str)
    assert [one.place for one in found.targets] == [(c.side, c.target) for c in work.plan.choices]
    assert found.of(told[0]) is found.targets[0]
    with pytest.raises(KeyError):
        found.of((Side.LEFT, InjectionTarget.PROCERUS))


@pytest.mark.slow
def test_a_contribution_is_the_loss_of_the_plan_without_it(work, found):
    weights = work.question.weights
    for one, choice in zip(found.targets, work.plan.choices, strict=True):
        without = [other for other in work.plan.choices if other != choice]
        gain = loss_of_plan(work.prospect, without, weights).outcome - work.optimum.loss.outcome
        assert one.contribution.gain == pytest.approx(gain)
        assert sum(one.contribution.by_kind.values()) == pytest.approx(gain)
        assert sum(one.contribution.by_domain.values()) == pytest.approx(gain)
        assert set(one.contribution.by_kind) == set(TermKind)
        assert set(one.contribution.by_domain) == set(Domain)
        whole = work.optimum.do_nothing.outcome - work.optimum.loss.outcome
        assert one.contribution.share == pytest.approx(gain / whole)
        assert len(one.contribution.most_changed) <= 3


@pytest.mark.slow
def test_measures_scores_and_limits_have_numbers_and_units(found):
    for one in found.targets:
        for measure in one.measures:
            assert measure.change.low <= measure.change.value <= measure.change.high
            assert measure.sentence.count(" mm") >= 3
            assert measure.side.label in measure.sentence
            moved = measure.asymmetry_with.value - measure.asymmetry_without.value
            # The other side hardly moves.
            assert abs(abs(moved) - abs(measure.change.value)) < 1.5
        assert [len(one.scores)] == [2]
        kinds = [use.kind for use in one.limits]
        assert kinds == [LimitKind.SITE, LimitKind.TARGET_TODAY, LimitKind.TARGET_PUBLISHED]
        assert all(0 < use.share <= 1 for use in one.limits)
        assert one.provenance is not None
        assert one.citation.text in one.published_text
        assert one.confirmed_by == "Dr Demo"


@pytest.mark.slow
def test_sentences_name_sides_in_words_and_end_as_sentences(found):
    for one in found.targets:
        word = "midline" if one.side is None else one.side.label
        assert word in one.reason
        assert one.sentences[0] == one.reason
        assert re.search(r"\d", one.reason)
    every = [s for one in found.targets for s in one.sentences]
    every += [one.sentence for one in found.left_out] + [use.sentence for use in found.limits]
    every += list(found.summary)
    for sentence in every:
        assert sentence[-1] in ".!?]", sentence
        assert "  " not in sentence
        assert "nan" not in sentence.split()
        assert not re.search(r"\bleft side\b|\bright side\b|_", sentence), sentence


@pytest.mark.slow
def test_session_and_function_limits_hold(work, found):
    kinds = {use.kind for use in found.limits}
    assert kinds == {LimitKind.SESSION, LimitKind.FUNCTION}
    for use in found.limits:
        before = use.without or 0.0
        assert use.used <= max(use.most, before) + 1e-6
    both = next(use for use in found.limits if use.name == "both_sides_cap")
    assert both.used == float(work.plan.total.amount)


@pytest.mark.slow
def test_what_was_not_offered_says_the_rule_and_what_was_says_a_number(work, found):
    limits = {limit.place: limit for limit in work.plan.limits}
    for one in found.left_out:
        limit = limits[one.place]
        if one.not_offered is not None:
            assert one.sentence == limit.sentence
            assert one.not_chosen is None
        else:
            assert one.not_chosen in WhyNot
            assert limit.is_offered
            if one.best_dose is not None:
                assert one.best_dose.text in one.sentence
                assert "%" in one.sentence


@pytest.mark.slow
def test_left_out_targets_would_not_have_been_much_better(found):
    for one in found.left_out:
        if one.not_chosen is WhyNot.COSTS_MORE:
            assert 0 < one.contribution.gain <= one.contribution.price
        if one.not_chosen is WhyNot.MAKES_WORSE:
            assert one.contribution.gain <= 0
        if one.not_chosen in {WhyNot.FUNCTION_LIMIT, WhyNot.DOSE_LIMIT}:
            assert one.breaks
            assert one.contribution.gain > one.contribution.price
        if one.not_chosen is WhyNot.NOT_OVERDRIVEN:
            assert not any(driver.is_certain for driver in one.drivers)


@pytest.mark.slow
def test_drivers_are_what_was_decoded(found):
    for one in found.targets:
        muscles = injection_target(one.target).muscles
        sides = 2 if one.side is None else 1
        assert len(one.drivers) == sides * len(muscles)
        for driver in one.drivers:
            assert driver.muscle in muscles
            assert driver.sd >= 0
            assert driver.side.label in driver.sentence
            if driver.is_certain:
                assert driver.excess > 1.96 * driver.sd
                assert "is overdriven" in driver.sentence
    balanced = [one for one in found.targets if one.role is SideRole.HEALTHY]
    assert all("balances" in one.reason for one in balanced if not one.drivers[0].is_certain)


@pytest.mark.slow
def test_a_mirrored_plan_is_explained_alike(found):
    other = explain(planned(mirrored=True))
    for mine, theirs in zip(found.targets, other.targets, strict=True):
        assert mine.contribution.gain == pytest.approx(theirs.contribution.gain, rel=1e-4, abs=1e-6)
        swapped = theirs.reason.replace("LEFT", "?").replace("RIGHT", "LEFT").replace("?", "RIGHT")
        assert swapped == mine.reason


@pytest.mark.slow
def test_a_stopped_plan_says_what_stops_it():
    who = patient()
    case = case_of(person().affected)
    case = replace(case, patient=replace(case.patient, pregnancy=Answer.YES))
    stopped = explain(make_plan(case, [], ONA, TODAY, KEY, confirmed_by="Dr Demo", patient=who))
    assert stopped.targets == ()
    assert len(stopped.left_out) == len(all_places())
    assert stopped.summary[0].startswith("No plan is made")
    assert len(stopped.summary) > 1


def test_hazards_are_of_the_target_its_side_and_the_product():
    neck = hazards_of(InjectionTarget.PLATYSMA, SideRole.AFFECTED, ONA)
    assert neck[0].event == injection_target(InjectionTarget.PLATYSMA).main_hazard
    assert [h.event for h in neck[1:]] == ["dysphagia"]
    assert "40 units onabotulinumtoxinA" in neck[1].sentence
    assert [h.event for h in hazards_of(InjectionTarget.PLATYSMA, SideRole.AFFECTED, ABO)[1:]] == []
    smile = hazards_of(InjectionTarget.ZYGOMATICUS_MAJOR, SideRole.HEALTHY, ONA)
    assert {h.rate_pct for h in smile if h.event == "drooling"} == {21, None}
    assert not [
        h
        for h in hazards_of(InjectionTarget.ZYGOMATICUS_MAJOR, SideRole.AFFECTED, ONA)
        if h.event == "drooling"
    ]
    lid = next(
        h
        for h in hazards_of(InjectionTarget.CORRUGATOR, SideRole.AFFECTED, ONA)
        if h.event == "eyelid_ptosis"
    )
    assert lid.rate_pct == 3
    assert "3 % of patients" in lid.sentence


def test_small_words():
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert [percent(x) for x in (0, 0.001, 0.254)] == ["0 %", "less than 1 %", "25 %"]
    assert units_text(1, ONA) == "1 unit onabotulinumtoxinA"


@pytest.mark.slow
def test_a_plan_without_injections_says_that_none_gains_enough():
    who = patient()
    dear = {"dose_price": 4, "asymmetry": 0, "synkinesis": 0, "tightness": 0}
    work = make_plan(
        case_of(person().affected),
        [],
        ONA,
        TODAY,
        KEY,
        weights=dear,
        confirmed_by="Dr Demo",
        patient=who,
        has_alternatives=False,
    )
    assert work.plan.outcome is PlanOutcome.NOTHING
    found = explain(work)
    assert found.targets == ()
    assert "No injection is proposed" in found.summary[0]
    offered = [one for one in found.left_out if one.not_offered is None]
    assert offered
    assert all(one.contribution.share is None for one in offered if one.contribution is not None)
    assert all(one.not_chosen is not WhyNot.WITHIN_GAP for one in offered)


@pytest.mark.slow
def test_a_limit_that_the_plan_nearly_uses_is_why_more_is_left_out(found):
    over = [one for one in found.left_out if one.not_chosen is WhyNot.FUNCTION_LIMIT]
    for one in over:
        assert "Chance of" in one.sentence
        assert all(sentence in one.sentence for sentence in one.breaks)


def test_a_signed_share_has_a_true_minus_and_breaks_nowhere():
    shown = [signed_percent(x).replace("\N{NO-BREAK SPACE}", "_") for x in (0.124, -0.31, -0.001)]
    assert shown == ["+12_%", "−31_%", "0_%"]
