"""Pages that say what went wrong and what to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: HTTPStatus, sentence: str) -> HttpResponse:
    context = {"status": int(status), "sentence": sentence}
    if getattr(request, "htmx", False):
        answer = render(request, "site/refusal_piece.html", context, status=status)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#refusal", "innerHTML"
        return answer
    return render(request, "site/refusal.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
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
    """500; whatever is broken, this page needs none of it."""
    context = {
        "head": _("Something went wrong on our side"),
        "sentence": _(
            "Nothing that was signed is lost. Go back: what you typed is kept as a draft. Try again; if it "
            "happens again, tell the person who runs this clinic's server, and the time."
        ),
    }
    page = render_to_string("site/refusal_bare.html", context)
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
