"""Everything that changes what is due, and adverse events."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.models import Due, DueKind, DueStatus
from facialis.planning.schedule import follow_up
from facialis.toxins.products import ToxinProduct

if TYPE_CHECKING:
    from facialis.clinic.accounts.models import User
    from facialis.clinic.treatments.models import Treatment


@transaction.atomic
def schedule_after(treatment: "Treatment", *, by: "User") -> tuple[Due, ...]:
    """Make review and repeat due after a signed treatment; what was due of earlier treatments is cancelled.

    A second call for the same treatment finds the same dues.
    """
    assert treatment.vial is not None  # noqa: S101  signed
    assert treatment.given_at is not None  # noqa: S101
    patient_id = treatment.plan.visit.patient_id
    dates = follow_up(timezone.localdate(treatment.given_at), ToxinProduct(treatment.vial.product))
    for earlier in Due.objects.filter(patient_id=patient_id, status=DueStatus.OPEN).exclude(
        treatment=treatment
    ):
        earlier.status, earlier.reason = DueStatus.CANCELLED, "treated again"
        earlier.raise_version()
        earlier.save()
    windows = {
        DueKind.REVIEW: (dates.review_from, dates.review_from, dates.review_to),
        # Overdue from the usual day on; never before the least interval of practice and label.
        DueKind.REPEAT: (dates.earliest_repeat, dates.repeat, dates.repeat),
    }
    made = []
    for kind, (earliest, target, latest) in windows.items():
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
            record(
                Verb.CREATE, "followup.due", by=by, record_id=due.pk, patient_id=patient_id,
                details={"kind": str(kind), "target": target.isoformat()},
            )  # fmt: skip
    return tuple(made)
