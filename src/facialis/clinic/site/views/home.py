"""The first page after signing in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act, may
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.queries import open_dues, recall_rows
from facialis.clinic.kernel.long_lists import COUNTED, counted
from facialis.clinic.kernel.times import today
from facialis.clinic.visits.today import expected_on, unsigned_of

FIRST_RECALLS = 10


@page(Act.VIEW_HOME)
def home(request: Request) -> HttpResponse:
    """Today's list, what is unsigned, and who is due; for others where their work is."""
    if not may(request.user, Act.VIEW_PATIENT):
        return render(request, "site/home_other.html")
    context = _care(request.user)
    record(Verb.READ, "page.home", by=request.user, details={"visits": len(context["expected"])})
    return render(request, "site/home.html", context)


def _care(user: User) -> dict[str, Any]:
    on = today()
    dues = open_dues(user, on).filter(earliest__lte=on)  # what is only soon stands in the list of recalls
    return {
        "today": on,
        "expected": expected_on(user, on),
        "unsigned": unsigned_of(user, on),
        "recalls": recall_rows(list(dues[:FIRST_RECALLS]), on),
        "due_count": counted(dues),
        "overdue_count": counted(dues.filter(latest__lt=on)),
        "most": COUNTED,
    }
