"""A treatment while it is given: started from a signed plan, point by point."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.states import NoteStatus, PlanStatus
from facialis.clinic.kernel.times import now, today
from facialis.clinic.plans.models import Plan
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.treatments.dilutions import other_product, refusal_of
from facialis.clinic.treatments.guards import objections_to
from facialis.clinic.treatments.models import PointStatus, Treatment, TreatmentPoint, Vial
from facialis.clinic.treatments.points import require_place
from facialis.clinic.treatments.queries import is_of_the_past
from facialis.errors import FacialisError
from facialis.toxins.syringes import syringe_named


@transaction.atomic
def start_treatment(*, by: User, plan_id: UUID) -> Treatment:
    """Begin the record of what is given under a signed plan; a second start finds the first.

    Raises
    ------
    NotNowError     The plan is not active, is for another day, or the record now speaks against it.
    """
    require(by, Act.RECORD_TREATMENT)
    plan = Plan.objects.for_user(by).select_for_update().get(pk=plan_id)
    existing = plan.treatments.filter(status__in=[NoteStatus.PRELIMINARY, NoteStatus.FINAL]).first()
    if existing is not None:
        return existing
    if plan.status != PlanStatus.ACTIVE:
        raise NotNowError(
            _("The plan is %(status)s. Only a signed, active plan can be given.")
            % {"status": plan.get_status_display()}
        )
    if plan.day != today():
        raise NotNowError(
            _("The plan was signed for %(day)s, and is given on that day only. Plan again in today's visit.")
            % {"day": day_words(plan.day)}
        )
    objections = objections_to(plan)
    if objections:
        raise NotNowError(
            _("%(why)s Amend the plan first, so that it is checked against the record of today.")
            % {"why": " ".join(objections)}
        )
    treatment = Treatment.objects.create(plan=plan, started_by=by)
    TreatmentPoint.objects.bulk_create(
        TreatmentPoint(
            treatment=treatment,
            order=order,
            target=choice["target"],
            side=choice["side"] or "",
            point=choice["point"],
            planned_units=Decimal(str(choice["amount"])),
        )
        for order, choice in enumerate(plan.choices, start=1)
    )
    _audit(Verb.CREATE, by, treatment)
    return treatment


@transaction.atomic
def choose_vial(*, by: User, pk: UUID, version: int | None, vial_id: UUID, syringe: str) -> Treatment:
    """Say from which vial, and with which syringe, the points are given."""
    treatment = _open(by, pk, version)
    vial = Vial.objects.for_user(by).filter(pk=vial_id).first()
    if vial is None:
        raise FieldsError({"vial": _("There is no such vial in your clinic. Choose one, or enter it.")})
    if vial.product != treatment.plan.product:
        raise FieldsError({"vial": other_product(vial.product, treatment.plan.product)})
    if not is_of_the_past(treatment):  # otherwise it is recorded as it was, and the signature asks why
        refused = refusal_of(vial, now())
        if refused is not None:
            raise FieldsError({"vial": refused})
    try:
        syringe_named(syringe)
    except FacialisError as error:
        raise FieldsError({"syringe": str(error)}) from error
    treatment.vial, treatment.syringe = vial, syringe
    _save(treatment)
    _audit(Verb.CHANGE, by, treatment, {"vial": str(vial.pk), "syringe": syringe})
    return treatment


@transaction.atomic
def note_point(
    *,
    by: User,
    pk: UUID,
    point_id: int,
    status: str,
    given_units: Decimal | None = None,
    reason: str = "",
) -> TreatmentPoint:
    """Say what happened at one point; every deviation has its reason.

    Each tap stands alone and asks for no version; it raises the version, so that nobody signs a list that
    somebody else has changed since.
    """
    treatment = _open(by, pk, None)
    point = treatment.points.select_for_update().filter(pk=point_id).first()
    if point is None:
        raise FieldsError({"point": _("This treatment has no such point. Load the page again.")})
    if status not in {PointStatus.OPEN, PointStatus.GIVEN, PointStatus.CHANGED, PointStatus.SKIPPED}:
        raise FieldsError({"status": _("Say given, given otherwise, not given, or open.")})
    if point.status == PointStatus.ADDED and status != PointStatus.SKIPPED:
        raise FieldsError({"status": _("A point that was added is given; remove it, and add it anew.")})
    if point.status == PointStatus.ADDED:
        point.delete()
        _save(treatment)
        _audit(Verb.CHANGE, by, treatment, {"point": point_id, "removed": True})
        return point
    reason = reason.strip()
    if status in {PointStatus.GIVEN, PointStatus.CHANGED}:
        _require_vial(treatment)
    if status in {PointStatus.CHANGED, PointStatus.SKIPPED} and not reason:
        raise FieldsError({"reason": _("Every deviation from the signed plan needs its reason. Write it.")})
    if status == PointStatus.CHANGED:
        point.given_units = _positive(given_units)
        if point.given_units == point.planned_units:
            raise FieldsError(
                {
                    "given_units": _(
                        "This is the planned dose. Mark the point as given, or type what was given."
                    )
                }
            )
    else:
        point.given_units = point.planned_units if status == PointStatus.GIVEN else None
    point.status = status
    point.reason = reason if status in {PointStatus.CHANGED, PointStatus.SKIPPED} else ""
    point.save()
    _save(treatment)
    _audit(
        Verb.CHANGE,
        by,
        treatment,
        {
            "point": point_id,
            "status": status,
            "units": None if point.given_units is None else str(point.given_units),
        },
    )
    return point


@transaction.atomic
def give_all_open(*, by: User, pk: UUID, version: int | None) -> int:
    """Mark every open point as given as planned; returns how many."""
    treatment = _open(by, pk, version)
    _require_vial(treatment)
    points = list(treatment.points.select_for_update().filter(status=PointStatus.OPEN))
    for point in points:
        point.status, point.given_units = PointStatus.GIVEN, point.planned_units
        point.save()
    _save(treatment)
    _audit(Verb.CHANGE, by, treatment, {"given_as_planned": len(points)})
    return len(points)


@transaction.atomic
def add_point(
    *, by: User, pk: UUID, target: str, side: str, point: int, given_units: Decimal | None, reason: str
) -> TreatmentPoint:
    """Record a needle that was not planned."""
    treatment = _open(by, pk, None)
    _require_vial(treatment)
    if not reason.strip():
        raise FieldsError({"reason": _("A point that was not planned needs its reason. Write it.")})
    require_place(target, side, point)
    if treatment.points.filter(target=target, side=side, point=point).exists():
        raise FieldsError({"point": _("This point stands in the list already. Change it there.")})
    last = treatment.points.order_by("-order").first()
    added = TreatmentPoint.objects.create(
        treatment=treatment,
        order=1 if last is None else last.order + 1,
        target=target,
        side=side,
        point=point,
        planned_units=Decimal(0),
        status=PointStatus.ADDED,
        given_units=_positive(given_units),
        reason=reason.strip(),
    )
    _save(treatment)
    _audit(Verb.CHANGE, by, treatment, {"added": target, "side": side, "units": str(added.given_units)})
    return added


def _require_vial(treatment: Treatment) -> None:
    if treatment.vial is None or not treatment.syringe:
        raise FieldsError({"vial": _("Choose vial and syringe first: a dose is given from a vial.")})


def _positive(units: Decimal | None) -> Decimal:
    if units is None or not units.is_finite() or units <= 0:
        raise FieldsError({"given_units": _("Type the units that were given: a number above 0.")})
    return units


def _open(by: User, pk: UUID, version: int | None) -> Treatment:
    """The treatment, locked; refused once it is signed."""
    require(by, Act.RECORD_TREATMENT)
    Treatment.objects.for_user(by).get(pk=pk)
    treatment = Treatment.locked(pk, version)
    if treatment.status != NoteStatus.PRELIMINARY:
        raise NotNowError(
            _("This treatment is %(status)s and cannot be changed. Amend it, with a reason.")
            % {"status": treatment.get_status_display()}
        )
    return treatment


def _save(treatment: Treatment) -> None:
    treatment.raise_version()
    treatment.save()


def _audit(verb: Verb, by: User, treatment: Treatment, details: dict[str, object] | None = None) -> None:
    record(
        verb,
        "treatments.treatment",
        by=by,
        record_id=treatment.pk,
        patient_id=treatment.plan.visit.patient_id,
        details=details,
    )
