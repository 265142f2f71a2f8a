"""What may happen to a plan after its signature: revoked, amended, entered in error."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.kernel.states import NoteStatus, PlanStatus
from facialis.clinic.plans.actions.common import audit, locked_plan, log_edit
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.tasks import propose_plan
from facialis.clinic.visits.queries import require_open


@transaction.atomic
def revoke_plan(*, by: User, plan_id: UUID, reason: str) -> Plan:
    """Take a signed plan back, with a reason; it stays in the record."""
    require(by, Act.AMEND)
    plan = locked_plan(by, plan_id, None)
    if plan.status != PlanStatus.ACTIVE:
        raise _not_now(plan, _("Only an active plan is revoked."))
    _require_not_given(plan)
    return _ended(plan, by, PlanStatus.REVOKED, reason, Verb.REVOKE)


@transaction.atomic
def mark_plan_error(*, by: User, plan_id: UUID, reason: str) -> Plan:
    """Mark a plan as entered in error: it is kept, and shown struck through."""
    require(by, Act.MARK_ERROR)
    plan = locked_plan(by, plan_id, None)
    if plan.status not in {PlanStatus.DRAFT, PlanStatus.ACTIVE}:
        raise _not_now(plan, _("Only a draft or an active plan is marked as entered in error."))
    _require_not_given(plan)
    return _ended(plan, by, PlanStatus.ENTERED_IN_ERROR, reason, Verb.MARK_ERROR)


@transaction.atomic
def amend_plan(*, by: User, plan_id: UUID, reason: str, confirms_ranges: bool) -> Plan:
    """A new draft with the doses of a signed plan, and a reason; the signed one stands until it is signed.

    Parameters
    ----------
    confirms_ranges : bool      Whether this person stands for ranges from memory: asked anew each time.
    """
    require(by, Act.AMEND)
    plan = locked_plan(by, plan_id, None)
    if plan.status != PlanStatus.ACTIVE:
        raise _not_now(plan, _("Only an active plan is amended."))
    _require_not_given(plan)
    require_open(plan.visit)
    text = told_correction(reason)
    drafted = plan.visit.plans.filter(status=PlanStatus.DRAFT).first()
    if drafted is not None:
        return drafted
    draft = Plan(
        visit=plan.visit,
        product=plan.product,
        day=plan.day,
        prerequisites=plan.prerequisites,
        ranges_confirmed_by=by if confirms_ranges else None,
        override=plan.override,
        choices=plan.choices,
        reasons=plan.reasons,
        amends=plan,
        status_reason=text,
        proposal_status=ProposalStatus.WAITING,
        created_by=by,
        changed_by=by,
    )
    draft.save()
    log_edit(draft, by, "copy_last", before={"choices": []}, after={"choices": plan.choices})
    propose_plan.enqueue(str(draft.pk), by.pk)
    audit(Verb.AMEND, by, draft, {"amends": str(plan.pk)})
    return draft


def _ended(plan: Plan, by: User, status: PlanStatus, reason: str, verb: Verb) -> Plan:
    plan.status_reason = told_correction(reason)
    if plan.status == PlanStatus.DRAFT:
        plan.amends = None  # what it would have amended still stands, and can be amended anew
    plan.status, plan.changed_by = status, by
    plan.raise_version()
    plan.save()
    audit(verb, by, plan, {"status": str(status)})
    return plan


def _require_not_given(plan: Plan) -> None:
    if plan.treatments.exclude(status=NoteStatus.ENTERED_IN_ERROR).exists():
        raise NotNowError(
            _("A treatment under this plan was begun. What is given otherwise is recorded there, with why.")
        )


def _not_now(plan: Plan, sentence: str) -> NotNowError:
    return NotNowError(_("The plan is %(status)s. ") % {"status": plan.get_status_display()} + sentence)
