"""The one way to a photograph whose points are edited."""

from uuid import UUID

from django.http import Http404

from facialis.clinic.accounts.pages import Request
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.photographs.models import Photograph


def open_photograph(request: Request, pk: UUID, what: str = "") -> Photograph:
    """The photograph of the own clinic with visit, patient and palsy, else 404.

    The read is audited as ``what``; empty for the pieces of a page that was opened and audited before.
    """
    rows = Photograph.objects.for_user(request.user).select_related(
        "visit", "visit__patient", "visit__patient__palsy", "visit__patient__wishes", "visit__patient__clinic"
    )
    photograph = rows.filter(pk=pk).first()
    if photograph is None:
        raise Http404
    if what:
        record(
            Verb.READ,
            what,
            by=request.user,
            record_id=photograph.pk,
            patient_id=photograph.visit.patient_id,
        )
    return photograph
