import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from facialis.clinic.operations.signs_of_life import WORKER, seconds_since
from facialis.clinic.worker import clinic_worker
from facialis.clinic.worker.recovery import ATTEMPTS, FIRST_DELAY, put_back_abandoned, try_failed_again
from tests.unit.clinic.worker import tasks_of_tests as tasks

pytestmark = pytest.mark.django_db


def row_of(result) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=result.id)


def left_running(result, *, by: int = 1) -> DBTaskResult:
    """As a worker leaves a task that is killed in the middle of it."""
    row = row_of(result)
    for number in range(by):
        row.claim(f"worker-{number}")
    return row


def work() -> None:
    call_command("facialis_worker", once=True)


def test_a_task_is_done_and_the_worker_shows_that_it_lives(course, settings):
    tasks.write.enqueue(str(course))
    work()
    assert course.read_text() == "done\n"
    assert seconds_since(settings.FACIALIS, WORKER) < 5


def test_what_a_dead_worker_left_running_is_done_once_more(course):
    row = left_running(tasks.write.enqueue(str(course)))
    work()
    row.refresh_from_db()
    assert row.status == TaskResultStatus.SUCCESSFUL
    assert len(row.worker_ids) == 2
    assert course.read_text() == "done\n"


def test_a_task_that_kills_its_worker_every_time_is_given_up(course):
    row = left_running(tasks.write.enqueue(str(course)), by=ATTEMPTS)
    put_back_abandoned()
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert "WorkerDiedError" in row.exception_class_path
    assert try_failed_again() == 0
    assert not course.exists()


def test_a_failed_task_is_tried_three_times_with_longer_and_longer_delays(course):
    row = row_of(tasks.fail.enqueue(str(course)))
    delays = []
    for _ in range(ATTEMPTS):
        DBTaskResult.objects.update(run_after=timezone.now())
        work()
        asked_at = timezone.now()
        try_failed_again()
        row.refresh_from_db()
        delays.append(round((row.run_after - asked_at) / FIRST_DELAY))
    assert course.read_text() == "tried\n" * ATTEMPTS
    assert delays[:2] == [1, 4]
    assert row.status == TaskResultStatus.FAILED
    assert "always fails" in row.traceback


def test_a_delay_is_kept(course):
    tasks.fail.enqueue(str(course))
    work()
    try_failed_again()
    work()
    assert course.read_text() == "tried\n", "ten seconds have not passed"


def test_one_failing_task_does_not_hold_up_the_others(course):
    tasks.fail.enqueue(str(course))
    tasks.write.enqueue(str(course))
    work()
    assert sorted(course.read_text().split()) == ["done", "tried"]


def test_failures_of_long_ago_are_history(course):
    row = row_of(tasks.fail.enqueue(str(course)))
    work()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=2))
    try_failed_again()
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED


def test_finished_tasks_are_forgotten_after_a_month(course):
    tasks.write.enqueue(str(course))
    work()
    assert clinic_worker.forget_finished() == 0
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=31))
    assert clinic_worker.forget_finished() == 1


def test_a_long_task_shows_life_and_one_that_hangs_does_not(monkeypatch):
    signs = []
    monkeypatch.setattr(clinic_worker, "SIGN_EVERY_S", 0.01)
    monkeypatch.setattr(clinic_worker, "LONGEST_TASK_S", 0.1)
    monkeypatch.setattr(clinic_worker, "show_life", lambda *_: signs.append(1))
    with clinic_worker._signs_of_life():
        time.sleep(0.3)
        so_far = len(signs)
        time.sleep(0.1)
    assert 0 < so_far == len(signs)
