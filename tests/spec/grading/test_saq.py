"""The SAQ as its table of cases says."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from facialis.grading import saq

CASES = list(csv.DictReader(Path(__file__).with_name("saq.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_saq_total(case: dict[str, str]) -> None:
    answers = [None if word == "-" else int(word) for word in case["answers"].split()]
    expected = None if case["total"] == "-" else Fraction(case["total"])
    assert saq.score(saq.SaqAnswers(*answers)).total == expected
