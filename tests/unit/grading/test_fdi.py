"""The FDI around its arithmetic: its two codings, what it refuses, and what its result says."""

from fractions import Fraction

import pytest

from facialis.grading import fdi
from facialis.grading.answers import read_answers
from facialis.grading.errors import AnswerRangeError, ScoringOptionError
from facialis.grading.fdi import INSTRUMENT, FdiAnswers, SocialCoding, score
from facialis.grading.score import Completeness, Direction, Part, Score, ScoreRange

NO_TOTAL = "The FDI has two parts and no total."


def test_fdi_score_says_everything() -> None:
    assert score(FdiAnswers(5, 4, 3, 2, 1, 6, 5, 4, 3, 1)) == Score(
        instrument="fdi",
        version="1",
        total=None,
        unit="points",
        range=None,
        direction=Direction.HIGHER_IS_BETTER,
        parts=(
            Part(
                "physical",
                "Physical function",
                Fraction(50),
                ScoreRange(-25, 100),
                Direction.HIGHER_IS_BETTER,
            ),
            Part(
                "social",
                "Social function and well-being",
                Fraction(56),
                ScoreRange(0, 100),
                Direction.HIGHER_IS_BETTER,
            ),
        ),
        grade=None,
        completeness=Completeness(10, 10, ()),
        notes=(NO_TOTAL,),
        citations=("VanSwearingen96",),
        options={"social_coding": "points"},
    )


def test_fdi_says_that_items_were_turned_round() -> None:
    result = score(FdiAnswers(5, 5, 5, 5, 5, 6, 1, 1, 1, 1), social_coding="frequency")
    assert result.options == {"social_coding": "frequency"}
    assert result.notes == (NO_TOTAL, "Items 7 to 10 were answered by how often and turned round.")


def test_fdi_says_on_how_many_answers_a_part_rests() -> None:
    result = score(FdiAnswers(5, None, 5, None, 5, None, None, None, None, None), social_coding="points")
    assert result.notes == (
        NO_TOTAL,
        "The physical score rests on 3 of 5 items.",
        "No social score: none of its 5 items was answered.",
    )
    assert result.completeness.answered == 3


def test_fdi_with_one_answer_is_scored_and_said_to_be() -> None:
    result = score(FdiAnswers(None, None, None, None, 2, None, None, None, None, 5))
    assert [part.value for part in result.parts] == [25, 80]
    assert result.notes[1:] == (
        "The physical score rests on 1 of 5 items.",
        "The social score rests on 1 of 5 items.",
    )


def test_fdi_coding_of_another_name_is_refused() -> None:
    with pytest.raises(ScoringOptionError) as error:
        score(FdiAnswers(5, 5, 5, 5, 5, 6, 6, 6, 6, 6), social_coding="reversed")
    assert str(error.value) == (
        "FDI: social_coding is 'reversed'; allowed is points or frequency. Name one of these."
    )


@pytest.mark.parametrize(
    ("item", "wrong", "allowed"),
    [("item_5", -1, "0 to 5"), ("item_5", 6, "0 to 5"), ("item_6", 0, "1 to 6"), ("item_6", 7, "1 to 6")],
)
def test_fdi_answer_out_of_range_is_refused(item: str, wrong: int, allowed: str) -> None:
    answers = dict.fromkeys((f"item_{n}" for n in range(1, 11)), 3) | {item: wrong}
    with pytest.raises(AnswerRangeError) as error:
        FdiAnswers(**answers)
    assert str(error.value) == (
        f"FDI: the answer to '{item}' is {wrong}; allowed is a whole number from {allowed} (VanSwearingen96, "
        "found). Correct the answer, or write null if the item was not assessed."
    )


def test_fdi_is_described() -> None:
    assert (INSTRUMENT.id, INSTRUMENT.title, INSTRUMENT.version) == ("fdi", "FDI", "1")
    assert INSTRUMENT.sources == ("VanSwearingen96",)
    assert INSTRUMENT.answers_type is FdiAnswers
    assert INSTRUMENT.score is fdi.score
    assert INSTRUMENT.licence_note == (
        "The wording of the questions belongs to the authors and their publisher (Physical Therapy, Oxford "
        "University Press); a translation is a work of its own. Facialis holds the rule and labels of its "
        "own; a clinic brings the form it may use (recall-medium; ask the holder)."
    )
    (option,) = INSTRUMENT.options
    assert option.name == "social_coding"
    assert option.allowed == ("points", "frequency")
    assert option.meaning == (
        "What items 6 to 10 were answered in: points, where 6 is the best answer to each, or frequency, "
        "where 6 is all the time for each. Points if not named."
    )
    assert list(SocialCoding) == ["points", "frequency"]


@pytest.mark.parametrize(
    ("item", "best"),
    [("item_1", "without difficulty"), ("item_6", "all the time")]
    + [(f"item_{n}", "at no time") for n in range(7, 11)],
)
def test_fdi_highest_answer_is_the_best_of_every_item(item: str, best: str) -> None:
    asked = INSTRUMENT.item(item)
    assert {anchor.meaning for anchor in asked.anchors if anchor.answer == str(asked.high)} == {best}


def test_fdi_answers_survive_their_document() -> None:
    answers = FdiAnswers(0, 1, 2, 3, 4, 5, 6, 1, 2, None)
    assert read_answers(INSTRUMENT, answers.to_document()) == answers
