"""The list of patients, and its search."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.patients.search import find_patients

LONGEST_QUESTION = 100


@page(Act.VIEW_PATIENT)
def patients(request: Request) -> HttpResponse:
    """All patients, or those that a question finds."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    found = find_patients(request.user, question, after=_uuid(request.GET.get("after", "")))
    record(Verb.READ, "page.patients", by=request.user, details={"shown": len(found.patients)})
    return render(request, "patients/patients.html", {"question": question, "found": found})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
