"""`facialis twin`: options that contradict each other, files that are kept, and what is written."""

import json
import re

import pytest
from typer.testing import CliRunner

import facialis.report.twin_chart
import facialis.twin.forecast
from facialis.cli.twin import app
from facialis.errors import FacialisError
from facialis.report.twin_course import course_to_json, read_course_file
from tests.factories.twin_course import made_up_course, made_up_forecast

pytestmark = pytest.mark.slow

PATIENT = ("--side", "left", "--severity", "0.8")
POINT = {"side": "LEFT", "target": "mentalis", "point": 1, "units": "2.5", "volume_ml": "0.05"}
PLAN = {
    "format": "facialis-toxin-plan/1",
    "sessions": [{"day": 420, "product": "onabotulinumtoxinA", "injections": [POINT]}],
}


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def words(outcome):
    """What was said, without the frame and the line breaks of the terminal."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", outcome.output).split())


@pytest.fixture
def computed(monkeypatch):
    """Cases that were computed; their curves are made up."""
    cases = []

    def instead(case, key):
        del key
        cases.append(case)
        return made_up_forecast(case)

    monkeypatch.setattr(facialis.twin.forecast, "forecast", instead)
    return cases


@pytest.fixture
def course_file(tmp_path):
    path = tmp_path / "course.json"
    path.write_text(course_to_json(made_up_course()), "utf-8")
    return path


def test_course_is_written_with_all_that_went_in(tmp_path, computed):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PLAN))
    overrides = tmp_path / "overrides.json"
    overrides.write_text('{"format": "facialis-twin-parameters/1", "parameters": {"insult_strength": 9.5}}')
    out = tmp_path / "new" / "course.json"
    outcome = run(
        *("simulate", *PATIENT, "--branch-severity", "temporal=0.25", "--steroid-day", 2),
        *("--steroid", "10-days", "--antiviral-day", 3, "--retraining-from", 200, "--retraining-to", 300),
        *("--toxin", plan, "--days", 500, "--parameters", overrides, "--patients", 30),
        *("--seed", 5, "--identity", 8, "--out", out),
    )
    assert outcome.exit_code == 0, outcome.output
    assert "facialis twin chart" in words(outcome)
    found = read_course_file(out)
    (case,) = computed
    assert found.case.history == case.history
    (onset,) = case.history.onsets
    assert [onset.severity_frac[branch] for branch in onset.severity_frac] == [0.25, 0.8, 0.8, 0.8, 0.8]
    assert [(c.start_day, c.end_day) for c in case.history.corticosteroids] == [(2.0, 12.0)]
    assert [(c.start_day, c.end_day) for c in case.history.antivirals] == [(3.0, 10.0)]
    assert [(r.start_day, r.end_day) for r in case.history.retraining] == [(200.0, 300.0)]
    assert [session.day for session in case.history.toxin_sessions] == [420.0]
    assert (case.last_day, case.patients, case.held) == (500.0, 30, frozenset({"insult_strength"}))
    assert float(case.parameters.nerve.insult_strength) == 9.5
    assert (found.seed, found.identity_seed) == (5, 8)


def test_taper_is_the_usual_course(tmp_path, computed):
    assert run("simulate", *PATIENT, "--steroid-day", 1, "--out", tmp_path / "c.json").exit_code == 0
    assert [step.dose_mg_per_day for step in computed[0].history.corticosteroids[0].steps][:2] == [60, 50]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--side", "left"), "No severity is given for temporal, zygomatic"),
        (("--side", "left", "--branch-severity", "buccal=0.5"), "No severity is given for temporal"),
        (("--severity", "0.5"), "Missing option '--side'"),
        (("--side", "both", "--severity", "0.5"), "'both' is not one of"),
        ((*PATIENT, "--severity", "0.7"), "--severity is given more than once"),
        ((*PATIENT, "--branch-severity", "buccal"), "Write BRANCH=SHARE"),
        ((*PATIENT, "--branch-severity", "buccal=much"), "is a number from 0 to 1"),
        ((*PATIENT, "--branch-severity", "buccal=1.2"), "is a number from 0 to 1"),
        ((*PATIENT, "--branch-severity", "buccal=nan"), "is a number from 0 to 1"),
        (
            (*PATIENT, "--branch-severity", "buccal=0.2", "--branch-severity", "Buccal=0.4"),
            "names buccal twice, so its severities contradict each other",
        ),
        (
            (
                *PATIENT,
                *(
                    word
                    for branch in ("temporal", "zygomatic", "buccal", "marginal_mandibular", "cervical")
                    for word in ("--branch-severity", f"{branch}=0.5")
                ),
            ),
            "so --severity contradicts them",
        ),
        ((*PATIENT, "--steroid", "taper"), "--steroid needs the day on which it began"),
        ((*PATIENT, "--retraining-from", "100"), "Give --retraining-to as well"),
        ((*PATIENT, "--retraining-to", "100"), "Give --retraining-from as well"),
        ((*PATIENT, "--patients", "0"), "greater than or equal to 1"),
        ((*PATIENT, "--out", "course.txt"), "Give a name that ends in .json"),
    ],
)
def test_wrong_usage_ends_with_2_and_writes_nothing(tmp_path, monkeypatch, computed, options, sentence):
    monkeypatch.chdir(tmp_path)
    out = () if "--out" in options else ("--out", "course.json")
    outcome = run("simulate", *options, *out)
    assert outcome.exit_code == 2, outcome.output
    assert sentence in words(outcome)
    assert (computed, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--severity", "1.5"), "The severity of temporal, LEFT side, is 1.5"),
        (("--severity", "nan"), "The severity of temporal, LEFT side, is nan"),
        (("--severity", "0.8", "--branch-severity", "nasal=0.5"), "'nasal' is no branch"),
        (("--severity", "0.8", "--steroid-day", "-1"), "is day -1, before the onset"),
        (("--severity", "0.8", "--steroid-day", "nan"), "The start of corticosteroids is nan"),
        (("--severity", "0.8", "--antiviral-day", "800"), "The antiviral would begin on day 800"),
        (("--severity", "0.8", "--retraining-from", "90", "--retraining-to", "80"), "an end after the start"),
        (("--severity", "0.8", "--days", "5"), "The last day of the course is 5"),
        (("--severity", "0.8", "--days", "inf"), "The last day of the course is inf"),
        (("--severity", "0.8", "--toxin", "nowhere.json"), "'nowhere.json' cannot be read"),
    ],
)
def test_impossible_history_is_refused_before_anything_is_computed(
    tmp_path, monkeypatch, computed, options, sentence
):
    monkeypatch.chdir(tmp_path)
    outcome = run("simulate", "--side", "left", *options, "--out", "course.json")
    assert isinstance(outcome.exception, FacialisError)
    assert sentence in str(outcome.exception)
    assert (computed, list(tmp_path.iterdir())) == ([], [])


def test_nothing_is_overwritten_without_force(tmp_path, computed):
    out = tmp_path / "course.json"
    out.write_text("mine")
    outcome = run("simulate", *PATIENT, "--out", out)
    assert "is already there" in str(outcome.exception)
    assert (computed, out.read_text()) == ([], "mine")
    assert run("simulate", *PATIENT, "--out", out, "--force").exit_code == 0
    assert read_course_file(out).case.last_day == 728.0


def test_inputs_are_never_written_over(tmp_path, computed):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PLAN))
    outcome = run("simulate", *PATIENT, "--toxin", plan, "--out", plan, "--force")
    assert outcome.exit_code == 2
    assert "which is read as well" in words(outcome)
    assert (computed, json.loads(plan.read_text())) == ([], PLAN)


@pytest.mark.parametrize(("name", "content"), [("chart.svg", b"<svg>"), ("chart.PNG", b"picture")])
def test_name_says_what_is_drawn(tmp_path, monkeypatch, course_file, name, content):
    monkeypatch.setattr(facialis.report.twin_chart, "course_svg", lambda _: "<svg>")
    monkeypatch.setattr(facialis.report.twin_chart, "course_png", lambda _: b"picture")
    outcome = run("chart", course_file, "--out", tmp_path / name)
    assert outcome.exit_code == 0, outcome.output
    assert (tmp_path / name).read_bytes() == content


@pytest.mark.parametrize(
    ("verb", "name", "sentence"),
    [
        ("chart", "chart.pdf", "ends in .svg or .png"),
        ("film", "film.avi", "ends in .gif or .mp4"),
    ],
)
def test_other_kinds_of_files_are_wrong_usage(tmp_path, course_file, verb, name, sentence):
    outcome = run(verb, course_file, "--out", tmp_path / name)
    assert outcome.exit_code == 2
    assert sentence in words(outcome)


def test_view_from_below_is_not_filmed(tmp_path, course_file):
    outcome = run("film", course_file, "--expression", "nasal_base", "--out", tmp_path / "film.gif")
    assert outcome.exit_code == 2
    assert "view from below" in words(outcome)


@pytest.mark.parametrize("verb", ["chart", "film"])
def test_file_that_is_no_course_is_refused(tmp_path, verb):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(PLAN))
    suffix = {"chart": "svg", "film": "gif"}[verb]
    outcome = run(verb, path, "--out", tmp_path / f"picture.{suffix}")
    assert "the course of a twin has" in str(outcome.exception)


def test_photographs_keep_a_former_set(tmp_path, course_file):
    (tmp_path / "rest.jpg").write_bytes(b"mine")
    outcome = run("photograph", course_file, "--day", 100, "--out", tmp_path)
    assert "is already there" in str(outcome.exception)
    assert (tmp_path / "rest.jpg").read_bytes() == b"mine"


def test_day_after_the_course_is_not_photographed(tmp_path, course_file):
    outcome = run("photograph", course_file, "--day", 900, "--out", tmp_path / "day")
    assert "Day 900 lies outside the course" in str(outcome.exception)
    assert not (tmp_path / "day").exists()


@pytest.mark.slow
def test_from_options_to_chart_photographs_and_film(tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PLAN))
    course = tmp_path / "course.json"
    made = run("simulate", *PATIENT, "--toxin", plan, "--patients", 2, "--out", course)
    assert made.exit_code == 0, made.output
    assert run("chart", course, "--out", tmp_path / "chart.svg").exit_code == 0
    shown = run("photograph", course, "--day", 450, "--width", 240, "--out", tmp_path / "day")
    assert shown.exit_code == 0, shown.output
    truth = json.loads((tmp_path / "day" / "truth.json").read_text())
    assert (truth["twin"]["day"], len(truth["photos"])) == (450.0, 9)
    filmed = run("film", course, "--frames", 8, "--out", tmp_path / "film.gif")
    assert filmed.exit_code == 0, filmed.output
    assert (tmp_path / "film.gif").read_bytes().startswith(b"GIF89a")
