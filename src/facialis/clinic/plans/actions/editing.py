"""A clinician's edits of doses: saved with what was suggested, then judged by the planner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.reasons import told_reason
from facialis.clinic.plans.actions.common import audit, locked_plan, log_edit, require_draft, save_changed
from facialis.clinic.plans.choices import (
    Needle,
    PlaceKey,
    needles_of,
    of_alternative,
    of_place,
    stored,
    suggested,
    with_place,
)
from facialis.clinic.plans.judging import judge, subject_of_key
from facialis.clinic.plans.models import Plan, PlanEdit, ProposalStatus
from facialis.clinic.plans.steps import point_numbers, require_on_step
from facialis.clinic.plans.tasks import check_plan, keep_judged
from facialis.clinic.visits.queries import require_open
from facialis.planning.places import is_midline

Needles = tuple[Needle, ...]


@dataclass(frozen=True)
class Outcome:
    """What an edit makes of the doses."""

    kind: str
    needles: Needles
    undoes: int | None = None
    """Number of the edit that is put back."""


@dataclass(frozen=True)
class EditOf:
    """Who edits which version of a plan, once."""

    by: User
    plan_id: UUID
    version: int
    key: UUID | None = None
    """Of the sender: sent twice, the edit is made once."""


def change_place(edit: EditOf, *, place: PlaceKey, doses: Mapping[int, Fraction]) -> Plan:
    """Give the points of one target other doses; 0 leaves a point out, and all 0 the target."""
    _require_place(place, doses)

    def changed(plan: Plan, now: Needles) -> Outcome:
        for number, units in doses.items():
            require_on_step(units, plan.product, f"point_{number}")
        new = with_place(now, place, doses)
        was, is_ = of_place(now, place), of_place(new, place)
        if is_ and is_ == of_place(suggested(plan.proposal), place):
            return Outcome("accept", new)
        return Outcome("change" if was and is_ else "add" if is_ else "remove", new)

    return _edited(edit, changed, place)


def accept_place(edit: EditOf, *, place: PlaceKey) -> Plan:
    """Take over what is suggested for one target."""

    def accepted(plan: Plan, now: Needles) -> Outcome:
        offered = of_place(suggested(plan.proposal), place)
        if not offered:
            raise FieldsError({"place": _("Nothing is suggested for this target.")})
        return Outcome("accept", with_place(now, place, {n.point: n.units for n in offered}))

    return _edited(edit, accepted, place)


def accept_all(edit: EditOf) -> Plan:
    """Take over the whole suggestion; doses of other targets go."""

    def accepted(plan: Plan, now: Needles) -> Outcome:
        del now
        return Outcome("accept_all", suggested(plan.proposal))

    return _edited(edit, accepted)


def take_alternative(edit: EditOf, *, number: int) -> Plan:
    """Take over one of the alternatives, counted from 0."""

    def taken(plan: Plan, now: Needles) -> Outcome:
        del now
        offered = plan.proposal.get("alternatives", [])
        if not 0 <= number < len(offered):
            raise FieldsError({"number": _("There is no such alternative. Load the page again.")})
        return Outcome("take_alternative", of_alternative(offered[number]))

    return _edited(edit, taken)


def undo(edit: EditOf) -> Plan:
    """Put back what the last edit of doses changed that was not put back yet; it is an edit itself."""

    def undone(plan: Plan, now: Needles) -> Outcome:
        last = next_to_undo(plan)
        if last is None:
            raise NotNowError(_("There is no edit of doses to put back."))
        kept: dict[str, Any] = last.before or {}
        before, place = needles_of(kept["choices"]), kept.get("place")
        if place is None:
            return Outcome("undo", before, last.number)
        doses = {needle.point: needle.units for needle in before}
        return Outcome("undo", with_place(now, PlaceKey(*place), doses), last.number)

    return _edited(edit, undone)


def give_reason(edit: EditOf, *, finding: str, reason: str) -> Plan:
    """Write why a warning is passed; an empty reason takes it back."""
    require(edit.by, Act.DRAFT_PLAN)
    with transaction.atomic():
        plan = _locked(edit)
        if plan is None:
            return Plan.objects.for_user(edit.by).get(pk=edit.plan_id)
        _require_editable(plan)
        before, text = plan.reasons.get(finding), told_reason(reason) if reason.strip() else ""
        subject = subject_of_key(finding)
        plan.reasons = {key: value for key, value in plan.reasons.items() if subject_of_key(key) != subject}
        if text:
            plan.reasons[finding] = text
        save_changed(plan, edit.by, "reasons")
        log_edit(plan, edit.by, "reason", before={finding: before}, after={finding: text}, key=edit.key)
        audit(Verb.CHANGE, edit.by, plan, {"reason": subject.split(":", maxsplit=1)[0]})
    return plan


def check_again(*, by: User, plan_id: UUID) -> Plan:
    """Ask the planner once more about doses that it could not judge."""
    require(by, Act.DRAFT_PLAN)
    plan = Plan.objects.for_user(by).get(pk=plan_id)
    require_draft(plan)
    _judge_and_keep(plan)
    return plan


def next_to_undo(plan: Plan) -> PlanEdit | None:
    """The last edit of doses that stands."""
    undone: set[int] = set()
    for edit in plan.edits.order_by("-number"):
        if edit.kind == "undo":
            undone.add((edit.after or {})["undoes"])
        elif edit.kind == "propose" and "product" in (edit.before or {}):
            return None  # before it another product may have been planned
        elif edit.number not in undone and edit.kind in _OF_DOSES:
            return edit
    return None


_OF_DOSES = frozenset({"accept", "change", "add", "remove", "accept_all", "take_alternative", "copy_last"})


def _edited(edit: EditOf, compute: Callable[[Plan, Needles], Outcome], place: PlaceKey | None = None) -> Plan:
    require(edit.by, Act.DRAFT_PLAN)
    with transaction.atomic():
        plan = _locked(edit)
        if plan is None:
            return Plan.objects.for_user(edit.by).get(pk=edit.plan_id)
        _require_editable(plan)
        now, offered = needles_of(plan.choices), suggested(plan.proposal)
        outcome = compute(plan, now)
        choices = stored(outcome.needles)
        if choices == plan.choices and outcome.undoes is None:
            return plan
        where: dict[str, Any] = {} if place is None else {"place": [place.target, place.side]}
        undoes = {} if outcome.undoes is None else {"undoes": outcome.undoes}
        plan.choices, plan.judged = choices, {}
        # Not the proposal and what it was made from, which are large and stay as they are.
        save_changed(plan, edit.by, "choices", "judged")
        log_edit(
            plan,
            edit.by,
            outcome.kind,
            before=where | {"choices": _part(now, place)},
            after=where | undoes | {"choices": _part(outcome.needles, place)},
            suggested={"choices": _part(offered, place)},
            key=edit.key,
        )
        named = {} if place is None else {"place": place.word}
        audit(Verb.CHANGE, edit.by, plan, {"edit": outcome.kind} | named)
    _judge_and_keep(plan)
    return plan


def _judge_and_keep(plan: Plan) -> None:
    """Outside of the transaction: the planner may take a moment, and nobody waits for it."""
    judged = judge(plan)
    if keep_judged(plan, judged) and judged.get("is_forgotten"):
        check_plan.enqueue(str(plan.pk))


def _part(needles: Needles, place: PlaceKey | None) -> list[dict[str, Any]]:
    return stored(needles if place is None else of_place(needles, place))


def _locked(edit: EditOf) -> Plan | None:
    """The plan, locked; None where this edit was made already.

    A repetition carries the version of its first sending, which is the old one by now.
    """
    made = PlanEdit.objects.for_user(edit.by).filter(plan=edit.plan_id, key=edit.key)
    if edit.key is not None and made.exists():
        return None
    return locked_plan(edit.by, edit.plan_id, edit.version)


def _require_editable(plan: Plan) -> None:
    require_draft(plan)
    require_open(plan.visit)
    if plan.proposal_status != ProposalStatus.READY:
        raise NotNowError(_("The proposal is not there yet, so that doses cannot be checked. Wait for it."))


def _require_place(place: PlaceKey, doses: Mapping[int, Fraction]) -> None:
    if place.target not in set(InjectionTarget):
        raise FieldsError({"target": _("There is no such target.")})
    is_middle = is_midline(InjectionTarget(place.target))
    if is_middle is not (place.side is None) or place.side not in {None, "left", "right"}:
        raise FieldsError(
            {"side": _("This target lies on the midline.") if is_middle else _("Say LEFT or RIGHT.")}
        )
    known = point_numbers(place.target)
    for number, units in doses.items():
        if number not in known:
            raise FieldsError({f"point_{number}": _("This target has no point %(n)d.") % {"n": number}})
        if units < 0:
            raise FieldsError({f"point_{number}": _("A dose is 0 or more.")})
