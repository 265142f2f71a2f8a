from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from facialis.anatomy.expressions import Expression
from facialis.clinic.photographs.models import MirroredChoice, Photograph, PhotoStatus
from facialis.clinic.worker.recovery import ATTEMPTS
from facialis.clinic.worker.waiting_photographs import FAILED, look_after
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def photograph():
    by = made.user(made.clinic())
    row = Photograph.objects.create(
        visit=made.visit(made.patient(by)),
        expression=Expression.REST,
        mirrored=MirroredChoice.NO,
        file_name="0" * 32 + ".jpg",
        thumbnail_name="1" * 32 + ".jpg",
        sha256="0" * 64,
        original_sha256="0" * 64,
        width_px=100,
        height_px=100,
        upload_key="00000000-0000-4000-8000-000000000000",
        added_by=by,
    )
    Photograph.objects.update(added_at=timezone.now() - timedelta(minutes=1))
    return row


def test_a_photograph_whose_task_was_lost_gets_one_and_only_one(photograph):
    assert look_after() == 1
    assert look_after() == 0
    task = DBTaskResult.objects.get()
    assert str(photograph.pk) in str(task.args_kwargs)


@pytest.mark.usefixtures("photograph")
def test_one_that_was_added_a_moment_ago_is_left_alone():
    Photograph.objects.update(added_at=timezone.now())
    assert look_after() == 0


@pytest.mark.usefixtures("photograph")
def test_one_that_does_not_wait_gets_none():
    Photograph.objects.update(status=PhotoStatus.MEASURED)
    assert look_after() == 0


def test_one_whose_task_failed_for_good_is_told_so_and_not_asked_for_again_and_again(photograph):
    look_after()
    task = DBTaskResult.objects.get()
    for number in range(ATTEMPTS):
        task.claim(f"worker-{number}")
    task.set_failed(RuntimeError("no memory"))
    assert look_after() == 1
    photograph.refresh_from_db()
    assert (photograph.status, photograph.refusal["code"]) == (PhotoStatus.REFUSED, FAILED)
    assert look_after() == 0
    assert DBTaskResult.objects.count() == 1
