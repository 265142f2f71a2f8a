"""The page of a visit: its steps, and the next sensible one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit


@page(Act.VIEW_PATIENT)
def visit(request: Request, pk: UUID) -> HttpResponse:
    """Task list of one visit."""
    found = open_visit(request, pk, "page.visit")
    return render(request, "visits/visit.html", visit_context(request, found))
