import os
import shutil
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from facialis.clinic.operations import health
from facialis.clinic.operations.signs_of_life import show_life
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def environment(settings, tmp_path):
    settings.FACIALIS = SimpleNamespace(
        data=tmp_path, planner_socket=tmp_path / "planner.sock", session_minutes=20
    )
    return settings.FACIALIS


def answer(client):
    response = client.get(reverse("health"))
    return response.status_code, response.json()


def test_nobody_has_to_sign_in_and_the_database_decides(client):
    status, found = answer(client)
    assert status == 200
    assert found["database"]
    assert found["migrated"]
    assert found["waiting_tasks"] == 0


def test_worker_and_planner_are_missed_without_calling_the_clinic_down(client):
    status, found = answer(client)
    assert status == 200
    assert found["worker"] is False
    assert found["worker_silent_s"] is None
    assert found["planner"] == {"answers": False}


def test_a_worker_that_fell_silent_is_noticed(client, environment):
    show_life(environment, "worker")
    assert answer(client)[1]["worker"] is True
    long_ago = 1_000_000_000
    os.utime(environment.data / "run" / "worker.alive", (long_ago, long_ago))
    assert answer(client)[1]["worker"] is False


def test_a_full_disk_counts_as_down(client, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=health.LEAST_FREE_BYTES - 1))
    status, found = answer(client)
    assert status == 503
    assert found["disk"] is False
    assert found["database"] is True


def test_a_database_that_does_not_answer_counts_as_down(client, monkeypatch):
    def refuse():
        raise OperationalError("password of the database is hunter2")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get(reverse("health"))
    assert response.status_code == 503
    assert response.json()["database"] is False
    assert b"hunter2" not in response.content


def test_missing_migrations_are_told(client, monkeypatch):
    health._was_migrated.cache_clear()
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one"])
    status, found = answer(client)
    assert status == 200
    assert found["migrated"] is False


def test_nothing_of_a_patient_is_told(client):
    patient = made.patient(made.user(made.clinic()), family_name="Unmistakable")
    text = client.get(reverse("health")).content.decode()
    assert "Unmistakable" not in text
    assert str(patient.pk) not in text
    assert patient.pseudonym not in text


def test_it_is_only_read(client):
    assert client.post(reverse("health")).status_code == 405
