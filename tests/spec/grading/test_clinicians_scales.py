"""The scales as their tables of statements say: every number of every scale is one row."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from facialis.grading.answers import read_answers
from facialis.grading.errors import GradingError
from facialis.grading.registry import INSTRUMENTS
from facialis.grading.scoring_table import load_scoring

SCALES = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.toml"))
}


def rows(kind):
    return [
        pytest.param(name, row, id=f"{name}: {row['says']}")
        for name, scale in SCALES.items()
        for row in scale.get(kind, [])
    ]


def answered(name, row):
    instrument = INSTRUMENTS[name]
    answers = {**SCALES[name]["normal"], **row.get("answers", {})}
    answers |= dict.fromkeys(row.get("unanswered", []))
    return read_answers(
        instrument, {"instrument": name, "version": SCALES[name]["version"], "answers": answers}
    )


def exact(value):
    return None if value == "none" else Fraction(value)


@pytest.mark.parametrize(("name", "row"), rows("score"))
def test_score(name, row):
    score = INSTRUMENTS[name].score(answered(name, row), **row.get("options", {}))
    found = {"total": score.total} | {part.name: part.value for part in score.parts}
    expected = {what: exact(value) for what, value in row["expect"].items() if what != "grade"}
    assert {what: found[what] for what in expected} == expected
    assert (score.grade or "none") == row["expect"].get("grade", "none")
    for sentence in row.get("notes", []):
        assert sentence in score.notes
    assert list(score.completeness.missing) == row.get("unanswered", [])


@pytest.mark.parametrize(("name", "row"), rows("refused"))
def test_refusal(name, row):
    with pytest.raises(GradingError) as refusal:
        answered(name, row)
    assert (refusal.value.code, str(refusal.value)) == (row["code"], row["message"])


@pytest.mark.parametrize(("name", "row"), rows("number"))
def test_number(name, row):
    (cited,) = [
        cited
        for cited in load_scoring(name).values.all_of(row["name"])
        if cited.preference == row.get("preference", 1)
    ]
    assert cited.value == row.get("value")
    assert cited.interval == (tuple(row["interval"]) if "interval" in row else None)
    assert (cited.unit, cited.source_key, cited.provenance) == (row["unit"], row["source"], row["tag"])


@pytest.mark.parametrize("name", SCALES)
def test_every_number_of_the_table_is_a_row(name):
    told = {(row["name"], row.get("preference", 1)) for row in SCALES[name]["number"]}
    assert told == {(cited.name, cited.preference) for cited in load_scoring(name).values.values}


@pytest.mark.parametrize("name", SCALES)
def test_every_row_says_something_of_its_own(name):
    said = [row["says"] for kind in ("score", "refused", "number") for row in SCALES[name].get(kind, [])]
    assert len(said) == len(set(said))
