"""The recall list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.actions import cancel_due
from facialis.clinic.followup.forms import ReasonForm
from facialis.clinic.followup.models import DueKind
from facialis.clinic.followup.pages import open_due
from facialis.clinic.followup.queries import open_dues, recall_rows
from facialis.clinic.kernel.long_lists import COUNTED, FirstPages
from facialis.clinic.kernel.times import today

ROWS = 50


@require_GET
@page(Act.PLAN_FOLLOW_UP)
def recalls(request: Request) -> HttpResponse:
    """Overdue, due now, and due within four weeks."""
    on = today()
    kind = request.GET.get("kind", "")
    rows = open_dues(request.user, on)
    if kind in DueKind.values:
        rows = rows.filter(kind=kind)
    part = FirstPages(rows, ROWS).get_page(request.GET.get("page"))
    record(Verb.READ, "page.recalls", by=request.user, details={"rows": len(part.object_list)})
    context = {
        "rows": recall_rows(list(part.object_list), on),
        "page": part,
        "most": COUNTED,
        "kind": kind if kind in DueKind.values else "",
        "query": f"kind={kind}" if kind in DueKind.values else "",
        "kinds": DueKind.choices,
        "today": on,
    }
    return render(request, "followup/recalls.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.PLAN_FOLLOW_UP)
def due_cancel(request: Request, pk: UUID) -> HttpResponse:
    """Take a patient off the list, with a reason."""
    due = open_due(request, pk, "page.due")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel_due(by=request.user, pk=pk, reason=form.cleaned_data["reason"])
        return redirect("recalls")
    status = 422 if form.errors else 200
    return render(request, "followup/due_cancel.html", {"due": due, "form": form}, status=status)
