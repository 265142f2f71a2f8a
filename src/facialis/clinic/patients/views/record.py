"""The record of a patient at a glance."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.patients.pages import open_patient
from facialis.clinic.patients.queries import banner_of


@page(Act.VIEW_PATIENT)
def patient(request: Request, pk: UUID) -> HttpResponse:
    """Time line, visits and what is due."""
    found = open_patient(request, pk, "page.patient")
    visits = found.visits.order_by("-day")
    context = {"patient": found, "banner": banner_of(found), "visits": visits, "tab": "record"}
    return render(request, "patients/patient.html", context)
