"""What the worker does for plans: have them proposed, and have doses judged that could not be at once."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.days import days_in_words
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.planner import PlannerRefusedError, PlannerUnavailableError, Proposal
from facialis.clinic.planner.plain import to_plain
from facialis.clinic.planner.requests import PlanQuestion
from facialis.clinic.plans import judging
from facialis.clinic.plans.case import CaseRefusedError
from facialis.clinic.plans.choices import digest
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.questions import kept_question, question_of

PLANNER_SECONDS = 600.0
LONGEST_ERROR = 400


@task()
def propose_plan(plan_id: str, asked_by: int) -> None:
    """Make the proposal of a draft; done twice, it changes nothing."""
    plan = _waiting(plan_id)
    if plan is None:
        return
    by = User.objects.get(pk=asked_by)
    try:
        question = question_of(plan)
        proposal = judging.planner().propose(question, timeout_s=PLANNER_SECONDS)
    except (CaseRefusedError, PlannerRefusedError, PlannerUnavailableError) as error:
        _fail(plan, by, days_in_words(str(error)))
        return
    _keep(plan, by, question, proposal)


def give_up_proposal(plan: Plan) -> None:
    """Say that the task was given up, so that the page offers to try again instead of waiting for ever."""
    sentence = _("The software stopped while it made this proposal, at every attempt. Try again.")
    _fail(plan, plan.changed_by or plan.created_by, sentence)


@task()
def check_plan(plan_id: str) -> None:
    """Have the doses of a draft judged by a planner that has to read the plan again."""
    plan = Plan.objects.filter(pk=UUID(plan_id), status=PlanStatus.DRAFT).first()
    if plan is None or not plan.planner_key or judging.Judged(plan).is_checked:
        return
    # The planner is asked for the same plan: that makes it remember, and what it answers is what is kept.
    try:
        judging.planner().propose(kept_question(plan), timeout_s=PLANNER_SECONDS)
    except (PlannerRefusedError, PlannerUnavailableError):
        return  # the plan says that it is not checked, and the page offers to try again
    check_now(plan_id)


def check_now(plan_id: str) -> None:
    """Judge the present doses of a draft and keep what is said, unless they changed meanwhile."""
    plan = Plan.objects.get(pk=UUID(plan_id))
    judged = judging.judge(plan, timeout_s=PLANNER_SECONDS)
    keep_judged(plan, judged)


def keep_judged(plan: Plan, judged: dict[str, object]) -> bool:
    """Keep what was said of a draft's doses; False where the doses are others by now."""
    with transaction.atomic():
        row = Plan.objects.select_for_update().only("status", "choices").get(pk=plan.pk)
        if row.status != PlanStatus.DRAFT or digest(row.choices) != judged["digest"]:
            return False
        # Not a change of the clinician's: neither the version rises nor is a copy kept in the history.
        Plan.objects.filter(pk=row.pk).update(judged=judged)
    plan.judged = judged
    return True


def _waiting(plan_id: str) -> Plan | None:
    return (
        Plan.objects.filter(pk=UUID(plan_id), status=PlanStatus.DRAFT, proposal_status=ProposalStatus.WAITING)
        .select_related("visit__patient__palsy", "visit__patient__wishes", "ranges_confirmed_by")
        .first()
    )


def _keep(plan: Plan, by: User, question: PlanQuestion, proposal: Proposal) -> None:
    from facialis.clinic.plans.actions.common import audit

    # Judged before it is shown, so that the editor opens with doses that are checked.
    plan.planner_key = question.key
    judged = judging.judge(plan, timeout_s=PLANNER_SECONDS)
    with transaction.atomic():
        row = Plan.locked(plan.pk, None)
        if row.status != PlanStatus.DRAFT or row.proposal_status != ProposalStatus.WAITING:
            return
        stopped = proposal.outcome == "stopped"
        row.inputs, row.planner_key = to_plain(question), question.key
        row.proposal, row.proposal_error = to_plain(proposal), ""
        row.proposal_status = ProposalStatus.STOPPED if stopped else ProposalStatus.READY
        row.judged = judged if digest(row.choices) == judged["digest"] else {}
        row.raise_version()
        row.save()
        audit(Verb.CHANGE, by, row, {"proposal": proposal.outcome, "key": question.key})


def _fail(plan: Plan, by: User, sentence: str) -> None:
    from facialis.clinic.plans.actions.common import audit

    with transaction.atomic():
        row = Plan.locked(plan.pk, None)
        if row.status != PlanStatus.DRAFT or row.proposal_status != ProposalStatus.WAITING:
            return
        row.proposal_status, row.proposal_error = ProposalStatus.FAILED, sentence[:LONGEST_ERROR]
        row.raise_version()
        row.save()
        audit(Verb.CHANGE, by, row, {"proposal": "failed"})
