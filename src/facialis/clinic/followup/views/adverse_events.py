"""Adverse events: report, complete, strike out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.followup.actions.adverse_events import (
    change_adverse_event,
    mark_event_error,
    report_adverse_event,
)
from facialis.clinic.followup.events import CRITERIA, event_words, what_to_do
from facialis.clinic.followup.forms import AdverseEventForm, EventChangeForm, ReasonForm
from facialis.clinic.followup.pages import open_event
from facialis.clinic.followup.queries import events_of
from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.fields import add_errors
from facialis.clinic.patients.pages import open_patient
from facialis.clinic.patients.queries import banner_of
from facialis.clinic.site.once import once


@require_GET
@page(Act.VIEW_PATIENT)
def adverse_events(request: Request, pk: UUID) -> HttpResponse:
    """All of one patient, the latest first."""
    patient = open_patient(request, pk, "page.adverse_events")
    rows = [(event, event_words(event.kind)) for event in events_of(patient)]
    context = {"patient": patient, "banner": banner_of(patient), "events": rows}
    return render(request, "followup/adverse_events.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.REPORT_ADVERSE_EVENT)
@once
def adverse_event_new(request: Request, pk: UUID) -> HttpResponse:
    """Report one."""
    patient = open_patient(request, pk, "page.adverse_event_new")
    form = AdverseEventForm(request.POST or None, patient=patient)
    if request.method == "POST" and form.is_valid():
        try:
            event = report_adverse_event(by=request.user, patient=patient, **form.cleaned_data)
        except FieldsError as error:
            add_errors(form, error.errors)
        else:
            return redirect("adverse_event", pk=event.pk)
    context = {"patient": patient, "banner": banner_of(patient), "form": form}
    return render(request, "followup/adverse_event_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page(Act.REPORT_ADVERSE_EVENT)
def adverse_event(request: Request, pk: UUID) -> HttpResponse:
    """One event, what the sources say to do, and what is new about it."""
    event = open_event(request, pk, "page.adverse_event")
    start = {
        "resolved": event.resolved,
        "action_taken": event.action_taken,
        "narrative": event.narrative,
        "version": event.version,
    }
    form = EventChangeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            change_adverse_event(by=request.user, pk=pk, **form.cleaned_data)
        except FieldsError as error:
            add_errors(form, error.errors)
        else:
            return redirect("adverse_event", pk=pk)
    context = {
        "event": event,
        "words": event.other or event_words(event.kind),
        "criteria": [CRITERIA[code] for code in event.criteria],
        "steps": what_to_do(event.kind),
        "earlier": event.history.select_related("history_user")[1:20],
        "patient": event.patient,
        "banner": banner_of(event.patient),
        "form": form,
    }
    return render(request, "followup/adverse_event.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page(Act.MARK_ERROR)
def adverse_event_error(request: Request, pk: UUID) -> HttpResponse:
    """Strike one out."""
    event = open_event(request, pk, "page.adverse_event")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mark_event_error(by=request.user, pk=pk, reason=form.cleaned_data["reason"])
        return redirect("adverse_event", pk=pk)
    context = {
        "event": event,
        "words": event.other or event_words(event.kind),
        "patient": event.patient,
        "banner": banner_of(event.patient),
        "form": form,
    }
    return render(request, "followup/adverse_event_error.html", context, status=422 if form.errors else 200)
