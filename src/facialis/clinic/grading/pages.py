"""The one way to a grading."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from facialis.clinic.accounts.pages import Request
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.grading.models import Grading


def open_grading(request: Request, pk: UUID, what: str) -> Grading:
    """A grading of the own clinic with visit and patient, else 404; the read is audited."""
    rows = Grading.objects.for_user(request.user).select_related(
        "by",
        "finalised_by",
        "signature",
        "amends",
        "visit__patient__palsy",
        "visit__patient__wishes",
        "visit__patient__clinic",
    )
    grading = get_object_or_404(rows, pk=pk)
    record(Verb.READ, what, by=request.user, record_id=pk, patient_id=grading.visit.patient_id)
    return grading
