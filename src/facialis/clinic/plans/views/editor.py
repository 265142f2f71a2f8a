"""The editor of a plan, and every edit."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.errors import ClinicError, FieldsError, StaleVersionError
from facialis.clinic.kernel.fields import plain_text
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.kernel.typed_numbers import typed_number
from facialis.clinic.plans.actions import editing
from facialis.clinic.plans.actions.editing import EditOf
from facialis.clinic.plans.choices import MIDLINE, PlaceKey
from facialis.clinic.plans.edit_words import words_of
from facialis.clinic.plans.editor import editor_context
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.pages import open_plan, plan_row
from facialis.clinic.plans.queries import edits_after
from facialis.clinic.plans.steps import point_numbers
from facialis.clinic.plans.surroundings import surroundings_of
from facialis.clinic.visits.navigation import visit_context

POINT = "point_"
LONGEST_FINDING = 2000
"""Letters of a rule's code and the places that it is about."""


@require_GET
@page(Act.VIEW_PATIENT)
def plan_editor(request: Request, pk: UUID) -> HttpResponse:
    """The plan on the patient's own photograph, beside the table with the same doses."""
    found = open_plan(request, pk, "page.plan_editor")
    if found.status != PlanStatus.DRAFT:
        return redirect("plan_signed", pk=pk)
    if found.proposal_status != ProposalStatus.READY:
        return redirect("plan", pk=found.visit_id)
    context = visit_context(request, found.visit, "plan") | editor_context(found, with_drawing=True)
    context["surroundings"] = surroundings_of(found, context["banner"])
    return render(request, "plans/editor.html", context)


@require_POST
@page(Act.DRAFT_PLAN)
def plan_edit(request: Request, pk: UUID) -> HttpResponse:
    """One edit; the answer is every piece of the page that it changes."""
    said: dict[str, Any] = {}
    status = 200
    try:
        kind = _KINDS.get(request.POST.get("kind", ""))
        if kind is None:
            raise FieldsError({"kind": _("There is no such edit. Load the page again.")})
        kind(_edit_of(request, pk), request.POST)
    except StaleVersionError:
        status = 409
        version = _whole(request.POST.get("version"))
        said["meanwhile"] = [
            {"by": edit.by.signature_name, "at": edit.at, "words": words_of(edit)}
            for edit in edits_after(plan_row(request, pk), version)
        ]
        said["is_stale"] = True
    except ClinicError as error:
        status, said["refused"] = int(error.status), str(error)
        said |= _refused_at(request.POST, str(error))
    found = plan_row(request, pk)
    if found.status != PlanStatus.DRAFT or not request.headers.get("X-Plan-Pieces"):
        return _whole_page(request, found, said, status)
    return render(
        request, "plans/pieces.html", editor_context(found, with_drawing=False) | said, status=status
    )


def _refused_at(given: QueryDict, sentence: str) -> dict[str, Any]:
    """Where on the page the sentence of a refusal stands, beside its top."""
    kind = given.get("kind")
    if kind == "place":
        return {"refused_row": {"key": _place_key(given).word, "sentence": sentence}}
    if kind == "reason":
        typed = given.get("reason", "")
        return {"refused_reason": {"key": given.get("finding"), "sentence": sentence, "typed": typed}}
    return {}


def _whole_page(request: Request, found: Plan, said: dict[str, Any], status: int) -> HttpResponse:
    """For a browser without scripts, and for a plan that was signed meanwhile."""
    if found.status != PlanStatus.DRAFT or not said:
        answer = redirect("plan_editor", pk=found.pk)
        answer["X-Plan-Location"] = answer["Location"]
        return answer
    context = visit_context(request, found.visit, "plan") | editor_context(found, with_drawing=True) | said
    context["surroundings"] = surroundings_of(found, context["banner"])
    return render(request, "plans/editor.html", context, status=status)


def _place(edit: EditOf, given: QueryDict) -> None:
    doses: dict[int, Fraction] = {}
    for name in given:
        if name.startswith(POINT):
            number = _whole(name.removeprefix(POINT))
            doses[number] = typed_number(str(given[name]).strip() or "0", name)
    editing.change_place(edit, place=_place_key(given), doses=doses)


def _remove(edit: EditOf, given: QueryDict) -> None:
    place = _place_key(given)
    try:
        numbers = point_numbers(place.target)
    except ValueError as error:
        raise FieldsError({"target": _("There is no such target.")}) from error
    editing.change_place(edit, place=place, doses=dict.fromkeys(numbers, Fraction(0)))


_KINDS: Mapping[str, Callable[[EditOf, QueryDict], object]] = {
    "place": _place,
    "remove": _remove,
    "accept": lambda edit, given: editing.accept_place(edit, place=_place_key(given)),
    "accept_all": lambda edit, _given: editing.accept_all(edit),
    "alternative": lambda edit, given: editing.take_alternative(edit, number=_whole(given.get("number"))),
    "undo": lambda edit, _given: editing.undo(edit),
    "reason": lambda edit, given: editing.give_reason(
        edit,
        finding=plain_text(given.get("finding", ""), "finding", LONGEST_FINDING),
        reason=plain_text(given.get("reason", ""), "reason"),
    ),
    "check": lambda edit, _given: editing.check_again(by=edit.by, plan_id=edit.plan_id),
}


def _edit_of(request: Request, pk: UUID) -> EditOf:
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = None
    return EditOf(request.user, pk, _whole(request.POST.get("version")), key)


def _place_key(given: QueryDict) -> PlaceKey:
    side = given.get("side", "")
    return PlaceKey(given.get("target", ""), None if side in {"", MIDLINE} else side)


def _whole(text: str | None) -> int:
    """A whole number; what is none is -1, which no record has."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else -1
