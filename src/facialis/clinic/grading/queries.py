"""What pages, plans and trends read of grades and findings."""

from datetime import date
from typing import Any

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.grading import models
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.patients.models import Patient
from facialis.clinic.visits.models import Visit, VisitStatus
from facialis.planning.case.visits import ClinicianFinding

COUNTED = (VisitStatus.OPEN, VisitStatus.CLOSED)
"""Visits that took place."""


def findings_of(visit: Visit) -> list[ClinicianFinding]:
    """What the clinician found at a visit, as planning reads it; what was not examined is not there."""
    rows = models.ClinicianFinding.objects.filter(visit=visit).order_by("code", "side", "expression")
    return [planning_finding(row) for row in rows]


def planning_finding(row: models.ClinicianFinding) -> ClinicianFinding:
    """One finding as planning reads it."""
    return ClinicianFinding(
        code=row.code,
        side=Side(row.side),
        expression=Expression(row.expression) if row.expression else None,
        grade=row.grade,
        score=row.score,
    )


def final_grade(visit: Visit, instrument: str) -> int | None:
    """Total of an instrument that a clinician signed at a visit.

    None where nothing is signed, where items were not assessed, and where the total is no whole number.
    """
    row = models.Grading.objects.filter(visit=visit, instrument=instrument, status=NoteStatus.FINAL).first()
    total = None if row is None else row.result.get("total")
    return total if isinstance(total, int) and not isinstance(total, bool) else None


def grade_history(patient: Patient) -> dict[str, list[tuple[date, float]]]:
    """Signed scores of a patient, the earliest first, by instrument; one query.

    An instrument without a total gives its parts instead, as `fdi/physical`. Scores that could not be
    computed are left out: a gap is no number.
    """
    rows = (
        models.Grading.objects.filter(
            visit__patient=patient, status=NoteStatus.FINAL, visit__status__in=COUNTED
        )
        .select_related("visit")
        .order_by("visit__day", "instrument")
    )
    history: dict[str, list[tuple[date, float]]] = {}
    for row in rows:
        for name, value in _values(row.instrument, row.result).items():
            history.setdefault(name, []).append((row.visit.day, value))
    return history


def current_gradings(visit: Visit) -> dict[str, dict[str, models.Grading]]:
    """What stands at a visit: instrument to status, preliminary or final, to its row; one query."""
    rows = models.Grading.objects.filter(
        visit=visit, status__in=(NoteStatus.PRELIMINARY, NoteStatus.FINAL)
    ).select_related("by", "finalised_by", "signature")
    found: dict[str, dict[str, models.Grading]] = {}
    for row in rows:
        found.setdefault(row.instrument, {})[row.status] = row
    return found


def earlier_finals(visit: Visit) -> dict[str, models.Grading]:
    """The last signed grading of each instrument from an earlier visit; one query."""
    rows = (
        models.Grading.objects.filter(
            visit__patient=visit.patient_id,
            visit__day__lt=visit.day,
            visit__status__in=COUNTED,
            status=NoteStatus.FINAL,
        )
        .select_related("visit")
        .order_by("visit__day")
    )
    return {row.instrument: row for row in rows}


def versions_of(visit: Visit, instrument: str) -> list[models.Grading]:
    """Every version that was ever signed or struck out, the newest first."""
    rows = models.Grading.objects.filter(visit=visit, instrument=instrument)
    kept = rows.exclude(status=NoteStatus.PRELIMINARY)
    return list(kept.select_related("by", "finalised_by").order_by("-at"))


def _values(instrument: str, result: dict[str, Any]) -> dict[str, float]:
    if result.get("range") is not None:
        return {} if result.get("total") is None else {instrument: result["total"]}
    return {
        f"{instrument}/{part['name']}": part["value"]
        for part in result.get("parts", ())
        if part["value"] is not None
    }
