"""Rows of a patient as planning reads them; what cannot be read is refused, never taken for empty."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.sides import Side
from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.patients import models
from facialis.errors import FacialisError
from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.palsy import Cause, Clearance, Palsy, Reanimation, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.wishes import Expectation, Goal, Wishes
from facialis.planning.errors import CaseError

Planned = TypeVar("Planned")


class UnreadableError(NotNowError):
    """Something stored about a patient is not what this version of the software writes."""

    code = "stored_value_unreadable"


class ClinicalLists(NamedTuple):
    """What speaks against toxin."""

    conditions: CodedList
    medication: CodedList
    allergies: CodedList


def planning_patient(patient: models.Patient) -> Patient:
    """The person, without a name."""
    return Patient(
        birth_date=patient.birth_date,
        sex=Sex(patient.sex) if patient.sex else None,
        pregnancy=Answer(patient.pregnancy),
        lactation=Answer(patient.lactation),
    )


def planning_lists(patient: models.Patient) -> ClinicalLists:
    """Conditions, medication and allergies; raises `UnreadableError`."""
    return ClinicalLists(
        conditions=coded_list(patient.conditions, "The list of conditions"),
        medication=coded_list(patient.medication, "The list of medication"),
        allergies=coded_list(patient.allergies, "The list of allergies"),
    )


def coded_list(stored: object, what: str) -> CodedList:
    """Read one stored list; ``what`` begins the message of the `UnreadableError`."""
    try:
        if not isinstance(stored, Mapping):
            raise TypeError(stored)
        return CodedList(
            state=ListState(stored["state"]),
            codes=_texts(stored["codes"]),
            others=_texts(stored["others"]),
        )
    except (KeyError, TypeError, ValueError, CaseError) as error:
        raise UnreadableError(
            f"{what} cannot be read as it is stored. Ask the patient again and enter it anew."
        ) from error


def plain_list(value: CodedList) -> dict[str, Any]:
    """A list as it is stored."""
    return {"state": value.state.value, "codes": list(value.codes), "others": list(value.others)}


def planning_palsy(palsy: models.Palsy) -> Palsy:
    """The palsy; raises `CaseError` for a contradiction, `UnreadableError` for what cannot be read."""
    try:
        return Palsy(
            affected_side=Side(palsy.affected_side) if palsy.affected_side else None,
            onset=palsy.onset,
            cause=Cause(palsy.cause),
            bilateral=Answer(palsy.bilateral),
            onset_hours=palsy.onset_hours,
            forehead_spared=Answer(palsy.forehead_spared),
            recurrent_same_side=Answer(palsy.recurrent_same_side),
            red_flags={RedFlag(flag): Answer(answer) for flag, answer in palsy.red_flags.items()},
            clearance=_clearance(palsy.clearance),
            stability=Stability(palsy.stability),
            stable_months=palsy.stable_months,
            specialist_seen=Answer(palsy.specialist_seen),
            corticosteroid_days=palsy.corticosteroid_days,
            retraining_start=palsy.retraining_start,
            reanimations=tuple(
                Reanimation(kind=one["kind"], day=_day(one.get("day"))) for one in palsy.reanimations
            ),
        )
    except FacialisError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableError(
            "The history of the palsy cannot be read as it is stored. Open it, correct it and save it."
        ) from error


def planning_wishes(wishes: models.Wishes | None) -> Wishes:
    """The wishes; without a row nothing was asked."""
    if wishes is None:
        return Wishes()
    try:
        return Wishes(
            weights={Goal(goal): weight for goal, weight in wishes.weights.items()},
            refused_muscles=frozenset(Muscle(muscle) for muscle in wishes.refused_muscles),
            no_permanent_change=Answer(wishes.no_permanent_change),
            expectations=frozenset(Expectation(one) for one in wishes.expectations),
        )
    except FacialisError:
        raise
    except (AttributeError, TypeError, ValueError) as error:
        raise UnreadableError(
            "The wishes cannot be read as they are stored. Open them, correct them and save them."
        ) from error


def _clearance(stored: Mapping[str, Any] | None) -> Clearance | None:
    if stored is None:
        return None
    day = _day(stored["day"])
    if day is None:
        raise TypeError(stored)
    return Clearance(flags=frozenset(RedFlag(flag) for flag in stored["flags"]), by=stored["by"], day=day)


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)


def _texts(stored: object) -> tuple[str, ...]:
    if not isinstance(stored, list) or not all(isinstance(one, str) for one in stored):
        raise TypeError(stored)
    return tuple(stored)
