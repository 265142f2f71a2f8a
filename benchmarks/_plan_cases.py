"""Cases of which everything was asked, and nothing speaks against a plan."""

from datetime import date

from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.case import Case
from facialis.planning.case.palsy import ASKED_APART, Cause, Palsy, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.visits import EyeClosure, EyeExam, Visit

ONSET = date(2024, 11, 1)
NOTHING = CodedList(ListState.NONE)


def good_visit(day: date) -> Visit:
    """A visit with photographs, and an eye that closes."""
    eye = EyeExam(EyeClosure.COMPLETE, Answer.YES, Answer.YES, Answer.NO, Answer.NO)
    return Visit(day, "photographs.json", eye=eye, holds_liquids=Answer.YES)


def good_case(affected: Side, today: date) -> Case:
    """Late after Bell's palsy, never treated with toxin."""
    return Case(
        case_id="virtual",
        patient=Patient(
            birth_date=date(1970, 5, 4), sex=Sex.FEMALE, pregnancy=Answer.NO, lactation=Answer.NO
        ),
        palsy=Palsy(
            affected_side=affected,
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
        ),
        visits=(good_visit(today),),
        earlier_toxin=ListState.NONE,
        conditions=NOTHING,
        medication=NOTHING,
        allergies=NOTHING,
        prerequisites=dict.fromkeys(Prerequisite, Answer.YES),
    )
