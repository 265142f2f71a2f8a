"""A grading that is signed, corrected or struck out."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.accounts.reauthentication import require_identity
from facialis.clinic.grading.actions.signing import amend, finalise, mark_error
from facialis.clinic.grading.forms import ReasonForm, SignForm
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.pages import open_grading
from facialis.clinic.grading.paper import paper_options, paper_rows
from facialis.clinic.grading.scores import words_of
from facialis.clinic.kernel.saving import save_or_explain, status_of
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.visits.navigation import visit_context
from facialis.grading.registry import find_instrument


@require_GET
@page(Act.GRADE)
def grading(request: Request, pk: UUID) -> HttpResponse:
    """Any version of a grading, also one that no longer counts."""
    found = open_grading(request, pk, "page.grading")
    return _show(request, found, "grading/paper.html")


@require_http_methods(["GET", "POST"])
@page(Act.FINALISE_GRADE)
def grade_sign(request: Request, pk: UUID) -> HttpResponse:
    """Read every answer back, then sign."""
    found = open_grading(request, pk, "page.grade_sign")
    if found.status != NoteStatus.PRELIMINARY:
        return redirect("grading", pk=pk)
    form = SignForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        signed = save_or_explain(form, lambda: _sign(request, pk, form))
        if signed is not None:
            messages.success(request, _("Signed."))
            return redirect("grade_instrument", pk=signed.visit_id, instrument=signed.instrument)
    return _show(request, found, "grading/sign.html", form=form, status=int(status_of(form)))


@require_http_methods(["GET", "POST"])
@page(Act.AMEND)
def grading_amend(request: Request, pk: UUID) -> HttpResponse:
    """Begin a corrected version."""
    return _with_reason(request, pk, "amend", amend)


@require_http_methods(["GET", "POST"])
@page(Act.MARK_ERROR)
def grading_error(request: Request, pk: UUID) -> HttpResponse:
    """Strike it out."""
    return _with_reason(request, pk, "error", mark_error)


def _sign(request: Request, pk: UUID, form: SignForm) -> Grading:
    return finalise(
        by=request.user,
        pk=pk,
        version=form.cleaned_data["version"],
        method=require_identity(request),
        accepts_missing=form.cleaned_data["accepts_missing"],
    )


def _with_reason(request: Request, pk: UUID, what: str, act: Callable[..., Grading]) -> HttpResponse:
    found = open_grading(request, pk, f"page.grading_{what}")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = act(by=request.user, pk=pk, reason=reason)
        return redirect("grade_instrument", pk=done.visit_id, instrument=done.instrument)
    return _show(request, found, "grading/reason.html", form=form, what=what, status=int(status_of(form)))


def _show(
    request: Request, found: Grading, template: str, *, status: int = 200, **extra: object
) -> HttpResponse:
    context = {
        "instrument": find_instrument(found.instrument),
        "grading": found,
        "score": words_of(found),
        "rows": paper_rows(found),
        "options": paper_options(found),
        "amended_by": getattr(found, "amended_by", None),
        **extra,
        **visit_context(request, found.visit, "grade"),
    }
    return render(request, template, context, status=status)
