"""What happens around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from facialis.clinic.kernel.errors import ClinicError
from facialis.clinic.kernel.times import now

Next = Callable[[HttpRequest], HttpResponse]


class _Refusals:
    """Shows what an action refused as a page, or as a piece of one for htmx."""

    def __init__(self, get_response: Next) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ClinicError):
            return None
        context = {"sentence": str(exception), "code": exception.code, "status": int(exception.status)}
        if getattr(request, "htmx", False):
            answer = render(request, "site/refusal_piece.html", context, status=exception.status)
            answer["HX-Retarget"] = "#refusal"
            answer["HX-Reswap"] = "innerHTML"
            return answer
        return render(request, "site/refusal.html", context, status=exception.status)


refusals = _Refusals


RENEWED = "renewed_at"
RENEW_AFTER_S = 60.0
BY_ITSELF = "Facialis-By-Itself"
"""Header of a request that a page made on its own, such as one that looks whether something is ready."""


def sliding_session(get_response: Next) -> Next:
    """Let a session end so long after the last request, to the minute.

    Saving it with each request would make every page wait for a write of the database. A request that the
    page made by itself is answered, yet shows nobody's presence and renews nothing.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and BY_ITSELF not in request.headers:
            moment = now().timestamp()
            if moment - request.session.get(RENEWED, 0.0) > RENEW_AFTER_S:
                request.session[RENEWED] = moment
        return get_response(request)

    return answer


def no_store(get_response: Next) -> Next:
    """Keep pages about patients out of every cache."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    return answer
