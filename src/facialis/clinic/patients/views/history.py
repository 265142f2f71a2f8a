"""The history: the palsy, what speaks against toxin, wishes, and toxin elsewhere."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.saving import save_or_explain, status_of
from facialis.clinic.patients import actions
from facialis.clinic.patients.forms.health import HealthForm, unreadable_lists
from facialis.clinic.patients.forms.palsy import PalsyForm, ReanimationFormSet, reanimations_of
from facialis.clinic.patients.forms.toxin import EarlierToxinForm, EarlierTreatmentForm
from facialis.clinic.patients.forms.wishes import WishesForm
from facialis.clinic.patients.models import EarlierTreatment, Palsy, Patient, Wishes
from facialis.clinic.patients.pages import open_patient
from facialis.clinic.patients.queries import banner_of, palsy_of
from facialis.clinic.site.once import once


@page(Act.EDIT_PATIENT)
def palsy_edit(request: Request, pk: UUID) -> HttpResponse:
    """Side, onset, cause, red flags, course."""
    patient = open_patient(request, pk, "page.palsy")
    palsy = palsy_of(patient)
    form = PalsyForm(request.POST or None, initial=PalsyForm.initial_of(palsy))
    # What was sent counts alone: a row that equals the stored one is no empty row.
    stored = None if request.method == "POST" else reanimations_of(palsy)
    rows = ReanimationFormSet(request.POST or None, initial=stored, prefix="reanimations")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        values = form.values(rows.values())
        saved = save_or_explain(
            form,
            lambda: actions.save_palsy(
                by=request.user, patient=patient, version=form.cleaned_data["version"], values=values
            ),
            lambda: PalsyForm.initial_of(Palsy.objects.get(pk=patient.pk)),
        )
        if saved is not None:
            return _saved(request, patient, "health_edit")
    elif form.is_bound and not rows.is_valid():
        form.is_valid()
        form.add_error(None, _("A row of the operations is not complete."))
    return _page(request, patient, "palsy", form, reanimations=rows)


@page(Act.EDIT_PATIENT)
def health_edit(request: Request, pk: UUID) -> HttpResponse:
    """Conditions, medication, allergies, pregnancy."""
    patient = open_patient(request, pk, "page.health")
    form = HealthForm(request.POST or None, initial=HealthForm.initial_of(patient), sex=patient.sex)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        saved = save_or_explain(
            form,
            lambda: actions.save_health(
                by=request.user,
                patient=patient,
                version=cleaned["version"],
                pregnancy=cleaned["pregnancy"],
                lactation=cleaned["lactation"],
                **form.lists,
            ),
            lambda: HealthForm.initial_of(Patient.objects.get(pk=patient.pk)),
        )
        if saved is not None:
            return _saved(request, patient, "earlier_treatment_new")
    return _page(request, patient, "health", form, unreadable=unreadable_lists(patient))


@page(Act.EDIT_PATIENT)
def wishes_edit(request: Request, pk: UUID) -> HttpResponse:
    """What the patient wants, and what not."""
    patient = open_patient(request, pk, "page.wishes")
    wishes = getattr(patient, "wishes", None)
    form = WishesForm(request.POST or None, initial=WishesForm.initial_of(wishes))
    if request.method == "POST" and form.is_valid():
        saved = save_or_explain(
            form,
            lambda: actions.save_wishes(
                by=request.user,
                patient=patient,
                version=form.cleaned_data["version"],
                values=form.values(),
            ),
            lambda: WishesForm.initial_of(Wishes.objects.get(pk=patient.pk)),
        )
        if saved is not None:
            return _saved(request, patient, "patient")
    return _page(request, patient, "wishes", form)


@page(Act.EDIT_PATIENT)
@once
def earlier_treatment_new(request: Request, pk: UUID) -> HttpResponse:
    """Treatments elsewhere: the list, the answer where there is none, and a new one."""
    patient = open_patient(request, pk, "page.earlier_toxin")
    is_answer = "state" in request.POST
    form = EarlierTreatmentForm(request.POST if request.POST and not is_answer else None)
    answer = EarlierToxinForm(request.POST if is_answer else None, initial={"state": patient.earlier_toxin})
    if request.method == "POST":
        saved: object = None
        if is_answer and answer.is_valid():
            state = answer.cleaned_data["state"]
            saved = save_or_explain(
                answer, lambda: actions.say_earlier_toxin(by=request.user, patient=patient, state=state)
            )
        elif not is_answer and form.is_valid():
            values = form.cleaned_data
            saved = save_or_explain(
                form, lambda: actions.add_earlier_treatment(by=request.user, patient=patient, **values)
            )
        if saved is not None and is_answer:
            return _saved(request, patient, "wishes_edit")
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect(_with_next(request, reverse("earlier_treatment_new", args=[patient.pk])))
    treatments = list(patient.earlier_treatments.order_by("-day"))
    listed = any(not treatment.entered_in_error for treatment in treatments)
    extra = {"treatments": treatments, "answer": None if listed else answer}
    shown = answer if is_answer else form
    return _page(request, patient, "toxin", form, status_from=shown, **extra)


@require_POST
@page(Act.MARK_ERROR)
def earlier_treatment_error(request: Request, pk: UUID) -> HttpResponse:
    """Strike an earlier treatment through."""
    treatment = EarlierTreatment.objects.for_user(request.user).filter(pk=pk).first()
    if treatment is None:
        raise Http404
    actions.mark_earlier_treatment_error(by=request.user, treatment=treatment)
    messages.success(request, _("Marked as entered in error. It stays in the list, struck through."))
    return redirect(_with_next(request, reverse("earlier_treatment_new", args=[treatment.patient_id])))


def _page(
    request: Request,
    patient: Patient,
    tab: str,
    form: Any,
    *,
    status_from: Any = None,
    **extra: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "patient": patient,
        "banner": banner_of(patient),
        "tab": tab,
        "next": _next(request),
        **extra,
    }
    return render(request, f"patients/{tab}.html", context, status=status_of(status_from or form))


def _saved(request: Request, patient: Patient, following: str) -> HttpResponse:
    """Go where the form was opened from, else to the next part of the history."""
    messages.success(request, _("Saved."))
    return redirect(_next(request) or reverse(following, args=[patient.pk]))


def _next(request: Request) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if is_ours else ""


def _with_next(request: Request, url: str) -> str:
    following = _next(request)
    return f"{url}?{urlencode({'next': following})}" if following else url
