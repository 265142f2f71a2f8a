"""Laws of the rules: mirror the case, and the sides swap; know more harm, and no stop goes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facialis.anatomy import Side
from facialis.planning.case.answers import CodedList, ListState
from facialis.planning.case.case import condition_codes
from facialis.planning.case.treatments import RoledInjection
from facialis.planning.limits import target_limits
from facialis.planning.rules.assess import assess
from facialis.planning.rules.session_check import check_session
from facialis.toxins import ToxinProduct
from facialis.toxins.actions import Action
from tests.factories.planning import ONA, TODAY
from tests.factories.random_cases import cases, face_facts, injections

pytestmark = pytest.mark.slow


def mirrored_place(place):
    side, target = place
    return (side and side.opposite, target)


def mirrored_injection(injection):
    return replace(injection, side=injection.side.opposite)


def mirrored_case(case):
    side = case.palsy.affected_side
    return replace(
        case,
        palsy=replace(case.palsy, affected_side=side and side.opposite),
        treatments=tuple(
            replace(t, injections=tuple(map(mirrored_injection, t.injections))) for t in case.treatments
        ),
        visits=tuple(
            replace(v, findings=tuple(replace(f, side=f.side.opposite) for f in v.findings))
            for v in case.visits
        ),
    )


def summary(findings, mirror=lambda place: place):
    return sorted((f.code, f.action.value, sorted(map(str, map(mirror, f.targets)))) for f in findings)


@given(case=cases(), facts=face_facts(), product=st.sampled_from(ToxinProduct))
def test_mirrored_case_gives_mirrored_findings(case, facts, product):
    found, other = assess(case, product, facts, TODAY), assess(mirrored_case(case), product, facts, TODAY)
    assert summary(found.findings, mirrored_place) == summary(other.findings)
    assert {mirrored_place(place) for place in found.blocked} == other.blocked
    assert (found.phase, found.may_plan) == (other.phase, other.may_plan)


@given(case=cases(), facts=face_facts(), listed=st.lists(injections(), max_size=6))
def test_mirrored_session_gives_mirrored_findings(case, facts, listed):
    found = check_session(case, listed, ONA, facts, TODAY)
    other = check_session(mirrored_case(case), [mirrored_injection(i) for i in listed], ONA, facts, TODAY)
    assert summary(found, mirrored_place) == summary(other)


@given(case=cases(), facts=face_facts())
def test_mirrored_case_gives_mirrored_limits(case, facts):
    def limits(of):
        assessment = assess(of, ONA, facts, TODAY)
        return {limit.place: limit for limit in target_limits(of, assessment, confirmed_by="Alice")}

    found, other = limits(case), limits(mirrored_case(case))
    for place, limit in found.items():
        twin = other[mirrored_place(place)]
        assert (limit.bounds, limit.reason, limit.role) == (twin.bounds, twin.reason, twin.role)


@given(
    case=cases(),
    facts=face_facts(),
    product=st.sampled_from(ToxinProduct),
    code=st.sampled_from(sorted(condition_codes())),
)
def test_one_more_condition_takes_no_stop_away(case, facts, product, code):
    listed = case.conditions
    if listed.state is ListState.NOT_ASKED or code in listed.codes:
        return
    more = replace(case, conditions=CodedList(ListState.KNOWN, (*listed.codes, code), listed.others))
    before, after = assess(case, product, facts, TODAY), assess(more, product, facts, TODAY)
    assert {f for f in before.findings if f.action is Action.STOP} <= set(after.findings)
    assert before.blocked <= after.blocked
    assert after.may_plan <= before.may_plan


@given(case=cases(), facts=face_facts())
def test_offered_doses_are_ordered_and_on_the_step(case, facts):
    assessment = assess(case, ONA, facts, TODAY)
    for limit in target_limits(case, assessment, confirmed_by="Alice"):
        assert (limit.bounds is None) is (limit.reason is not None)
        assert limit.is_offered <= (limit.place not in assessment.blocked)
        if limit.bounds is not None:
            b = limit.bounds
            assert b.step <= b.per_site_low <= b.per_site_high <= b.most_total <= b.total_high
            assert b.per_site_low <= b.total_low <= b.most_total
            for dose in (b.per_site_low, b.per_site_high, b.total_low, b.most_total):
                assert dose.amount % b.step.amount == 0


@given(case=cases(), facts=face_facts())
def test_a_point_within_its_bounds_passes_every_check_of_the_session(case, facts):
    """What the limits offer, the independent check accepts: no stop and no warning about the dose."""
    assessment = assess(case, ONA, facts, TODAY)
    about_doses = {
        "above_site_range", "above_total_range", "above_first_session", "above_escalation", "off_step",
        "target_closed", "target_refused", "range_not_confirmed", "no_published_dose", "dose_not_usual",
        "point_not_published", "label_window", "cap_affected_side", "cap_both_sides",
    }  # fmt: skip
    for limit in target_limits(case, assessment, confirmed_by="Alice"):
        if limit.bounds is not None:
            side = limit.side or Side.LEFT
            role = limit.role
            made = RoledInjection(
                side, limit.target, limit.bounds.points[0], limit.bounds.per_site_high, "0.05", role
            )
            found = check_session(case, [made], ONA, facts, TODAY, confirmed_by="Alice")
            assert not about_doses & {f.code for f in found}
            assert not [f for f in found if f.action is Action.STOP]
