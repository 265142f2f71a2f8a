"""How much of each target a session may give."""

from datetime import date

import pytest

from facialis.anatomy import InjectionTarget, Muscle, Side, SideRole
from facialis.evidence import Provenance
from facialis.planning.case.answers import Answer
from facialis.planning.case.visits import EyeClosure
from facialis.planning.case.wishes import Wishes
from facialis.planning.errors import CaseError
from facialis.planning.limits import Bound, LeftOut, session_limits, target_limits
from facialis.planning.places import all_places
from facialis.planning.rules.assess import assess
from facialis.toxins import ToxinDose
from facialis.toxins.exact import number_text
from tests.factories.planning import (
    ABO,
    INCO,
    ONA,
    TODAY,
    good_case,
    good_eye,
    good_facts,
    good_palsy,
    injection,
    treated,
    treatment,
)

T = InjectionTarget

# target, side, points, per site, total, most in this session, what sets it
FIRST_SESSION = """
frontalis                   left  6 1    2.5  1    7.5  7.5  published
frontalis                   right 6 1    2.5  5    12.5 12.5 published
corrugator                  left  2 2    4    2    6    6    published
procerus                    -     1 2    4    2    4    4    published
orbicularis_oculi_upper_lid left  2 1.25 2.5  2.5  5    2.5  above_first_session
orbicularis_oculi_lower_lid left  2 1.25 2.5  1.25 5    5    published
orbicularis_oculi_lateral   right 3 2    4    4    12   12   published
nasal_levator               left  1 0.5  1.5  0.5  1.5  1.5  published
upper_lip_levator           left  1 0.5  0.5  0.5  1    0.5  above_first_session
upper_lip_levator           right 1 1    1    1    2    1    above_first_session
zygomaticus_major           left  2 0.25 1.25 0.25 2.5  1.25 above_first_session
risorius                    right 1 1    1.25 1    2.5  1.25 above_first_session
buccinator                  left  3 1    2.5  1.5  5    2.5  above_first_session
orbicularis_oris            right 4 0.5  1    1    3    1.5  above_first_session
depressor_anguli_oris       left  2 1.5  2.5  2    5    2.5  above_first_session
depressor_labii_inferioris  right 1 1.5  2    2    4    2    above_first_session
mentalis                    left  2 1.5  2.5  2    5    2.5  above_first_session
platysma                    left  6 2    5    10   25   12.5 above_first_session
platysma                    right 6 2    5    2    15   7.5  above_first_session
"""


def limits(case=None, product=ONA, facts=None, confirmed_by="Alice"):
    case = case or good_case()
    assessment = assess(case, product, facts or good_facts(), TODAY)
    return {limit.place: limit for limit in target_limits(case, assessment, confirmed_by=confirmed_by)}


def of(target, side=Side.LEFT, **situation):
    return limits(**situation)[side, target]


@pytest.mark.parametrize(
    "line", FIRST_SESSION.strip().splitlines(), ids=lambda line: " ".join(line.split()[:2])
)
def test_first_session(line):
    target, side, points, *numbers, bound = line.split()
    limit = of(T(target), None if side == "-" else Side(side))
    found = limit.bounds
    shown = (found.per_site_low, found.per_site_high, found.total_low, found.total_high, found.most_total)
    assert [number_text(dose.amount) for dose in shown] == numbers
    assert found.bound.value == bound
    assert found.points == tuple(range(1, int(points) + 1))
    assert found.step == ToxinDose("0.25", ONA)
    assert limit.is_offered
    assert (limit.reason, limit.confirmed_by, limit.provenance) == (None, "Alice", Provenance.RECALL_MEDIUM)
    assert limit.sentence.endswith(".")


def test_every_place_has_one_limit():
    assert tuple(limits()) == all_places()


@pytest.mark.parametrize(
    ("target", "side"),
    [
        (T.ORBICULARIS_OCULI_UPPER_LID, Side.RIGHT),
        (T.ORBICULARIS_OCULI_LOWER_LID, Side.RIGHT),
        (T.BUCCINATOR, Side.RIGHT),
    ],
)
def test_what_is_not_usual_is_not_offered(target, side):
    limit = of(target, side)
    assert (limit.is_offered, limit.reason, limit.role) == (False, LeftOut.NOT_USUAL, SideRole.HEALTHY)
    assert "DoseSynthesis" in limit.sentence


def test_ranges_from_memory_are_not_offered_until_somebody_confirms_them():
    found = limits(confirmed_by=None)
    reasons = {limit.reason for limit in found.values()}
    assert reasons == {LeftOut.NOT_CONFIRMED, LeftOut.NOT_USUAL}
    limit = found[Side.LEFT, T.MENTALIS]
    assert "from memory" in limit.sentence
    assert "nobody has confirmed it" in limit.sentence
    assert limit.published.total.high == ToxinDose(5, ONA)
    assert limit.confirmed_by is None
    with pytest.raises(CaseError, match="name of the clinician"):
        limits(confirmed_by=" ")


def test_product_without_published_doses_offers_nothing():
    found = limits(product=ABO)
    assert {limit.reason for limit in found.values()} == {LeftOut.NO_PUBLISHED_DOSE}
    limit = found[None, T.PROCERUS]
    assert (limit.citation, limit.provenance, limit.role) == (None, None, SideRole.MIDLINE)


def test_refused_muscle_takes_every_target_that_reaches_it():
    case = good_case(wishes=Wishes(refused_muscles=frozenset({Muscle.ORBICULARIS_OCULI_PRETARSAL})))
    refused = {limit.place for limit in limits(case).values() if limit.reason is LeftOut.REFUSED}
    lids = (T.ORBICULARIS_OCULI_UPPER_LID, T.ORBICULARIS_OCULI_LOWER_LID)
    assert refused == {(side, target) for side in Side for target in lids}


def test_closed_target_says_which_rules_close_it():
    case = good_case(eye=good_eye(closure=EyeClosure.INCOMPLETE))
    limit = of(T.ORBICULARIS_OCULI_UPPER_LID, case=case, facts=good_facts(fissure_on_closure_mm=3.0))
    assert limit.reason is LeftOut.CLOSED
    assert limit.closed_by == ("eye_does_not_close", "closed_fissure")
    assert "does not close" in limit.sentence
    assert of(T.ORBICULARIS_OCULI_LATERAL, case=case).is_offered


def test_flaccid_muscle_closes_the_affected_side_only():
    facts = good_facts(flaccid_muscles=frozenset({Muscle.MENTALIS, Muscle.PROCERUS}))
    found = limits(facts=facts)
    assert found[Side.LEFT, T.MENTALIS].closed_by == ("flaccid_muscle",)
    assert found[Side.RIGHT, T.MENTALIS].is_offered
    assert found[None, T.PROCERUS].is_offered


def test_everything_is_closed_where_both_sides_are_affected():
    found = limits(good_case(palsy=good_palsy(affected_side=None, bilateral=Answer.YES)))
    assert {limit.reason for limit in found.values()} == {LeftOut.CLOSED}
    assert {limit.role for limit in found.values()} == {None, SideRole.MIDLINE}


DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("last", "most", "low", "bound"),
    [
        (2, "3", "2", Bound.ESCALATION),
        ("3.5", "5", "2", Bound.PUBLISHED),
        ("1.1", "1.5", "1.5", Bound.ESCALATION),
        (1, "1.5", "1.5", Bound.ESCALATION),
        ("0.75", "1", "1", Bound.ESCALATION),
    ],
)
def test_escalation_is_bounded_by_the_last_dose_of_the_target(last, most, low, bound):
    found = of(T.MENTALIS, case=treated(treatment(DAY, injection(T.MENTALIS, last)))).bounds
    assert (number_text(found.most_total.amount), number_text(found.total_low.amount)) == (most, low)
    assert found.bound is bound
    assert found.per_site_low <= found.per_site_high <= found.most_total


def test_escalation_counts_every_point_of_the_last_time_it_was_given():
    two = treatment(DAY, injection(T.MENTALIS, 1), injection(T.MENTALIS, 1, point=2))
    later = treatment(date(2026, 6, 1), injection(T.CORRUGATOR, 2))
    found = of(T.MENTALIS, case=treated(two, later)).bounds
    assert found.most_total == ToxinDose(3, ONA)


def test_target_of_the_midline_remembers_its_dose_whichever_side_was_written():
    case = treated(treatment(DAY, injection(T.PROCERUS, 2, Side.RIGHT)))
    assert of(T.PROCERUS, None, case=case).bounds.most_total == ToxinDose(3, ONA)


@pytest.mark.parametrize(
    "earlier",
    [
        treatment(DAY, injection(T.MENTALIS, 4, product=INCO), product=INCO),
        treatment(DAY, total=ToxinDose(20, ONA)),
        treatment(DAY, injection(T.MENTALIS, 4, Side.RIGHT)),
        treatment(DAY, product=None),
    ],
    ids=["another product", "total only", "other side", "nothing known"],
)
def test_target_without_a_known_dose_of_the_product_starts_low(earlier):
    found = of(T.MENTALIS, case=treated(earlier)).bounds
    assert (found.most_total, found.bound) == (ToxinDose("2.5", ONA), Bound.FIRST_SESSION)


def test_less_than_one_step_is_not_offered():
    limit = of(T.MENTALIS, case=treated(treatment(DAY, injection(T.MENTALIS, "0.15"))))
    assert (limit.reason, limit.is_offered) == (LeftOut.NO_ROOM, False)
    assert "less than one step" in limit.sentence


def test_label_window_bounds_what_is_left():
    case = treated(treatment(date(2026, 8, 22), total=ToxinDose("398.1", ONA)))
    shared = session_limits(case, ONA, TODAY)
    assert (shared.given_in_window, shared.window_left) == (ToxinDose("398.1", ONA), ToxinDose("1.9", ONA))
    found = of(T.CORRUGATOR, case=case).bounds
    assert (found.most_total, found.bound) == (ToxinDose("1.75", ONA), Bound.LABEL_WINDOW)
    assert (found.per_site_low, found.total_low) == (ToxinDose("1.75", ONA), ToxinDose("1.75", ONA))
    spent = treated(treatment(date(2026, 8, 22), total=ToxinDose(500, ONA)))
    assert session_limits(spent, ONA, TODAY).window_left == ToxinDose(0, ONA)


def test_caps_are_of_the_product_they_are_known_for():
    known, unknown = session_limits(good_case(), ONA, TODAY), session_limits(good_case(), INCO, TODAY)
    assert (known.affected_side_cap, known.both_sides_cap) == (ToxinDose(50, ONA), ToxinDose(100, ONA))
    assert known.window_left == ToxinDose(400, ONA)
    assert (unknown.affected_side_cap, unknown.both_sides_cap, unknown.window_left) == (None, None, None)
    assert unknown.given_in_window == ToxinDose(0, INCO)
