"""Who is due, and what went wrong."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from facialis.clinic.accounts.models import User
from facialis.clinic.followup.models import AdverseEvent, Due, DueStatus
from facialis.clinic.patients.models import Patient

SOON = timedelta(weeks=4)
"""Dues that begin within this time are listed ahead."""


@dataclass(frozen=True)
class RecallRow:
    """One patient to call back."""

    due: Due
    state: str
    """'overdue', 'now' or 'soon'."""


def open_dues(user: User, on: date) -> QuerySet[Due]:
    """Everything of the own clinic that is due on a day or soon after it, the longest overdue first."""
    rows: QuerySet[Due] = Due.objects.for_user(user).filter(
        status=DueStatus.OPEN, earliest__lte=on + SOON, patient__deceased_on__isnull=True
    )
    return rows.select_related("patient", "treatment__vial").order_by("latest", "target", "pk")


def recall_rows(dues: list[Due], on: date) -> list[RecallRow]:
    """Say of each whether it is overdue, due now, or soon."""
    return [RecallRow(due, state_of(due, on)) for due in dues]


def state_of(due: Due, on: date) -> str:
    """'overdue' after its latest day, 'now' within its window, 'soon' before it."""
    if due.latest < on:
        return "overdue"
    return "now" if due.earliest <= on else "soon"


def events_of(patient: Patient) -> QuerySet[AdverseEvent]:
    """Adverse events of a patient, the latest first."""
    return (
        AdverseEvent.objects.filter(patient=patient)
        .select_related("treatment__vial", "reported_by")
        .order_by("-onset")
    )
