"""The settings that a clinic runs with."""

import os
import subprocess
import sys

import pytest

from facialis.clinic.environment import SettingError, read_environment

pytestmark = pytest.mark.slow

SECRET = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"


def test_djangos_own_check_of_a_deployment_finds_nothing(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "facialis.clinic.settings",
        "FACIALIS_DATA": str(tmp_path),
        "FACIALIS_SECRET_KEY": SECRET,
        "FACIALIS_HOSTS": "clinic.example",
        "FACIALIS_TLS": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "facialis.clinic.manage", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "no issues" in ran.stdout


@pytest.mark.parametrize(
    ("given", "is_required"),
    [
        ({}, False),
        ({"FACIALIS_TLS": "1"}, True),
        ({"FACIALIS_TLS": "1", "FACIALIS_REQUIRE_SECOND_FACTOR": "0"}, False),
        ({"FACIALIS_REQUIRE_SECOND_FACTOR": "1"}, True),
    ],
)
def test_a_second_factor_is_required_where_people_come_from_outside(tmp_path, given, is_required):
    found = read_environment({"FACIALIS_DATA": str(tmp_path), "FACIALIS_SECRET_KEY": SECRET, **given})
    assert found.requires_second_factor == is_required


def test_a_switch_that_cannot_be_read_is_refused(tmp_path):
    given = {"FACIALIS_DATA": str(tmp_path), "FACIALIS_REQUIRE_SECOND_FACTOR": "maybe"}
    with pytest.raises(SettingError, match="FACIALIS_REQUIRE_SECOND_FACTOR is 'maybe'"):
        read_environment(given)
