"""A new patient, and who a patient is."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.saving import save_or_explain, status_of
from facialis.clinic.patients.actions import SimilarPatientError, create_patient, edit_patient
from facialis.clinic.patients.forms.identity import IdentityForm, NewPatientForm
from facialis.clinic.patients.models import Patient
from facialis.clinic.patients.pages import open_patient
from facialis.clinic.patients.queries import banner_of
from facialis.clinic.site.once import once


@page(Act.EDIT_PATIENT)
@once
def patient_new(request: Request) -> HttpResponse:
    """Make a patient; somebody similar is shown before anything is saved."""
    form = NewPatientForm(request.POST or None)
    context = {"form": form, "similar": []}
    if request.method != "POST" or not form.is_valid():
        return render(request, "patients/new.html", context, status=status_of(form))
    is_another = request.POST.get("is_another_person") == "yes"
    try:
        patient = save_or_explain(
            form, lambda: create_patient(by=request.user, is_another_person=is_another, **form.cleaned_data)
        )
    except SimilarPatientError as error:
        context["similar"] = error.patients
        return render(request, "patients/new.html", context, status=HTTPStatus.CONFLICT)
    if patient is None:
        return render(request, "patients/new.html", context, status=status_of(form))
    messages.success(
        request, _("Saved under the record number %(number)s.") % {"number": patient.record_number}
    )
    return redirect("patient", patient.pk)


@page(Act.EDIT_PATIENT)
def patient_edit(request: Request, pk: UUID) -> HttpResponse:
    """Correct names, dates and number; say that the patient has died."""
    patient = open_patient(request, pk, "page.patient_edit")
    form = IdentityForm(request.POST or None, initial=IdentityForm.initial_of(patient))
    if request.method == "POST" and form.is_valid():
        saved = save_or_explain(
            form,
            lambda: edit_patient(by=request.user, patient=patient, **form.cleaned_data),
            lambda: IdentityForm.initial_of(Patient.objects.get(pk=patient.pk)),
        )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect("patient", patient.pk)
    context = {"form": form, "patient": patient, "banner": banner_of(patient), "tab": "identity"}
    return render(request, "patients/edit.html", context, status=status_of(form))
