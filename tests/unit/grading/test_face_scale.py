"""The FaCE scale around its arithmetic: what it refuses, and what its result says."""

from fractions import Fraction

import pytest

from facialis.grading import face_scale
from facialis.grading.answers import read_answers
from facialis.grading.errors import AnswerRangeError
from facialis.grading.face_scale import INSTRUMENT, FaceDomain, FaceScaleAnswers, score
from facialis.grading.score import Completeness, Direction, Part, Score, ScoreRange

HUNDRED = ScoreRange(0, 100)
WEIGHTS = "Every question counts alike in the total, which is therefore not the mean of the domains."


def part(name: str, label: str, value: Fraction | None) -> Part:
    return Part(name, label, value, HUNDRED, Direction.HIGHER_IS_BETTER)


def test_face_scale_score_says_everything() -> None:
    assert score(FaceScaleAnswers(1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5)) == Score(
        instrument="face_scale",
        version="1",
        total=Fraction(50),
        unit="points",
        range=HUNDRED,
        direction=Direction.HIGHER_IS_BETTER,
        parts=(
            part("facial_movement", "Facial movement", Fraction(25)),
            part("facial_comfort", "Facial comfort", Fraction(125, 3)),
            part("oral_function", "Oral function", Fraction(25, 2)),
            part("eye_comfort", "Eye comfort", Fraction(125, 2)),
            part("lacrimal_control", "Lacrimal control", Fraction(50)),
            part("social_function", "Social function", Fraction(175, 2)),
        ),
        grade=None,
        completeness=Completeness(15, 15, ()),
        notes=(WEIGHTS,),
        citations=("Kahn01",),
    )


def test_face_scale_without_an_answer_keeps_the_domains_that_have_all_theirs() -> None:
    result = score(FaceScaleAnswers(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, None))
    assert result.total is None
    assert [part.name for part in result.parts if part.value is None] == ["social_function"]
    assert result.completeness == Completeness(14, 15, ("item_15",))
    assert result.notes == ("No total: 1 of 15 items not assessed (item_15).", WEIGHTS)


@pytest.mark.parametrize("wrong", [0, 6])
def test_face_scale_answer_outside_1_to_5_is_refused(wrong: int) -> None:
    with pytest.raises(AnswerRangeError) as error:
        FaceScaleAnswers(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, wrong, 1, 1)
    assert str(error.value) == (
        f"FaCE scale: the answer to 'item_13' is {wrong}; allowed is a whole number from 1 to 5 (Kahn01, "
        "recall-high). Correct the answer, or write null if the item was not assessed."
    )


def test_face_scale_is_described() -> None:
    assert (INSTRUMENT.id, INSTRUMENT.title, INSTRUMENT.version) == ("face_scale", "FaCE scale", "1")
    assert INSTRUMENT.sources == ("Kahn01",)
    assert INSTRUMENT.options == ()
    assert INSTRUMENT.answers_type is FaceScaleAnswers
    assert INSTRUMENT.score is face_scale.score
    assert INSTRUMENT.licence_note == (
        "The wording of the questions belongs to the authors and their publisher (Laryngoscope, Wiley); a "
        "translation is a work of its own. Facialis holds the rule and labels of its own; a clinic brings "
        "the form it may use (recall-medium; ask the holder)."
    )
    assert [item.id for item in INSTRUMENT.items] == [f"item_{n}" for n in range(1, 16)]


@pytest.mark.parametrize(
    ("domain", "numbers"),
    [
        (FaceDomain.FACIAL_MOVEMENT, [1, 2, 3]),
        (FaceDomain.FACIAL_COMFORT, [4, 6, 13]),
        (FaceDomain.ORAL_FUNCTION, [11, 12]),
        (FaceDomain.EYE_COMFORT, [5, 7]),
        (FaceDomain.LACRIMAL_CONTROL, [8]),
        (FaceDomain.SOCIAL_FUNCTION, [9, 10, 14, 15]),
    ],
)
def test_face_scale_items_belong_to_their_domain(domain: FaceDomain, numbers: list[int]) -> None:
    assert [item.id for item in INSTRUMENT.items if item.part == domain] == [f"item_{n}" for n in numbers]


def test_face_scale_answers_survive_their_document() -> None:
    answers = FaceScaleAnswers(1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, None)
    assert read_answers(INSTRUMENT, answers.to_document()) == answers
