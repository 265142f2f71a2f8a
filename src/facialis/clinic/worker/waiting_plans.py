"""Drafts that wait for a proposal which nobody makes any more, because its task is gone or was given up."""

from datetime import timedelta

from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.kernel.times import now
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.tasks import give_up_proposal, propose_plan

SETTLED = timedelta(seconds=10)
"""A draft that changed since may be between its own commit and the task's."""
OPEN = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def look_after_plans() -> int:
    """Give each of them a task, or say that none could be proposed; returns how many."""
    waiting = Plan.objects.filter(
        status=PlanStatus.DRAFT, proposal_status=ProposalStatus.WAITING, changed_at__lt=now() - SETTLED
    ).select_related("changed_by", "created_by")
    lonely = 0
    for plan in waiting:
        tasks = DBTaskResult.objects.filter(
            task_path=propose_plan.module_path, args_kwargs__args__0=str(plan.pk)
        )
        # Tasks that are ready later, for another attempt, count as open.
        if tasks.filter(status__in=OPEN).exists():
            continue
        lonely += 1
        if tasks.failed().filter(enqueued_at__gte=plan.changed_at).exists():
            give_up_proposal(plan)
        else:
            propose_plan.enqueue(str(plan.pk), (plan.changed_by or plan.created_by).pk)
    return lonely
