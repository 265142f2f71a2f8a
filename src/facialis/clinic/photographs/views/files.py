"""The pictures themselves, out of the store."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.photographs import store
from facialis.clinic.photographs.models import Photograph

THUMBNAIL_AGE_S = 600


@page(Act.VIEW_PATIENT)
@require_GET
def photograph_image(request: Request, pk: UUID) -> HttpResponse:
    """The whole picture; each look at one is audited."""
    row = _row(request, pk)
    answer = _jpeg(row.file_name, f"{row.expression}.jpg")
    answer["Cache-Control"] = "private, no-store"
    record(Verb.READ, "photographs.image", by=request.user, record_id=row.pk, patient_id=row.visit.patient_id)
    return answer


@page(Act.VIEW_PATIENT)
@require_GET
def photograph_thumbnail(request: Request, pk: UUID) -> HttpResponse:
    """The small picture; the page that shows it has been audited."""
    answer = _jpeg(_row(request, pk).thumbnail_name, "thumbnail.jpg")
    answer["Cache-Control"] = f"private, max-age={THUMBNAIL_AGE_S}"
    return answer


def _row(request: Request, pk: UUID) -> Photograph:
    row = Photograph.objects.for_user(request.user).select_related("visit").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _jpeg(name: str, shown_as: str) -> HttpResponse:
    """A picture that a browser can take for nothing else, whatever its bytes."""
    answer = HttpResponse(store.read(name), content_type="image/jpeg")
    answer["Content-Disposition"] = f'inline; filename="{shown_as}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
