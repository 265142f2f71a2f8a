"""Change between two visits as its table of cases says."""

import csv
from math import sqrt
from pathlib import Path

import pytest

from facialis.evidence import load_rows
from facialis.grading.change import compare
from facialis.grading.face_scale import FaceScaleAnswers
from facialis.grading.registry import find_instrument
from facialis.grading.saq import SaqAnswers
from facialis.grading.score import Score
from facialis.grading.scoring_table import load_scoring
from facialis.grading.sunnybrook import SunnybrookAnswers
from facialis.grading.thresholds import ThresholdKind, thresholds_of

CASES = list(csv.DictReader(Path(__file__).with_name("change.csv").read_text("utf-8").splitlines()))
PUBLISHED = [
    ("face_scale", "total", "sdc_individual", "17.6"),
    ("saq", "total", "sdc_individual", "28.2"),
    ("fdi", "physical", "sdc_individual", "17.6"),
    ("fdi", "social", "sdc_individual", "17.7"),
    ("face_scale", "total", "sdc_group", "2.9"),
    ("saq", "total", "sdc_group", "4.6"),
    ("fdi", "physical", "sdc_group", "1.9"),
    ("fdi", "social", "sdc_group", "1.9"),
    ("fdi", "physical", "mic_improvement", "4.4"),
    ("fdi", "social", "mic_improvement", "0.4"),
    ("face_scale", "total", "mic_improvement", "0.7"),
    ("saq", "total", "mic_improvement", "2.8"),
    ("fdi", "physical", "mic_deterioration", "8.2"),
    ("fdi", "social", "mic_deterioration", "-1.8"),
    ("face_scale", "total", "mic_deterioration", "-8.5"),
    ("saq", "total", "mic_deterioration", "0.6"),
]


def scored(instrument: str, cell: str) -> Score:
    answers = [None if word == "-" else int(word) for word in cell.replace("/", "").split()]
    if instrument == "saq":
        return find_instrument(instrument).score(SaqAnswers(*answers))
    if instrument == "face_scale":
        return find_instrument(instrument).score(FaceScaleAnswers(*answers))
    return find_instrument(instrument).score(SunnybrookAnswers("normal", "normal", "normal", *answers))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_change_kind(case: dict[str, str]) -> None:
    before, after = scored(case["instrument"], case["before"]), scored(case["instrument"], case["after"])
    assert compare(before, after).kind == case["kind"]


@pytest.mark.parametrize(("instrument", "scale", "kind", "value"), PUBLISHED)
def test_threshold_is_the_published_one(instrument: str, scale: str, kind: str, value: str) -> None:
    (found,) = (t for t in thresholds_of(instrument, scale) if t.kind == kind)
    assert float(found.value) == float(value)
    assert found.citation.provenance == "found"


@pytest.mark.parametrize(("instrument", "scale", "kind"), [row[:3] for row in PUBLISHED])
def test_threshold_is_about_the_patients_of_its_study(instrument: str, scale: str, kind: str) -> None:
    (found,) = (t for t in thresholds_of(instrument, scale) if t.kind == kind)
    if instrument == "fdi" and kind.startswith("sdc"):
        expected = ("VanVeen20", "patients with facial palsy, Dutch version, answers two weeks apart")
    elif kind.startswith("sdc"):
        expected = ("Bruins22", "62 adults with long-standing facial palsy, answers two weeks apart")
    else:
        expected = ("Bruins22", "88 adults with facial palsy, 1 to 1.5 years between answers")
    assert (found.citation.source_key, found.citation.population) == expected


def test_only_these_thresholds_and_the_derived_ones_exist() -> None:
    rows = load_rows("facialis.grading.tables", "change_thresholds").rows
    named = [tuple(row.text(c) for c in ("instrument", "scale", "quantity", "value")) for row in rows]
    derived = [(*row[:3], row[3]) for row in named if row[0] == "sunnybrook"]
    assert sorted(set(named) - set(derived)) == sorted(PUBLISHED)
    assert derived == [
        ("sunnybrook", "total", "sdc_individual", "13.9"),
        ("sunnybrook", "total", "sdc_individual", "9.8"),
        ("sunnybrook", "total", "sd_between_patients", "12.5"),
        ("sunnybrook", "total", "sd_between_patients", "10.7"),
    ]


def test_sunnybrook_threshold_follows_from_its_cited_numbers() -> None:
    table = load_scoring("sunnybrook")
    lowest_within_rater = table.range("intrarater_correlation").low
    between_raters = table.number("interrater_correlation_naive")
    rows = load_rows("facialis.grading.tables", "change_thresholds").rows
    larger, smaller = (row.number("value") for row in rows if row.text("quantity") == "sd_between_patients")
    preferred, other = (
        t.value for t in thresholds_of("sunnybrook", "total") if t.kind is ThresholdKind.SDC_INDIVIDUAL
    )
    assert 1.96 * sqrt(2) * larger * sqrt(1 - lowest_within_rater) == pytest.approx(
        float(preferred), abs=0.05
    )
    assert 1.96 * sqrt(2) * smaller * sqrt(1 - between_raters) == pytest.approx(float(other), abs=0.05)
    assert preferred > other
