import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.item import Judged, ReadingShown, SuggestedItem, SuggestedRange
from facialis.report.suggestion_words import (
    confidence_words,
    item_words,
    judged_words,
    otherwise_words,
    range_words,
)

LEFT, RIGHT = Side.LEFT, Side.RIGHT
SMILE, REST, TIGHT = Expression.OPEN_SMILE, Expression.REST, Expression.TIGHT_EYE_CLOSURE


def item(judged=None, readings=(), **fields):
    expressions = tuple(dict.fromkeys(reading.expression for reading in readings))
    return SuggestedItem("i", 3, (), expressions, (), judged=judged, readings=readings, **fields)


def shown(quantity, expression, side, value):
    return ReadingShown(quantity, expression, side, value, 0.5, "mm")


def test_names_lose_their_underscores():
    assert item_words("slight_to_moderate") == "slight to moderate"


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (None, ""),
        (0.994, "high (> 99 %)"),
        (0.99, "high (99 %)"),
        (0.724, "fair (72 %)"),
        (0.5, "low (50 %)"),
    ],
)
def test_nothing_measured_is_certain(probability, words):
    assert confidence_words(item(probability=probability)) == words


def test_a_share_of_movement_shows_both_sides():
    readings = (
        shown("commissure_height_excursion", SMILE, LEFT, 4.36),
        shown("commissure_height_excursion", SMILE, RIGHT, 8.81),
        shown("commissure_lateral_excursion", SMILE, LEFT, 4.0),
        shown("commissure_lateral_excursion", SMILE, RIGHT, 8.0),
        shown("brow_height_excursion", Expression.BROW_RAISE, LEFT, 1.0),
    )
    judged = Judged("share of the healthy side", 49.7, 9.1, "%")
    assert judged_words(item(judged, readings)) == (
        "open smile: lip corner height LEFT +4.4, RIGHT +8.8 mm (with lip corner from midline): 50 ± 9 % of "
        "healthy"
    )
    assert judged_words(item(judged, readings[:2])) == (
        "open smile: lip corner height LEFT +4.4, RIGHT +8.8 mm: 50 ± 9 % of healthy"
    )


def test_a_share_against_the_intended_direction_is_negative():
    readings = (shown("brow_height_excursion", SMILE, LEFT, -0.3),)
    judged = Judged("share of the healthy side", -3.9, 22.4, "%")
    assert judged_words(item(judged, readings)).endswith("LEFT −0.3 mm: −4 ± 22 % of healthy")


def test_a_closure_shows_opening_and_gap():
    readings = (
        shown("palpebral_fissure", REST, RIGHT, 12.53),
        shown("palpebral_fissure", TIGHT, RIGHT, 8.88),
    )
    suggested = SuggestedItem(
        "i", 2, (), (TIGHT,), (), judged=Judged("share closed", 29.1, 8.0, "%"), readings=readings
    )
    assert judged_words(suggested) == (
        "tight eye closure: RIGHT palpebral fissure 12.5 → 8.9 mm: 29 ± 8 % closed"
    )


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        ("palpebral_fissure", -1.7, "rest: palpebral fissure 1.7 ± 0.5 mm narrower on the affected side"),
        ("palpebral_fissure", 0.0, "rest: palpebral fissure 0.0 ± 0.5 mm wider on the affected side"),
        ("commissure_height", 2.0, "rest: lip corner height 2.0 ± 0.5 mm higher on the affected side"),
        ("brow_height", -2.0, "rest: brow height 2.0 ± 0.5 mm lower on the affected side"),
    ],
)
def test_a_difference_at_rest_says_which_way(measure, value, words):
    judged = Judged("affected minus healthy", value, 0.5, "mm")
    assert judged_words(item(judged, (shown(measure, REST, None, value),))) == words


@pytest.mark.parametrize(
    ("region", "moves"),
    [
        ("eye", "eye narrows"),
        ("brow", "brow falls"),
        ("commissure", "lip corner rises"),
        ("cheek", "nostril wing rises"),
        ("chin", "lower lip rises"),
        ("ear", "ear moves"),
    ],
)
def test_an_involuntary_movement_says_what_moves(region, moves):
    judged = Judged("involuntary movement", 3.9, 0.8, "mm")
    assert judged_words(item(judged, (shown(region, SMILE, LEFT, 3.9),))) == (
        f"open smile: {moves} +3.9 ± 0.8 mm more than on the healthy side"
    )


def test_a_gap_is_said_as_it_is():
    judged = Judged("remaining gap", 2.65, 0.78, "mm")
    assert judged_words(item(judged, (shown("palpebral_fissure", TIGHT, LEFT, 2.65),))) == (
        "tight eye closure: remaining gap 2.6 ± 0.8 mm"
    )


def test_without_a_judged_number_there_are_no_words():
    assert judged_words(item()) == ""


def test_other_probable_answers_come_in_their_order():
    chances = ((2, 0.1), (3, 0.5), (4, 0.35), (5, 0.049))
    assert otherwise_words(item(chances=chances), 0.05) == "4 (35 %), 2 (10 %)"
    assert otherwise_words(item(chances=((3, 1.0),)), 0.05) == ""
    assert otherwise_words(item(interval=(33.6, 66.4)), 0.05) == "34 to 66"


def test_a_range_names_what_is_open():
    assert range_words(SuggestedRange("rest_symmetry", 0, 15, ("cheek_rest",))) == (
        "rest symmetry 0 to 15 (cheek rest open)"
    )
    assert range_words(SuggestedRange("grade", "III", "III")) == "grade III"
    assert range_words(SuggestedRange("x", 1, 2, ("a_b", "c"))) == "x 1 to 2 (a b, c open)"
