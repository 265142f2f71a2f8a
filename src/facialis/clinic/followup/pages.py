"""Rows that pages open: of the own clinic, else 404; the read is audited."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from facialis.clinic.accounts.pages import Request
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.models import AdverseEvent, Due


def open_event(request: Request, pk: UUID, what: str) -> AdverseEvent:
    """An adverse event with its patient."""
    rows = AdverseEvent.objects.for_user(request.user).select_related(
        "patient__palsy", "patient__wishes", "treatment__vial", "reported_by"
    )
    event = get_object_or_404(rows, pk=pk)
    record(Verb.READ, what, by=request.user, record_id=pk, patient_id=event.patient_id)
    return event


def open_due(request: Request, pk: UUID, what: str) -> Due:
    """Something due, with its patient."""
    due = get_object_or_404(Due.objects.for_user(request.user).select_related("patient"), pk=pk)
    record(Verb.READ, what, by=request.user, record_id=pk, patient_id=due.patient_id)
    return due
