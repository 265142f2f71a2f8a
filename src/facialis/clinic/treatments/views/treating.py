"""The treatment while it is given, and after it was signed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.accounts.reauthentication import require_identity
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.fields import add_errors
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.kernel.times import now
from facialis.clinic.plans.marks import diagram, photograph_of
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.rows import rows_of
from facialis.clinic.treatments.actions.giving import (
    add_point,
    choose_vial,
    give_all_open,
    note_point,
    start_treatment,
)
from facialis.clinic.treatments.actions.signing import amend_treatment, mark_treatment_error, sign_treatment
from facialis.clinic.treatments.checklist import checklist_of, deviations_of, totals_of
from facialis.clinic.treatments.dilutions import fault_of, hours_since, refusal_of
from facialis.clinic.treatments.forms import (
    AddedPointForm,
    PointForm,
    ReasonForm,
    SignTreatmentForm,
    VialChoiceForm,
)
from facialis.clinic.treatments.guards import objections_to
from facialis.clinic.treatments.models import Treatment, Vial
from facialis.clinic.treatments.pages import open_treatment, whole_treatments
from facialis.clinic.treatments.queries import past_use
from facialis.clinic.visits.navigation import visit_context
from facialis.toxins.syringes import syringe_named


@require_http_methods(["GET", "POST"])
@page(Act.RECORD_TREATMENT)
def treat(request: Request, pk: UUID) -> HttpResponse:
    """Begin the treatment under a signed plan, or go to the one that was begun."""
    plan = get_object_or_404(Plan.objects.for_user(request.user), pk=pk)
    if request.method == "GET":
        begun = plan.treatments.exclude(status=NoteStatus.ENTERED_IN_ERROR).order_by("-started_at").first()
        if begun is not None:
            return redirect("treatment", pk=begun.pk)
        context = {"plan": plan, **visit_context(request, plan.visit, "treatment")}
        return render(request, "treatments/begin.html", context)
    treatment = start_treatment(by=request.user, plan_id=plan.pk)
    return redirect("treatment", pk=treatment.pk)


@require_GET
@page(Act.RECORD_TREATMENT)
def treatment(request: Request, pk: UUID) -> HttpResponse:
    """The checklist while it is given; paper once it is signed."""
    return _show(request, open_treatment(request, pk))


@require_POST
@page(Act.RECORD_TREATMENT)
def treatment_vial(request: Request, pk: UUID) -> HttpResponse:
    """Choose vial and syringe."""
    found = open_treatment(request, pk)
    form = VialChoiceForm(request.POST, user=request.user, treatment=found)
    if form.is_valid():
        given = form.cleaned_data
        try:
            choose_vial(
                by=request.user,
                pk=pk,
                version=given["version"],
                vial_id=given["vial"].pk,
                syringe=given["syringe"],
            )
        except FieldsError as error:
            add_errors(form, error.errors)
        else:
            return redirect("treatment", pk=pk)
    return _show(request, found, status=422, vial_form=form)


@require_POST
@page(Act.RECORD_TREATMENT)
def treatment_point(request: Request, pk: UUID, point: int) -> HttpResponse:
    """Say what happened at one point."""
    found = open_treatment(request, pk)
    form = PointForm(request.POST)
    if form.is_valid():
        try:
            note_point(by=request.user, pk=pk, point_id=point, **form.cleaned_data)
        except FieldsError as error:
            add_errors(form, error.errors)
        else:
            if getattr(request, "htmx", False):
                return _show(request, found, template="treatments/checklist.html")
            return redirect("treatment", pk=pk)
    template = "treatments/checklist.html" if getattr(request, "htmx", False) else "treatments/treatment.html"
    return _show(request, found, status=422, template=template, point_form=form, point_in_error=point)


@require_POST
@page(Act.RECORD_TREATMENT)
def treatment_all_given(request: Request, pk: UUID) -> HttpResponse:
    """Every open point was given as planned."""
    found = open_treatment(request, pk)
    try:
        give_all_open(by=request.user, pk=pk, version=None)
    except FieldsError as error:
        raise NotNowError(str(error)) from error
    if getattr(request, "htmx", False):
        return _show(request, found, template="treatments/checklist.html")
    return redirect("treatment", pk=pk)


@require_POST
@page(Act.RECORD_TREATMENT)
def treatment_add(request: Request, pk: UUID) -> HttpResponse:
    """Record a needle that was not planned."""
    found = open_treatment(request, pk)
    form = AddedPointForm(request.POST)
    if form.is_valid():
        try:
            add_point(by=request.user, pk=pk, **form.cleaned_data)
        except FieldsError as error:
            add_errors(form, error.errors)
        else:
            return redirect("treatment", pk=pk)
    return _show(request, found, status=422, add_form=form)


@require_POST
@page(Act.SIGN_TREATMENT)
def treatment_sign(request: Request, pk: UUID) -> HttpResponse:
    """Sign what was given."""
    found = open_treatment(request, pk)
    if found.signature is not None:
        return redirect("treatment", pk=pk)
    form = SignTreatmentForm(request.POST, treatment=found)
    if form.is_valid():
        given = form.cleaned_data
        try:
            method = require_identity(request)
            sign_treatment(
                by=request.user,
                pk=pk,
                version=given["version"],
                method=method,
                given_at=given["given_at"],
                note=given["note"],
            )
        except FieldsError as error:
            add_errors(form, error.errors)
        else:
            return redirect("treatment", pk=pk)
    return _show(request, found, status=422, sign_form=form)


@require_http_methods(["GET", "POST"])
@page(Act.AMEND)
def treatment_amend(request: Request, pk: UUID) -> HttpResponse:
    """Begin a corrected version."""
    return _with_reason(request, pk, "amend")


@require_http_methods(["GET", "POST"])
@page(Act.MARK_ERROR)
def treatment_error(request: Request, pk: UUID) -> HttpResponse:
    """Strike it out."""
    return _with_reason(request, pk, "error")


def _with_reason(request: Request, pk: UUID, what: str) -> HttpResponse:
    found = open_treatment(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if what == "amend":
            new = amend_treatment(by=request.user, pk=pk, reason=reason)
            return redirect("treatment", pk=new.pk)
        mark_treatment_error(by=request.user, pk=pk, reason=reason)
        return redirect("treatment", pk=pk)
    context = {
        "form": form,
        "what": what,
        "treatment": found,
        **visit_context(request, found.plan.visit, "treatment"),
    }
    return render(request, "treatments/reason.html", context, status=422 if form.errors else 200)


def _show(
    request: Request,
    treatment: Treatment,
    *,
    status: int = 200,
    template: str = "treatments/treatment.html",
    **forms_in_error: forms.Form | int,
) -> HttpResponse:
    if request.method == "POST":  # something may have changed since it was opened
        treatment = whole_treatments().get(pk=treatment.pk)
    points = list(treatment.points.all())
    context: dict[str, Any] = {
        "treatment": treatment,
        "plan": treatment.plan,
        "vial": treatment.vial,
        "items": checklist_of(treatment, points),
        "totals": totals_of(points),
        "deviations": deviations_of(points),
        "open_count": sum(point.status == "open" for point in points),
        "syringe": syringe_named(treatment.syringe).text if treatment.syringe else "",
        "is_signed": treatment.signature_id is not None,
    }
    if template == "treatments/treatment.html":
        context |= visit_context(request, treatment.plan.visit, "treatment")
        context["amended_by"] = getattr(treatment, "amended_by", None)
        context |= _pictures(treatment)
    if not context["is_signed"]:
        past = past_use(treatment)
        moment = past or now()
        context |= {
            "objections": () if treatment.amends_id is not None else objections_to(treatment.plan),
            "vial_form": VialChoiceForm(user=request.user, treatment=treatment),
            "add_form": AddedPointForm(),
            "sign_form": SignTreatmentForm(treatment=treatment),
            "vial_refusal": None if treatment.vial is None else _refusal(treatment.vial, past),
            "vial_hours": None if treatment.vial is None else hours_since(treatment.vial, moment),
        }
    else:
        context["objections"] = (
            treatment.signature.document.get("objections", ()) if treatment.signature else ()
        )
    context |= forms_in_error
    return render(request, template, context, status=status)


def _refusal(vial: Vial, past: datetime | None) -> str | None:
    """Why the vial may not be used now; of what is past: what was wrong with it then."""
    if past is None:
        return refusal_of(vial, now())
    fault = fault_of(vial, past)
    return None if fault is None else fault.sentence


def _pictures(treatment: Treatment) -> dict[str, Any]:
    """The signed plan on the patient's photograph, or on the drawn face where there is none."""
    plan = treatment.plan
    rows = [row for row in rows_of(plan) if row.chosen]
    photo, drawn = photograph_of(plan.visit), diagram()
    return {
        "photo": photo,
        "photo_marks": [] if photo is None else photo.marks(rows),
        "diagram": drawn,
        "diagram_marks": drawn.marks(rows),
        "drawing": plan.proposal.get("drawing", {}).get("svg", ""),
    }
