import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from facialis.cli import grade
from facialis.cli import main as cli
from facialis.cli.grade.answers_file import MAX_BYTES, AnswersFileError, read_json
from facialis.cli.grade.options import read_options
from facialis.grading.errors import (
    AnswerNotFiniteError,
    AnswerRangeError,
    GradingError,
    ScoringOptionError,
    UnknownInstrumentError,
)
from facialis.grading.registry import INSTRUMENTS, find_instrument


def run(*words):
    return CliRunner().invoke(cli.app, ["grade", *map(str, words)], terminal_width=200)


def flat(text):
    """One line: where a terminal breaks lines is not what is tested."""
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def answers(tmp_path):
    """Write answers to a file: every item as given, the others the best answer."""

    def write(name, **changes):
        instrument = INSTRUMENTS[name]
        best = {
            "choice": lambda item: item.anchors[0].answer,
            "integer": lambda item: int(item.high if "movement" in item.id else item.low),
            "decimal": lambda _: 100,
            "yes_no": lambda _: False,
        }
        given = {item.id: best[item.kind](item) for item in instrument.items} | changes
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({"instrument": name, "version": instrument.version, "answers": given}))
        return path

    return write


def test_name_of_an_instrument_stands_in_the_place_of_a_command(answers):
    file = answers("sunnybrook")
    short, long = run("sunnybrook", file), run("score", "sunnybrook", file)
    assert short.exit_code == 0
    assert short.stdout == long.stdout
    assert "Sunnybrook 100 points (-15 to 100, higher is better)" in short.stdout


def test_table_shows_parts_notes_sources_and_licence(answers):
    shown = flat(run("sunnybrook", answers("sunnybrook", cheek_rest="absent", smile_synkinesis=2)).stdout)
    assert "Sunnybrook 88 points" in shown
    assert "Resting symmetry 10 0 to 20 higher is worse" in shown
    assert "Voluntary movement 100 20 to 100 higher is better" in shown
    assert "Synkinesis 2 0 to 15 higher is worse" in shown
    assert "13 of 13 items answered." in shown
    assert "- 100 is not what healthy people score" in shown
    assert "Sources: Ross96, Picard24. The form is copyright 1996 Sunnybrook" in shown


def test_missing_answer_is_never_a_zero(answers):
    shown = flat(run("sunnybrook", answers("sunnybrook", cheek_rest=None)).stdout)
    assert "Sunnybrook no total part" in shown
    assert "Resting symmetry not known 0 to 20" in shown
    assert "12 of 13 items answered. - No total: 1 of 13 items not assessed (cheek_rest)." in shown


def test_grade_is_shown_with_its_parts(answers):
    file = answers(
        "house_brackmann", movement="clear", eye_closure="incomplete", secondary_defect="very_slight"
    )
    shown = flat(run("house_brackmann", file).stdout)
    assert "House-Brackmann grade IV part" in shown
    assert "Weakness alone 4 1 to 6 IV higher is worse" in shown
    assert "Synkinesis, contracture, spasm 2 1 to 6 II higher is worse" in shown


def test_grade_stands_beside_a_total(answers):
    shown = run("fngs2", answers("fngs2", secondary_movement=1)).stdout
    assert "FNGS 2.0 5 points (4 to 24, higher is worse), grade II" in shown


def test_instrument_without_total_says_so(answers):
    shown = run("house_brackmann_regional", answers("house_brackmann_regional")).stdout
    assert shown.startswith("House-Brackmann by region no total")


def test_instrument_without_parts_has_no_table(answers):
    shown = flat(run("saq", answers("saq")).stdout)
    assert "direction" not in shown
    assert "9 of 9 items answered." in shown


def test_rule_of_the_total_is_named(answers):
    file = answers("eface", ocular_synkinesis=0, brow_elevation=99.5)
    without = flat(run("eface", file).stdout)
    assert "eFACE no total part" in without
    assert "No total: sources disagree on its rule." in without
    named = run("eface", file, "--total-rule", "mean_items").stdout
    assert "eFACE 93.3 points" in named
    weighted = run("eface", file, "--option", "total_rule=weighted_1_2_1").stdout
    assert "eFACE 93.7 points" in weighted


def test_json_is_exact(answers):
    outcome = run(
        "eface", answers("eface", brow_elevation=99.5), "--total-rule", "mean_items", "--format", "json"
    )
    found = json.loads(outcome.stdout)
    assert found["total_exact"] == "2999/30"
    assert found["total"] == 2999 / 30
    assert found["options"] == {"total_rule": "mean_items"}
    assert found["title"] == "eFACE"
    assert found["licence_note"] == INSTRUMENTS["eface"].licence_note
    assert found["parts"][1]["exact"] == "1399/14"


def refused(*words):
    outcome = run(*words)
    assert outcome.stdout == ""
    assert isinstance(outcome.exception, GradingError)
    return type(outcome.exception), str(outcome.exception)


def test_unknown_instrument_is_refused_with_those_that_are_known(answers):
    kind, sentence = refused("sunybrook", answers("sunnybrook"))
    assert kind is UnknownInstrumentError
    assert sentence.startswith("There is no instrument 'sunybrook'; known are house_brackmann, ")


def test_unknown_option_is_wrong_usage():
    outcome = run("--total", "sunnybrook")
    assert outcome.exit_code == 2
    assert "No such option" in outcome.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--total-rule", "mean"],
            "eFACE: total_rule is 'mean'; allowed is mean_items or weighted_1_2_1. Name one",
        ),
        (["--option", "total_rule"], "The option 'total_rule' has no value. Write NAME=VALUE."),
        (["--option", "rule=mean"], "eFACE has no scoring option 'rule'; its options are: total_rule."),
    ],
)
def test_wrong_scoring_option_is_refused(answers, options, sentence):
    kind, found = refused("eface", answers("eface"), *options)
    assert kind is ScoringOptionError
    assert found.startswith(sentence)


def test_rule_of_another_instrument_is_refused(answers):
    kind, sentence = refused("fngs2", answers("fngs2"), "--total-rule", "mean_items")
    assert kind is ScoringOptionError
    assert sentence.startswith("FNGS 2.0 has no scoring option 'total_rule'")


def test_answer_out_of_range_is_refused(answers):
    assert refused("sunnybrook", answers("sunnybrook", smile_movement=6))[0] is AnswerRangeError


def test_nan_is_refused(answers):
    assert refused("eface", answers("eface", brow_rest=float("nan")))[0] is AnswerNotFiniteError


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}", '{"a": ' + "[" * 100_000])
def test_file_that_is_no_json_is_refused(tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_text(text)
    with pytest.raises(AnswersFileError) as refusal:
        read_json(path)
    assert "is not JSON (" in str(refusal.value)
    assert str(refusal.value).endswith("`facialis grade form INSTRUMENT` prints an empty form.")


def test_file_of_other_bytes_is_refused(tmp_path):
    path = tmp_path / "answers.json"
    path.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(AnswersFileError, match="is not JSON"):
        read_json(path)


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(AnswersFileError, match=r"cannot be read \(No such file or directory\)"):
        read_json(tmp_path / "none.json")


def test_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "answers.json"
    path.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(AnswersFileError, match=f"has more than {MAX_BYTES} bytes, the most that"):
        read_json(path)
    path.write_bytes(b" " * (MAX_BYTES - 1) + b"1")
    assert read_json(path) == 1


def test_answer_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text('{"brow": 1, "brow": 2}')
    with pytest.raises(AnswersFileError) as refusal:
        read_json(path)
    assert str(refusal.value) == "The file names 'brow' more than once in one object. Keep one."


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_empty_form_is_read_back(name, tmp_path):
    path = tmp_path / "form.json"
    path.write_text(run("form", name, "--format", "json").stdout)
    outcome = run(name, path, "--format", "json")
    assert outcome.exit_code == 0
    found = json.loads(outcome.stdout)
    assert (found["instrument"], found["total"], found["completeness"]["answered"]) == (name, None, 0)


def test_form_for_people_says_what_may_be_answered():
    shown = flat(run("form", "sunnybrook").stdout)
    assert "Sunnybrook, version 1" in shown
    assert "absent: no fold" in shown
    assert "brow_raise_movement Movement when wrinkling the forehead a whole number from 1 to 5" in shown
    assert "5: movement complete" in shown
    assert "The form is copyright 1996" in shown


def test_help_lists_the_commands():
    shown = run("--help").stdout
    assert all(command in shown for command in ("score", "suggest", "form"))
    assert "facialis grade INSTRUMENT FILE.json" in shown


def test_no_instrument_has_the_name_of_a_command():
    commands = typer.main.get_command(grade.app).commands
    assert set(commands) & set(INSTRUMENTS) == set()


def test_device_without_an_end_is_refused():
    with pytest.raises(AnswersFileError, match="'/dev/zero' has more than"):
        read_json(Path("/dev/zero"))


def test_one_option_is_never_named_twice():
    instrument = find_instrument("eface")
    with pytest.raises(ScoringOptionError, match=r"The option 'total_rule' is given twice\. Give it once\."):
        read_options(instrument, ["total_rule=mean_items", "total_rule=weighted_1_2_1"])
    assert read_options(instrument, ["total_rule=mean_items"]) == {"total_rule": "mean_items"}
