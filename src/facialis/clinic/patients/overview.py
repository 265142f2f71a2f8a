"""What the record of a patient shows at a glance, in a bounded number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from facialis.clinic.audit.models import Signature
from facialis.clinic.followup.events import event_words
from facialis.clinic.followup.models import AdverseEvent, Due, DueStatus, IssuedSheet
from facialis.clinic.followup.queries import events_of
from facialis.clinic.kernel.times import today
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.patients.banner import palsy_of
from facialis.clinic.patients.models import EarlierTreatment, Palsy, Patient
from facialis.clinic.patients.timeline import (
    Bar,
    Dot,
    Span,
    TimeLine,
    TrendPoint,
    faded_on,
    placed_trend,
    span_of,
    ticks_of,
    trend_y,
)
from facialis.clinic.plans.models import Plan
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.models import Treatment
from facialis.clinic.treatments.queries import in_the_patient
from facialis.clinic.visits.models import Visit, VisitStatus
from facialis.clinic.visits.progress import PHOTOGRAPHS, Progress, progress_of

SHOWN_LEVELS = (0, 50, 100)


@dataclass(frozen=True)
class Given:
    """A treatment, here or elsewhere."""

    day: date
    product: str
    units: Decimal | None
    is_here: bool

    @property
    def words(self) -> str:
        """Product and units."""
        product = self.product or _("product not known")
        return product if self.units is None else f"{product}, {units_words(self.units)}"


@dataclass(frozen=True)
class ListedVisit:
    """One line of the list of visits."""

    visit: Visit
    holds: list[str]
    index: TrendPoint | None


@dataclass(frozen=True)
class Document:
    """A signed or issued paper."""

    day: date
    name: str
    url: str
    state: str


@dataclass(frozen=True)
class Overview:
    """Everything of the record's first page."""

    visits: list[ListedVisit]
    todays: Visit | None
    line: TimeLine
    dues: list[Due]
    events: list[tuple[AdverseEvent, str]]
    """Each with its kind in words."""
    documents: list[Document]
    given: list[Given] = field(default_factory=list)


def overview_of(patient: Patient) -> Overview:
    """Read it all."""
    visits = list(patient.visits.order_by("-day", "-opened_at"))
    progress, indices = progress_of(visits), _indices(patient)
    dues = list(Due.objects.filter(patient=patient, status=DueStatus.OPEN).order_by("target"))
    given = _given(patient)
    counted = [one for one in visits if one.status != VisitStatus.ENTERED_IN_ERROR]
    return Overview(
        visits=[
            ListedVisit(one, _holds(progress.get(one.pk, Progress())), indices.get(one.pk)) for one in visits
        ],
        todays=next(
            (one for one in counted if one.day == today() and one.status != VisitStatus.CANCELLED), None
        ),
        line=_line(palsy_of(patient), counted, given, dues, indices),
        dues=dues,
        events=[(event, event.other or event_words(event.kind)) for event in events_of(patient)],
        documents=_documents(patient),
        given=given,
    )


def _indices(patient: Patient) -> dict[UUID, TrendPoint]:
    """The composite index of each visit, from the newest measurement that has one."""
    rows = (
        Measurement.objects.filter(visit__patient=patient)
        .exclude(visit__status=VisitStatus.ENTERED_IN_ERROR)
        .order_by("visit", "-number")
        .values_list("visit", "visit__day", "symmetry_index", "symmetry_index_sd")
    )
    newest: dict[UUID, TrendPoint | None] = {}
    for visit, day, value, sd in rows:
        if visit not in newest:
            newest[visit] = None if value is None or sd is None else TrendPoint(day, value, sd)
    return {visit: point for visit, point in newest.items() if point is not None}


def _given(patient: Patient) -> list[Given]:
    here = (
        in_the_patient(patient)
        .annotate(units=Sum("points__given_units"))
        .values_list("at", "plan__product", "units")
    )
    elsewhere = EarlierTreatment.objects.filter(patient=patient, entered_in_error=False)
    found = [
        *(Given(_local(at), product, units, is_here=True) for at, product, units in here),
        *(
            Given(day, product, units, is_here=False)
            for day, product, units in elsewhere.values_list("day", "product", "total_units")
        ),
    ]
    return sorted(found, key=lambda one: one.day)


def _holds(progress: Progress) -> list[str]:
    found = []
    if progress.photographs:
        found.append(
            _("%(count)d of %(all)d photographs") % {"count": progress.photographs, "all": PHOTOGRAPHS}
        )
    if progress.measured_at is not None:
        found.append(_("measures"))
    if progress.grades_final or progress.grades_preliminary:
        found.append(_("grades: %(count)d") % {"count": progress.grades_final + progress.grades_preliminary})
    if progress.plan_signed:
        found.append(_("signed plan"))
    elif progress.plan_draft:
        found.append(_("draft plan"))
    if progress.treatment_final:
        found.append(_("treatment"))
    elif progress.treatment_preliminary:
        found.append(_("treatment, not signed"))
    return found


def _documents(patient: Patient) -> list[Document]:
    plans = (
        Plan.objects.filter(visit__patient=patient, signature__isnull=False)
        .select_related("signature")
        .defer("inputs", "proposal", "judged", "signature__document")
    )
    treatments = (
        Treatment.objects.filter(plan__visit__patient=patient, signature__isnull=False)
        .select_related("signature", "plan")
        .defer("plan__inputs", "plan__proposal", "plan__judged", "signature__document")
    )
    sheets = IssuedSheet.objects.filter(treatment__plan__visit__patient=patient).defer("document")
    found: list[tuple[Any, Document]] = []
    for plan in plans:
        at = _signed_at(plan.signature)
        found.append((at, _document(at, _("Plan"), "plan_signed", plan.pk, plan.status)))
    for one in treatments:
        at = _signed_at(one.signature)
        name = _("Treatment with %(product)s") % {"product": one.plan.product}
        found.append((at, _document(at, name, "treatment", one.pk, one.status)))
    for sheet in sheets:
        name = _("Sheet for the patient (%(language)s)") % {"language": sheet.language}
        found.append((sheet.at, _document(sheet.at, name, "patient_sheet", sheet.treatment_id, "")))
    return [document for _at, document in sorted(found, key=lambda one: one[0], reverse=True)]


def _signed_at(signature: Signature | None) -> datetime:
    assert signature is not None  # noqa: S101  the query asks for signed ones only
    return signature.at


def _document(at: Any, name: str, page: str, pk: object, state: str) -> Document:
    return Document(_local(at), name, reverse(page, args=[pk]), state)


def _line(
    palsy: Palsy | None,
    visits: Sequence[Visit],
    given: Sequence[Given],
    dues: Sequence[Due],
    indices: dict[UUID, TrendPoint],
) -> TimeLine:
    shown = [one for one in visits if one.status != VisitStatus.CANCELLED]
    days = [
        *(one.day for one in shown),
        *(one.day for one in given),
        *(one.latest for one in dues),
        *([palsy.onset] if palsy is not None else []),
    ]
    span = span_of(days, today())
    points = sorted((indices[one.pk] for one in shown if one.pk in indices), key=lambda one: one.day)
    placed, line, band = placed_trend(span, points)
    return TimeLine(
        onset_x=None if palsy is None else span.x(palsy.onset),
        today_x=span.x(today()),
        ticks=ticks_of(span),
        bars=[*_course(palsy, span), *_treated(given, span), *_due(dues, span)],
        dots=[_dot(one, span) for one in sorted(shown, key=lambda one: one.day)],
        trend=placed,
        trend_line=line,
        trend_band=band,
        trend_levels=[(trend_y(level), level) for level in SHOWN_LEVELS],
    )


def _course(palsy: Palsy | None, span: Span) -> list[Bar]:
    if palsy is None:
        return []
    found = []
    if palsy.corticosteroid_days:
        end = palsy.onset + timedelta(days=palsy.corticosteroid_days)
        label = _("Cortisone, %(days)d days") % {"days": palsy.corticosteroid_days}
        found.append(span.bar(palsy.onset, end, label, "medication"))
    if palsy.retraining_start is not None:
        label = _("Exercises since %(day)s") % {"day": day_words(palsy.retraining_start)}
        found.append(span.bar(palsy.retraining_start, today(), label, "retraining"))
    return found


def _treated(given: Sequence[Given], span: Span) -> list[Bar]:
    return [
        span.bar(
            one.day,
            faded_on(one.day),
            f"{day_words(one.day)}: {one.words}"
            if one.is_here
            else _("%(day)s, elsewhere: %(what)s") % {"day": day_words(one.day), "what": one.words},
            "treatment" if one.is_here else "elsewhere",
        )
        for one in given
    ]


def _due(dues: Sequence[Due], span: Span) -> list[Bar]:
    return [
        span.bar(
            one.earliest,
            one.latest,
            _("%(what)s due about %(day)s") % {"what": one.get_kind_display(), "day": day_words(one.target)},
            "due",
        )
        for one in dues
    ]


def _dot(visit: Visit, span: Span) -> Dot:
    label = _("Visit of %(day)s, %(state)s") % {
        "day": day_words(visit.day),
        "state": visit.get_status_display(),
    }
    return Dot(span.x(visit.day), label, reverse("visit", args=[visit.pk]), visit.status)


def _local(at: Any) -> date:
    day: date = timezone.localdate(at)
    return day
