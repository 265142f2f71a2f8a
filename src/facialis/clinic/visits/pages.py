"""The one way to a visit."""

from uuid import UUID

from django.http import Http404

from facialis.clinic.accounts.pages import Request
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.visits.models import Visit


def open_visit(request: Request, pk: UUID, what: str) -> Visit:
    """The visit of the own clinic with patient, palsy and wishes, else 404; the read is audited."""
    rows = Visit.objects.for_user(request.user).select_related(
        "patient", "patient__palsy", "patient__wishes", "patient__clinic"
    )
    visit = rows.filter(pk=pk).first()
    if visit is None:
        raise Http404
    record(Verb.READ, what, by=request.user, record_id=visit.pk, patient_id=visit.patient_id)
    return visit
