"""Begin a plan, say what it is made from, and ask for its proposal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.reasons import told_reason
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.plans.actions.common import audit, locked_plan, log_edit, require_draft, save_changed
from facialis.clinic.plans.choices import stored
from facialis.clinic.plans.last_session import last_session
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.overrides import overridable_codes
from facialis.clinic.plans.tasks import propose_plan
from facialis.clinic.visits.models import Visit
from facialis.clinic.visits.queries import require_open
from facialis.errors import FacialisError
from facialis.planning.case.prerequisites import Prerequisite
from facialis.toxins.product_names import product_named

PROPOSAL, LAST, NOTHING = "proposal", "last", "nothing"
STARTS = (PROPOSAL, LAST, NOTHING)


@dataclass(frozen=True)
class Grounds:
    """What a clinician says before a plan is proposed."""

    product: str
    prerequisites: Mapping[str, str] = field(default_factory=dict)
    """Point of the checklist to yes, no or unknown."""
    confirms_ranges: bool = False
    """The person who says so stands, by name, for published ranges that are known from memory."""


@transaction.atomic
def start_plan(*, by: User, visit_id: UUID, grounds: Grounds, start: str = PROPOSAL) -> Plan:
    """Begin the draft of a visit and ask for its proposal.

    Parameters
    ----------
    start : str     'proposal', 'last' for the doses of the last session, or 'nothing'. The proposal is made
                    in each case, and nothing of it is taken over unasked.

    Raises
    ------
    NotNowError, FieldsError
    """
    require(by, Act.DRAFT_PLAN)
    visit = Visit.objects.for_user(by).select_for_update().filter(pk=visit_id).first()
    if visit is None:
        raise Http404
    require_open(visit)
    if start not in STARTS:
        raise FieldsError({"start": _("Say how the plan begins: proposal, last session or nothing.")})
    standing = visit.plans.filter(
        status__in=[PlanStatus.DRAFT, PlanStatus.ACTIVE, PlanStatus.COMPLETED]
    ).first()
    if standing is not None:
        raise NotNowError(
            _("This visit has a plan already (%(status)s). Open it; a signed plan is amended.")
            % {"status": standing.get_status_display()}
        )
    plan = Plan(visit=visit, day=visit.day, created_by=by, changed_by=by)
    _set_grounds(plan, by, grounds)
    source: dict[str, Any] = {}
    if start == LAST:
        session = last_session(visit.patient, plan.product)
        plan.choices = stored(session.needles)
        plan.copied_from = session.plan
        source = {"day": session.day.isoformat()}
    plan.save()
    if start == LAST:
        log_edit(plan, by, "copy_last", before={"choices": []}, after={"choices": plan.choices} | source)
    elif start == NOTHING:
        log_edit(plan, by, "start_empty", before={"choices": []}, after={"choices": []})
    _ask(plan, by)
    audit(Verb.CREATE, by, plan, {"product": plan.product, "start": start, "ranges": grounds.confirms_ranges})
    return plan


@transaction.atomic
def change_grounds(*, by: User, plan_id: UUID, version: int, grounds: Grounds) -> Plan:
    """Say anew what a draft is made from, and ask for the proposal again.

    Doses that were chosen stay; with another product they go, for units are not interchangeable.
    """
    require(by, Act.DRAFT_PLAN)
    plan = locked_plan(by, plan_id, version)
    require_draft(plan)
    require_open(plan.visit)
    before = {"product": plan.product, "choices": plan.choices}
    _set_grounds(plan, by, grounds)
    if plan.product != before["product"]:
        plan.choices, plan.reasons, plan.override = [], {}, None
    _wait(plan)
    save_changed(plan, by)
    log_edit(plan, by, "propose", before=before, after={"product": plan.product, "choices": plan.choices})
    _ask(plan, by)
    audit(Verb.CHANGE, by, plan, {"product": plan.product, "ranges": grounds.confirms_ranges})
    return plan


@transaction.atomic
def propose_again(*, by: User, plan_id: UUID) -> Plan:
    """Ask once more: after a failure, or because the record changed. Doses that were chosen stay."""
    require(by, Act.DRAFT_PLAN)
    plan = locked_plan(by, plan_id, None)
    require_draft(plan)
    require_open(plan.visit)
    if plan.proposal_status != ProposalStatus.WAITING:
        _wait(plan)
        save_changed(plan, by)
        log_edit(plan, by, "propose", before={"key": plan.planner_key}, after=None)
    _ask(plan, by)
    audit(Verb.CHANGE, by, plan, {"proposed": "again"})
    return plan


@transaction.atomic
def override_stop(*, by: User, plan_id: UUID, version: int, reason: str) -> Plan:
    """Answer, by name and with a reason, for going on in spite of a stop that may be overridden.

    Raises
    ------
    FieldsError     The reason tells nothing.
    NotNowError     Nothing that stops this plan may be overridden.
    """
    require(by, Act.SIGN_PLAN)
    plan = locked_plan(by, plan_id, version)
    require_draft(plan)
    codes = overridable_codes(plan)
    if not codes:
        raise NotNowError(_("Nothing that stops this plan may be overridden. Remove what causes the stop."))
    plan.override = {"by": by.signature_name, "reason": told_reason(reason), "codes": list(codes)}
    _wait(plan)
    save_changed(plan, by)
    log_edit(plan, by, "override", after={"codes": list(codes)})
    _ask(plan, by)
    audit(Verb.CHANGE, by, plan, {"override": list(codes)})
    return plan


def _set_grounds(plan: Plan, by: User, grounds: Grounds) -> None:
    try:
        plan.product = product_named(grounds.product).product.value
    except FacialisError as error:
        raise FieldsError({"product": str(error)}) from error
    known = {one.value for one in Prerequisite}
    plan.prerequisites = {
        name: answer
        for name, answer in grounds.prerequisites.items()
        if name in known and answer in {"yes", "no"}
    }
    if grounds.confirms_ranges:
        require(by, Act.SIGN_PLAN)
    plan.ranges_confirmed_by = by if grounds.confirms_ranges else None


def _wait(plan: Plan) -> None:
    plan.proposal_status, plan.proposal_error = ProposalStatus.WAITING, ""


def _ask(plan: Plan, by: User) -> None:
    # In the transaction of the draft: the task is a row of the same database, so that none waits without one.
    propose_plan.enqueue(str(plan.pk), by.pk)
