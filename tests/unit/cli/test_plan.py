"""`facialis plan`: what is refused before anything is computed, what is printed and what is written."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

import facialis.planning.explain.explain
import facialis.planning.plan.make
import facialis.report.safe_files
from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.cli.plan.make import app as plan_app
from facialis.planning.case.answers import Answer
from facialis.planning.case.patient import Patient
from facialis.planning.case.visits import Visit
from facialis.planning.errors import CaseError
from facialis.planning.plan.record import LossSummary, PlanOutcome
from facialis.planning.programme.errors import LimitsCollideError
from facialis.report.case_json import CannotReadCaseFileError, CaseFileError, NewerCaseError, case_to_json
from facialis.report.case_measurements import MeasurementOfCaseError
from facialis.report.plan_json import read_plan_file
from facialis.report.read_measurement import CannotReadMeasurementError, MeasurementDocumentError
from facialis.report.safe_files import CannotWriteError, WouldOverwriteError
from tests.factories.plan_files import measured_text, write_case
from tests.factories.planning import ABO, TODAY, good_case, good_palsy
from tests.factories.plans import made_plan

DAY = ("--today", TODAY.isoformat())


def run(app, *arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def words(outcome):
    """What was said, without the frame and the line breaks of the terminal."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", outcome.output).split())


@pytest.fixture
def changed(monkeypatch, asked):
    """Lets a test change the plan that comes out."""

    def change(**changes):
        made = facialis.planning.plan.make.make_plan

        def instead(*arguments, **options):
            work = made(*arguments, **options)
            return replace(work, plan=replace(work.plan, **changes))

        monkeypatch.setattr(facialis.planning.plan.make, "make_plan", instead)

    del asked
    return change


def test_a_plan_is_printed_and_written(tmp_path, asked):
    case, out = write_case(tmp_path), tmp_path / "new" / "plan.json"
    outcome = run(plan_app, case, *DAY, "--confirm-ranges", "Dr Demo", "--seed", 5, "--out", out)
    assert outcome.exit_code == 0, outcome.output
    said = words(outcome)
    for part in (
        "Case case-1 · palsied side LEFT · late, with synkinesis · 2026-11-22 · onabotulinumtoxinA",
        "DRAFT",
        "target RIGHT LEFT midline points a point in all published",
        "RIGHT 2 units, LEFT 2 units, midline 2 units: session 6 units of 100 units at most, 3 points.",
        "Ranges from memory are confirmed by Dr Demo.",
        "mentalis, LEFT: it brings 20 % [of the gain].",
        "this plan 6 units 3 20.5 23.0 −28 %",
        "less 2 units 1 24.8 26.7 −16 %",
        "do nothing 0 units 0 31.9 31.9",
        "Sunnybrook composite: +6.2 points (90 % interval −1.1 to +14.1 points) of 100.",
        "Certified: no other doses are more than 0.1 % better",
        "Chance of a drooping lid, LEFT: 2 %.",
        "Left out: 28 of 31 targets.",
        "Review and photograph: 2026-12-06 to 2026-12-20. Repeat: about 2027-03-22, never before 2027-02-20.",
        f"facialis sign {out} --by NAME",
    ):
        assert part in said
    found = read_plan_file(out)
    assert found.plan.choices
    assert (found.inputs.seed, found.inputs.confirmed_by) == (5, "Dr Demo")
    assert [day for day, _ in found.inputs.measurements] == [TODAY]
    (call,) = asked
    assert (call.today, call.settings.time_limit_s, call.measured[0].mirrored_known) == (TODAY, 10.0, True)


def test_options_reach_the_plan(tmp_path, asked):
    case = write_case(tmp_path, good_case(palsy=good_palsy(onset=TODAY - timedelta(40))))
    outcome = run(
        *(plan_app, case, *DAY, "--product", "dysport", "--weights", "smile=2, chin=0.5"),
        *("--override-acute", "Dr Bold: Severe spasm.", "--time-limit", "2.5"),
    )
    assert outcome.exit_code == 0, outcome.output
    (call,) = asked
    assert call.product is ABO
    assert call.weights == {"smile": 2.0, "chin": 0.5}
    assert (call.override.by, call.override.reason) == ("Dr Bold", "Severe spasm.")
    assert call.settings.time_limit_s == 2.5
    assert "WARN acute_phase" in words(outcome)


def test_json_is_the_document_and_nothing_else(tmp_path, asked):
    del asked
    outcome = run(plan_app, write_case(tmp_path), *DAY, "--confirm-ranges", "Dr Demo", "--format", "json")
    assert outcome.exit_code == 0
    assert json.loads(outcome.stdout)["plan"]["outcome"] == "inject"


def test_without_a_name_ranges_from_memory_are_named(tmp_path, asked):
    del asked
    outcome = run(plan_app, write_case(tmp_path), *DAY)
    assert outcome.exit_code == 0
    assert "No injection is proposed" in words(outcome)
    assert "nobody has confirmed the range of frontalis, LEFT" in words(outcome)
    assert "--confirm-ranges NAME" in words(outcome)


def test_a_rule_that_stops_ends_with_4_and_says_what_to_do(tmp_path, asked):
    del asked
    case = good_case(patient=Patient(age_years=40, pregnancy=Answer.YES))
    out = tmp_path / "plan.json"
    outcome = run(plan_app, write_case(tmp_path, case), *DAY, "--out", out)
    assert outcome.exit_code == 4, outcome.output
    assert "STOP pregnancy" in words(outcome)
    assert "No plan: a rule stops it." in words(outcome)
    assert "Next:" not in words(outcome)
    assert read_plan_file(out).plan.outcome is PlanOutcome.STOPPED


def test_photographs_that_may_be_mirrored_stop_the_plan(tmp_path, asked):
    del asked
    case = write_case(tmp_path, measurement=measured_text(Mirrored.UNKNOWN))
    outcome = run(plan_app, case, *DAY)
    assert outcome.exit_code == 4
    assert "STOP mirror_unknown" in words(outcome)


def test_missing_photographs_warn_and_are_listed(tmp_path, asked):
    del asked
    measurement = measured_text(expressions=(Expression.REST, Expression.OPEN_SMILE))
    outcome = run(
        plan_app, write_case(tmp_path, measurement=measurement), *DAY, "--confirm-ranges", "Dr Demo"
    )
    assert outcome.exit_code == 0
    assert "WARN expressions_missing: Photographs are missing:" in words(outcome)


def test_refused_photographs_are_told(tmp_path, asked):
    del asked
    document = json.loads(measured_text())
    document["photos"].append(
        {
            "file": "x.jpg",
            "expression": "snarl",
            "quality": [],
            "error": {"code": "a", "message": "Too dark."},
        }
    )
    document["photos"].append({**document["photos"][0], "file": "y.jpg", "expression": None})
    outcome = run(plan_app, write_case(tmp_path, measurement=json.dumps(document)), *DAY)
    assert "2026-11-22: x.jpg was not measured. Too dark." in words(outcome)
    assert "nobody said which expression y.jpg shows, so it is not used." in words(outcome)


def test_a_search_without_time_says_so(tmp_path, changed):
    search = made_plan().search
    changed(search=replace(search, timed_out=True, relative_gap=0.25, relaxed=("gentle_eye_closure",)))
    outcome = run(plan_app, write_case(tmp_path), *DAY, "--confirm-ranges", "Dr Demo")
    assert outcome.exit_code == 0
    assert "ran out of time: another plan may be up to 25.0 % better" in words(outcome)
    assert "Beyond its limit without any toxin, and taken no further: gentle eye closure." in words(outcome)
    changed(search=replace(search, timed_out=True, relative_gap=float("inf")))
    outcome = run(plan_app, write_case(tmp_path), *DAY, "--confirm-ranges", "Dr Demo")
    assert "before it could certify anything" in words(outcome)


def test_a_face_without_any_loss_is_no_fault(tmp_path, changed):
    nothing = LossSummary(0.0, 0.0, 0.0)
    changed(do_nothing=nothing, loss=nothing)
    assert run(plan_app, write_case(tmp_path), *DAY, "--confirm-ranges", "Dr Demo").exit_code == 0


def test_limits_that_collide_are_named(tmp_path, monkeypatch, asked):
    del asked

    def instead(*_arguments, **_options):
        raise LimitsCollideError(("label_window", "mentalis, LEFT"))

    monkeypatch.setattr(facialis.planning.plan.make, "make_plan", instead)
    outcome = run(plan_app, write_case(tmp_path), *DAY)
    assert isinstance(outcome.exception, LimitsCollideError)
    assert "label_window, mentalis, LEFT" in str(outcome.exception)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--product", "sugar"), "--product: 'sugar' is not the name of a product"),
        (("--product", "ona", "--product", "abo"), "--product is given more than once"),
        (("--weights", "smile"), "--weights holds 'smile'. Write NAME=NUMBER"),
        (("--weights", "smile=much"), "--weights holds 'smile=much'"),
        (("--weights", "smile=1,smile=2"), "--weights names smile twice"),
        (("--weights", "nose=1"), "--weights: 'nose' is no weight"),
        (("--weights", "smile=9"), "it lies from 0 to 4"),
        (("--weights", "smile=nan"), "it lies from 0 to 4"),
        (("--weights", "function=0"), "it lies from 0.5 to 4"),
        (("--confirm-ranges", " "), "--confirm-ranges has no name"),
        (("--override-acute", "Dr Bold"), "Write who answers for it and why"),
        (("--override-acute", ": why"), "--override-acute: The name of who overrides"),
        (("--override-acute", "Dr Bold:"), "--override-acute: The reason of an override"),
        (("--today", "22.11.2026"), "does not match"),
        (("--seed", "-1"), "greater than or equal to 0"),
        (("--time-limit", "0"), "greater than or equal to 0.1"),
        (("--time-limit", "nan"), "less than or equal to 3600"),
        (("--out", "plan.txt"), "Give a name that ends in .json"),
        (("--out", "case.json", "--force"), "which is read as well"),
        (("--out", "measurements/today.json", "--force"), "which is read as well"),
        (("--format", "csv"), "'csv' is not one of"),
    ],
)
def test_wrong_usage_ends_with_2_and_computes_nothing(tmp_path, monkeypatch, asked, options, sentence):
    case = write_case(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    outcome = run(plan_app, case, *options)
    assert outcome.exit_code == 2, outcome.output
    assert sentence in words(outcome)
    assert (asked, sorted(tmp_path.rglob("*"))) == ([], before)


@pytest.mark.parametrize(
    ("content", "error", "sentence"),
    [
        (None, CannotReadCaseFileError, "cannot be read"),
        ("", CannotReadCaseFileError, "is not JSON"),
        ("[]", CaseFileError, "has no format"),
        ('{"format": "facialis-case/9"}', NewerCaseError, "later Facialis"),
        ('{"format": "facialis-plan/1"}', CaseFileError, "a case has"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused(tmp_path, asked, content, error, sentence):
    path = tmp_path / "case.json"
    if content is not None:
        path.write_text(content)
    outcome = run(plan_app, path, *DAY)
    assert outcome.exit_code == 1
    assert isinstance(outcome.exception, error)
    assert sentence in str(outcome.exception)
    assert asked == []


def spoilt(**changes):
    return json.dumps({**json.loads(measured_text()), **changes})


@pytest.mark.parametrize(
    ("measurement", "error", "sentence"),
    [
        ("", CannotReadMeasurementError, "The visit of 2026-11-22: '"),
        (spoilt(schema_version="1.1"), MeasurementDocumentError, "a plan needs 1.2 or later"),
        (spoilt(photos=3), MeasurementDocumentError, "The visit of 2026-11-22: photos is 3"),
        (
            measured_text().replace('"affected": "left"', '"affected": "right"'),
            MeasurementOfCaseError,
            "was made for a palsy on the RIGHT, and the case says LEFT",
        ),
    ],
)
def test_a_measurement_that_cannot_be_used_is_refused(tmp_path, asked, measurement, error, sentence):
    outcome = run(plan_app, write_case(tmp_path, measurement=measurement), *DAY)
    assert isinstance(outcome.exception, error)
    assert sentence in str(outcome.exception)
    assert asked == []


def test_a_measurement_that_is_not_there_or_no_file_is_refused(tmp_path, asked):
    case = write_case(tmp_path)
    measurement = tmp_path / "measurements" / "today.json"
    measurement.unlink()
    assert "No such file" in str(run(plan_app, case, *DAY).exception)
    measurement.mkdir()
    assert "which is no file" in str(run(plan_app, case, *DAY).exception)
    assert asked == []


def test_one_measurement_for_two_visits_is_refused(tmp_path, asked):
    visits = good_case().visits
    case = good_case(visits=(Visit(date(2026, 1, 5), "first.json"), *visits))
    outcome = run(plan_app, write_case(tmp_path, case), *DAY)
    assert isinstance(outcome.exception, MeasurementOfCaseError)
    assert "The visits of 2026-01-05 and 2026-11-22 name the same measurement" in str(outcome.exception)
    assert asked == []


def test_an_absolute_path_of_a_measurement_is_taken_as_it_is(tmp_path, asked):
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text(measured_text())
    (visit,) = good_case().visits
    case = tmp_path / "deep" / "case.json"
    case.parent.mkdir()
    case.write_text(case_to_json(good_case(visits=(replace(visit, measurement=str(elsewhere)),))))
    assert run(plan_app, case, *DAY).exit_code == 0
    assert len(asked[0].measured) == 1


def test_a_day_before_the_visit_is_refused(tmp_path, asked):
    del asked
    outcome = run(plan_app, write_case(tmp_path), "--today", "2026-11-21")
    assert isinstance(outcome.exception, CaseError)
    assert "after 2026-11-21, the day of planning" in str(outcome.exception)


def test_nothing_is_overwritten_without_force(tmp_path, asked):
    case, out = write_case(tmp_path), tmp_path / "plan.json"
    out.write_text("mine")
    outcome = run(plan_app, case, *DAY, "--out", out)
    assert isinstance(outcome.exception, WouldOverwriteError)
    assert (out.read_text(), asked) == ("mine", [])
    assert run(plan_app, case, *DAY, "--out", out, "--force").exit_code == 0
    assert read_plan_file(out).plan.case_id == "case-1"


def test_a_plan_that_cannot_be_written_is_printed(tmp_path, monkeypatch, asked):
    del asked

    def full(target, _content):
        raise CannotWriteError(f"'{target}' cannot be written (No space left on device).")

    monkeypatch.setattr("facialis.cli.plan.work.write_whole", full)
    outcome = run(plan_app, write_case(tmp_path), *DAY, "--out", tmp_path / "plan.json")
    assert isinstance(outcome.exception, CannotWriteError)
    assert "It was printed instead, so that nothing is lost." in str(outcome.exception)
    assert '"format": "facialis-plan/1"' in outcome.stdout


def test_side_of_the_case_is_the_patients(tmp_path, asked):
    del asked
    measurement = measured_text().replace('"affected": "left"', '"affected": "right"')
    case = good_case(palsy=good_palsy(affected_side=Side.RIGHT))
    outcome = run(plan_app, write_case(tmp_path, case, measurement), *DAY, "--confirm-ranges", "Dr Demo")
    assert outcome.exit_code == 0
    assert "palsied side RIGHT" in words(outcome)
