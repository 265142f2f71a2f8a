from math import inf

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.estimate import Estimate, InvoluntaryMovement
from facialis.grading.suggest.item import Judged, ReadingShown
from facialis.grading.suggest.judge import (
    by_steps,
    not_determined,
    on_slider,
    reasons_of_absent,
    remarks_on_absent,
    strongest,
)
from facialis.grading.suggest.probability import share_within
from facialis.grading.suggest.readings import NoReading
from facialis.grading.suggest.rules import rule_for
from facialis.grading.suggest.thresholds import limit_citations

SMILE = Expression.OPEN_SMILE
RULE = rule_for("sunnybrook", "smile_movement")[0]
SHOWN = ReadingShown("commissure_height_excursion", SMILE, Side.LEFT, 4.0, 0.5, "mm")
JUDGED = Judged("share of the healthy side", 50.0, 6.0, "%")
ESTIMATE = Estimate(0.5, 0.06, JUDGED, (SHOWN,), SMILE)
CITED = limit_citations(["slider_tolerance"])


def test_an_item_without_a_suggestion_says_why():
    found = not_determined("smile_movement", [RULE, RULE], "Blurred.")
    assert (found.item, found.value, found.reason) == ("smile_movement", None, "Blurred.")
    assert found.measures == ("commissure_height", "commissure_lateral")
    assert found.expressions == (SMILE,)
    assert found.citations == (RULE.citation,)
    assert (found.probability, found.confidence, found.chances, found.judged) == (None, None, (), None)


def test_the_most_probable_answer_is_suggested():
    found = by_steps(
        "smile_movement", [RULE], [ESTIMATE], [(2, 0.3), (3, 0.6), (4, 0.1)], CITED, remarks=("r",)
    )
    assert (found.item, found.value, found.probability) == ("smile_movement", 3, 0.6)
    assert found.chances == ((2, 0.3), (3, 0.6), (4, 0.1))
    assert found.confidence == "low"
    assert found.measures == ("commissure_height",)
    assert found.expressions == (SMILE,)
    assert found.readings == (SHOWN,)
    assert found.judged is JUDGED
    assert found.citations == (RULE.citation, *CITED)
    assert found.remarks == ("r",)
    assert (found.reason, found.interval) == (None, None)


def test_of_equally_probable_answers_the_first_is_suggested():
    assert by_steps("i", [RULE], [ESTIMATE], [(2, 0.5), (3, 0.5)], ()).value == 2


@pytest.mark.parametrize(
    ("mean", "value", "near", "interval"),
    [
        (50.0, 50, (40, 60), (33.551, 66.449)),
        (50.4, 50, (40, 60), (33.951, 66.849)),
        (90.0, 90, (80, inf), (73.551, 100)),
        (89.0, 89, (79, 99), (72.551, 100)),
        (130.0, 100, (90, inf), (100, 100)),
        (10.0, 10, (-inf, 20), (0, 26.449)),
        (11.0, 11, (1, 21), (0, 27.449)),
        (-30.0, 0, (-inf, 10), (0, 0)),
    ],
)
def test_a_slider_takes_the_nearest_place_within_its_ends(mean, value, near, interval):
    found = on_slider(RULE, ESTIMATE, (mean, 10.0), (0.0, 100.0), CITED, remarks=("r",))
    assert found.value == value
    assert found.probability == pytest.approx(share_within(*near, mean, 10.0))
    assert found.interval == (pytest.approx(interval[0], abs=1e-3), pytest.approx(interval[1], abs=1e-3))


def test_a_slider_carries_what_it_rests_on():
    found = on_slider(RULE, ESTIMATE, (50.0, 10.0), (0.0, 200.0), CITED, remarks=("r",))
    assert (found.item, found.chances, found.reason) == ("smile_movement", (), None)
    assert found.measures == ("commissure_height",)
    assert found.expressions == (SMILE,)
    assert (found.judged, found.readings) == (JUDGED, (SHOWN,))
    assert found.citations == (RULE.citation, *CITED)
    assert found.remarks == ("r",)
    assert on_slider(RULE, ESTIMATE, (50.0, 10.0), (0.0, 200.0), CITED).remarks == ()


def cell(in_thresholds, region):
    shown = ReadingShown(region, SMILE, Side.LEFT, in_thresholds * 2, 0.5, "mm")
    return InvoluntaryMovement(in_thresholds, 0.25, shown)


def test_the_strongest_cell_is_that_of_most_thresholds():
    found = strongest([cell(0.5, "brow"), cell(1.5, "eye"), cell(-2.0, "cheek")])
    assert (found.value, found.sd, found.expression) == (1.5, 0.25, SMILE)
    assert found.judged == Judged("involuntary movement", 3.0, 0.5, "mm")
    assert found.readings == (cell(1.5, "eye").shown,)


def test_what_is_absent_is_said_once():
    absent = [("eye", NoReading("Glasses.")), ("eye", NoReading("Glasses.")), ("brow", NoReading("Glasses."))]
    assert remarks_on_absent(absent) == (
        "Judged without the eye: Glasses.",
        "Judged without the brow: Glasses.",
    )
    assert reasons_of_absent([*absent, ("chin", NoReading("Beard."))]) == "Glasses. Beard."
