"""From a visit to a plan: what it is made from, and waiting for the proposal."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.errors import ClinicError, FieldsError
from facialis.clinic.plans.actions.drafting import (
    PROPOSAL,
    change_grounds,
    override_stop,
    propose_again,
    start_plan,
)
from facialis.clinic.plans.case import CaseRefusedError, case_of
from facialis.clinic.plans.case_visits import SeenVisits, seen_visits
from facialis.clinic.plans.editor import editor_context
from facialis.clinic.plans.form_errors import put_errors
from facialis.clinic.plans.forms import POINT, GroundsForm, ReasonForm
from facialis.clinic.plans.last_session import LastSession, known_session
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.overrides import overridable_codes
from facialis.clinic.plans.pages import open_plan
from facialis.clinic.plans.prerequisites import record_facts
from facialis.clinic.plans.queries import draft_plan, earlier_plans, signed_plan
from facialis.clinic.plans.side_question import contradiction_of
from facialis.clinic.site.once import once
from facialis.clinic.visits.models import ConsentKind, Visit
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit
from facialis.clinic.visits.queries import has_consent


@require_http_methods(["GET", "POST"])
@page(Act.DRAFT_PLAN)
@once
def plan(request: Request, pk: UUID) -> HttpResponse:
    """Begin the plan of a visit, or go to where it is."""
    visit = open_visit(request, pk, "page.plan")
    draft = draft_plan(visit)
    changes = "grounds" in request.GET
    if request.method == "GET" and not changes:
        if draft is not None and draft.proposal_status == ProposalStatus.READY:
            return redirect("plan_editor", pk=draft.pk)
        if draft is not None:
            return _show_progress(request, visit, draft)
        signed = signed_plan(visit)
        if signed is not None:
            return redirect("plan_signed", pk=signed.pk)
    session = None if draft is not None else known_session(visit.patient)
    seen = seen_visits(visit.patient, visit.day)
    form = _form(request, visit, draft, session, seen)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("plan_editor", pk=_begun(request, visit, draft, form).pk)
        except FieldsError as error:
            put_errors(form, error)
        except ClinicError as error:
            form.add_error(None, str(error))
    return _show_grounds(request, visit, draft, form, session, seen)


@require_GET
@page(Act.DRAFT_PLAN)
def plan_progress(request: Request, pk: UUID) -> HttpResponse:
    """Where the proposal is: a piece of the page, asked for again and again until it is there."""
    found = open_plan(request, pk, "page.plan_progress")
    if found.proposal_status == ProposalStatus.READY:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse("plan_editor", args=[pk])
        return answer
    return render(request, "plans/progress_piece.html", _progress(found))


@require_POST
@page(Act.DRAFT_PLAN)
def plan_propose(request: Request, pk: UUID) -> HttpResponse:
    """Have the proposal made again."""
    found = open_plan(request, pk, "page.plan")
    propose_again(by=request.user, plan_id=pk)
    return redirect("plan", pk=found.visit_id)


@require_POST
@page(Act.SIGN_PLAN)
def plan_override(request: Request, pk: UUID) -> HttpResponse:
    """Go on in spite of a stop that may be overridden."""
    found = open_plan(request, pk, "page.plan")
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            override_stop(
                by=request.user,
                plan_id=pk,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
        except FieldsError as error:
            put_errors(form, error)
        else:
            return redirect("plan", pk=found.visit_id)
    return _show_progress(request, found.visit, found, override_form=form, status=422)


def _begun(request: Request, visit: Visit, draft: Plan | None, form: GroundsForm) -> Plan:
    if draft is None:
        start = form.cleaned_data["start"] or PROPOSAL
        return start_plan(by=request.user, visit_id=visit.pk, grounds=form.grounds(), start=start)
    version = form.cleaned_data["version"]
    return change_grounds(
        by=request.user,
        plan_id=draft.pk,
        version=draft.version if version is None else version,
        grounds=form.grounds(),
    )


def _form(
    request: Request, visit: Visit, draft: Plan | None, session: LastSession | None, seen: SeenVisits
) -> GroundsForm:
    initial: dict[str, Any] = {}
    if draft is not None:
        # Who stands for ranges is asked anew each time: never a default.
        initial = {"product": draft.product, "version": draft.version}
        initial |= {POINT + name: answer for name, answer in draft.prerequisites.items()}
    return GroundsForm(
        request.POST or None,
        user=request.user,
        facts=record_facts(visit, seen, consented=has_consent(visit.patient, ConsentKind.TREATMENT)),
        session=session,
        initial=initial,
    )


def _show_grounds(
    request: Request,
    visit: Visit,
    draft: Plan | None,
    form: GroundsForm,
    session: LastSession | None,
    seen: SeenVisits,
) -> HttpResponse:
    refusal = None
    try:
        case_of(visit.patient, visit.day, seen=seen)
    except CaseRefusedError as error:
        refusal = error
    context = visit_context(request, visit, "plan") | {
        "form": form,
        "draft": draft,
        "refusal": refusal,
        "session": session,
        "earlier": earlier_plans(visit, draft),
        "side_contradiction": contradiction_of(visit),
    }
    return render(request, "plans/grounds.html", context, status=422 if form.errors else 200)


def _show_progress(
    request: Request,
    visit: Visit,
    found: Plan,
    *,
    override_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = visit_context(request, visit, "plan") | _progress(found)
    if override_form is not None:
        context["override_form"] = override_form
    return render(request, "plans/progress.html", context, status=status)


def _progress(found: Plan) -> dict[str, Any]:
    context: dict[str, Any] = {"plan": found}
    if found.proposal_status == ProposalStatus.STOPPED:
        context |= editor_context(found, with_drawing=False)
        context["findings"] = found.proposal.get("judgement", {}).get("findings", ())
        codes = overridable_codes(found)
        if codes:
            context["override_codes"] = codes
            context["override_form"] = ReasonForm(initial={"version": found.version})
    return context
