"""A case as what JSON knows; every key is written, so that a reader sees what was not asked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from facialis.anatomy.muscle_names import Muscle
from facialis.planning.case.answers import CodedList
from facialis.planning.case.case import Case
from facialis.planning.case.palsy import ASKED_APART, Palsy, RedFlag
from facialis.planning.case.patient import Patient
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.treatments import RoledInjection, ToxinTreatment
from facialis.planning.case.visits import ClinicianFinding, EyeExam, Visit
from facialis.planning.case.wishes import Expectation, Goal, Wishes
from facialis.report.case_reading import FAMILY, VERSION
from facialis.report.json_values import exact_text
from facialis.toxins.exact import exact_number
from facialis.twin.events import ToxinInjection


def case_to_plain(case: Case) -> dict[str, Any]:
    """A case ready for JSON; `read_case` makes the same of it again."""
    return {
        "format": f"{FAMILY}/{VERSION}",
        "case_id": case.case_id,
        "patient": _patient(case.patient),
        "palsy": _palsy(case.palsy),
        "visits": [_visit(visit) for visit in case.visits],
        "earlier_toxin": case.earlier_toxin.value,
        "treatments": [_treatment(treatment) for treatment in case.treatments],
        "conditions": _list(case.conditions),
        "medication": _list(case.medication),
        "allergies": _list(case.allergies),
        "wishes": _wishes(case.wishes),
        "prerequisites": {
            p.value: case.prerequisites[p].value for p in Prerequisite if p in case.prerequisites
        },
    }


def _patient(patient: Patient) -> dict[str, Any]:
    return {
        "birth_date": _day(patient.birth_date),
        "age_years": patient.age_years,
        "sex": None if patient.sex is None else patient.sex.value,
        "pregnancy": patient.pregnancy.value,
        "lactation": patient.lactation.value,
    }


def _palsy(palsy: Palsy) -> dict[str, Any]:
    clearance = palsy.clearance
    return {
        "affected_side": None if palsy.affected_side is None else palsy.affected_side.label,
        "bilateral": palsy.bilateral.value,
        "onset": palsy.onset.isoformat(),
        "cause": palsy.cause.value,
        "onset_hours": palsy.onset_hours,
        "forehead_spared": palsy.forehead_spared.value,
        "recurrent_same_side": palsy.recurrent_same_side.value,
        "red_flags": {
            flag.value: palsy.red_flags[flag].value
            for flag in RedFlag
            if flag not in ASKED_APART and flag in palsy.red_flags
        },
        "clearance": None
        if clearance is None
        else {
            "flags": _words(clearance.flags, RedFlag),
            "by": clearance.by,
            "day": clearance.day.isoformat(),
        },
        "stability": palsy.stability.value,
        "stable_months": palsy.stable_months,
        "specialist_seen": palsy.specialist_seen.value,
        "corticosteroid_days": palsy.corticosteroid_days,
        "retraining_start": _day(palsy.retraining_start),
        "reanimations": [{"kind": each.kind, "day": _day(each.day)} for each in palsy.reanimations],
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "day": visit.day.isoformat(),
        "measurement": visit.measurement,
        "findings": [_finding(finding) for finding in visit.findings],
        "house_brackmann": visit.house_brackmann,
        "sunnybrook": visit.sunnybrook,
        "eye": None if visit.eye is None else _eye(visit.eye),
        "holds_liquids": visit.holds_liquids.value,
    }


def _finding(finding: ClinicianFinding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "side": finding.side.label,
        "expression": None if finding.expression is None else finding.expression.value,
        "grade": finding.grade,
        "score": finding.score,
    }


def _eye(eye: EyeExam) -> dict[str, Any]:
    return {
        "closure": eye.closure.value,
        "bell_phenomenon": eye.bell_phenomenon.value,
        "corneal_sensation": eye.corneal_sensation.value,
        "dry_eye": eye.dry_eye.value,
        "corneal_problem": eye.corneal_problem.value,
    }


def _treatment(treatment: ToxinTreatment) -> dict[str, Any]:
    return {
        "day": treatment.day.isoformat(),
        "product": None if treatment.product is None else treatment.product.value,
        "injections": [_injection(injection) for injection in treatment.injections],
        "total_units": None if treatment.total is None else exact_text(treatment.total.amount),
        "area": treatment.area.value,
        "helped": treatment.helped.value,
        "adequate": treatment.adequate.value,
        "follow_up": _day(treatment.follow_up),
    }


def _injection(injection: ToxinInjection) -> dict[str, Any]:
    return {
        "side": injection.side.label,
        "role": injection.role.value if isinstance(injection, RoledInjection) else None,
        "target": injection.target.value,
        "point": injection.point,
        "units": exact_text(injection.dose.amount),
        "volume_ml": exact_text(exact_number(injection.volume_ml, "The volume")),
    }


def _list(answers: CodedList) -> dict[str, Any]:
    return {"state": answers.state.value, "codes": list(answers.codes), "others": list(answers.others)}


def _wishes(wishes: Wishes) -> dict[str, Any]:
    return {
        "weights": {goal.value: wishes.weights[goal] for goal in Goal if goal in wishes.weights},
        "refused_muscles": _words(wishes.refused_muscles, Muscle),
        "no_permanent_change": wishes.no_permanent_change.value,
        "expectations": _words(wishes.expectations, Expectation),
    }


def _words(members: frozenset[Any], order: Iterable[Any]) -> list[str]:
    return [member.value for member in order if member in members]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
