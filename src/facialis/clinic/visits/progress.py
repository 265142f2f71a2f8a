"""How far visits are, in one query for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.clinic.followup.models import Due, IssuedSheet
from facialis.clinic.grading.models import ClinicianFinding, Grading
from facialis.clinic.kernel.states import NoteStatus, PlanStatus
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.plans.models import Plan
from facialis.clinic.treatments.models import Treatment
from facialis.clinic.visits.models import Consent, ConsentKind, Visit, VisitStatus

PHOTOGRAPHS = len(NINE_PHOTOGRAPHS)
"""That a visit asks for; the view of the nasal base is extra."""

_PREFIX = "progress_"


@dataclass(frozen=True)
class Progress:
    """Counts and states of one visit."""

    consent_treatment: str = ""
    """Latest decision of the patient; empty: none."""
    consent_photographs: str = ""
    photographs: int = 0
    """Of the nine, whatever their state."""
    photographs_measured: int = 0
    rest_measured: int = 0
    """1 where the photograph at rest is measured: every movement is read against it."""
    photographs_waiting: int = 0
    photographs_questioned: int = 0
    photographs_refused: int = 0
    measured_at: Any = None
    grades_final: int = 0
    grades_preliminary: int = 0
    findings: int = 0
    plan_draft: UUID | None = None
    plan_signed: UUID | None = None
    plan_signed_status: str = ""
    treatment_preliminary: UUID | None = None
    treatment_final: UUID | None = None
    sheets: int = 0
    dues: int = 0
    """Reviews and repeats that follow from its treatment, whatever their state."""

    @property
    def has_movement(self) -> bool:
        """Whether a movement from rest is measured."""
        is_both = self.rest_measured and self.photographs_measured > self.rest_measured
        return self.measured_at is not None and bool(is_both)


def progress_of(visits: Iterable[Visit]) -> dict[UUID, Progress]:
    """How far each visit is."""
    # A prefix, because a visit has relations of the same names.
    asked = {f"{_PREFIX}{name}": value for name, value in _annotations().items()}
    rows = Visit.objects.filter(pk__in=[visit.pk for visit in visits]).annotate(**asked)
    return {
        row["pk"]: Progress(
            **{
                name.removeprefix(_PREFIX): value
                for name, value in row.items()
                if name != "pk" and value is not None
            }
        )
        for row in rows.values("pk", *asked)
    }


def _annotations() -> dict[str, Any]:
    photographs = Photograph.objects.filter(
        ~Q(status__in=[PhotoStatus.REPLACED, PhotoStatus.ENTERED_IN_ERROR]),
        expression__in=list(NINE_PHOTOGRAPHS),
    )
    plans = Plan.objects.filter(visit=OuterRef("pk"))
    signed = plans.filter(status__in=[PlanStatus.ACTIVE, PlanStatus.COMPLETED]).order_by("-created_at")
    treatments = Treatment.objects.filter(plan__visit=OuterRef("pk")).order_by("-started_at")
    return {
        "consent_treatment": _decision(ConsentKind.TREATMENT),
        "consent_photographs": _decision(ConsentKind.PHOTOGRAPHS),
        "photographs": _count(photographs),
        "photographs_measured": _count(photographs.filter(status=PhotoStatus.MEASURED)),
        "rest_measured": _count(photographs.filter(status=PhotoStatus.MEASURED, expression=Expression.REST)),
        "photographs_waiting": _count(photographs.filter(status=PhotoStatus.WAITING)),
        "photographs_questioned": _count(photographs.filter(status=PhotoStatus.QUESTIONED)),
        "photographs_refused": _count(photographs.filter(status=PhotoStatus.REFUSED)),
        "measured_at": Subquery(
            _of_visit(Measurement.objects.all()).annotate(last=Max("at")).values("last"),
            output_field=DateTimeField(),
        ),
        "grades_final": _count(Grading.objects.filter(status=NoteStatus.FINAL)),
        "grades_preliminary": _count(Grading.objects.filter(status=NoteStatus.PRELIMINARY)),
        "findings": _count(ClinicianFinding.objects.all()),
        "plan_draft": Subquery(plans.filter(status=PlanStatus.DRAFT).values("pk")[:1]),
        "plan_signed": Subquery(signed.values("pk")[:1]),
        "plan_signed_status": Subquery(signed.values("status")[:1]),
        "treatment_preliminary": Subquery(treatments.filter(status=NoteStatus.PRELIMINARY).values("pk")[:1]),
        "treatment_final": Subquery(treatments.filter(status=NoteStatus.FINAL).values("pk")[:1]),
        "sheets": _count(
            IssuedSheet.objects.filter(treatment__status=NoteStatus.FINAL), visit="treatment__plan__visit"
        ),
        "dues": _count(
            Due.objects.filter(treatment__status=NoteStatus.FINAL), visit="treatment__plan__visit"
        ),
    }


def _decision(kind: ConsentKind) -> Subquery:
    rows = Consent.objects.filter(patient=OuterRef("patient"), text__kind=kind)
    rows = rows.exclude(visit__status=VisitStatus.ENTERED_IN_ERROR).order_by("-at")
    return Subquery(rows.values("decision")[:1])


def _of_visit(rows: QuerySet[Any], visit: str = "visit") -> QuerySet[Any]:
    return rows.filter(**{visit: OuterRef("pk")}).order_by().values(visit)


def _count(rows: QuerySet[Any], visit: str = "visit") -> Coalesce:
    counted = _of_visit(rows, visit).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
