"""A data folder of its own for each test."""

from dataclasses import replace

import pytest


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.FACIALIS = replace(settings.FACIALIS, data=tmp_path / "data")
    return settings.FACIALIS.data


@pytest.fixture(autouse=True)
def _keep_the_connection(monkeypatch):
    """A test's transaction must outlive the worker's own look at the age of its connection."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


@pytest.fixture
def course(tmp_path):
    """A file in which tasks write what they did."""
    return tmp_path / "course"
