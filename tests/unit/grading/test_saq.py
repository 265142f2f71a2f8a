"""The SAQ around its arithmetic: what it refuses, and what its result says."""

from fractions import Fraction

import pytest

from facialis.grading import saq
from facialis.grading.answers import read_answers
from facialis.grading.errors import AnswerRangeError, AnswerTypeError
from facialis.grading.saq import INSTRUMENT, SaqAnswers, score
from facialis.grading.score import Completeness, Direction, Score, ScoreRange

FLOOR = "The scale starts at 20, not at 0: 20 means that no synkinesis is felt."


def test_saq_score_says_everything() -> None:
    assert score(SaqAnswers(1, 2, 3, 4, 5, 4, 3, 2, 1)) == Score(
        instrument="saq",
        version="1",
        total=Fraction(500, 9),
        unit="points",
        range=ScoreRange(20, 100),
        direction=Direction.HIGHER_IS_WORSE,
        parts=(),
        grade=None,
        completeness=Completeness(9, 9, ()),
        notes=(FLOOR,),
        citations=("Mehta07",),
    )


def test_saq_without_an_answer_has_no_total_and_says_why() -> None:
    result = score(SaqAnswers(1, 2, None, 4, 5, 4, 3, 2, None))
    assert result.total is None
    assert result.completeness == Completeness(7, 9, ("item_3", "item_9"))
    assert result.notes == ("No total: 2 of 9 items not assessed (item_3, item_9).", FLOOR)


@pytest.mark.parametrize("wrong", [0, 6, -1])
def test_saq_answer_outside_1_to_5_is_refused(wrong: int) -> None:
    with pytest.raises(AnswerRangeError) as error:
        SaqAnswers(1, 1, 1, 1, wrong, 1, 1, 1, 1)
    assert str(error.value) == (
        f"SAQ: the answer to 'item_5' is {wrong}; allowed is a whole number from 1 to 5 (Mehta07, "
        "recall-high). Correct the answer, or write null if the item was not assessed."
    )


@pytest.mark.parametrize("wrong", [True, 1.5, "1"])
def test_saq_answer_that_is_no_whole_number_is_refused(wrong: object) -> None:
    with pytest.raises(AnswerTypeError):
        SaqAnswers(wrong, 1, 1, 1, 1, 1, 1, 1, 1)  # type: ignore[arg-type]


def test_saq_is_described() -> None:
    assert (INSTRUMENT.id, INSTRUMENT.title, INSTRUMENT.version) == ("saq", "SAQ", "1")
    assert INSTRUMENT.sources == ("Mehta07",)
    assert INSTRUMENT.options == ()
    assert INSTRUMENT.answers_type is SaqAnswers
    assert INSTRUMENT.score is saq.score
    assert INSTRUMENT.licence_note == (
        "The wording of the questions belongs to the authors and their publisher (Laryngoscope, Wiley); a "
        "translation is a work of its own. Facialis holds the rule and labels of its own; a clinic brings "
        "the form it may use (recall-medium; ask the holder)."
    )
    assert [item.id for item in INSTRUMENT.items] == [f"item_{n}" for n in range(1, 10)]
    assert {(item.part, item.low, item.high, item.step) for item in INSTRUMENT.items} == {
        ("synkinesis", 1, 5, 1)
    }


def test_saq_answers_survive_their_document() -> None:
    answers = SaqAnswers(1, 2, 3, 4, 5, 4, 3, 2, None)
    assert read_answers(INSTRUMENT, answers.to_document()) == answers
