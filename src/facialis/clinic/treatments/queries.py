"""What was given, and what is being given."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet, Sum
from django.utils import timezone

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.patients.models import EarlierTreatment, Patient
from facialis.clinic.treatments.dilutions import dilution_of, exact
from facialis.clinic.treatments.models import Treatment, TreatmentPoint, Vial
from facialis.planning.case.answers import Answer
from facialis.planning.case.treatments import RoledInjection, ToxinTreatment, TreatmentArea, role_of
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.twin.events import ToxinInjection

STANDS = NoteStatus.FINAL
"""Of several versions of a treatment the one that counts."""


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


def usable_vials(user_clinic: int | None, product: str) -> QuerySet[Vial]:
    """Vials of a product that nobody discarded, the newest first."""
    return Vial.objects.filter(clinic=user_clinic, product=product, is_discarded=False)


def units_given(points: Sequence[TreatmentPoint]) -> Decimal:
    """Sum of what was given. [units of the product]"""
    return sum((p.given_units for p in points if p.given_units is not None), Decimal(0))


def units_taken_from(vial: Vial, *, except_for: Treatment | None = None) -> Decimal:
    """What the treatments that count, or are being given, took from a vial. [units]"""
    rows = TreatmentPoint.objects.filter(
        treatment__vial=vial, treatment__status__in=[NoteStatus.PRELIMINARY, NoteStatus.FINAL]
    )
    if except_for is not None:
        # An amendment replaces what it amends: the same units are not counted twice.
        rows = rows.exclude(treatment_id__in=[except_for.pk, except_for.amends_id or except_for.pk])
    found: Decimal | None = rows.aggregate(all=Sum("given_units"))["all"]
    return found or Decimal(0)


def planning_treatments(patient: Patient) -> list[ToxinTreatment]:
    """Every treatment that planning has to know: those given here, and those reported from elsewhere.

    Raises
    ------
    CaseError   Two of them are of one day, or one contradicts itself.
    """
    here = [_planning_treatment(patient, treatment) for treatment in treatments_of(patient)]
    elsewhere = [
        _planning_earlier(row)
        for row in EarlierTreatment.objects.filter(patient=patient, entered_in_error=False)
    ]
    return sorted([*here, *elsewhere], key=lambda one: one.day)


def _planning_treatment(patient: Patient, treatment: Treatment) -> ToxinTreatment:
    assert treatment.vial is not None  # noqa: S101  the signature needs one
    assert treatment.given_at is not None  # noqa: S101
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
    day = timezone.localdate(treatment.given_at)
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
