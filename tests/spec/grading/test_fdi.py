"""The FDI as its table of cases says."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from facialis.grading import fdi

CASES = list(csv.DictReader(Path(__file__).with_name("fdi.csv").read_text("utf-8").splitlines()))


def number(cell: str) -> Fraction | None:
    return None if cell == "-" else Fraction(cell)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_fdi_parts(case: dict[str, str]) -> None:
    answers = [None if word == "-" else int(word) for word in case["answers"].split()]
    score = fdi.score(fdi.FdiAnswers(*answers), social_coding=case["coding"] or None)
    assert score.total is None
    assert [part.value for part in score.parts] == [number(case["physical"]), number(case["social"])]
