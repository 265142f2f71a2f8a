"""The audit of the clinic, for its administrators."""

from collections.abc import Iterator
from http import HTTPStatus

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.forms import FilterForm
from facialis.clinic.audit.models import AuditEntry, Verb
from facialis.clinic.audit.queries import entries_for, one_page, plain, pseudonyms_of
from facialis.clinic.kernel.csv_lines import csv_lines

COLUMNS = ("number", "at", "person", "done", "what", "record", "patient", "details", "hash")


@require_GET
@page(Act.VIEW_AUDIT)
def audit(request: Request) -> HttpResponse:
    """Entries of the clinic, the newest first, by pages that do not shift while new ones are written."""
    form = FilterForm(request.GET, user=request.user)
    rows = entries_for(request.user, form.filters())
    before = request.GET.get("before", "")
    entries, next_before = one_page(rows, int(before) if before.isdecimal() and len(before) < 19 else None)
    names = pseudonyms_of(request.user, entries)
    lines = [
        {
            "entry": entry,
            "pseudonym": "" if entry.patient is None else names.get(entry.patient, ""),
            "details": plain(entry.details),
        }
        for entry in entries
    ]
    asked: dict[str, str] = {name: str(request.GET[name]) for name in form.fields if request.GET.get(name)}
    context = {
        "form": form,
        "lines": lines,
        "older": None if next_before is None else urlencode({**asked, "before": str(next_before)}),
        "is_first": not before,
        "newest": urlencode(asked),
        "asked": asked,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "audit/audit.html", context, status=status)


@require_POST
@page(Act.VIEW_AUDIT)
def audit_export(request: Request) -> HttpResponseBase:
    """Give the same entries as a CSV file; that somebody took it is audited first."""
    form = FilterForm(request.POST, user=request.user)
    filters = form.filters()
    rows = entries_for(request.user, filters)
    with transaction.atomic():
        details = {"filters": sorted(name for name in form.fields if form.cleaned_data.get(name))}
        own = record(Verb.EXPORT, "audit.entries", by=request.user, details=details)
    rows = rows.filter(number__lt=own.number)
    answer = StreamingHttpResponse(
        csv_lines(COLUMNS, _rows(request, rows)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


def _rows(request: Request, rows: QuerySet[AuditEntry]) -> Iterator[tuple[object, ...]]:
    before: int | None = None
    while True:
        entries, before = one_page(rows, before)
        names = pseudonyms_of(request.user, entries)
        for entry in entries:
            yield (
                entry.number,
                entry.at.isoformat(),
                entry.actor_name,
                entry.verb,
                entry.what,
                entry.record,
                "" if entry.patient is None else names.get(entry.patient, ""),
                plain(entry.details),
                entry.own_hash,
            )
        if before is None:
            return
