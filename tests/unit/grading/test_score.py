from fractions import Fraction

import pytest

from facialis.grading.eface import EfaceAnswers, score
from facialis.grading.house_brackmann_measured import HouseBrackmannMeasuredAnswers
from facialis.grading.registry import INSTRUMENTS
from facialis.grading.score import (
    Completeness,
    completeness_of,
    exact_text,
    missing_note,
    plain_number,
    sum_if_complete,
)


def test_completeness_counts_and_names():
    found = completeness_of(HouseBrackmannMeasuredAnswers(brow=None, commissure=0))
    assert found == Completeness(answered=1, asked=2, missing=("brow",))
    assert not found.complete
    assert missing_note(found) == ("No total: 1 of 2 items not assessed (brow).",)


def test_complete_answers_need_no_note():
    found = completeness_of(HouseBrackmannMeasuredAnswers(brow=0, commissure=0))
    assert found.complete
    assert missing_note(found) == ()


def test_note_names_every_missing_item():
    found = Completeness(answered=0, asked=2, missing=("brow", "commissure"))
    assert missing_note(found) == ("No total: 2 of 2 items not assessed (brow, commissure).",)


@pytest.mark.parametrize(
    ("points", "total"), [([], 0), ([0, 0], 0), ([1, 2], 3), ([1, None], None), ([None], None)]
)
def test_sum_needs_every_point(points, total):
    assert sum_if_complete(points) == total


@pytest.mark.parametrize(
    ("value", "plain", "text"),
    [(None, None, None), (7, 7, "7"), (Fraction(7), 7, "7"), (Fraction(1, 2), 0.5, "1/2"), (-15, -15, "-15")],
)
def test_number_is_plain_and_exact(value, plain, text):
    assert (plain_number(value), exact_text(value)) == (plain, text)
    assert type(plain_number(value)) is type(plain)


def test_part_is_found_by_its_name():
    given = {item.id: 100 for item in INSTRUMENTS["eface"].items} | {"brow_elevation": 99}
    result = score(EfaceAnswers(**given))
    assert result.part("dynamic").value == Fraction(699, 7)
    assert result.part("static").value == 100


def test_score_becomes_plain_json_values():
    given = {item.id: 100 for item in INSTRUMENTS["eface"].items} | {"brow_elevation": 99, "brow_rest": None}
    assert score(EfaceAnswers(**given), total_rule="mean_items").to_plain() == {
        "instrument": "eface",
        "version": "15",
        "total": None,
        "total_exact": None,
        "unit": "points",
        "range": [0, 100],
        "direction": "higher is better",
        "grade": None,
        "parts": [
            {
                "name": "static",
                "label": "Static",
                "value": None,
                "exact": None,
                "range": [0, 100],
                "direction": "higher is better",
                "grade": None,
            },
            {
                "name": "dynamic",
                "label": "Dynamic",
                "value": 699 / 7,
                "exact": "699/7",
                "range": [0, 100],
                "direction": "higher is better",
                "grade": None,
            },
            {
                "name": "synkinesis",
                "label": "Synkinesis",
                "value": 100,
                "exact": "100",
                "range": [0, 100],
                "direction": "higher is better",
                "grade": None,
            },
        ],
        "completeness": {"answered": 14, "asked": 15, "missing": ["brow_rest"]},
        "options": {"total_rule": "mean_items"},
        "notes": [
            "No total: 1 of 15 items not assessed (brow_rest).",
            "Total by the rule mean_items; totals by another rule are not comparable.",
        ],
        "citations": ["Banks15"],
    }


def test_total_becomes_plain_and_exact():
    given = {item.id: 100 for item in INSTRUMENTS["eface"].items} | {"brow_elevation": 99}
    plain = score(EfaceAnswers(**given), total_rule="mean_items").to_plain()
    assert (plain["total"], plain["total_exact"]) == (1499 / 15, "1499/15")


def test_result_without_a_total_has_no_range():
    regional = INSTRUMENTS["house_brackmann_regional"]
    assert regional.score(regional.answers_type(1, 2, 3, 4)).to_plain()["range"] is None
