"""The researcher's pages."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.csv_lines import csv_lines
from facialis.clinic.patients.models import Patient
from facialis.clinic.research.queries import agreed_patients, are_few_alike, records
from facialis.clinic.research.table import columns, rows

A_PAGE = 50


@require_GET
@page(Act.VIEW_RESEARCH)
def research(request: Request) -> HttpResponse:
    """List patients who agreed, without names and dates."""
    keys = agreed_patients(request.user).values_list("pk", flat=True)
    shown = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    patients = Patient.objects.for_user(request.user).filter(pk__in=list(shown)).order_by("pseudonym")
    found = records(request.user, patients)
    record(Verb.READ, "page.research", by=request.user, details={"patients": len(found)})
    context = {"records": found, "page": shown, "are_few_alike": are_few_alike(request.user)}
    return render(request, "research/research.html", context)


@require_POST
@page(Act.VIEW_RESEARCH)
def research_export(request: Request) -> HttpResponseBase:
    """Give everything as a CSV file: one line for each visit and each treatment."""
    found = records(request.user)
    record(Verb.EXPORT, "research.records", by=request.user, details={"patients": len(found)})
    answer = StreamingHttpResponse(
        csv_lines(columns(found), rows(found)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="research.csv"'
    return answer
