"""What was given, and what is being given."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.kernel.times import now, today
from facialis.clinic.patients.models import EarlierTreatment, Patient
from facialis.clinic.treatments.dilutions import dilution_of, exact
from facialis.clinic.treatments.models import PointStatus, Treatment, TreatmentPoint, Vial
from facialis.planning.case.answers import Answer
from facialis.planning.case.treatments import RoledInjection, ToxinTreatment, TreatmentArea, role_of
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.twin.events import ToxinInjection

STANDS = NoteStatus.FINAL
"""Of several versions of a treatment the one that counts."""
GIVEN = (PointStatus.GIVEN, PointStatus.CHANGED, PointStatus.ADDED)
LISTED_FOR = timedelta(days=60)
"""How long ago a vial that is offered for a treatment may have been entered."""


def treatments_of(patient: Patient) -> QuerySet[Treatment]:
    """Signed treatments that count, the earliest first, with their points."""
    return (
        Treatment.objects.filter(plan__visit__patient=patient, status=STANDS)
        .select_related("vial", "plan", "plan__visit")
        .prefetch_related("points")
        .order_by("given_at")
    )


def last_treatment(patient: Patient) -> Treatment | None:
    """The latest signed treatment; None where there is none here."""
    return (
        Treatment.objects.filter(plan__visit__patient=patient, status=STANDS)
        .select_related("vial", "plan")
        .order_by("-given_at")
        .first()
    )


def in_the_patient(patient: Patient) -> QuerySet[Any]:
    """Treatments of which something was given: signed, or not signed yet, for the toxin is in the patient.

    An amendment that is not signed is left out, for what it amends still stands. ``at`` is when each was
    given, or begun.
    """
    return Treatment.objects.filter(
        Q(status=STANDS) | Q(status=NoteStatus.PRELIMINARY, amends__isnull=True),
        plan__visit__patient=patient,
        points__status__in=GIVEN,
    ).annotate(at=Coalesce("given_at", "started_at"))


def used_at(treatment: Treatment) -> datetime:
    """When a treatment was given, as far as is known before its signature."""
    return treatment.given_at or treatment.started_at


def is_of_the_past(treatment: Treatment) -> bool:
    """Whether it was given before: corrected now, or begun on an earlier day."""
    return treatment.amends_id is not None or timezone.localdate(treatment.started_at) < today()


def past_use(treatment: Treatment) -> datetime | None:
    """When a treatment of the past was given; None for one that is given now."""
    return used_at(treatment) if is_of_the_past(treatment) else None


def vials_to_choose(treatment: Treatment, clinic: int | None) -> QuerySet[Vial]:
    """Vials of the plan's product, the newest first; those that were thrown away only for what is past."""
    rows = Vial.objects.filter(clinic=clinic, product=treatment.plan.product)
    if is_of_the_past(treatment):
        return rows.filter(entered_at__gte=used_at(treatment) - LISTED_FOR)
    return rows.filter(entered_at__gte=now() - LISTED_FOR, is_discarded=False)


def units_given(points: Sequence[TreatmentPoint]) -> Decimal:
    """Sum of what was given. [units of the product]"""
    return sum((p.given_units for p in points if p.given_units is not None), Decimal(0))


def units_taken_from(vial: Vial, *, except_for: Treatment | None = None) -> Decimal:
    """What the treatments that count, or are being given, took from a vial. [units]"""
    rows = TreatmentPoint.objects.filter(
        # What is being amended still stands: the same units are not counted twice.
        Q(treatment__status=STANDS)
        | Q(treatment__status=NoteStatus.PRELIMINARY, treatment__amends__isnull=True),
        treatment__vial=vial,
    )
    if except_for is not None:
        rows = rows.exclude(treatment_id__in=[except_for.pk, except_for.amends_id or except_for.pk])
    found: Decimal | None = rows.aggregate(all=Sum("given_units"))["all"]
    return found or Decimal(0)


def planning_treatments(patient: Patient, on: date | None = None) -> list[ToxinTreatment]:
    """Every treatment that planning has to know: those given here, and those reported from elsewhere.

    What was given and is not signed yet counts too, without what is given under the plan of that day itself.

    Parameters
    ----------
    on : date   Of the session that is planned; None: all that is known.

    Raises
    ------
    CaseError   Two of them are of one day, or one contradicts itself.
    """
    given = (
        in_the_patient(patient).select_related("vial").prefetch_related("points").order_by("at").distinct()
    )
    here = [
        _planning_treatment(patient, one)
        for one in given
        if one.status == STANDS or on is None or timezone.localdate(used_at(one)) < on
    ]
    elsewhere = [
        _planning_earlier(row)
        for row in EarlierTreatment.objects.filter(patient=patient, entered_in_error=False)
    ]
    return sorted([*here, *elsewhere], key=lambda one: one.day)


def _planning_treatment(patient: Patient, treatment: Treatment) -> ToxinTreatment:
    assert treatment.vial is not None  # noqa: S101  no dose is given without one
    product, dilution = ToxinProduct(treatment.vial.product), dilution_of(treatment.vial)
    side_word = patient.palsy.affected_side
    affected = Side(side_word) if side_word else None
    injections: list[ToxinInjection] = []
    for point in treatment.points.all():
        if point.given_units is None:
            continue
        target, side = InjectionTarget(point.target), Side(point.side) if point.side else Side.LEFT
        dose = ToxinDose(exact(point.given_units), product)
        volume: Fraction = dilution.volume_for(dose)
        role = role_of(target, side if point.side else None, affected)
        injections.append(
            ToxinInjection(side, target, point.point, dose, volume)
            if role is None
            else RoledInjection(side, target, point.point, dose, volume, role)
        )
    day = timezone.localdate(used_at(treatment))
    return ToxinTreatment(day, product if injections else None, tuple(injections))


def _planning_earlier(row: EarlierTreatment) -> ToxinTreatment:
    product = ToxinProduct(row.product) if row.product else None
    total = (
        ToxinDose(exact(row.total_units), product)
        if product is not None and row.total_units is not None
        else None
    )
    return ToxinTreatment(
        row.day,
        product,
        total=total,
        area=TreatmentArea(row.area),
        helped=Answer(row.helped),
        adequate=Answer(row.adequate),
        follow_up=row.follow_up,
    )
