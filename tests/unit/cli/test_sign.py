"""`facialis sign`: a plan is read back, and what may not be signed is refused."""

import re

import pytest
from typer.testing import CliRunner

from facialis.cli.plan.sign import app as sign_app
from facialis.errors import FacialisError
from facialis.planning.errors import CaseError
from facialis.planning.plan.sign import CannotSignError
from facialis.report.plan_json import PlanFileError, plan_to_json, read_plan_file
from facialis.report.safe_files import WouldOverwriteError
from facialis.report.signed_plan_json import read_signed_plan_file
from tests.factories.plan_files import write_case
from tests.factories.planning import ONSET, TODAY, good_case, known
from tests.factories.plans import made_document, made_plan

DAY = ("--today", TODAY.isoformat())


def run(app, *arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def words(outcome):
    """What was said, without the frame and the line breaks of the terminal."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", outcome.output).split())


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "plan.json"
    case = good_case(medication=known("chloroquine"))
    path.write_text(plan_to_json(made_document(made_plan(case))), "utf-8")
    return path


def warned(plan_file):
    return [finding.code for finding in read_plan_file(plan_file).plan.session_findings]


def reasons(plan_file):
    return [word for code in warned(plan_file) for word in ("--reason", f"{code}=Stopped in May.")]


def test_a_plan_is_read_back_and_signed(tmp_path, plan_file):
    out = tmp_path / "signed.json"
    outcome = run(sign_app, plan_file, "--by", "Dr Demo", *reasons(plan_file), *DAY, "--out", out)
    assert outcome.exit_code == 0, outcome.output
    said = words(outcome)
    assert "DRAFT" not in said
    assert "RIGHT 2 units, LEFT 2 units, midline 2 units." in said
    assert f"Passed {warned(plan_file)[0]}: Stopped in May." in said
    assert f"Signed by Dr Demo on {TODAY}." in said
    found = read_signed_plan_file(out)
    assert (found.signed.by, found.draft) == ("Dr Demo", read_plan_file(plan_file))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--reason", "x"), "Write CODE=TEXT"),
        (("--reason", "=x"), "Write CODE=TEXT"),
        (("--reason", "x="), "Write CODE=TEXT"),
        (("--reason", "x=1", "--reason", "x=2"), "--reason names x twice"),
        (("--reason", "x=1"), "--reason names x, of which the plan says nothing"),
        (("--by", "Dr Other"), "--by is given more than once"),
    ],
)
def test_wrong_usage_of_a_signature_writes_nothing(tmp_path, plan_file, options, sentence):
    out = tmp_path / "signed.json"
    outcome = run(sign_app, plan_file, "--by", "Dr Demo", *options, *DAY, "--out", out)
    assert outcome.exit_code == 2, outcome.output
    assert sentence in words(outcome)
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        (("--by", "Dr Demo", *DAY), CannotSignError, "No reason is written for"),
        (("--by", " ", *DAY), CaseError, "The name of the clinician"),
        (("--by", "Dr Demo", "--today", ONSET.isoformat()), CannotSignError, "The plan is for 2026-11-22"),
    ],
)
def test_a_plan_that_cannot_be_signed_is_refused(tmp_path, plan_file, options, error, sentence):
    out = tmp_path / "signed.json"
    outcome = run(sign_app, plan_file, *options, "--out", out)
    assert isinstance(outcome.exception, error)
    assert sentence in str(outcome.exception)
    assert not out.exists()


def test_a_signature_never_replaces_its_plan_and_keeps_other_files(tmp_path, plan_file):
    signed = ("--by", "Dr Demo", *reasons(plan_file), *DAY)
    assert run(sign_app, plan_file, *signed, "--out", plan_file, "--force").exit_code == 2
    out = tmp_path / "signed.json"
    out.write_text("mine")
    assert isinstance(run(sign_app, plan_file, *signed, "--out", out).exception, WouldOverwriteError)
    assert out.read_text() == "mine"


def test_something_else_than_a_plan_is_not_signed(tmp_path):
    case = write_case(tmp_path)
    outcome = run(sign_app, case, "--by", "Dr Demo", "--out", tmp_path / "signed.json")
    assert isinstance(outcome.exception, PlanFileError)
    assert isinstance(outcome.exception, FacialisError)
