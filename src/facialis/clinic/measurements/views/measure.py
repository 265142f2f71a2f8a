"""The measures of a visit, over its photographs."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.measurements.actions import measure_again
from facialis.clinic.measurements.measure_page import measure_page
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.visits.models import Visit
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit


@page(Act.VIEW_PATIENT)
@require_GET
def measure(request: Request, pk: UUID) -> HttpResponse:
    """Photograph, contours, and one row a measure."""
    visit = open_visit(request, pk, "page.measure")
    asked = request.GET.get("view", "")
    wanted = Expression(asked) if asked in set(Expression) else None
    context = visit_context(request, visit, step="measure")
    return render(request, "measurements/measure.html", {**context, "measures": measure_page(visit, wanted)})


@page(Act.VIEW_PATIENT)
@require_GET
def measure_progress(request: Request, pk: UUID) -> HttpResponse:
    """Nothing while as many photographs wait as the page says, else the order to load the page anew.

    It says nothing about the patient, so that this is no read that is audited.
    """
    if not Visit.objects.for_user(request.user).filter(pk=pk).exists():
        raise Http404
    waiting = Photograph.objects.filter(visit=pk, status=PhotoStatus.WAITING).count()
    answer = HttpResponse(status=204)
    if str(waiting) != request.GET.get("waiting"):
        answer["HX-Refresh"] = "true"
    return answer


@page(Act.EDIT_LANDMARKS)
@require_POST
def visit_measure_again(request: Request, pk: UUID) -> HttpResponse:
    """Measure anew from the points and the affected side that count now."""
    visit = open_visit(request, pk, "page.measure")
    made = measure_again(visit, by=request.user)
    if made is not None:
        messages.success(request, _("Measured again: version %(number)d.") % {"number": made.number})
    return redirect("measure", pk)
