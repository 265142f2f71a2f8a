"""Answering a question about a photograph, and removing one that was a mistake."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.fields import plain_text
from facialis.clinic.photographs.actions import answer_question, remove_photograph
from facialis.clinic.photographs.models import Photograph
from facialis.clinic.photographs.words import expression_label
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit


@page(Act.CAPTURE)
@require_POST
def photograph_answer(request: Request, pk: UUID) -> HttpResponse:
    """Answer the question that a cell asks."""
    row = _row(request, pk)
    try:
        answer_question(
            row.pk,
            code=request.POST.get("code", ""),
            answer=request.POST.get("answer", ""),
            reason=plain_text(request.POST.get("reason", ""), "reason"),
            by=request.user,
        )
    except FieldsError as refused:
        messages.error(request, f"{expression_label(_expression(row))}: {refused}")
    return redirect("capture", row.visit_id)


@page(Act.MARK_ERROR)
@require_http_methods(["GET", "POST"])
def photograph_remove(request: Request, pk: UUID) -> HttpResponse:
    """Ask why, then mark it as entered in error."""
    row = _row(request, pk)
    name = expression_label(_expression(row))
    reason, error, status = request.POST.get("reason", ""), "", HTTPStatus.OK
    if request.method == "POST":
        try:
            remove_photograph(row.pk, reason=plain_text(reason, "reason"), by=request.user)
        except FieldsError as refused:
            error, status = refused.errors["reason"], HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            messages.success(request, _("%(name)s was marked as entered in error.") % {"name": name})
            return redirect("capture", row.visit_id)
    visit = open_visit(request, row.visit_id, "page.photograph_remove")
    context = {
        **visit_context(request, visit, step="capture"),
        "photograph": row,
        "name": name,
        "reason": reason,
        "error": error,
    }
    return render(request, "photographs/remove.html", context, status=status)


def _row(request: Request, pk: UUID) -> Photograph:
    row = Photograph.objects.for_user(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _expression(row: Photograph) -> Expression:
    return Expression(row.expression)
