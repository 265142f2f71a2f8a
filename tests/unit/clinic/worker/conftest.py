"""A data folder of its own for each test."""

from dataclasses import replace

import pytest


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.FACIALIS = replace(settings.FACIALIS, data=tmp_path / "data")
    return settings.FACIALIS.data


@pytest.fixture
def course(tmp_path):
    """A file in which tasks write what they did."""
    return tmp_path / "course"
