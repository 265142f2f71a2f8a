"""Visits of a patient as planning reads them: the eye, findings, the clinician's grades, the measurement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.grading.models import Grading
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.patients.models import Patient
from facialis.clinic.visits import models
from facialis.planning.case.answers import Answer
from facialis.planning.case.visits import ClinicianFinding, EyeClosure, EyeExam, Visit
from facialis.toxins.exact import exact_number

COUNTED = (models.VisitStatus.OPEN, models.VisitStatus.CLOSED)
"""Visits that took place."""


@dataclass(frozen=True)
class SeenVisits:
    """Visits that took place until a day, with findings and final grades; read once, used by all."""

    rows: tuple[Any, ...]
    """The earliest first; each has ``final_gradings``."""
    measurements: Mapping[UUID, UUID]
    """Key of the newest measurement of each visit that has one."""

    @property
    def eye_day(self) -> date | None:
        """When the closure of the eye was examined last, as the case judges it."""
        known = [row.day for row in self.rows if row.eye_closure != models.ClosureChoice.UNKNOWN]
        return known[-1] if known else None

    def is_graded(self, visit: models.Visit) -> bool:
        """Whether a final grade stands in a visit."""
        return any(row.pk == visit.pk and row.final_gradings for row in self.rows)


def seen_visits(patient: Patient, on: date) -> SeenVisits:
    """Read them, in four queries."""
    final = Prefetch("gradings", Grading.objects.filter(status=NoteStatus.FINAL), to_attr="final_gradings")
    rows = counted_visits(patient, on).prefetch_related("clinician_findings", final).order_by("day")
    return SeenVisits(tuple(rows), newest_measurements(patient, on))


def planning_visits(seen: SeenVisits) -> tuple[Visit, ...]:
    """The same as planning reads them; raises `CaseError`."""
    return tuple(_visit(row, seen.measurements.get(row.pk)) for row in seen.rows)


def counted_visits(patient: Patient, on: date | None) -> QuerySet[models.Visit]:
    """Those that took place, until a day."""
    found = models.Visit.objects.filter(patient=patient, status__in=COUNTED)
    return found if on is None else found.filter(day__lte=on)


def newest_measurements(patient: Patient, on: date | None) -> dict[UUID, UUID]:
    """Key of the newest measurement of each visit that has one."""
    rows = Measurement.objects.filter(visit__in=counted_visits(patient, on)).order_by("visit", "number")
    return {visit: pk for visit, pk in rows.values_list("visit_id", "pk")}  # noqa: C416  the last one stays


def _visit(row: Any, measurement: UUID | None) -> Visit:
    return Visit(
        day=row.day,
        measurement=None if measurement is None else str(measurement),
        findings=tuple(
            ClinicianFinding(
                code=one.code,
                side=Side(one.side),
                expression=Expression(one.expression) if one.expression else None,
                grade=one.grade,
                score=one.score,
            )
            for one in row.clinician_findings.all()
        ),
        house_brackmann=_score(row.final_gradings, "house_brackmann"),
        sunnybrook=_score(row.final_gradings, "sunnybrook"),
        eye=_eye(row),
        holds_liquids=Answer(row.holds_liquids),
    )


def _eye(row: models.Visit) -> EyeExam | None:
    """None where nothing about it was examined."""
    exam = EyeExam(
        closure=EyeClosure(row.eye_closure),
        bell_phenomenon=Answer(row.bell_phenomenon),
        corneal_sensation=Answer(row.corneal_sensation),
        dry_eye=Answer(row.dry_eye),
        corneal_problem=Answer(row.corneal_problem),
    )
    return None if exam == EyeExam() else exam


def _score(gradings: Iterable[Grading], instrument: str) -> int | None:
    """Result of one instrument as the clinician finalised it; None where it is not a whole number."""
    for grading in gradings:
        total = grading.result.get("total")
        if grading.instrument == instrument and total is not None:
            whole = exact_number(str(total), f"The total of {instrument}")
            return int(whole) if whole.denominator == 1 else None
    return None
