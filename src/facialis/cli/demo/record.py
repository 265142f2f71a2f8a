"""The case record of the invented patient: every question asked, nothing that speaks against a plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.case import Case
from facialis.planning.case.palsy import ASKED_APART, Cause, Palsy, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.visits import ClinicianFinding, EyeClosure, EyeExam, Visit
from facialis.planning.case.wishes import Goal, Wishes
from facialis.twin.present.findings import FindingScale, MuscleFinding, finding_kinds

CASE_ID = "demonstration"
RETRAINING_START = date(2025, 6, 2)
AGE_YEARS = 46


def first_record(onset: date, affected: Side) -> Case:
    """Write down what was asked before the first visit."""
    nothing = CodedList(ListState.NONE)
    return Case(
        case_id=CASE_ID,
        patient=Patient(age_years=AGE_YEARS, sex=Sex.OTHER, pregnancy=Answer.NO, lactation=Answer.NO),
        palsy=Palsy(
            affected_side=affected,
            onset=onset,
            cause=Cause.BELLS_PALSY,
            bilateral=Answer.NO,
            onset_hours=36,
            forehead_spared=Answer.NO,
            recurrent_same_side=Answer.NO,
            red_flags={flag: Answer.NO for flag in RedFlag if flag not in ASKED_APART},
            stability=Stability.STABLE,
            stable_months=8,
            specialist_seen=Answer.YES,
            corticosteroid_days=10,
            retraining_start=RETRAINING_START,
        ),
        earlier_toxin=ListState.NONE,
        conditions=nothing,
        medication=nothing,
        allergies=nothing,
        wishes=Wishes(
            weights={Goal.SMILE: 7, Goal.EYE_COMFORT: 6, Goal.TIGHTNESS: 6},
            no_permanent_change=Answer.YES,
        ),
        prerequisites=dict.fromkeys(Prerequisite, Answer.YES),
    )


def with_visit(case: Case, day: date, measurement: str, findings: Sequence[MuscleFinding]) -> Case:
    """Add a visit: where its measurement lies, and what the clinician found."""
    eye = EyeExam(EyeClosure.COMPLETE, Answer.YES, Answer.YES, Answer.NO, Answer.NO)
    visit = Visit(day, measurement, tuple(map(_written, findings)), eye=eye, holds_liquids=Answer.YES)
    return replace(case, visits=(*case.visits, visit))


def _written(finding: MuscleFinding) -> ClinicianFinding:
    """As a clinician writes it: whole grades and scores."""
    whole = round(finding.value)
    is_score = finding_kinds()[finding.code].scale is FindingScale.SCORE
    return ClinicianFinding(
        finding.code,
        finding.side,
        finding.expression,
        grade=None if is_score else whole,
        score=whole if is_score else None,
    )
