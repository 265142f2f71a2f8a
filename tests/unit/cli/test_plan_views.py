"""`facialis explain`, `forecast` and `follow-up`: what they print, draw and refuse."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from typer.testing import CliRunner

import facialis.planning.explain.patient_summary
import facialis.planning.forecast.forecast
import facialis.planning.learning.learn
from facialis.cli.plan.again import PlanDiffersError
from facialis.cli.plan.explain import app as explain_app
from facialis.cli.plan.follow_up import app as follow_up_app
from facialis.cli.plan.forecast import app as forecast_app
from facialis.cli.plan.inputs import read_case_files
from facialis.planning.case.answers import Answer
from facialis.planning.case.patient import Patient
from facialis.planning.explain.patient_summary import PatientSummary, SummarySection
from facialis.planning.learning.learn import NothingToLearnError
from facialis.planning.plan.sign import sign
from facialis.report.plan_json import PlanFileError, plan_to_json, read_plan_file
from facialis.report.safe_files import WouldOverwriteError
from facialis.report.signed_plan_json import SignedPlanDocument, signed_plan_to_json
from tests.factories.plan_courses import made_forecast, made_learning
from tests.factories.plan_files import write_case
from tests.factories.planning import TODAY, good_case, injection, treated, treatment
from tests.factories.plans import made_document

pytestmark = pytest.mark.slow

OPTIONS = ("--today", TODAY.isoformat(), "--confirm-ranges", "Dr Demo")
STOPPED = good_case(patient=Patient(age_years=40, pregnancy=Answer.YES))
TREATED = treated(treatment(TODAY - timedelta(200), injection("mentalis", "2.5")))


def run(app, *arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def words(outcome):
    """What was said, without the frame and the line breaks of the terminal."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", outcome.output).split())


@pytest.fixture
def made_up(monkeypatch, asked):
    """Courses, sheets and lessons that nobody computed; the plans that were asked for."""
    monkeypatch.setattr(
        facialis.planning.forecast.forecast, "forecast_plan", lambda work, _: made_forecast(work.plan)
    )
    monkeypatch.setattr(facialis.planning.learning.learn, "learn", lambda *given: made_learning(given[3]))

    def sheet(work, signed):
        state = "Proposed." if signed is None else f"{signed.by} has decided."
        sections = (SummarySection("state", f"Where this stands on {work.plan.today}", (state,)),)
        return PatientSummary("Your treatment", signed is not None, sections, ())

    monkeypatch.setattr(facialis.planning.explain.patient_summary, "patient_summary", sheet)
    return asked


def test_every_target_is_explained(tmp_path, made_up):
    outcome = run(explain_app, write_case(tmp_path), *OPTIONS)
    assert outcome.exit_code == 0, outcome.output
    said = words(outcome)
    for part in (
        "Case case-1 · palsied side LEFT",
        "The plan in a sentence.",
        "mentalis, LEFT: 2 units onabotulinumtoxinA (point 1: 2 units onabotulinumtoxinA)",
        "It brings 20 % [of the gain].",
        "frontalis, LEFT: would gain less than it costs.",
        "Chance of a drooping lid, LEFT: 2 %.",
    ):
        assert part in said
    assert made_up[0].has_alternatives is False


def test_an_explanation_as_json(tmp_path, made_up):
    del made_up
    outcome = run(explain_app, write_case(tmp_path), *OPTIONS, "--format", "json")
    document = json.loads(outcome.stdout)
    assert document["format"] == "facialis-plan-explanation/1"
    assert [target["side"] for target in document["targets"]] == ["LEFT", "RIGHT", None]
    assert document["targets"][0]["dose"] == {"units": "2", "product": "onabotulinumtoxinA"}
    assert document["targets"][0]["contribution"]["by_kind"]["asymmetry"] == 0.1
    assert len(document["left_out"]) == 28


def test_a_stopped_plan_is_explained_and_ends_with_4(tmp_path, made_up):
    del made_up
    outcome = run(explain_app, write_case(tmp_path, STOPPED), *OPTIONS)
    assert outcome.exit_code == 4
    assert "STOP pregnancy" in words(outcome)
    assert "No plan is made: a rule stops it." in words(outcome)


def test_the_sheet_of_the_patient_is_plain_text(tmp_path, made_up):
    del made_up
    outcome = run(explain_app, write_case(tmp_path), *OPTIONS, "--patient")
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout == "Your treatment\n\nWhere this stands on 2026-11-22\n- Proposed.\n"
    outcome = run(explain_app, write_case(tmp_path), *OPTIONS, "--patient", "--format", "json")
    assert json.loads(outcome.stdout)["format"] == "facialis-patient-summary/1"


def plan_of(case, folder, **changes):
    """The plan of a case with its checksums, and the same signed."""
    files = read_case_files(case)
    draft = made_document()
    measured = tuple((visit.day, visit.found.sha256) for visit in files.visits)
    inputs = replace(draft.inputs, case_sha256=files.case_sha256, measurements=measured, seed=5)
    draft = replace(draft, inputs=replace(inputs, **changes))
    plan, signed = folder / "plan.json", folder / "signed.json"
    plan.write_text(plan_to_json(draft), "utf-8")
    signature = sign(draft.plan, by="Dr Demo", day=draft.plan.today, reasons={})
    document = SignedPlanDocument(draft, signature, "0.1.0")
    signed.write_text(signed_plan_to_json(document), "utf-8")
    return plan, signed


def test_a_plan_brings_its_options(tmp_path, made_up):
    case = write_case(tmp_path)
    plan, signed = plan_of(case, tmp_path)
    for app, file in ((explain_app, plan), (forecast_app, plan), (explain_app, signed)):
        outcome = run(app, case, "--of", file)
        assert outcome.exit_code == 0, outcome.output
        assert "RIGHT" in words(outcome)
    call = made_up[-1]
    assert (call.today, call.confirmed_by, call.product.value) == (TODAY, "Dr Demo", "onabotulinumtoxinA")
    assert call.weights == dict(made_document().plan.weights)


def test_a_signed_plan_makes_a_decided_sheet(tmp_path, made_up):
    del made_up
    case = write_case(tmp_path)
    plan, signed = plan_of(case, tmp_path)
    assert "- Dr Demo has decided." in run(explain_app, case, "--patient", "--of", signed).stdout
    assert "- Proposed." in run(explain_app, case, "--patient", "--of", plan).stdout


def test_options_beside_a_plan_are_refused(tmp_path, made_up):
    case = write_case(tmp_path)
    plan, _ = plan_of(case, tmp_path)
    for options in (("--seed", 3), ("--product", "abo"), ("--time-limit", 5), OPTIONS):
        outcome = run(explain_app, case, "--of", plan, *options)
        assert outcome.exit_code == 2
        assert "has every option that the plan was made with" in words(outcome)
    assert made_up == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"case_sha256": "c" * 64}, "The case is not what the plan was made from"),
        ({"measurements": ()}, "A measurement is not what the plan was made from"),
        (
            {"confirmed_by": None},
            "Other doses come out than those of the plan (it was made by version 0.1.0, and",
        ),
    ],
)
def test_a_plan_that_does_not_come_out_again_is_not_explained(tmp_path, made_up, changes, sentence):
    del made_up
    case = write_case(tmp_path)
    plan, _ = plan_of(case, tmp_path, **changes)
    outcome = run(explain_app, case, "--of", plan)
    assert isinstance(outcome.exception, PlanDiffersError)
    assert sentence in str(outcome.exception)


def test_something_else_than_a_plan_is_not_explained(tmp_path, made_up):
    case = write_case(tmp_path)
    assert isinstance(run(explain_app, case, "--of", case).exception, PlanFileError)
    assert made_up == []


def test_a_course_is_printed_and_drawn(tmp_path, made_up):
    del made_up
    out = tmp_path / "course.svg"
    outcome = run(forecast_app, write_case(tmp_path), *OPTIONS, "--out", out)
    assert outcome.exit_code == 0, outcome.output
    said = words(outcome)
    for part in (
        "0 2026-11-22 — | 50 50 (48 to 52) | 50 50.0 (48.2 to 51.8) | 50.0 0.0 (−1.8 to 1.8) | 0.0",
        "14 2026-12-06 57 (55 to 59) | 50",
        "180 2027-05-21",
        "It is greatest on day 14 [of 180].",
    ):
        assert part in said
    svg = out.read_text("utf-8")
    for part in (
        "(model)",
        "6 units onabotulinumtoxinA",
        "Symmetry index",
        "LEFT minus RIGHT",
        "stroke-dasharray",
    ):
        assert part in svg
    assert "NaN" not in svg


def test_a_course_as_png_and_as_json(tmp_path, made_up):
    del made_up
    out = tmp_path / "course.png"
    outcome = run(forecast_app, write_case(tmp_path), *OPTIONS, "--out", out, "--format", "json")
    assert out.read_bytes().startswith(b"\x89PNG")
    document = json.loads(outcome.stdout)
    assert document["format"] == "facialis-plan-forecast/1"
    assert document["curves"][0]["plan"]["mean"][0] is None
    assert document["curves"][1]["name"]["side"] == "LEFT"
    assert document["follow_up"]["repeat"] == "2027-03-22"
    assert document["at_peak"] == {"day": 14.0, "house_brackmann": ["II", "III"]}


@pytest.mark.parametrize("options", [(), ("--format", "json")])
def test_a_stopped_plan_has_no_course(tmp_path, made_up, options):
    del made_up
    out = tmp_path / "course.svg"
    outcome = run(forecast_app, write_case(tmp_path, STOPPED), *OPTIONS, *options, "--out", out)
    assert outcome.exit_code == 4
    assert "No plan: a rule stops it." in words(outcome)
    assert not out.exists()
    assert not (options and outcome.stdout)


@pytest.mark.parametrize(
    ("app", "case", "options", "sentence"),
    [
        (forecast_app, good_case(), ("--out", "course.pdf"), "Give a name that ends in .svg or .png"),
        (forecast_app, good_case(), ("--face", "face.jpg"), "--face is 'face.jpg'"),
        (forecast_app, good_case(), ("--out", "a.png", "--face", "a.png"), "Give two names"),
        (forecast_app, good_case(), ("--weights", "x=1"), "'x' is no weight"),
        (follow_up_app, TREATED, ("--out", "plan.svg"), "Give a name that ends in .json"),
        (follow_up_app, TREATED, ("--out", "case.json", "--force"), "which is read as well"),
        (explain_app, good_case(), ("--product", "sugar"), "is not the name of a product"),
    ],
)
def test_wrong_usage_ends_with_2_and_computes_nothing(
    tmp_path, monkeypatch, made_up, app, case, options, sentence
):
    path = write_case(tmp_path, case)
    monkeypatch.chdir(tmp_path)
    outcome = run(app, path, *OPTIONS, *options)
    assert outcome.exit_code == 2, outcome.output
    assert sentence in words(outcome)
    assert made_up == []


def test_nothing_is_overwritten_without_force(tmp_path, made_up):
    out = tmp_path / "course.svg"
    out.write_text("mine")
    outcome = run(forecast_app, write_case(tmp_path), *OPTIONS, "--out", out)
    assert isinstance(outcome.exception, WouldOverwriteError)
    assert (out.read_text(), made_up) == ("mine", [])


def test_a_follow_up_tells_what_changed_and_plans_again(tmp_path, made_up):
    del made_up
    out = tmp_path / "next.json"
    outcome = run(follow_up_app, write_case(tmp_path, TREATED), *OPTIONS, "--out", out)
    assert outcome.exit_code == 0, outcome.output
    said = words(outcome)
    for part in (
        "Treated on 2026-05-04, seen on 2026-06-01",
        "Measured The eye is better [by 2 mm].",
        "Sensitivity: 1.10 times the typical.",
        "Mentalis, LEFT: judged anew.",
        "Mentalis, LEFT: nothing now.",
        "Doses, units of onabotulinumtoxinA",
    ):
        assert part in said
    assert read_plan_file(out).plan.choices


def test_a_follow_up_too_soon_tells_what_changed_and_is_no_fault(tmp_path, made_up):
    del made_up
    case = treated(treatment(TODAY - timedelta(28), injection("mentalis", "2.5")))
    outcome = run(follow_up_app, write_case(tmp_path, case), *OPTIONS)
    assert outcome.exit_code == 0, outcome.output
    assert "The eye is better [by 2 mm]." in words(outcome)
    assert "No plan: a rule stops it." in words(outcome)


def test_a_follow_up_as_json(tmp_path, made_up):
    del made_up
    outcome = run(follow_up_app, write_case(tmp_path, TREATED), *OPTIONS, "--format", "json")
    document = json.loads(outcome.stdout)
    assert document["format"] == "facialis-plan-learning/1"
    assert document["differences"][0]["last"] == {"units": "2.5", "product": "onabotulinumtoxinA"}


def test_a_follow_up_without_a_visit_since_says_so(tmp_path, monkeypatch, made_up):
    del made_up
    monkeypatch.setattr(
        facialis.planning.learning.learn,
        "learn",
        lambda *given: replace(made_learning(given[3]), seen_after=None, responses=()),
    )
    outcome = run(follow_up_app, write_case(tmp_path, TREATED), *OPTIONS)
    assert "Treated on 2026-05-04, nothing was measured since" in words(outcome)
    assert "The eye is better" not in words(outcome)


def test_a_patient_who_was_never_treated_has_no_follow_up(tmp_path, made_up):
    outcome = run(follow_up_app, write_case(tmp_path), *OPTIONS)
    assert isinstance(outcome.exception, NothingToLearnError)
    assert "Plan the first one with `facialis plan`" in str(outcome.exception)
    assert made_up == []
