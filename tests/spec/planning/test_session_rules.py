"""A finished list of injections: what each check says, and where its edge lies."""

from datetime import date, timedelta
from itertools import product as product_of

import pytest

from facialis.anatomy import InjectionTarget, Muscle, Side, SideRole
from facialis.evidence import Provenance
from facialis.planning.case.answers import Answer
from facialis.planning.case.visits import EyeClosure
from facialis.planning.case.wishes import Wishes
from facialis.planning.rules import session_check
from facialis.planning.rules.doses import highest_published, published_most
from facialis.planning.rules.session_check import check_session
from facialis.planning.rules.table import Stage, plan_rules
from facialis.planning.values import whole_value
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.actions import Action
from facialis.toxins.dose_ranges import doses_for
from facialis.toxins.labels import LimitKind, label_limits
from facialis.toxins.procedure_rules import LimitScope, procedure_rules
from tests.factories.planning import (
    ABO,
    INCO,
    ONA,
    TODAY,
    codes,
    good_case,
    good_eye,
    good_facts,
    good_palsy,
    injection,
    known,
    treated,
    treatment,
)

T = InjectionTarget
LEFT, RIGHT = Side.LEFT, Side.RIGHT
CLOSED_EYE = good_case(eye=good_eye(closure=EyeClosure.INCOMPLETE))


def checked(*injections, case=None, product=ONA, facts=None, confirmed_by="Alice"):
    return check_session(
        case or good_case(), injections, product, facts or good_facts(), TODAY, confirmed_by=confirmed_by
    )


def lately(*injections, days=120, product=ONA):
    return treated(treatment(TODAY - timedelta(days=days), *injections, product=product))


SESSIONS = [
    ("", [injection(T.MENTALIS, 2)], {}),
    ("injections_of_two_products", [injection(T.MENTALIS, 2), injection(T.RISORIUS, 1, product=INCO)], {}),
    ("another_product", [injection(T.MENTALIS, 2, product=INCO)], {}),
    ("point_twice", [injection(T.CORRUGATOR, 2), injection(T.CORRUGATOR, 2)], {}),
    ("point_twice", [injection(T.PROCERUS, 2), injection(T.PROCERUS, 2, RIGHT)], {}),
    ("", [injection(T.CORRUGATOR, 2), injection(T.CORRUGATOR, 2, point=2)], {}),
    ("wrong_side", [injection(T.CORRUGATOR, 2, role=SideRole.HEALTHY)], {}),
    ("wrong_side", [injection(T.CORRUGATOR, 4, RIGHT, role=SideRole.AFFECTED)], {}),
    ("wrong_side", [injection(T.PROCERUS, 2, role=SideRole.AFFECTED)], {}),
    ("", [injection(T.CORRUGATOR, 2, role=SideRole.AFFECTED)], {}),
    ("", [injection(T.PROCERUS, 2, RIGHT, role=SideRole.MIDLINE)], {}),
    ("target_closed", [injection(T.ORBICULARIS_OCULI_UPPER_LID, "2.5")], {"case": CLOSED_EYE}),
    (
        "target_closed",
        [injection(T.MENTALIS, 2)],
        {"facts": good_facts(flaccid_muscles=frozenset({Muscle.MENTALIS}))},
    ),
    (
        "",
        [injection(T.MENTALIS, 2, RIGHT)],
        {"facts": good_facts(flaccid_muscles=frozenset({Muscle.MENTALIS}))},
    ),
    (
        "target_refused",
        [injection(T.UPPER_LIP_LEVATOR, 1, RIGHT)],
        {"case": good_case(wishes=Wishes(refused_muscles=frozenset({Muscle.ZYGOMATICUS_MINOR})))},
    ),
    ("range_not_confirmed", [injection(T.CORRUGATOR, 2)], {"confirmed_by": None}),
    ("range_not_confirmed", [injection(T.CORRUGATOR, 2)], {"confirmed_by": " "}),
    ("no_published_dose", [injection(T.CORRUGATOR, 5, product=ABO)], {"product": ABO}),
    ("dose_not_usual", [injection(T.ORBICULARIS_OCULI_LOWER_LID, 2, RIGHT)], {}),
    ("above_site_range", [injection(T.CORRUGATOR, "4.25")], {}),
    ("", [injection(T.CORRUGATOR, 4)], {}),
    ("below_site_range", [injection(T.CORRUGATOR, "1.75"), injection(T.CORRUGATOR, 2, point=2)], {}),
    ("above_total_range", [injection(T.CORRUGATOR, "3.25"), injection(T.CORRUGATOR, 3, point=2)], {}),
    ("", [injection(T.CORRUGATOR, 3), injection(T.CORRUGATOR, 3, point=2)], {}),
    ("below_total_range", [injection(T.ORBICULARIS_OCULI_LATERAL, 2)], {}),
    ("above_first_session", [injection(T.MENTALIS, "2.75")], {}),
    ("", [injection(T.MENTALIS, "2.5")], {}),
    ("above_escalation", [injection(T.MENTALIS, "3.25")], {"case": lately(injection(T.MENTALIS, 2))}),
    ("", [injection(T.MENTALIS, 3)], {"case": lately(injection(T.MENTALIS, 2), days=130)}),
    ("off_step", [injection(T.CORRUGATOR, "2.1")], {}),
    ("unusual_volume", [injection(T.CORRUGATOR, 2, volume="0.11")], {}),
    ("unusual_volume", [injection(T.CORRUGATOR, 2, volume="0.02")], {}),
    ("", [injection(T.CORRUGATOR, 2, volume="0.1")], {}),
    ("", [injection(T.CORRUGATOR, 2, volume="0.025")], {}),
]


@pytest.mark.parametrize(("code", "injections", "situation"), SESSIONS)
def test_session(code, injections, situation):
    found = codes(checked(*injections, **situation))
    own = {rule.code for rule in plan_rules() if rule.stage is Stage.SESSION}
    assert [each for each in found if each in own] == ([code] if code else [])


def test_every_rule_about_a_session_has_an_example():
    examples = {code for code, *_ in SESSIONS if code} | {
        "muscle_never_injected",
        "point_not_published",
        "dose_beyond_any_published",
        "session_beyond_label",
    }
    assert examples == {rule.code for rule in plan_rules() if rule.stage is Stage.SESSION}


@pytest.mark.parametrize(("units", "stops"), [("15", []), ("15.25", ["dose_beyond_any_published"])])
def test_three_times_the_most_that_is_published_is_the_end(units, stops):
    """The highest published total of the depressor anguli oris is 5 units: above 15 no reason helps."""
    found = checked(injection(T.DEPRESSOR_ANGULI_ORIS, units))
    assert [one.code for one in found if one.action is Action.STOP] == stops
    assert "above_total_range" in codes(found)


def test_a_slip_of_the_pen_is_named_with_what_is_published():
    found = checked(injection(T.DEPRESSOR_ANGULI_ORIS, 275))
    stop = next(one for one in found if one.code == "dose_beyond_any_published")
    assert "275 units onabotulinumtoxinA in depressor anguli oris, LEFT" in stop.sentence
    assert "3 times 5 units onabotulinumtoxinA" in stop.sentence
    assert stop.targets == ((LEFT, T.DEPRESSOR_ANGULI_ORIS),)
    assert stop.citation.provenance is Provenance.DESIGN


def test_where_no_source_names_a_dose_of_the_product_nothing_is_multiplied():
    found = checked(injection(T.DEPRESSOR_ANGULI_ORIS, 275, product=ABO), product=ABO)
    assert "dose_beyond_any_published" not in codes(found)


@pytest.mark.parametrize(("last", "stops"), [("13", []), ("13.25", ["session_beyond_label"])])
def test_a_session_above_all_that_the_label_gives_in_the_face_stops(last, stops):
    """100 units at every labelled site together; each target is far below three times what is published."""
    listed = [injection(T.FRONTALIS, 26, side) for side in Side]
    listed += [injection(T.ORBICULARIS_OCULI_LATERAL, "17.5", side) for side in Side]
    listed += [injection(T.MENTALIS, last, RIGHT)]
    found = checked(*listed)
    assert [one.code for one in found if one.action is Action.STOP] == stops


def test_no_stop_of_a_dose_is_within_what_is_proposed():
    """A proposal goes up to the published most of its row, and to the cap of a session: both lie below."""
    caps = {rule.product: rule.high for rule in procedure_rules() if rule.scope is LimitScope.BOTH_SIDES}
    for product, target, role in product_of(ToxinProduct, T, SideRole):
        rows = [row for row in doses_for(target, role, product) if not row.is_outlier]
        most = published_most((None, target), rows[0]) if rows else None
        if most is not None:
            assert most <= highest_published(target, product) * whole_value("most_over_published")
    for product in ToxinProduct:
        for limit in label_limits(product):
            if limit.kind is LimitKind.MOST_UNITS_IN_SESSION:
                assert caps[product] <= limit.value


def test_two_points_below_what_is_published_for_one_are_too_little():
    found = codes(checked(injection(T.MENTALIS, 1), injection(T.MENTALIS, 1, point=2)))
    assert found == ["below_site_range", "below_site_range"]


def test_more_points_than_are_published_with_the_dose(monkeypatch):
    monkeypatch.setattr(session_check, "points_for", lambda *_: (1,))
    found = checked(injection(T.CORRUGATOR, 2), injection(T.CORRUGATOR, 2, point=2))
    assert codes(found) == ["point_not_published"]
    assert "Point 2 of corrugator, LEFT" in found[0].sentence


def test_target_that_would_reach_the_levator_is_never_injected(monkeypatch):
    class Record:
        muscles = (Muscle.LEVATOR_PALPEBRAE,)

    monkeypatch.setattr(session_check, "injection_target", lambda _: Record)
    (found,) = checked(injection(T.CORRUGATOR, 2))
    assert (found.code, found.action) == ("muscle_never_injected", Action.STOP)


def test_good_session_says_nothing():
    assert checked(injection(T.CORRUGATOR, 2), injection(T.PROCERUS, 2)) == ()


def test_empty_session_says_what_the_case_says():
    assert checked() == ()
    assert codes(checked(case=good_case(conditions=known("cardiovascular_disease")))) == [
        "cardiovascular_disease"
    ]


def test_findings_of_the_case_come_with_the_session():
    case = good_case(conditions=known("myasthenia_gravis", "dysphagia"))
    assert codes(checked(injection(T.CORRUGATOR, 2), case=case)) == ["myasthenia_gravis"]
    assert codes(checked(injection(T.MENTALIS, 2), case=case)) == ["myasthenia_gravis", "dysphagia"]


def full(target, units, side, points):
    return [injection(target, units, side, point) for point in range(1, points + 1)]


@pytest.mark.parametrize(("platysma", "expected"), [(8, []), ("8.5", ["cap_affected_side"])])
def test_cap_of_the_affected_side(platysma, expected):
    """48 and 51 units in six points; what else is unusual about them is said too."""
    found = codes(checked(*full(T.PLATYSMA, platysma, LEFT, 6)))
    assert [code for code in found if code.startswith("cap")] == expected


def test_cap_of_both_sides_counts_the_midline():
    sides = [*full(T.PLATYSMA, 8, LEFT, 6), *full(T.PLATYSMA, 8, RIGHT, 6)]
    assert not [c for c in codes(checked(*sides)) if c.startswith("cap")]
    found = codes(checked(*sides, injection(T.PROCERUS, "4.25")))
    assert [c for c in found if c.startswith("cap")] == ["cap_both_sides"]


def test_product_without_a_cap_is_judged_by_its_own_label():
    found = codes(checked(injection(T.CORRUGATOR, 5, product=ABO), product=ABO))
    assert found == [
        "no_published_dose",
        "cap_affected_side_unknown",
        "cap_both_sides_unknown",
        "label_window_unknown",
    ]


def test_planned_and_earlier_units_of_the_product_meet_the_label_together():
    case = treated(treatment(date(2026, 8, 22), total=ToxinDose(397, ONA)))
    assert "label_window" not in codes(checked(injection(T.CORRUGATOR, 3), case=case))
    found = checked(injection(T.CORRUGATOR, "3.25"), case=case)
    assert "label_window" in codes(found)
    other = treated(treatment(date(2026, 8, 22), product=INCO, total=ToxinDose(397, INCO)))
    assert "label_window" not in codes(checked(injection(T.CORRUGATOR, "3.25"), case=other))


def test_both_sides_affected_have_no_roles_and_no_doses():
    case = good_case(palsy=good_palsy(affected_side=None, bilateral=Answer.YES))
    found = codes(checked(injection(T.CORRUGATOR, 2, role=SideRole.AFFECTED), case=case))
    assert found[0] == "both_sides_affected"
    assert {"wrong_side", "no_published_dose"} <= set(found)


def test_new_target_after_a_session_with_other_targets_starts_low():
    case = lately(injection(T.CORRUGATOR, 2), days=130)
    assert "above_first_session" in codes(checked(injection(T.MENTALIS, 3), case=case))


def test_session_with_another_product_says_nothing_about_the_next_dose():
    case = lately(injection(T.MENTALIS, 5, product=INCO), days=130, product=INCO)
    found = codes(checked(injection(T.MENTALIS, 3), case=case))
    assert "above_first_session" in found
    assert "above_escalation" not in found


def test_first_dose_without_a_published_one_is_not_halved():
    found = codes(checked(injection(T.MENTALIS, 5, product=ABO), product=ABO))
    assert "above_first_session" not in found


def test_sentences_say_what_was_found_and_what_is_allowed():
    found = {
        f.code: f
        for f in checked(injection(T.MENTALIS, 6, volume="0.2"), case=lately(injection(T.MENTALIS, 2)))
    }
    assert "6 units onabotulinumtoxinA in mentalis, LEFT is above 3 units onabotulinumtoxinA: 50 % more" in (
        found["above_escalation"].sentence
    )
    assert "0.2 mL at point 1 of mentalis, LEFT" in found["unusual_volume"].sentence
    assert all(f.targets == ((LEFT, T.MENTALIS),) for code, f in found.items() if code.startswith("above"))
    assert all("{" not in f.sentence + f.what_to_do for f in found.values())
