"""The list of instruments of a visit."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.grading.models import ClinicianFinding
from facialis.clinic.grading.overview import instrument_rows
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit


@require_GET
@page(Act.GRADE)
def grade(request: Request, pk: UUID) -> HttpResponse:
    """Every instrument with its state, its score, and what changed since the last visit."""
    visit = open_visit(request, pk, "page.grade")
    of_clinician, of_patient = instrument_rows(visit)
    context = {
        "of_clinician": of_clinician,
        "of_patient": of_patient,
        "findings_count": ClinicianFinding.objects.filter(visit=visit).count(),
        **visit_context(request, visit, "grade"),
    }
    return render(request, "grading/grade.html", context)
