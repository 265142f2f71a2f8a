"""A draft never waits for a proposal that nobody makes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from facialis.clinic.plans.actions.drafting import propose_again, start_plan
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.worker.recovery import ATTEMPTS, put_back_abandoned
from facialis.clinic.worker.waiting_plans import look_after_plans
from tests.factories import clinic_plans as made

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def by():
    return made.clinician()


@pytest.fixture
def plan(by):
    found = start_plan(by=by, visit_id=made.planned_visit(by).pk, grounds=made.grounds())
    Plan.objects.update(changed_at=timezone.now() - A_MINUTE)
    return found


def kill_the_worker_at_every_attempt():
    """As the worker finds it when it has come back for the last time."""
    for task in DBTaskResult.objects.ready():
        for number in range(ATTEMPTS):
            task.claim(f"worker-{number}")
    put_back_abandoned()


def test_one_with_its_task_is_left_alone(plan):
    assert look_after_plans() == 0
    assert DBTaskResult.objects.get().args_kwargs["args"][0] == str(plan.pk)


def test_one_whose_task_was_lost_gets_one_and_only_one(plan, by):
    DBTaskResult.objects.all().delete()
    assert look_after_plans() == 1
    assert look_after_plans() == 0
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(plan.pk), by.pk]


@pytest.mark.usefixtures("plan")
def test_one_that_changed_a_moment_ago_is_left_alone():
    DBTaskResult.objects.all().delete()
    Plan.objects.update(changed_at=timezone.now())
    assert look_after_plans() == 0


def test_one_whose_task_was_given_up_says_so_and_may_be_asked_for_again(plan, by):
    kill_the_worker_at_every_attempt()
    assert look_after_plans() == 1
    found = made.fresh(plan)
    assert found.proposal_status == ProposalStatus.FAILED
    assert "Try again" in found.proposal_error
    assert look_after_plans() == 0
    propose_again(by=by, plan_id=plan.pk)
    Plan.objects.update(changed_at=timezone.now() - A_MINUTE)
    assert look_after_plans() == 0
    assert DBTaskResult.objects.ready().count() == 1


def test_an_earlier_failure_does_not_end_what_was_asked_for_anew(plan, by):
    kill_the_worker_at_every_attempt()
    look_after_plans()
    propose_again(by=by, plan_id=plan.pk)
    DBTaskResult.objects.ready().delete()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - 2 * A_MINUTE)
    Plan.objects.update(changed_at=timezone.now() - A_MINUTE)
    assert look_after_plans() == 1
    assert made.fresh(plan).proposal_status == ProposalStatus.WAITING
    assert DBTaskResult.objects.ready().count() == 1
