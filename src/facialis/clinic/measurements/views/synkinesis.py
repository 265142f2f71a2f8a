"""The synkinesis map of a visit."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.measurements.synkinesis_page import cell_page, synkinesis_page
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit
from facialis.measurement.synkinesis import SynkinesisRegion


@page(Act.VIEW_PATIENT)
@require_GET
def synkinesis(request: Request, pk: UUID) -> HttpResponse:
    """What the patient was asked to do, and what moved without being asked."""
    visit = open_visit(request, pk, "page.synkinesis")
    context = visit_context(request, visit, step="synkinesis")
    return render(request, "measurements/synkinesis.html", {**context, "map": synkinesis_page(visit)})


@page(Act.VIEW_PATIENT)
@require_GET
def synkinesis_cell(request: Request, pk: UUID, expression: str, region: str) -> HttpResponse:
    """One cell: the place at rest and in the expression, as a piece of the page."""
    if expression not in set(Expression) or region not in set(SynkinesisRegion):
        raise Http404
    visit = open_visit(request, pk, "page.synkinesis_cell")
    found = cell_page(visit, Expression(expression), SynkinesisRegion(region))
    if found is None:
        raise Http404
    return render(request, "measurements/synkinesis_cell.html", {"detail": found, "visit": visit})
