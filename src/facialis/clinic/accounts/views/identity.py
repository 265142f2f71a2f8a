"""What a passkey is asked when somebody signs a record."""

from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act


@require_GET
@page(Act.VIEW_HOME)
def passkey_options(request: Request) -> HttpResponse:
    """Return a challenge for the person's own passkeys; the answer comes with the form that signs."""
    return JsonResponse({"request_options": begin_authentication(request.user)})


@require_POST
@page(Act.VIEW_HOME)
def keep_session(request: Request) -> HttpResponse:
    """Renew the session, and answer nothing."""
    request.session.modified = True
    return HttpResponse(status=204)
