"""Every rule about a case: what makes it speak, and what lies just on the other side."""

from datetime import date

import pytest

from facialis.anatomy import Expression, Muscle, Side
from facialis.anatomy.nerve import NerveBranch
from facialis.planning.case.answers import Answer, ListState
from facialis.planning.case.palsy import Cause, Reanimation, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.treatments import TreatmentArea
from facialis.planning.case.visits import EyeClosure, Visit
from facialis.planning.case.wishes import Expectation, Goal, Wishes
from facialis.planning.rules.assess import assess
from facialis.planning.rules.facts import FaceFacts
from facialis.planning.rules.table import Stage, plan_rules
from facialis.toxins import ToxinDose, ToxinProduct
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
    known,
    treated,
    treatment,
)

UNKNOWN, YES, NO = Answer.UNKNOWN, Answer.YES, Answer.NO


def with_palsy(**changes):
    return {"case": good_case(palsy=good_palsy(**changes))}


def with_eye(**changes):
    return {"case": good_case(eye=good_eye(**changes))}


def with_facts(**changes):
    return {"facts": good_facts(**changes)}


def of_patient(**changes):
    answers = {"birth_date": date(1990, 1, 1), "sex": Sex.FEMALE, "pregnancy": NO, "lactation": NO}
    return {"case": good_case(patient=Patient(**(answers | changes)))}


def drive(share):
    return dict.fromkeys(NerveBranch, share)


def flaccid(months, **facts):
    onset = {12: date(2025, 11, 22), 18: date(2025, 5, 22), 19: date(2025, 4, 22), 11: date(2025, 12, 23)}
    case = good_case(palsy=good_palsy(onset=onset[months]))
    return {
        "case": case,
        "facts": good_facts(affected_drive_by_branch=drive(0.05), synkinesis_present=False, **facts),
    }


def failed(*answers, adequate=UNKNOWN, area=TreatmentArea.FACE):
    days = [date(2025, 1 + 4 * index, 10) for index in range(len(answers))]
    sessions = [
        treatment(day, total=ToxinDose(20, ONA), helped=helped, adequate=adequate, area=area)
        for day, helped in zip(days, answers, strict=True)
    ]
    return {"case": treated(*sessions)}


def once(day, **changes):
    return {"case": treated(treatment(day, **({"total": ToxinDose(20, ONA)} | changes)))}


SPEAKS = [
    ("acute_phase", with_palsy(onset=date(2026, 8, 23))),
    ("recovering_phase", with_palsy(onset=date(2026, 8, 22))),
    ("recovering_phase", with_palsy(onset=date(2026, 5, 23))),
    ("still_changing", with_palsy(stability=Stability.CHANGING, stable_months=None)),
    ("stability_unknown", with_palsy(stability=Stability.UNKNOWN, stable_months=None)),
    ("late_flaccid", flaccid(12)),
    ("late_flaccid", with_facts(affected_drive_by_branch=drive(0.0), synkinesis_present=None)),
    ("flaccid_muscle", with_facts(flaccid_muscles=frozenset({Muscle.ZYGOMATICUS_MAJOR}))),
    ("nothing_to_treat", with_facts(affected_drive_by_branch=drive(0.9), synkinesis_present=False)),
    ("face_not_decoded", with_facts(affected_drive_by_branch={})),
    ("synkinesis_unknown", with_facts(synkinesis_present=None)),
    ("cause_unknown", with_palsy(cause=Cause.UNKNOWN)),
    ("both_sides_affected", with_palsy(affected_side=None, bilateral=YES)),
    ("reanimated", with_palsy(reanimations=(Reanimation("gracilis"),))),
    ("eye_does_not_close", with_eye(closure=EyeClosure.INCOMPLETE)),
    ("eye_does_not_close", {"case": good_case(conditions=known("lagophthalmos"))}),
    ("eye_not_examined", with_eye(closure=EyeClosure.UNKNOWN)),
    ("eye_not_examined", {"case": good_case(visits=(Visit(TODAY),))}),
    (
        "eye_examined_long_ago",
        {"case": good_case(visits=(Visit(date(2026, 8, 22), eye=good_eye()), Visit(TODAY)))},
    ),
    ("closure_unlikely", with_facts(eye_closes_probability=0.899)),
    ("closed_fissure", with_facts(fissure_on_closure_mm=1.01)),
    ("closure_not_measured", with_facts(eye_closes_probability=None, fissure_on_closure_mm=None)),
    ("eye_without_defence", with_eye(bell_phenomenon=NO, dry_eye=YES)),
    ("eye_without_defence", with_eye(bell_phenomenon=NO, corneal_sensation=NO)),
    (
        "eye_without_defence",
        {"case": good_case(conditions=known("no_bell_phenomenon", "corneal_anaesthesia"))},
    ),
    ("eye_without_defence", {"case": good_case(conditions=known("no_bell_phenomenon", "dry_eye"))}),
    ("mouth_incompetent", with_facts(oral_competence=False)),
    ("mouth_incompetent_lower_face", with_facts(oral_competence=False)),
    ("mouth_not_asked", with_facts(oral_competence=None)),
    ("conditions_not_asked", {"case": good_case(conditions=good_case().conditions.__class__())}),
    ("allergies_not_asked", {"case": good_case(allergies=good_case().allergies.__class__())}),
    ("medication_not_asked", {"case": good_case(medication=good_case().medication.__class__())}),
    ("earlier_toxin_not_asked", {"case": good_case(earlier_toxin=ListState.NOT_ASKED)}),
    ("pregnancy_unknown", of_patient(pregnancy=UNKNOWN)),
    ("pregnancy_unknown", of_patient(birth_date=None, age_years=55, sex=None, pregnancy=UNKNOWN)),
    ("lactation_unknown", of_patient(lactation=UNKNOWN)),
    ("unlisted_condition", {"case": good_case(conditions=known(others=("gout",)))}),
    ("unlisted_drug", {"case": good_case(medication=known(others=("allopurinol",)))}),
    ("unlisted_allergy", {"case": good_case(allergies=known(others=("latex",)))}),
    ("other_product_in_window", once(date(2026, 8, 22), product=INCO, total=ToxinDose(20, INCO))),
    ("earlier_amount_unknown", once(date(2026, 8, 22), total=None)),
    ("earlier_amount_unknown", once(date(2026, 9, 1), product=None, total=None)),
    ("no_benefit", failed(YES, NO, NO)),
    ("no_benefit", failed(NO, NO, adequate=YES)),
    ("red_flags_not_asked", with_palsy(red_flags={})),
    ("red_flags_not_asked", with_palsy(onset_hours=None)),
    ("refer_incomplete", with_palsy(specialist_seen=UNKNOWN)),
    ("refer_incomplete", with_palsy(specialist_seen=NO, onset=date(2026, 8, 22))),
    ("refer_incomplete", with_palsy(specialist_seen=NO) | with_facts(affected_drive_by_branch=drive(1.0))),
    ("refer_reanimation", flaccid(12)),
    ("refer_reanimation", flaccid(18)),
    ("refer_transfer", flaccid(19)),
    ("refer_ophthalmology", with_eye(corneal_problem=YES)),
    ("refer_ophthalmology", {"case": good_case(conditions=known("corneal_problem"))}),
    ("refer_ear_nose_throat", with_palsy(onset=date(2026, 11, 1), cause=Cause.RAMSAY_HUNT)),
    ("unrealistic_wish", {"case": good_case(wishes=Wishes(expectations=frozenset(Expectation)))}),
    ("smile_of_flaccid_side", flaccid(12) | {"case": good_case(wishes=Wishes({Goal.SMILE: 1}))}),
    ("mirror_unknown", with_facts(mirrored_known=False)),
    ("no_photographs", {"facts": FaceFacts()}),
    ("rest_missing", with_facts(missing_expressions=(Expression.REST,))),
    ("expressions_missing", with_facts(missing_expressions=(Expression.REST, Expression.PUCKER))),
    ("no_recent_visit", {"case": good_case(visits=())}),
    ("no_recent_visit", {"case": good_case(visits=(Visit(date(2026, 8, 22)),))}),
    ("product_not_simulated", {"product": ToxinProduct.RIMABOTULINUMTOXIN_B}),
]

IS_SILENT = [
    ("acute_phase", with_palsy(onset=date(2026, 8, 22))),
    ("recovering_phase", with_palsy(onset=date(2026, 5, 22))),
    (
        "late_flaccid",
        with_facts(
            affected_drive_by_branch=drive(0.05) | {NerveBranch.BUCCAL: 0.06}, synkinesis_present=False
        ),
    ),
    ("late_flaccid", with_facts(affected_drive_by_branch=drive(0.0))),
    ("flaccid_muscle", with_facts(flaccid_muscles=frozenset({Muscle.LEVATOR_ANGULI_ORIS}))),
    (
        "flaccid_muscle",
        with_palsy(affected_side=None, bilateral=YES)
        | with_facts(flaccid_muscles=frozenset({Muscle.MENTALIS})),
    ),
    ("nothing_to_treat", with_facts(affected_drive_by_branch=drive(0.89), synkinesis_present=False)),
    ("eye_examined_long_ago", {"case": good_case(visits=(Visit(date(2026, 8, 23), eye=good_eye()),))}),
    ("eye_examined_long_ago", {"case": good_case(visits=())}),
    ("closure_unlikely", with_facts(eye_closes_probability=0.9)),
    ("closure_unlikely", with_facts(eye_closes_probability=None)),
    ("closed_fissure", with_facts(fissure_on_closure_mm=1.0)),
    ("closed_fissure", with_facts(fissure_on_closure_mm=None)),
    ("closure_not_measured", with_facts(fissure_on_closure_mm=None)),
    ("eye_without_defence", with_eye(bell_phenomenon=NO)),
    ("eye_without_defence", with_eye(dry_eye=YES, corneal_sensation=NO)),
    ("eye_without_defence", with_eye(bell_phenomenon=UNKNOWN, corneal_sensation=UNKNOWN, dry_eye=UNKNOWN)),
    ("pregnancy_unknown", of_patient(pregnancy=UNKNOWN, sex=Sex.MALE)),
    ("pregnancy_unknown", of_patient(birth_date=None, age_years=56, pregnancy=UNKNOWN)),
    ("other_product_in_window", once(date(2026, 8, 21), product=INCO, total=ToxinDose(20, INCO))),
    ("other_product_in_window", once(date(2026, 9, 1))),
    ("other_product_in_window", once(date(2026, 9, 1), product=None, total=None)),
    ("earlier_amount_unknown", once(date(2026, 8, 21), total=None)),
    ("no_benefit", failed(NO)),
    ("no_benefit", failed(NO, NO, YES)),
    ("no_benefit", failed(NO, UNKNOWN)),
    ("no_benefit", failed(NO, NO, adequate=NO)),
    ("no_benefit", failed(NO, NO, area=TreatmentArea.ELSEWHERE)),
    ("refer_incomplete", with_palsy(specialist_seen=NO, onset=date(2026, 8, 23))),
    (
        "refer_incomplete",
        with_palsy(specialist_seen=NO)
        | with_facts(affected_drive_by_branch=drive(0.95), synkinesis_present=False),
    ),
    ("refer_reanimation", flaccid(11)),
    ("refer_reanimation", flaccid(19)),
    (
        "refer_reanimation",
        flaccid(12) | {"case": good_case(palsy=good_palsy(reanimations=(Reanimation("gracilis"),)))},
    ),
    ("refer_transfer", flaccid(18)),
    ("refer_ear_nose_throat", with_palsy(cause=Cause.RAMSAY_HUNT)),
    ("smile_of_flaccid_side", flaccid(12) | {"case": good_case(wishes=Wishes({Goal.SMILE: 0}))}),
    ("smile_of_flaccid_side", {"case": good_case(wishes=Wishes({Goal.SMILE: 10}))}),
    ("rest_missing", {"facts": FaceFacts()}),
    ("expressions_missing", with_facts(missing_expressions=(Expression.REST,))),
    ("expressions_missing", {"facts": FaceFacts()}),
    ("no_recent_visit", {"case": good_case(visits=(Visit(date(2026, 8, 23)),))}),
    ("product_not_simulated", {"product": ABO}),
]


def assessed(case=None, product=ONA, facts=None):
    return assess(case or good_case(), product, facts or good_facts(), TODAY)


def rule(code):
    return next(each for each in plan_rules() if each.code == code)


def test_nothing_is_said_of_a_patient_of_whom_everything_is_known_and_good():
    found = assessed()
    assert found.findings == ()
    assert found.may_plan
    assert found.blocked == frozenset()


def test_every_rule_about_a_case_has_an_example():
    assert {code for code, _ in SPEAKS} == {each.code for each in plan_rules() if each.stage is Stage.CASE}


@pytest.mark.parametrize(("code", "situation"), SPEAKS, ids=[f"{i}-{c}" for i, (c, _) in enumerate(SPEAKS)])
def test_rule_speaks(code, situation):
    (finding,) = [f for f in assessed(**situation).findings if f.code == code]
    assert (finding.action, finding.kind, finding.citation) == (
        rule(code).action,
        rule(code).kind,
        rule(code).citation,
    )
    assert "{" not in finding.sentence + finding.what_to_do
    assert finding.sentence.endswith(".")
    assert finding.what_to_do.endswith(".")


@pytest.mark.parametrize(
    ("code", "situation"), IS_SILENT, ids=[f"{i}-{c}" for i, (c, _) in enumerate(IS_SILENT)]
)
def test_rule_is_silent(code, situation):
    assert code not in codes(assessed(**situation).findings)


WEIGHTS = """
acute_phase            stop  indication
recovering_phase       warn  indication
still_changing         warn  indication
late_flaccid           stop  indication
flaccid_muscle         stop  indication
both_sides_affected    stop  indication
eye_does_not_close     stop  safety
eye_not_examined       stop  missing
closure_unlikely       stop  safety
closed_fissure         stop  safety
eye_without_defence    stop  safety
closure_not_measured   warn  missing
mouth_incompetent      stop  safety
conditions_not_asked   stop  missing
allergies_not_asked    stop  missing
medication_not_asked   warn  missing
earlier_toxin_not_asked stop missing
pregnancy_unknown      warn  missing
other_product_in_window warn limit
no_benefit             warn  indication
refer_incomplete       warn  referral
mirror_unknown         stop  data
no_photographs         stop  data
rest_missing           stop  data
face_not_decoded       stop  data
product_not_simulated  stop  data
"""


@pytest.mark.parametrize(("code", "action", "kind"), [line.split() for line in WEIGHTS.strip().splitlines()])
def test_weight_of_a_rule(code, action, kind):
    assert (rule(code).action.value, rule(code).kind.value) == (action, kind)


def test_sentences_name_what_was_found():
    late = assessed(case=good_case(palsy=good_palsy(onset=date(2026, 6, 1))))
    assert "5 months back" in late.findings[0].sentence
    eye = assessed(facts=good_facts(eye_closes_probability=0.8999)).findings[0]
    assert "89 %" in eye.sentence
    assert "90 %" in eye.sentence
    muscle = assessed(
        facts=good_facts(flaccid_muscles=frozenset({Muscle.RISORIUS, Muscle.MENTALIS}))
    ).findings[0]
    assert "risorius, mentalis" in muscle.sentence


FLAGS = """
gradual_onset           stop  ramsay_hunt trauma tumour_or_surgery
forehead_spared         stop  trauma tumour_or_surgery
recurrent_same_side     stop  tumour_or_surgery
single_branch           stop  trauma tumour_or_surgery
parotid_mass_or_pain    stop  tumour_or_surgery
other_cranial_nerve     stop  tumour_or_surgery
double_vision           stop
limb_weakness           stop
ataxia                  stop  tumour_or_surgery
severe_headache         stop  trauma tumour_or_surgery
severe_pain             warn  ramsay_hunt trauma tumour_or_surgery
vesicles                stop  ramsay_hunt
hearing_loss_or_vertigo warn  ramsay_hunt trauma tumour_or_surgery
ear_discharge           stop  trauma tumour_or_surgery
tick_or_rash            warn
immunosuppression       warn
cancer_history          warn  tumour_or_surgery
twitching_before        stop  tumour_or_surgery
bilateral               stop
"""


def flagged(flag, **changes):
    own = {
        RedFlag.GRADUAL_ONSET: {"onset_hours": 73},
        RedFlag.FOREHEAD_SPARED: {"forehead_spared": YES},
        RedFlag.RECURRENT_SAME_SIDE: {"recurrent_same_side": YES},
        RedFlag.BILATERAL: {"bilateral": YES, "affected_side": None},
    }
    listed = good_palsy().red_flags
    return good_palsy(**own.get(flag, {"red_flags": {**listed, flag: YES}}), **changes)


@pytest.mark.parametrize(
    ("flag", "action", "causes"),
    [(line.split()[0], line.split()[1], line.split()[2:]) for line in FLAGS.strip().splitlines()],
)
def test_red_flag(flag, action, causes):
    flag = RedFlag(flag)
    for cause in Cause:
        palsy = flagged(flag, cause=cause)
        found = [f for f in assessed(good_case(palsy=palsy)).findings if f.code == f"red_flag_{flag.value}"]
        assert [f.action.value for f in found] == ([] if cause in causes else [action]), cause
        assert all(f.targets == () and "{" not in f.sentence for f in found)


def test_all_red_flags_are_specified():
    assert {line.split()[0] for line in FLAGS.strip().splitlines()} == {flag.value for flag in RedFlag}


def test_seventy_two_hours_are_not_gradual():
    assert assessed(good_case(palsy=good_palsy(onset_hours=72))).findings == ()


CHECKLIST = """
diagnosis_confirmed    stop
grading_done           warn
eye_examined           warn
photographs_taken      warn
off_label_consent      warn
retraining_planned     warn
medication_checked     warn
emergency_sheet_given  warn
"""


@pytest.mark.parametrize("answer", [NO, UNKNOWN])
@pytest.mark.parametrize(("point", "action"), [line.split() for line in CHECKLIST.strip().splitlines()])
def test_missing_point_of_the_checklist(point, action, answer):
    answers = {**good_case().prerequisites, point: answer}
    case = good_case(prerequisites=answers, visits=(Visit(TODAY),))
    (found,) = [f for f in assessed(case).findings if f.kind.value == "prerequisite"]
    assert (found.code, found.action.value) == (f"{point}_missing", action)


def test_retraining_and_eye_show_themselves():
    answers = {**good_case().prerequisites, "retraining_planned": UNKNOWN, "eye_examined": UNKNOWN}
    case = good_case(prerequisites=answers, palsy=good_palsy(retraining_start=date(2025, 3, 1)))
    assert assessed(case).findings == ()


def test_affected_side_is_closed_and_the_healthy_one_stays_open_when_flaccid():
    found = assessed(**flaccid(12))
    sides = {side for side, _ in found.blocked}
    assert found.may_plan
    assert sides == {Side.LEFT}
