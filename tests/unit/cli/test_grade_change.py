import json
import re

import pytest
from typer.testing import CliRunner

from facialis.cli import main as cli
from facialis.grading.eface import EfaceAnswers
from facialis.grading.errors import AnswersDocumentError, ScoringOptionError, WrongInstrumentError
from facialis.grading.saq import SaqAnswers


def run(*words):
    return CliRunner().invoke(cli.app, ["grade", "change", *map(str, words)], terminal_width=200)


def flat(text):
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def visit(tmp_path):
    """Write the answers of one visit."""

    def write(name, answers):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(answers.to_document()))
        return path

    return write


def test_table_tells_the_change_with_its_error_source_and_notes(visit):
    before, after = visit("before", SaqAnswers(*[3] * 9)), visit("after", SaqAnswers(*[1] * 9))
    result = run(before, after)
    shown = flat(result.stdout)
    assert result.exit_code == 0
    assert "total better SAQ, total: 60 before, 20 after (higher is worse), better by 40 points:" in shown
    assert (
        "- Of patients whose state does not change, about 1 in 20 differs by more than 28.2 points" in shown
    )
    assert "(Bruins22, abstract, results [found];" in shown
    assert "- One patient: a smaller difference is within measurement error." in shown


@pytest.mark.parametrize(
    ("answers", "word"), [((5,) * 9, "worse"), ((3,) * 9, "within error"), ((None,) * 9, "not determined")]
)
def test_table_names_the_other_kinds_of_change(visit, answers, word):
    shown = flat(run(visit("before", SaqAnswers(*[3] * 9)), visit("after", SaqAnswers(*answers))).stdout)
    assert f"total {word} SAQ, total: 60 before" in shown


def test_a_remark_on_several_scales_is_shown_once(visit):
    file = visit("eface", EfaceAnswers(*[50] * 15))
    assert flat(run(file, file).stdout).count("No measurement error of one patient is known") == 1


def test_json_holds_every_scale_and_obeys_the_options(visit):
    before, after = visit("before", EfaceAnswers(*[40] * 15)), visit("after", EfaceAnswers(*[60] * 15))
    result = run(before, after, "--option", "total_rule=mean_items", "--format", "json")
    found = json.loads(result.stdout)
    assert (found["instrument"], found["title"]) == ("eface", "eFACE")
    assert [change["scale"] for change in found["changes"]] == ["total", "static", "dynamic", "synkinesis"]
    assert {change["kind"] for change in found["changes"]} == {"not_determined"}
    assert (found["changes"][0]["before"], found["changes"][0]["difference"]) == (40, 20)


def test_files_of_two_instruments_are_refused(visit):
    result = run(visit("before", SaqAnswers(*[3] * 9)), visit("after", EfaceAnswers(*[40] * 15)))
    assert isinstance(result.exception, WrongInstrumentError)


@pytest.mark.parametrize("document", [{"answers": {}}, [], {"instrument": ["saq"]}])
def test_file_that_names_no_instrument_is_refused(tmp_path, document):
    path = tmp_path / "before.json"
    path.write_text(json.dumps(document))
    result = run(path, path)
    assert isinstance(result.exception, AnswersDocumentError)
    assert str(result.exception) == (
        f"'{path}' names no instrument. A document of answers is an object with the keys instrument, version "
        "and answers; `facialis grade form INSTRUMENT --format json` prints one."
    )


def test_option_without_a_value_is_refused(visit):
    file = visit("eface", EfaceAnswers(*[50] * 15))
    result = run(file, file, "--option", "total_rule")
    assert isinstance(result.exception, ScoringOptionError)
    assert str(result.exception) == "The option 'total_rule' has no value. Write NAME=VALUE."
