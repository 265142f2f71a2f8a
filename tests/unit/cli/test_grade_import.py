import json
import re

import pytest
from typer.testing import CliRunner

from facialis.cli import main as cli
from facialis.grading.answers import read_answers
from facialis.grading.file_model_totals import StoredTotalsError
from facialis.grading.registry import find_instrument
from facialis.grading.sunnybrook import SunnybrookAnswers
from tests.unit.grading.file_model_documents import eface_section, sunnybrook_section, whole

ITEMS = (1, 2, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, None)


def run(*words):
    return CliRunner().invoke(cli.app, ["grade", "import", *map(str, words)], terminal_width=200)


def flat(text):
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def file(tmp_path):
    """Write a file of the other program."""

    def write(**parts):
        path = tmp_path / "file.json"
        path.write_text(json.dumps(whole(**parts)))
        return path

    return write


def test_table_shows_what_was_taken_over_and_what_was_not(file):
    path = file(
        sunnybrook=sunnybrook_section(*ITEMS),
        eface=eface_section(rest_brow=90, frowning_ocular=3),
        houseBrackmann={"houseBrackmann": 4},
        palsy_side="links",
        **{"[bold]odd": 1},
    )
    result = run(path)
    shown = flat(result.stdout)
    assert result.exit_code == 0
    assert "Affected side: LEFT House-Brackmann: grade IV" in shown
    assert "Sunnybrook item answer eye_rest unlike_unspecified cheek_rest absent mouth_rest normal" in shown
    assert "snarl_synkinesis 3 pucker_synkinesis not assessed" in shown
    assert "eFACE item answer brow_rest 90" in shown
    assert "Not taken over field why version not part of a grading [bold]odd not part of a grading" in shown
    assert "eface.frowning_ocular the file holds one value for each expression" in shown
    assert "- The format does not say whose LEFT is meant." in shown


def test_table_of_an_empty_file_says_so(tmp_path):
    path = tmp_path / "file.json"
    path.write_text('{"eface": {}}')
    assert run(path).stdout.splitlines() == ["Affected side: not set", "House-Brackmann: not set"]


def test_json_holds_documents_that_can_be_scored(file):
    path = file(
        sunnybrook=sunnybrook_section(*ITEMS),
        eface=eface_section(rest_brow=90),
        houseBrackmann={"houseBrackmann": 4},
        palsy_side="right",
    )
    found = json.loads(run(path, "--format", "json").stdout)
    assert (found["affected_side"], found["house_brackmann_grade"]) == ("right", "IV")
    assert read_answers(find_instrument("sunnybrook"), found["sunnybrook"]) == SunnybrookAnswers(
        "unlike_unspecified", "absent", "normal", *ITEMS[3:]
    )
    assert read_answers(find_instrument("eface"), found["eface"]).brow_rest == 90
    assert found["unmapped"] == [{"field": "version", "reason": "not part of a grading"}]
    assert len(found["notes"]) == 3


def test_json_of_an_empty_file_holds_null(file):
    found = json.loads(run(file(), "--format", "json").stdout)
    keys = ("affected_side", "sunnybrook", "eface", "house_brackmann_grade")
    assert [found[key] for key in keys] == [None, None, None, None]


def test_totals_with_synkinesis_times_four_are_refused_unless_dropped(file):
    path = file(sunnybrook=sunnybrook_section(*ITEMS[:-1], 3), sunnybrook_score_synk=36)
    assert isinstance(run(path).exception, StoredTotalsError)
    assert run(path).exception.code == "file_totals_synkinesis_times_four"
    dropped = run(path, "--ignore-stored-totals", "--format", "json")
    assert dropped.exit_code == 0
    assert "'sunnybrook_score_synk' 36 was dropped" in dropped.stdout
