"""The one way to a patient's record."""

from uuid import UUID

from django.http import Http404

from facialis.clinic.accounts.pages import Request
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.patients.models import Patient


def open_patient(request: Request, pk: UUID, what: str) -> Patient:
    """The patient of the own clinic with palsy and wishes, else 404; the read is audited as ``what``."""
    rows = Patient.objects.for_user(request.user).select_related("palsy", "wishes")
    patient = rows.filter(pk=pk).first()
    if patient is None:
        raise Http404
    record(Verb.READ, what, by=request.user, record_id=patient.pk, patient_id=patient.pk)
    return patient
