"""`facialis grade suggest`: a table for people, JSON for programs, and no suggestion on the wrong side."""

import json
from io import StringIO

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.cli.grade.suggest import print_suggestion, suggest
from facialis.grading.suggest.errors import AffectedSideError, NoSuggestionError
from facialis.grading.suggest.house_brackmann import suggest_house_brackmann
from facialis.grading.suggest.item import NOTICE
from facialis.measurement.photo_set import measure_set
from facialis.report.document import to_json
from facialis.report.model import PhotoResult, SetResult
from facialis.report.read_measurement import CannotReadMeasurementError
from tests.factories.faces import FaceShape
from tests.factories.measures import measure_shape
from tests.factories.readings import make_readings
from tests.factories.results import WEAK_LEFT

RUN = CliRunner()
APP = typer.Typer()
APP.command()(suggest)


def result_file(folder, expressions, affected):
    shapes = [(e, measure_shape(WEAK_LEFT.get(e, FaceShape()))) for e in expressions]
    photos = tuple(PhotoResult(f"{e}.jpg", e, Mirrored.NO, measures=measures) for e, measures in shapes)
    path = folder / "result.json"
    path.write_text(to_json(SetResult(photos, measure_set(shapes, affected=affected))), "utf-8")
    return path


@pytest.fixture
def result(tmp_path):
    smiling = (Expression.REST, Expression.OPEN_SMILE, Expression.GENTLE_EYE_CLOSURE)
    return result_file(tmp_path, smiling, Side.LEFT)


def run(*arguments):
    return RUN.invoke(APP, [str(argument) for argument in arguments])


def test_the_table_shows_every_instrument_and_what_a_suggestion_is(result):
    outcome = run(result)
    assert outcome.exit_code == 0, outcome.output
    text = " ".join(outcome.output.split())
    assert text.startswith(
        f"{NOTICE} The confidence is the probability that the item is right as far as the uncertainty of the "
        "reading goes; whether a rater would agree is another question. Sunnybrook, affected side LEFT"
    )
    for title in ("eFACE, affected side LEFT", "House-Brackmann, affected side LEFT"):
        assert title in text
    assert "Likely range (90 %; items not determined may have any answer)" in text


def test_the_table_shows_reading_reason_range_and_source(result):
    text = " ".join(run(result, "--instrument", "sunnybrook").output.split())
    assert "eFACE" not in text
    assert "smile movement" in text
    assert "of healthy" in text
    assert "Not determined cheek rest: The depth of the nasolabial fold" in text
    assert "pucker movement, pucker synkinesis: There is no photograph of 'pucker'." in text
    assert "rest symmetry 0 to" in text
    assert "(cheek rest open)" in text
    assert text.count("Facialis [design]") == 1
    assert "Ross96" not in text


def test_notes_and_remarks_are_listed_once(result):
    text = run(result, "--instrument", "house_brackmann").output
    assert text.count("- Tone does not show in a photograph.") == 1
    assert "- No grade: whether anything moves could not be judged." in text
    assert "Likely range" not in text


def test_where_everything_is_judged_nothing_is_listed_as_missing():
    stream = StringIO()
    print_suggestion(
        suggest_house_brackmann(make_readings(share=0.6), Side.LEFT), Console(file=stream, width=110)
    )
    text = stream.getvalue()
    assert "Not determined" not in text
    assert "grade IV" in text


def test_json_holds_the_suggestions(result):
    outcome = run(result, "--instrument", "eface", "--instrument", "sunnybrook", "--format", "json")
    found = json.loads(outcome.stdout)["suggestions"]
    assert [one["instrument"] for one in found] == ["eface", "sunnybrook"]
    assert {one["notice"] for one in found} == {NOTICE}
    smile = next(item for item in found[1]["items"] if item["item"] == "smile_movement")
    assert smile["value"] in {1, 2, 3}
    assert smile["judged"]["unit"] == "%"


def test_all_three_instruments_come_without_an_option(result):
    found = json.loads(run(result, "--format", "json").stdout)["suggestions"]
    assert [one["instrument"] for one in found] == ["sunnybrook", "eface", "house_brackmann"]


def test_the_affected_side_may_be_named(tmp_path):
    path = result_file(tmp_path, (Expression.REST, Expression.OPEN_SMILE), None)
    missing = run(path)
    assert isinstance(missing.exception, AffectedSideError)
    named = run(path, "--affected", "right", "--format", "json")
    assert {one["affected"] for one in json.loads(named.stdout)["suggestions"]} == {"right"}


def test_another_affected_side_than_the_measured_one_is_refused(result):
    assert isinstance(run(result, "--affected", "right").exception, AffectedSideError)
    assert run(result, "--affected", "left").exit_code == 0


def test_wrong_words_and_files_are_refused(result, tmp_path):
    assert isinstance(run(result, "--instrument", "saq").exception, NoSuggestionError)
    assert isinstance(run(tmp_path / "none.json").exception, CannotReadMeasurementError)
    assert run(result, "--affected", "both").exit_code == 2
