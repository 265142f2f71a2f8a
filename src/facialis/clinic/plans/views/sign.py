"""Time-out, signature, and the signed plan as paper."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act, may
from facialis.clinic.accounts.reauthentication import require_identity
from facialis.clinic.audit.actions import sha256_of
from facialis.clinic.kernel.errors import FieldsError, StaleVersionError
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.plans.actions.after import amend_plan, mark_plan_error, revoke_plan
from facialis.clinic.plans.actions.signing import TICKS, CannotSignError, TimeOut, sign_plan
from facialis.clinic.plans.checks import problems_of
from facialis.clinic.plans.differences import differences_of
from facialis.clinic.plans.documents import allergy_words, read_back, signed_document
from facialis.clinic.plans.form_errors import put_errors
from facialis.clinic.plans.forms import AmendForm, ReasonForm, TimeOutForm
from facialis.clinic.plans.judging import judge
from facialis.clinic.plans.marks import diagram, photograph_of
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.pages import open_plan
from facialis.clinic.plans.rows import rows_of, stories_of
from facialis.clinic.plans.surroundings import surroundings_of
from facialis.clinic.plans.tasks import keep_judged
from facialis.clinic.visits.navigation import visit_context


@require_http_methods(["GET", "POST"])
@page(Act.VIEW_PATIENT)
def plan_time_out(request: Request, pk: UUID) -> HttpResponse:
    """Read the plan back, tick it, and sign it."""
    found = open_plan(request, pk, "page.plan_time_out")
    if found.status != PlanStatus.DRAFT:
        return redirect("plan_signed", pk=pk)
    if request.method == "GET":
        return _show_time_out(request, found, None)
    form = TimeOutForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            ticks = [tick for tick in TICKS if given[tick]]
            _require_ticks(ticks)
            method = require_identity(request)
            sign_plan(
                by=request.user,
                plan_id=pk,
                time_out=TimeOut(given["version"], given["shown"], ticks),
                method=method,
            )
        except FieldsError as error:
            put_errors(form, error)
        except (CannotSignError, StaleVersionError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("plan_signed", pk=pk)
    return _show_time_out(request, open_plan(request, pk, "page.plan_time_out"), form)


@require_GET
@page(Act.VIEW_PATIENT)
def plan_signed(request: Request, pk: UUID) -> HttpResponse:
    """The signed plan: quiet, printable, unchanging."""
    found = open_plan(request, pk, "page.plan_signed")
    if found.signature is None and found.status == PlanStatus.DRAFT:
        return redirect("plan_editor", pk=pk)
    return _show_signed(request, found)


@require_POST
@page(Act.AMEND)
def plan_revoke(request: Request, pk: UUID) -> HttpResponse:
    """Take a signed plan back."""
    return _ended(request, pk, revoke_plan)


@require_POST
@page(Act.MARK_ERROR)
def plan_error(request: Request, pk: UUID) -> HttpResponse:
    """Mark a plan as entered in error."""
    return _ended(request, pk, mark_plan_error)


@require_POST
@page(Act.AMEND)
def plan_amend(request: Request, pk: UUID) -> HttpResponse:
    """Begin an amendment."""
    found = open_plan(request, pk, "page.plan_signed")
    form = AmendForm(request.POST)
    if form.is_valid():
        try:
            amend_plan(
                by=request.user,
                plan_id=pk,
                reason=form.cleaned_data["reason"],
                confirms_ranges=form.cleaned_data["confirms_ranges"],
            )
        except FieldsError as error:
            put_errors(form, error)
        else:
            return redirect("plan", pk=found.visit_id)
    return _show_signed(request, found, status=422, amend_form=form)


def _ended(request: Request, pk: UUID, action: Any) -> HttpResponse:
    found = open_plan(request, pk, "page.plan_signed")
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            action(by=request.user, plan_id=pk, reason=form.cleaned_data["reason"])
        except FieldsError as error:
            put_errors(form, error)
        else:
            return redirect("plan_signed", pk=pk)
    name = "revoke_form" if action is revoke_plan else "error_form"
    return _show_signed(request, found, status=422, **{name: form})


def _require_ticks(ticks: list[str]) -> None:
    from django.utils.translation import gettext as _

    missing = [tick for tick in TICKS if tick not in ticks]
    if missing:
        raise FieldsError(dict.fromkeys(missing, _("Read it aloud and tick it.")))


def _show_time_out(request: Request, found: Plan, form: TimeOutForm | None) -> HttpResponse:
    page_context = visit_context(request, found.visit, "plan")
    if found.proposal_status == ProposalStatus.READY:
        # Wrong sides and doubled points are looked for once more.
        judged = judge(found)
        if judged != found.judged:
            keep_judged(found, judged)
    surroundings = surroundings_of(found, page_context["banner"])
    with override("en"):  # the document is the same whatever language the page has
        shown = read_back(found, surroundings)
    problems = problems_of(found, surroundings)
    digest = sha256_of(shown)
    if form is None:
        form = TimeOutForm(initial={"version": found.version, "shown": digest})
    else:
        # What was shown is shown anew: ticks count for this read-back only.
        now = {"version": str(found.version), "shown": digest}
        is_same = all(form.data.get(name) == value for name, value in now.items())
        kept = {name: form.data[name] for name in form.data if is_same or name not in TICKS}
        form.data = kept | now
    context = page_context | {
        "plan": found,
        "shown": shown,
        **_allergies(shown),
        "problems": problems,
        "is_stale": any(one.code in {"record_changed", "not_checked"} for one in problems),
        "form": form,
        "may_sign": may(request.user, Act.SIGN_PLAN),
        "open_suggestions": [row for row in rows_of(found) if row.state == "open"],
    }
    return render(request, "plans/time_out.html", context, status=422 if form.errors else 200)


def _allergies(shown: Mapping[str, Any]) -> dict[str, Any]:
    """As they were when it was shown, not as they are now."""
    state, words = allergy_words(shown) if "allergies" in shown else ("", ())
    return {"allergy_state": state, "allergies": words}


def _show_signed(request: Request, found: Plan, status: int = 200, **forms: Any) -> HttpResponse:
    document = signed_document(found)
    rows = [row for row in rows_of(found) if row.chosen]
    photo, drawn = photograph_of(found.visit), diagram()
    amended = found.amends
    shown = {} if document is None else document.get("read_back", {})
    context = visit_context(request, found.visit, "plan") | {
        "plan": found,
        "document": document,
        "shown": shown,
        **_allergies(shown),
        "rows": rows,
        "photo": photo,
        "photo_marks": [] if photo is None else photo.marks(rows),
        "diagram": drawn,
        "diagram_marks": drawn.marks(rows),
        "drawing": found.proposal.get("drawing", {}).get("svg", ""),
        "stories": stories_of(found),
        "differences": () if amended is None else differences_of(amended.choices, found.choices),
        "successor": Plan.objects.filter(amends=found).first(),
        "may_amend": may(request.user, Act.AMEND),
        "revoke_form": ReasonForm(auto_id="revoke_%s"),
        "error_form": ReasonForm(auto_id="error_%s"),
        "amend_form": AmendForm(auto_id="amend_%s"),
    }
    return render(request, "plans/signed.html", context | forms, status=status)
