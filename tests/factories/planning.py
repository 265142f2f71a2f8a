"""Patients for whom a plan is made: one without any finding, and changes of it."""

from dataclasses import replace
from datetime import date

from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.case import Case
from facialis.planning.case.palsy import ASKED_APART, Cause, Palsy, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.treatments import RoledInjection, ToxinTreatment
from facialis.planning.case.visits import EyeClosure, EyeExam, Visit
from facialis.planning.rules.facts import FaceFacts
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.events import ToxinInjection

TODAY = date(2026, 11, 22)
ONSET = date(2024, 11, 1)
ONA, ABO, INCO = (
    ToxinProduct.ONABOTULINUMTOXIN_A,
    ToxinProduct.ABOBOTULINUMTOXIN_A,
    ToxinProduct.INCOBOTULINUMTOXIN_A,
)
NOTHING = CodedList(ListState.NONE)


def known(*codes, others=()):
    return CodedList(ListState.KNOWN, codes, others)


def good_palsy(**changes):
    palsy = Palsy(
        affected_side=Side.LEFT,
        onset=ONSET,
        cause=Cause.BELLS_PALSY,
        bilateral=Answer.NO,
        onset_hours=36,
        forehead_spared=Answer.NO,
        recurrent_same_side=Answer.NO,
        red_flags={flag: Answer.NO for flag in RedFlag if flag not in ASKED_APART},
        stability=Stability.STABLE,
        stable_months=9,
        specialist_seen=Answer.YES,
    )
    return replace(palsy, **changes)


def good_eye(**changes):
    eye = EyeExam(EyeClosure.COMPLETE, Answer.YES, Answer.YES, Answer.NO, Answer.NO)
    return replace(eye, **changes)


def good_case(*, palsy=None, eye=None, **changes):
    """A late synkinetic patient of whom everything was asked, and nothing speaks against a plan."""
    case = Case(
        case_id="case-1",
        patient=Patient(
            birth_date=date(1970, 5, 4), sex=Sex.FEMALE, pregnancy=Answer.NO, lactation=Answer.NO
        ),
        palsy=palsy or good_palsy(),
        visits=(Visit(TODAY, "measurements/today.json", eye=eye or good_eye()),),
        earlier_toxin=ListState.NONE,
        conditions=NOTHING,
        medication=NOTHING,
        allergies=NOTHING,
        prerequisites=dict.fromkeys(Prerequisite, Answer.YES),
    )
    return replace(case, **changes)


def treated(*treatments, **changes):
    return good_case(treatments=treatments, earlier_toxin=ListState.KNOWN, **changes)


def treatment(day, *injections, product=ONA, **changes):
    return ToxinTreatment(day, product, injections, **changes)


def good_facts(**changes):
    """Weak, with synkinesis; the eye closes and the mouth holds."""
    facts = FaceFacts(
        affected_drive_by_branch=dict.fromkeys(NerveBranch, 0.6),
        eye_closes_probability=0.99,
        fissure_on_closure_mm=0.0,
        synkinesis_present=True,
        mirrored_known=True,
        missing_expressions=(),
        oral_competence=True,
    )
    return replace(facts, **changes)


def injection(target, units, side=Side.LEFT, point=1, *, product=ONA, volume="0.05", role=None):
    made = (side, target, point, ToxinDose(units, product), volume)
    return ToxinInjection(*made) if role is None else RoledInjection(*made, role)


def codes(findings):
    return [finding.code for finding in findings]
