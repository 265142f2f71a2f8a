"""Cases that contradict themselves cannot be made, and the message says what to do."""

from dataclasses import replace
from datetime import date

import pytest

from facialis.anatomy import Expression, InjectionTarget, Muscle, Side, SideRole
from facialis.planning.case.answers import Answer, CodedList, ListState, require_text
from facialis.planning.case.case import Case, allergy_codes, condition_codes, drug_codes
from facialis.planning.case.palsy import Clearance, Palsy, Reanimation, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.treatments import ToxinTreatment, TreatmentArea, role_of
from facialis.planning.case.visits import ClinicianFinding, EyeExam, Visit
from facialis.planning.case.wishes import Expectation, Goal, Wishes
from facialis.planning.errors import CaseError
from facialis.toxins import ToxinDose
from facialis.toxins.contraindications import contraindications
from tests.factories.planning import (
    INCO,
    NOTHING,
    ONA,
    ONSET,
    TODAY,
    good_case,
    good_eye,
    good_palsy,
    injection,
    known,
    treated,
    treatment,
)

T = InjectionTarget
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
EARLY, LATER = date(2024, 10, 31), date(2026, 11, 23)


def test_least_that_a_case_needs():
    case = Case("x", Patient(age_years=40), Palsy(Side.LEFT, ONSET))
    assert case.earlier_toxin is ListState.NOT_ASKED
    assert {case.conditions.state, case.medication.state, case.allergies.state} == {ListState.NOT_ASKED}
    assert case.eye is None
    assert case.eye_day is None
    assert case.wishes == Wishes()
    case.require_on(TODAY)


CONTRADICTIONS = {
    "no name": (lambda: good_case(case_id=""), "pseudonym"),
    "name with spaces": (lambda: good_case(case_id="Dana Doe"), "'Dana Doe'"),
    "name of another kind": (lambda: good_case(case_id=7), "pseudonym"),
    "visit before onset": (lambda: good_case(visits=(Visit(EARLY),)), "before the onset"),
    "visits reversed": (lambda: good_case(visits=(Visit(TODAY), Visit(ONSET))), "earliest first"),
    "two visits on a day": (lambda: good_case(visits=(Visit(TODAY), Visit(TODAY))), "Join them"),
    "treatments reversed": (lambda: treated(treatment(TODAY), treatment(ONSET)), "earliest first"),
    "two treatments on a day": (
        lambda: treated(treatment(TODAY), treatment(TODAY, product=INCO)),
        "Two toxin treatments are dated 2026-11-22",
    ),
    "treatments and none": (lambda: good_case(treatments=(treatment(TODAY),)), "'none' and 1 treatments"),
    "known and no treatment": (lambda: good_case(earlier_toxin=ListState.KNOWN), "'known' and 0 treatments"),
    "toxin as a drug": (lambda: good_case(medication=known("botulinum_toxin")), "in the medication"),
    "unknown condition": (lambda: good_case(conditions=known("gout")), "'gout' has no rule"),
    "condition that follows": (lambda: good_case(conditions=known("pregnancy")), "'pregnancy' has no rule"),
    "allergy as condition": (lambda: good_case(conditions=known("albumin_allergy")), "has no rule"),
    "unknown drug": (lambda: good_case(medication=known("aspirin")), "The drug 'aspirin'"),
    "unknown allergy": (lambda: good_case(allergies=known("latex")), "under 'others'"),
    "born after the onset": (
        lambda: good_case(patient=Patient(birth_date=date(2025, 1, 1))),
        "The onset of the palsy is dated 2024-11-01, before the birth",
    ),
    "retraining denied and begun": (
        lambda: good_case(
            palsy=good_palsy(retraining_start=TODAY), prerequisites={Prerequisite.RETRAINING_PLANNED: NO}
        ),
        "'retraining_planned' is not done",
    ),
    "role and side": (
        lambda: treated(treatment(TODAY, injection(T.MENTALIS, 2, role=SideRole.HEALTHY))),
        "marked 'healthy', but it is 'affected'",
    ),
    "role without sides": (
        lambda: treated(
            treatment(TODAY, injection(T.MENTALIS, 2, role=SideRole.HEALTHY)),
            palsy=good_palsy(affected_side=None, bilateral=YES),
        ),
        "both sides are affected, so none has a role",
    ),
    "midline with a role": (
        lambda: treated(treatment(TODAY, injection(T.PROCERUS, 2, role=SideRole.AFFECTED))),
        "but it is 'midline'",
    ),
    # patient
    "no age": (Patient, "birth date or an age"),
    "age twice": (lambda: Patient(date(1970, 1, 1), 56), "not both"),
    "age below": (lambda: Patient(age_years=-1), "0 to 120"),
    "age above": (lambda: Patient(age_years=121), "121"),
    "age of another kind": (lambda: Patient(age_years=True), "True"),
    # palsy
    "side and both": (lambda: good_palsy(bilateral=YES), "The affected side is LEFT, and both"),
    "no side": (lambda: good_palsy(affected_side=None), "no affected side"),
    "no side, not known": (lambda: good_palsy(affected_side=None, bilateral=UNKNOWN), "no affected side"),
    "flag twice": (lambda: good_palsy(red_flags={RedFlag.BILATERAL: NO}), "a field of its own"),
    "cleared and denied": (
        lambda: good_palsy(clearance=Clearance(frozenset({RedFlag.ATAXIA}), "Bob", TODAY)),
        "ataxia was cleared, but its answer is 'no'",
    ),
    "cleared nothing": (lambda: Clearance(frozenset(), "Bob", TODAY), "no red flag"),
    "cleared by nobody": (lambda: Clearance(frozenset({RedFlag.ATAXIA}), " ", TODAY), "The name"),
    "cleared before the onset": (
        lambda: good_palsy(
            red_flags={RedFlag.ATAXIA: YES}, clearance=Clearance(frozenset({RedFlag.ATAXIA}), "Bob", EARLY)
        ),
        "before the onset",
    ),
    "retraining before the onset": (lambda: good_palsy(retraining_start=EARLY), "Retraining is dated"),
    "reanimated before the onset": (
        lambda: good_palsy(reanimations=(Reanimation("gracilis", EARLY),)),
        "The reanimation .gracilis. is dated",
    ),
    "reanimated somehow": (lambda: Reanimation(""), "kind of a reanimation"),
    "months of change": (
        lambda: good_palsy(stability=Stability.CHANGING, stable_months=2),
        "'changing' and without change for 2 months",
    ),
    "onset of a year": (lambda: good_palsy(onset_hours=8785), "hours"),
    "onset below zero": (lambda: good_palsy(onset_hours=-1), "0 to 8784"),
    "half a day of steroids": (lambda: good_palsy(corticosteroid_days=0.5), "0.5"),
    "ages without change": (lambda: good_palsy(stable_months=1441), "1440"),
    # visits
    "empty measurement": (lambda: Visit(TODAY, " "), "measurement of the visit on 2026-11-22"),
    "grade above": (lambda: Visit(TODAY, house_brackmann=7), "1 to 6"),
    "grade of another kind": (lambda: Visit(TODAY, house_brackmann=True), "True"),
    "composite below": (lambda: Visit(TODAY, sunnybrook=-16), "-15 to 100"),
    "finding twice": (
        lambda: Visit(TODAY, findings=(ClinicianFinding("dimples", Side.LEFT, grade=1),) * 2),
        "'dimples', LEFT, twice",
    ),
    "code with capitals": (lambda: ClinicianFinding("Dimples", Side.LEFT, grade=1), "small letters"),
    "code of another kind": (lambda: ClinicianFinding(None, Side.LEFT, grade=1), "small letters"),
    "neither grade nor score": (lambda: ClinicianFinding("dimples", Side.LEFT), "a grade or a score"),
    "grade and score": (lambda: ClinicianFinding("dimples", Side.LEFT, None, 1, 1), "not both"),
    "grade too high": (lambda: ClinicianFinding("dimples", Side.LEFT, grade=4), "0 to 3"),
    "score too high": (lambda: ClinicianFinding("dimples", Side.LEFT, score=101), "0 to 100"),
    # wishes
    "weight above": (lambda: Wishes({Goal.SMILE: 11}), "smile is 11"),
    "weight of another kind": (lambda: Wishes({Goal.SMILE: 1.5}), "1.5"),
    "levator refused": (
        lambda: Wishes(refused_muscles=frozenset({Muscle.LEVATOR_PALPEBRAE})),
        "never injected",
    ),
    "permanent or not": (
        lambda: Wishes(no_permanent_change=YES, expectations=frozenset({Expectation.PERMANENT_RESULT})),
        "Ask again",
    ),
    # lists
    "known and empty": (lambda: CodedList(ListState.KNOWN), "names nothing"),
    "none and named": (lambda: CodedList(ListState.NONE, ("gout",)), "'none' and names gout"),
    "not asked and named": (lambda: CodedList(others=("gout",)), "'not_asked' and names gout"),
    "named twice": (lambda: known("dysphagia", "dysphagia"), "'dysphagia' twice"),
    "empty entry": (lambda: known(others=("",)), "1 to 200 characters"),
    "long entry": (lambda: known(others=("x" * 201,)), r"x\.\.\."),
    # treatments
    "points and total": (
        lambda: treatment(TODAY, injection(T.MENTALIS, 2), total=ToxinDose(2, ONA)),
        "injections and a total",
    ),
    "units of nothing": (lambda: treatment(TODAY, product=None, total=ToxinDose(2, ONA)), "no product"),
    "total of nothing": (lambda: treatment(TODAY, total=ToxinDose(0, ONA)), "more than 0"),
    "two products": (
        lambda: treatment(TODAY, injection(T.MENTALIS, 2), injection(T.RISORIUS, 1, product=INCO)),
        "not interchangeable",
    ),
    "points of another product": (
        lambda: treatment(TODAY, injection(T.MENTALIS, 2, product=INCO)),
        "Use one",
    ),
    "points elsewhere": (
        lambda: treatment(TODAY, injection(T.MENTALIS, 2), area=TreatmentArea.ELSEWHERE),
        "the area 'elsewhere'",
    ),
    "follow-up before": (lambda: treatment(TODAY, follow_up=TODAY), "which is not later"),
    "point twice": (
        lambda: treatment(TODAY, injection(T.MENTALIS, 2), injection(T.MENTALIS, 1)),
        "point 1 of mentalis, LEFT, twice",
    ),
    "midline twice": (
        lambda: treatment(TODAY, injection(T.PROCERUS, 2), injection(T.PROCERUS, 2, Side.RIGHT)),
        "point 1 of procerus, midline, twice",
    ),
}


@pytest.mark.parametrize(("make", "message"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradiction_is_refused(make, message):
    with pytest.raises(CaseError, match=message) as caught:
        make()
    assert caught.value.code == "case_contradiction"
    assert str(caught.value).endswith(".")


FUTURES = {
    "onset": lambda: Case("x", Patient(age_years=40), Palsy(Side.LEFT, LATER)),
    "visit": lambda: good_case(visits=(Visit(LATER),)),
    "treatment": lambda: treated(treatment(LATER)),
    "follow-up": lambda: treated(treatment(TODAY, follow_up=LATER)),
    "retraining": lambda: good_case(palsy=good_palsy(retraining_start=LATER)),
    "reanimation": lambda: good_case(palsy=good_palsy(reanimations=(Reanimation("gracilis", LATER),))),
    "clearance": lambda: good_case(
        palsy=good_palsy(
            red_flags={RedFlag.ATAXIA: YES}, clearance=Clearance(frozenset({RedFlag.ATAXIA}), "Bob", LATER)
        )
    ),
}


@pytest.mark.parametrize("make", FUTURES.values(), ids=FUTURES)
def test_future_is_refused_on_the_day_of_planning(make):
    case = make()
    with pytest.raises(CaseError, match="after 2026-11-22, the day of planning"):
        case.require_on(TODAY)
    case.require_on(LATER)


def test_birth_after_the_day_and_too_long_ago():
    with pytest.raises(CaseError, match="lies after"):
        Patient(birth_date=LATER).age_on(TODAY)
    with pytest.raises(CaseError, match="121 years"):
        Patient(birth_date=date(1905, 1, 1)).age_on(TODAY)


def test_age_counts_whole_years():
    assert Patient(birth_date=date(2008, 11, 22)).age_on(TODAY) == 18
    assert Patient(birth_date=date(2008, 11, 23)).age_on(TODAY) == 17
    assert Patient(age_years=40).age_on(TODAY) == 40


@pytest.mark.parametrize(
    ("age", "sex", "asked"),
    [
        (11, None, False),
        (12, Sex.OTHER, True),
        (55, Sex.FEMALE, True),
        (56, None, False),
        (30, Sex.MALE, False),
    ],
)
def test_whom_to_ask_for_pregnancy(age, sex, asked):
    assert Patient(age_years=age, sex=sex).may_be_pregnant_on(TODAY) is asked


def test_red_flags_are_answered_wherever_they_stand():
    palsy = good_palsy(onset_hours=None, forehead_spared=YES, red_flags={RedFlag.ATAXIA: YES})
    answers = {flag: palsy.answer_to(flag) for flag in RedFlag}
    assert answers[RedFlag.GRADUAL_ONSET] is UNKNOWN
    assert answers[RedFlag.FOREHEAD_SPARED] is YES
    assert answers[RedFlag.RECURRENT_SAME_SIDE] is NO
    assert answers[RedFlag.ATAXIA] is YES
    assert answers[RedFlag.VESICLES] is UNKNOWN
    assert not palsy.is_cleared(RedFlag.ATAXIA)


def test_codes_of_the_toxin_tables_are_divided_without_rest():
    derived = {rule.code for rule in contraindications()} - condition_codes() - allergy_codes()
    assert derived == {"pregnancy", "lactation", "under_18", "toxin_within_12_weeks", "toxin_within_4_months"}
    assert not condition_codes() & allergy_codes()
    assert {"chloroquine", "aminoquinolines"} <= drug_codes()


def test_latest_examination_of_the_eye_counts():
    first, last = EyeExam(), good_eye()
    case = good_case(visits=(Visit(ONSET, eye=first), Visit(date(2025, 1, 1), eye=last), Visit(TODAY)))
    assert (case.eye, case.eye_day) == (last, date(2025, 1, 1))


def test_codes_of_findings_are_checked_against_a_list():
    visit = Visit(TODAY, findings=(ClinicianFinding("dimples", Side.LEFT, Expression.PUCKER, 0),))
    case = good_case(visits=(visit,))
    case.require_finding_codes({"dimples"})
    with pytest.raises(CaseError, match="Give one of bands"):
        case.require_finding_codes({"bands"})


def test_amounts_of_a_treatment():
    points = treatment(TODAY, injection(T.MENTALIS, 2), injection(T.PROCERUS, "2.5", Side.RIGHT))
    assert points.amount == ToxinDose("4.5", ONA)
    assert points.dose_of(T.MENTALIS, Side.LEFT) == ToxinDose(2, ONA)
    assert points.dose_of(T.MENTALIS, Side.RIGHT) is None
    assert points.dose_of(T.PROCERUS, None) == ToxinDose("2.5", ONA)
    assert ToxinTreatment(TODAY, ONA, total=ToxinDose(30, ONA)).amount == ToxinDose(30, ONA)
    assert ToxinTreatment(TODAY, None).amount is None


def test_roles_of_sides():
    assert role_of(T.MENTALIS, Side.LEFT, Side.LEFT) is SideRole.AFFECTED
    assert role_of(T.MENTALIS, Side.RIGHT, Side.LEFT) is SideRole.HEALTHY
    assert role_of(T.MENTALIS, Side.RIGHT, None) is None
    assert role_of(T.PROCERUS, Side.RIGHT, Side.LEFT) is SideRole.MIDLINE
    assert role_of(T.PROCERUS, None, None) is SideRole.MIDLINE


def test_text_of_another_kind_is_refused_shortly():
    with pytest.raises(CaseError, match=r"\[0, 0"):
        require_text([0] * 500, "The name")
    assert NOTHING.codes == ()


def test_the_last_answer_about_the_mouth_counts():
    first = Visit(ONSET, holds_liquids=Answer.NO)
    silent = Visit(TODAY, holds_liquids=Answer.UNKNOWN)
    assert good_case(visits=(first, silent)).holds_liquids is False
    assert good_case(visits=(first, replace(silent, holds_liquids=Answer.YES))).holds_liquids is True
    assert good_case(visits=(silent,)).holds_liquids is None
