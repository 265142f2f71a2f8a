"""Sign what was given, amend it, or mark it as entered in error."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record, sign
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.actions import schedule_after
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.kernel.states import NoteStatus, PlanStatus
from facialis.clinic.kernel.times import now
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.dilutions import exact, hours_since, refusal_of
from facialis.clinic.treatments.documents import treatment_document
from facialis.clinic.treatments.guards import objections_to
from facialis.clinic.treatments.models import PointStatus, Treatment, TreatmentPoint
from facialis.clinic.treatments.queries import units_given, units_taken_from

MEANING = "I performed this treatment"
LONGEST_BACKDATING = timedelta(hours=24)
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
    Treatment.objects.for_user(by).get(pk=pk)
    treatment = Treatment.locked(pk, None)
    if treatment.signature_id is not None:
        return treatment
    treatment = Treatment.locked(pk, version)
    if treatment.status != NoteStatus.PRELIMINARY:
        raise NotNowError(_("This treatment is %(status)s.") % {"status": treatment.get_status_display()})
    points = list(treatment.points.select_for_update())
    objections = () if treatment.amends_id is not None else objections_to(treatment.plan)
    _require_complete(treatment, points, given_at)
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
    if treatment.amends is not None:
        _replace(treatment.amends, by, treatment.status_reason)
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
    schedule_after(treatment, by=by)
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
    treatment.status, treatment.status_reason = NoteStatus.ENTERED_IN_ERROR, told_correction(reason)
    treatment.raise_version()
    treatment.save()
    for due in treatment.dues.filter(status="open"):
        due.status, due.reason = "cancelled", treatment.status_reason
        due.raise_version()
        due.save()
    record(
        Verb.MARK_ERROR, "treatments.treatment", by=by, record_id=pk,
        patient_id=treatment.plan.visit.patient_id,
    )  # fmt: skip
    return treatment


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
    moment = now()
    if given_at > moment + timedelta(minutes=1):
        errors["given_at"] = _("The time of the treatment lies in the future. Correct it.")
    elif treatment.amends is None and given_at < moment - LONGEST_BACKDATING:
        errors["given_at"] = _("The time of the treatment is more than 24 hours ago. Check the date.")
    if treatment.vial is not None and "given_at" not in errors:
        refused = refusal_of(treatment.vial, given_at) if not treatment.vial.is_discarded else None
        left = exact(treatment.vial.units) - exact(units_taken_from(treatment.vial, except_for=treatment))
        if refused is not None:
            errors["vial"] = refused
        elif exact(units_given(points)) > left:
            errors["vial"] = _(
                "Recorded are %(given)s, and this vial has %(left)s left after the other "
                "patients. Check the points, or enter the second vial that was used."
            ) % {"given": units_words(units_given(points)), "left": units_words(left)}
    if errors:
        raise FieldsError(errors)


def _replace(old: Treatment, by: User, reason: str) -> None:
    old.status, old.status_reason = NoteStatus.AMENDED, reason
    old.raise_version()
    old.save()
    for due in old.dues.filter(status="open"):
        due.status, due.reason = "cancelled", reason
        due.raise_version()
        due.save()
    record(
        Verb.CHANGE, "treatments.treatment", by=by, record_id=old.pk,
        patient_id=old.plan.visit.patient_id, details={"status": "amended"},
    )  # fmt: skip
