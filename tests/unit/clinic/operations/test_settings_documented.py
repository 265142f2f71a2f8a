"""Every setting of the clinic stands in the documents, and none that is not there."""

import re
from pathlib import Path

import pytest

from facialis.clinic.environment import SettingError, read_environment
from facialis.clinic.operations import health

ROOT = Path(__file__).resolve().parents[4]
PAGE = (ROOT / "docs" / "reference" / "clinic-settings.md").read_text("utf-8")
NAME = re.compile(r'"((?:FACIALIS_|DATABASE_)[A-Z_]+)"')


def rows(part):
    return re.findall(r"^\| `([A-Z_]+)` \|", part, flags=re.MULTILINE)


def test_the_table_has_every_setting_that_is_read_and_no_other():
    source = (ROOT / "src/facialis/clinic/environment.py").read_text("utf-8")
    table = rows(PAGE.partition("For single commands")[0])
    assert len(table) == len(set(table))
    assert set(table) == set(NAME.findall(source))


def test_settings_of_single_commands_are_read_somewhere():
    read = {
        name
        for file in (ROOT / "src/facialis").rglob("*.py")
        for name in NAME.findall(file.read_text("utf-8"))
    }
    named = rows(PAGE.partition("For single commands")[2])
    assert named
    assert set(named) <= read


def test_the_limits_that_are_documented_are_the_limits():
    for name, least, most in re.findall(
        r"^\| `([A-Z_]+)` \|.*?(\d+) to (\d+)[,;:. ]", PAGE, flags=re.MULTILINE
    ):
        for good in (least, most):
            read_environment({name: good, "FACIALIS_SECRET_KEY": "k"})
        with pytest.raises(SettingError, match=f"{name} .*from {least} to {most}"):
            read_environment({name: str(int(most) + 1), "FACIALIS_SECRET_KEY": "k"})


def test_every_key_of_the_health_page_is_explained(db, settings, tmp_path):
    del db
    settings.FACIALIS = read_environment({"FACIALIS_DATA": str(tmp_path), "FACIALIS_SECRET_KEY": "k"})
    _, found = health.examine()
    table = PAGE.partition("## The health page")[2].partition("## ")[0]
    explained = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in row.split("`")}
    assert set(found) <= explained
