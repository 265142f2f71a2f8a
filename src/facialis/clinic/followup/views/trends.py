"""Trends of one patient."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.followup.charts import chart_of
from facialis.clinic.followup.trends import days_of, trends_of
from facialis.clinic.patients.pages import open_patient
from facialis.clinic.patients.queries import banner_of


@require_GET
@page(Act.VIEW_PATIENT)
def trends(request: Request, pk: UUID) -> HttpResponse:
    """Every quantity over time, with treatments as marks and measurement error shown."""
    patient = open_patient(request, pk, "page.trends")
    found, given = trends_of(patient)
    days = days_of(found, given)
    charts = [] if days is None else [chart_of(trend, given, days) for trend in found]
    context = {
        "patient": patient,
        "banner": banner_of(patient),
        "charts": charts,
        "given": given,
        "tab": "trends",
    }
    return render(request, "followup/trends.html", context)
