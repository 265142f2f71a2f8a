"""Pages that say what went wrong and what to do."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

RETRY_AFTER_S = 30


def _page(request: HttpRequest, status: HTTPStatus, sentence: str) -> HttpResponse:
    context = {"status": int(status), "sentence": sentence}
    if getattr(request, "htmx", False):
        answer = render(request, "site/refusal_piece.html", context, status=status)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#refusal", "innerHTML"
        return answer
    return render(request, "site/refusal.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; what hides behind it may be a session that could not be kept, because the database is away."""
    if _is_outage(exception):
        return _unreachable(request)
    return _page(request, HTTPStatus.BAD_REQUEST, _("The request could not be read. Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, HTTPStatus.FORBIDDEN, _("Your role does not allow this."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; also for records of another clinic, so that nobody learns that they exist."""
    return _page(request, HTTPStatus.NOT_FOUND, _("There is no such page or record in your clinic."))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429."""
    sentence = _("Too many attempts in a short time. Wait ten minutes, then try again.")
    return _page(request, HTTPStatus.TOO_MANY_REQUESTS, sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that was open for too long."""
    sentence = _("This form is too old to be trusted. Go back, load the page again, and send it again.")
    return _page(request, HTTPStatus.FORBIDDEN, sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; whatever is broken, this page needs none of it. 503 while the database does not answer."""
    if _is_outage(sys.exc_info()[1]):
        return _unreachable(request)
    context = {
        "head": _("Something went wrong on our side"),
        "sentence": _(
            "Nothing that was signed is lost. Go back: what you typed is kept as a draft. Try again; if it "
            "happens again, tell the person who runs this clinic's server, and the time."
        ),
    }
    page = render_to_string("site/refusal_bare.html", context)
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _is_outage(exception: BaseException | None) -> bool:
    """Whether an exception comes, in the end, from a database that does not answer."""
    seen: set[int] = set()
    while exception is not None and id(exception) not in seen:
        if isinstance(exception, OperationalError | InterfaceError):
            return True
        seen.add(id(exception))
        exception = exception.__cause__ or exception.__context__
    return False


def _unreachable(request: HttpRequest) -> HttpResponse:
    """503, made without the database, the session and the person."""
    is_reading = request.method in {"GET", "HEAD", "OPTIONS"}
    sentence = (
        _("The record cannot be reached. Nothing was saved or changed. Try again in a minute.")
        if is_reading
        # The database may have gone between a save and the page that shows it.
        else _(
            "The record cannot be reached. Count what you sent last as not saved: try again in a minute, and "
            "look whether it stands in the record before you send it again."
        )
    )
    context = {"head": _("The record cannot be reached"), "sentence": sentence}
    if getattr(request, "htmx", False):
        answer = HttpResponse(render_to_string("site/refusal_piece.html", context))
        answer["HX-Retarget"], answer["HX-Reswap"] = "#refusal", "innerHTML"
    else:
        answer = HttpResponse(render_to_string("site/refusal_bare.html", context))
    answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    answer["Retry-After"], answer["Cache-Control"] = str(RETRY_AFTER_S), "no-store"
    return answer
