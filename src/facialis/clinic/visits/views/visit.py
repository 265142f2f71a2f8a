"""A visit: its steps, and from the appointment to its end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.saving import save_or_explain, status_of
from facialis.clinic.kernel.times import today
from facialis.clinic.patients.health_words import health_in_words
from facialis.clinic.patients.pages import open_patient
from facialis.clinic.patients.queries import banner_of
from facialis.clinic.site.once import once
from facialis.clinic.visits import actions
from facialis.clinic.visits.actions.visits import SecondVisitError, stops_closing
from facialis.clinic.visits.forms import AppointmentForm, ExaminationForm, ReasonForm
from facialis.clinic.visits.models import Visit, VisitPurpose, VisitStatus
from facialis.clinic.visits.navigation import missing_history, next_step, visit_context
from facialis.clinic.visits.pages import open_visit
from facialis.clinic.visits.queries import has_visits_before, signed_notes


@page(Act.VIEW_PATIENT)
def visit(request: Request, pk: UUID) -> HttpResponse:
    """Task list of one visit, and the next sensible step."""
    found = open_visit(request, pk, "page.visit")
    context = visit_context(request, found)
    context |= {
        "next_step": next_step(context["steps"]) if found.is_editable else None,
        "missing": missing_history(found.patient),
        "notes": signed_notes(found),
        "can_open": found.status == VisitStatus.PLANNED and found.day == today(),
    }
    return render(request, "visits/visit.html", context)


@page(Act.EDIT_PATIENT)
@once
def visit_new(request: Request, pk: UUID) -> HttpResponse:
    """Make an appointment."""
    patient = open_patient(request, pk, "page.visit_new")
    usual = VisitPurpose.REVIEW if has_visits_before(patient, today()) else VisitPurpose.FIRST
    form = AppointmentForm(request.POST or None, initial={"purpose": usual})
    second = None
    if request.method == "POST" and form.is_valid():
        try:
            made = save_or_explain(
                form, lambda: actions.plan_visit(by=request.user, patient=patient, **form.cleaned_data)
            )
        except SecondVisitError as error:
            form.add_error("day", str(error))
            made, second = None, error.visit
        if made is not None:
            messages.success(request, _("The appointment is made."))
            return redirect("patient", patient.pk)
    context = {"form": form, "patient": patient, "banner": banner_of(patient), "second": second}
    return render(request, "visits/new.html", context, status=status_of(form))


@require_POST
@page(Act.EDIT_PATIENT)
@once
def visit_today(request: Request, pk: UUID) -> HttpResponse:
    """Open today's visit of a patient: the planned one, or a new one."""
    patient = open_patient(request, pk, "page.visit_today")
    purpose = VisitPurpose.REVIEW if has_visits_before(patient, today()) else VisitPurpose.FIRST
    try:
        opened = actions.open_visit_today(by=request.user, patient=patient, purpose=purpose)
    except SecondVisitError as error:
        messages.warning(
            request, _("Today's visit is closed; here it is. One visit a day keeps its measures together.")
        )
        return redirect("visit", error.visit.pk)
    return redirect("visit", opened.pk)


@require_POST
@page(Act.EDIT_PATIENT)
def visit_open(request: Request, pk: UUID) -> HttpResponse:
    """Open a planned visit."""
    found = open_visit(request, pk, "page.visit_open")
    actions.start_visit(by=request.user, visit=found)
    return redirect("visit", found.pk)


@page(Act.EDIT_PATIENT)
def visit_history(request: Request, pk: UUID) -> HttpResponse:
    """What of the history was asked, and where to ask the rest."""
    found = open_visit(request, pk, "page.visit_history")
    context = visit_context(request, found, "history")
    context |= {"missing": missing_history(found.patient), "health": health_in_words(found.patient)}
    return render(request, "visits/history.html", context)


@page(Act.EDIT_PATIENT)
def visit_edit(request: Request, pk: UUID) -> HttpResponse:
    """The examination of eye and mouth."""
    found = open_visit(request, pk, "page.visit_edit")
    form = ExaminationForm(request.POST or None, initial=ExaminationForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        saved = save_or_explain(
            form,
            lambda: actions.examine(by=request.user, visit=found, version=version, values=values),
            lambda: ExaminationForm.initial_of(Visit.objects.get(pk=found.pk)),
        )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect("visit", found.pk)
    context = {**visit_context(request, found, "examination"), "form": form}
    return render(request, "visits/examination.html", context, status=status_of(form))


@page(Act.EDIT_PATIENT)
def visit_close(request: Request, pk: UUID) -> HttpResponse:
    """End a visit, after saying what is left open in it."""
    found = open_visit(request, pk, "page.visit_close")
    if request.method == "POST":
        actions.close_visit(by=request.user, visit=found)
        messages.success(request, _("The visit is closed."))
        return redirect("visit", found.pk)
    context = visit_context(request, found)
    context |= {
        "stops": stops_closing(found),
        "open_steps": [step for step in context["steps"] if step.calls],
    }
    return render(request, "visits/close.html", context)


@page(Act.EDIT_PATIENT)
def visit_cancel(request: Request, pk: UUID) -> HttpResponse:
    """Cancel an appointment."""
    found = open_visit(request, pk, "page.visit_cancel")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].required = False
    if form.is_valid():
        actions.cancel_visit(by=request.user, visit=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("The appointment is cancelled."))
        return redirect("patient", found.patient_id)
    context = {**visit_context(request, found), "form": form}
    return render(request, "visits/cancel.html", context, status=status_of(form))


@page(Act.MARK_ERROR)
def visit_error(request: Request, pk: UUID) -> HttpResponse:
    """Mark a visit as entered in error."""
    found = open_visit(request, pk, "page.visit_error")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        saved = save_or_explain(
            form, lambda: actions.mark_visit_error(by=request.user, visit=found, reason=reason)
        )
        if saved is not None:
            messages.success(request, _("Marked as entered in error. It is kept, struck through."))
            return redirect("patient", found.patient_id)
    context = {**visit_context(request, found), "form": form}
    return render(request, "visits/error.html", context, status=status_of(form))
