"""The page for the machine that watches the clinic."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from facialis.clinic.operations.health import examine


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 with what works; 503 only where records cannot be read or written. Nobody has to sign in."""
    works, found = examine()
    return JsonResponse(found, status=HTTPStatus.OK if works else HTTPStatus.SERVICE_UNAVAILABLE)
