"""The FaCE scale as its table of cases says, and the wrong rules it must not follow."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from facialis.grading import face_scale
from facialis.grading.face_scale import FaceDomain, FaceScaleAnswers
from facialis.grading.scoring_table import load_scoring

CASES = list(csv.DictReader(Path(__file__).with_name("face_scale.csv").read_text("utf-8").splitlines()))
EVERY_ITEM_ITS_OWN = FaceScaleAnswers(1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5)


def number(cell: str) -> Fraction | None:
    return None if cell == "-" else Fraction(cell)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_face_scale_total_and_domains(case: dict[str, str]) -> None:
    answers = [None if word == "-" else int(word) for word in case["answers"].split()]
    score = face_scale.score(FaceScaleAnswers(*answers))
    assert score.total == number(case["total"])
    assert {part.name: part.value for part in score.parts} == {
        domain.value: number(case[domain.value]) for domain in FaceDomain
    }


def test_face_scale_total_is_not_the_mean_of_the_domains() -> None:
    score = face_scale.score(EVERY_ITEM_ITS_OWN)
    mean_of_domains = sum(Fraction(part.value or 0) for part in score.parts) / 6
    assert mean_of_domains == Fraction(1675, 36)
    assert score.total == 50


@pytest.mark.parametrize(
    ("domain", "wrong_items"),
    [
        ("social_function", range(1, 16)),
        ("lacrimal_control", (8, 9, 10, 13)),
        ("facial_comfort", (4, 6)),
    ],
)
def test_face_scale_domain_is_not_what_a_public_program_makes_of_it(
    domain: str, wrong_items: tuple[int, ...]
) -> None:
    points = [getattr(EVERY_ITEM_ITS_OWN, f"item_{n}") for n in wrong_items]
    wrong = Fraction(sum(points) - len(points), 4 * len(points)) * 100
    assert face_scale.score(EVERY_ITEM_ITS_OWN).part(domain).value != wrong


def test_face_scale_weights_are_the_published_numbers_of_items() -> None:
    counts = dict.fromkeys(FaceDomain, 0)
    for item in face_scale.INSTRUMENT.items:
        counts[FaceDomain(item.part)] += 1
    table = load_scoring("face_scale")
    assert counts == {domain: table.number(f"items_of_{domain}") for domain in FaceDomain}
    assert list(counts.values()) == [3, 3, 2, 2, 1, 4]
