"""Sign what was given, amend it, or mark it as entered in error."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record, sign
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.actions import cancel_dues_of, reopen_before, schedule_after
from facialis.clinic.followup.models import DueKind
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.kernel.states import NoteStatus, PlanStatus
from facialis.clinic.kernel.times import now
from facialis.clinic.plans.models import Plan
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.dilutions import exact, fault_of, hours_since
from facialis.clinic.treatments.documents import treatment_document
from facialis.clinic.treatments.guards import objections_to
from facialis.clinic.treatments.models import PointStatus, Treatment, TreatmentPoint
from facialis.clinic.treatments.queries import STANDS, units_given, units_taken_from

MEANING = "I performed this treatment"
LONGEST_BACKDATING = timedelta(hours=24)
AFTER_MIDNIGHT = timedelta(days=1)
"""A session that ends after midnight is still that of the plan's day."""
FEWEST_WORDS = 3
"""Of a note that explains why something was given although the record spoke against it."""


@transaction.atomic
def sign_treatment(
    *, by: User, pk: UUID, version: int | None, method: str, given_at: datetime, note: str = ""
) -> Treatment:
    """Stand for what was given; the plan is completed, and review and repeat become due.

    A second signature of the same record changes nothing and returns it as it is signed.

    Raises
    ------
    FieldsError, NotNowError, StaleVersionError, NotPermittedError
    """
    require(by, Act.SIGN_TREATMENT)
    seen = Treatment.objects.for_user(by).get(pk=pk)
    # In the order in which a strike-out locks them.
    amended = None if seen.amends_id is None else Treatment.locked(seen.amends_id, None)
    treatment = Treatment.locked(pk, None)
    if treatment.signature_id is not None:
        return treatment
    treatment = Treatment.locked(pk, version)
    if treatment.status != NoteStatus.PRELIMINARY:
        raise NotNowError(_("This treatment is %(status)s.") % {"status": treatment.get_status_display()})
    points = list(treatment.points.select_for_update())
    if amended is not None and amended.status != NoteStatus.FINAL:
        raise NotNowError(
            _("What this would amend is %(status)s meanwhile. Mark this version as entered in error.")
            % {"status": amended.get_status_display()}
        )
    _require_complete(treatment, points, given_at)
    objections = () if amended is not None else objections_to(treatment.plan)
    objections += _irregularities(treatment, given_at)
    if objections and len(note.split()) < FEWEST_WORDS:
        raise FieldsError(
            {
                "note": _("%(why)s If it was given all the same, write why.") % {"why": " ".join(objections)},
            }
        )
    assert treatment.vial is not None  # noqa: S101  refused above
    treatment.given_at, treatment.note = given_at, note.strip()
    treatment.hours_since_reconstitution = hours_since(treatment.vial, given_at)
    with override("en"):  # the document is the same whatever language the page has
        document = treatment_document(treatment, points) | {"objections": list(objections)}
    patient_id = treatment.plan.visit.patient_id
    treatment.points.update(is_signed=True)
    kinds = frozenset(DueKind) if amended is None else _replace(amended, by, treatment.status_reason)
    treatment.signature = sign(
        "treatments.treatment",
        by=by,
        record_id=treatment.pk,
        patient_id=patient_id,
        meaning=MEANING,
        method=method,
        document=document,
    )
    treatment.status = NoteStatus.FINAL
    treatment.raise_version()
    treatment.save()
    plan = treatment.plan
    if plan.status == PlanStatus.ACTIVE:
        plan.status = PlanStatus.COMPLETED
        plan.raise_version()
        plan.save()
    schedule_after(treatment, by=by, kinds=kinds)
    return treatment


@transaction.atomic
def amend_treatment(*, by: User, pk: UUID, reason: str) -> Treatment:
    """Begin a corrected version of a signed treatment; the signed one stands until the new one is signed."""
    require(by, Act.AMEND)
    Treatment.objects.for_user(by).get(pk=pk)
    old = Treatment.locked(pk, None)
    if old.status != NoteStatus.FINAL:
        raise NotNowError(
            _("Only a signed treatment is amended; this one is %(status)s.")
            % {"status": old.get_status_display()}
        )
    existing = old.plan.treatments.filter(status=NoteStatus.PRELIMINARY).first()
    if existing is not None:
        return existing
    new = Treatment.objects.create(
        plan=old.plan,
        vial=old.vial,
        syringe=old.syringe,
        given_at=old.given_at,
        note=old.note,
        amends=old,
        status_reason=told_correction(reason),
        started_by=by,
    )
    TreatmentPoint.objects.bulk_create(
        TreatmentPoint(
            treatment=new,
            order=point.order,
            target=point.target,
            side=point.side,
            point=point.point,
            planned_units=point.planned_units,
            status=point.status,
            given_units=point.given_units,
            reason=point.reason,
        )
        for point in old.points.all()
    )
    record(
        Verb.AMEND, "treatments.treatment", by=by, record_id=new.pk, patient_id=old.plan.visit.patient_id,
        details={"amends": str(old.pk)},
    )  # fmt: skip
    return new


@transaction.atomic
def mark_treatment_error(*, by: User, pk: UUID, reason: str) -> Treatment:
    """Strike a treatment out: it was never given, or not to this patient. It stays in the record."""
    require(by, Act.MARK_ERROR)
    Treatment.objects.for_user(by).get(pk=pk)
    treatment = Treatment.locked(pk, None)
    if treatment.status == NoteStatus.ENTERED_IN_ERROR:
        return treatment
    reason, stood = told_correction(reason), treatment.status == STANDS
    for amendment in Treatment.objects.select_for_update().filter(
        amends=treatment, status=NoteStatus.PRELIMINARY
    ):
        _strike_out(amendment, by, reason)  # signed, it would bring back what is struck out here
    _strike_out(treatment, by, reason)
    if stood:
        _open_plan_again(treatment, by)
        reopen_before(treatment, by=by)
    return treatment


def _strike_out(treatment: Treatment, by: User, reason: str) -> None:
    if treatment.status == NoteStatus.PRELIMINARY:
        treatment.amends = None  # what it would have amended still stands, and can be amended anew
    treatment.status, treatment.status_reason = NoteStatus.ENTERED_IN_ERROR, reason
    treatment.raise_version()
    treatment.save()
    cancel_dues_of(treatment, by=by, reason=reason)
    record(
        Verb.MARK_ERROR, "treatments.treatment", by=by, record_id=treatment.pk,
        patient_id=treatment.plan.visit.patient_id,
    )  # fmt: skip


def _open_plan_again(treatment: Treatment, by: User) -> None:
    """Nothing was given under the plan, so that it stands open: to be given, revoked or struck out itself."""
    plan = Plan.locked(treatment.plan_id, None)
    if plan.status == PlanStatus.COMPLETED:
        plan.status = PlanStatus.ACTIVE
        plan.raise_version()
        plan.save()
        record(
            Verb.CHANGE, "plans.plan", by=by, record_id=plan.pk, patient_id=plan.visit.patient_id,
            details={"status": str(PlanStatus.ACTIVE)},
        )  # fmt: skip


def _irregularities(treatment: Treatment, given_at: datetime) -> tuple[str, ...]:
    """What may have happened and wants a word: signed late, or from a vial past its use."""
    assert treatment.vial is not None  # noqa: S101  refused before
    said = []
    if treatment.amends_id is None and given_at < now() - LONGEST_BACKDATING:
        said.append(_("The time of the treatment is more than 24 hours ago."))
    fault = fault_of(treatment.vial, given_at)
    if fault is not None:
        said.append(fault.sentence)
    return tuple(said)


def _require_complete(treatment: Treatment, points: list[TreatmentPoint], given_at: datetime) -> None:
    errors = {}
    if treatment.vial is None or not treatment.syringe:
        errors["vial"] = _("Vial and syringe are missing. Choose them before you sign.")
    still_open = [point for point in points if point.status == PointStatus.OPEN]
    if still_open:
        errors["points"] = _(
            "%(count)d of %(all)d points are still open. Say for each whether it was given, changed or "
            "skipped."
        ) % {"count": len(still_open), "all": len(points)}
    day = treatment.plan.day
    if given_at > now() + timedelta(minutes=1):
        errors["given_at"] = _("The time of the treatment lies in the future. Correct it.")
    elif not day <= timezone.localdate(given_at) <= day + AFTER_MIDNIGHT:
        errors["given_at"] = _("The signed plan is for %(day)s. Give the time on that day.") % {
            "day": day_words(day)
        }
    if treatment.vial is not None and "given_at" not in errors:
        fault = fault_of(treatment.vial, given_at)
        left = exact(treatment.vial.units) - exact(units_taken_from(treatment.vial, except_for=treatment))
        if fault is not None and not fault.is_past_use:
            errors["vial"] = fault.sentence
        elif exact(units_given(points)) > left:
            errors["vial"] = _(
                "Recorded are %(given)s, and this vial has %(left)s left after the other "
                "patients. Check the points, or enter the second vial that was used."
            ) % {"given": units_words(units_given(points)), "left": units_words(left)}
    if errors:
        raise FieldsError(errors)


def _replace(old: Treatment, by: User, reason: str) -> frozenset[DueKind]:
    """Let the new version take the place; returns which dues were still open."""
    old.status, old.status_reason = NoteStatus.AMENDED, reason
    old.raise_version()
    old.save()
    kinds = cancel_dues_of(old, by=by, reason=reason)
    record(
        Verb.CHANGE, "treatments.treatment", by=by, record_id=old.pk,
        patient_id=old.plan.visit.patient_id, details={"status": "amended"},
    )  # fmt: skip
    return kinds
