"""Reviews and repeats: made due by a treatment, done by a visit, or cancelled with a reason."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.models import Due, DueKind, DueStatus
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.fields import plain_text
from facialis.clinic.kernel.states import NoteStatus
from facialis.planning.schedule import follow_up
from facialis.toxins.products import ToxinProduct

if TYPE_CHECKING:
    from facialis.clinic.accounts.models import User
    from facialis.clinic.treatments.models import Treatment
    from facialis.clinic.visits.models import Visit

TREATED_AGAIN = "treated again"


@transaction.atomic
def schedule_after(
    treatment: "Treatment", *, by: "User", kinds: Collection[DueKind] = frozenset(DueKind)
) -> tuple[Due, ...]:
    """Make review and repeat due after a signed treatment; what was due of earlier treatments is cancelled.

    Nothing becomes due of a treatment that another one followed. A second call for the same treatment finds
    the same dues. Only the action that signs calls it, which has checked who may.

    Parameters
    ----------
    kinds   What may become due: of an amendment, what was still due of the version before.
    """
    assert treatment.vial is not None  # noqa: S101  signed
    assert treatment.given_at is not None  # noqa: S101
    patient_id = treatment.plan.visit.patient_id
    dates = follow_up(timezone.localdate(treatment.given_at), ToxinProduct(treatment.vial.product))
    of_patient = type(treatment).objects.filter(plan__visit__patient_id=patient_id, status=NoteStatus.FINAL)
    if of_patient.filter(given_at__gt=treatment.given_at).exclude(pk=treatment.pk).exists():
        return ()
    for earlier in Due.objects.filter(patient_id=patient_id, status=DueStatus.OPEN).exclude(
        treatment=treatment
    ):
        _set_status(earlier, DueStatus.CANCELLED, TREATED_AGAIN)
        _audit(Verb.CHANGE, by, earlier)
    windows = {
        DueKind.REVIEW: (dates.review_from, dates.review_from, dates.review_to),
        # Overdue from the usual day on; never before the least interval of practice and label.
        DueKind.REPEAT: (dates.earliest_repeat, dates.repeat, dates.repeat),
    }
    made = []
    for kind, (earliest, target, latest) in windows.items():
        if kind not in kinds:
            continue
        due, is_new = Due.objects.get_or_create(
            treatment=treatment,
            kind=kind,
            status=DueStatus.OPEN,
            defaults={
                "patient_id": patient_id,
                "earliest": earliest,
                "target": target,
                "latest": latest,
            },
        )
        made.append(due)
        if is_new:
            _audit(Verb.CREATE, by, due)
    return tuple(made)


@transaction.atomic
def cancel_dues_of(treatment: "Treatment", *, by: "User", reason: str) -> frozenset[DueKind]:
    """Close what is still due of a treatment that no longer stands; returns the kinds."""
    found = list(treatment.dues.select_for_update().filter(status=DueStatus.OPEN))
    for due in found:
        _set_status(due, DueStatus.CANCELLED, reason)
        _audit(Verb.CHANGE, by, due)
    return frozenset(DueKind(due.kind) for due in found)


@transaction.atomic
def reopen_before(treatment: "Treatment", *, by: "User") -> None:
    """Make due again what a treatment, struck out now, had cancelled: it was never given to this patient."""
    last = (
        type(treatment)
        .objects.filter(plan__visit__patient_id=treatment.plan.visit.patient_id, status=NoteStatus.FINAL)
        .order_by("-given_at")
        .first()
    )
    if last is None:
        return
    for due in last.dues.select_for_update().filter(status=DueStatus.CANCELLED, reason=TREATED_AGAIN):
        _set_status(due, DueStatus.OPEN, "")
        _audit(Verb.CHANGE, by, due)


@transaction.atomic
def cancel_due(*, by: "User", pk: UUID, reason: str) -> Due:
    """Take a patient off the recall list, with a reason."""
    require(by, Act.PLAN_FOLLOW_UP)
    Due.objects.for_user(by).get(pk=pk)
    due = Due.locked(pk, None)
    if due.status == DueStatus.CANCELLED:
        return due
    if due.status != DueStatus.OPEN:
        raise NotNowError(_("This is %(status)s already.") % {"status": due.get_status_display()})
    reason = plain_text(reason, "reason")
    if not reason:
        raise FieldsError({"reason": _("Say why the patient is not called back.")})
    _set_status(due, DueStatus.CANCELLED, reason)
    _audit(Verb.CHANGE, by, due)
    return due


@transaction.atomic
def fulfil_dues(*, by: "User", visit: "Visit") -> int:
    """Mark what a visit fulfils as done: a review within or after its window, a repeat when treated again.

    A visit before the window of a review fulfils nothing. Returns how many are done.
    """
    require(by, Act.PLAN_FOLLOW_UP)
    rows = Due.objects.select_for_update().filter(
        patient_id=visit.patient_id, status=DueStatus.OPEN, kind=DueKind.REVIEW, earliest__lte=visit.day
    )
    done = list(rows)
    for due in done:
        due.visit = visit
        _set_status(due, DueStatus.DONE, "")
        _audit(Verb.CHANGE, by, due)
    return len(done)


def _set_status(due: Due, status: DueStatus, reason: str) -> None:
    due.status, due.reason = status, reason
    due.raise_version()
    due.save()


def _audit(verb: Verb, by: "User", due: Due) -> None:
    record(
        verb, "followup.due", by=by, record_id=due.pk, patient_id=due.patient_id,
        details={"kind": str(due.kind), "status": str(due.status), "target": due.target.isoformat()},
    )  # fmt: skip
