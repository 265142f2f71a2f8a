"""The record of a patient at a glance."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.patients.overview import overview_of
from facialis.clinic.patients.pages import open_patient
from facialis.clinic.patients.queries import banner_of, palsy_of


@page(Act.VIEW_PATIENT)
def patient(request: Request, pk: UUID) -> HttpResponse:
    """Time line, visits, what is due, what happened, and papers."""
    found = open_patient(request, pk, "page.patient")
    context = {
        "patient": found,
        "banner": banner_of(found),
        "palsy": palsy_of(found),
        "overview": overview_of(found),
        "tab": "record",
    }
    return render(request, "patients/patient.html", context)
