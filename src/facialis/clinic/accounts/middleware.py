"""What a person has to do before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.second_factor import needs_second_factor

ALWAYS = frozenset({"health", "set_language", "keep_session", "account_logout"})
TO_CHANGE_PASSWORD = "account_change_password"  # noqa: S105  name of a page


class _FirstThingsFirst:
    """Sends people with a one-time password to change it, and those without a second factor to get one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ALWAYS or not isinstance(request.user, User):
            return None
        if request.user.must_change_password:
            return None if name == TO_CHANGE_PASSWORD else _send(request, TO_CHANGE_PASSWORD)
        if not name.startswith(("account_", "mfa_")) and needs_second_factor(request.user):
            return _send(request, "mfa_index")
        return None


def _send(request: HttpRequest, where: str) -> HttpResponseBase:
    # The page itself says why; see its template.
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse(where)
        return answer
    return redirect(where)


first_things_first = _FirstThingsFirst
