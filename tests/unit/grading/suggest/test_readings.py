import math

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.errors import ReadingError
from facialis.grading.suggest.readings import NoReading, Reading, Readings, mean_of_repeats

SMILE, REST = Expression.OPEN_SMILE, Expression.REST


@pytest.mark.parametrize(
    ("value", "sd"), [(math.nan, 1.0), (math.inf, 1.0), (1.0, math.nan), (1.0, math.inf), (1.0, -0.1)]
)
def test_a_reading_is_a_finite_number_with_an_sd(value, sd):
    with pytest.raises(ReadingError) as error:
        Reading(value, sd, "mm")
    assert error.value.code == "reading_invalid"
    assert str(error.value) == (
        f"A reading is {value} with sd {sd}; both must be finite and the sd 0 or more. Where nothing was "
        "measured, give the reason instead."
    )


def test_an_exact_reading_is_allowed():
    assert Reading(1.0, 0.0, "mm").sd == 0


def test_readings_are_looked_up_by_kind():
    number = {name: Reading(value, 0.1, "mm") for value, name in enumerate("abcde")}
    readings = Readings(
        measures={(SMILE, "x", Side.LEFT): number["a"]},
        excursions={(SMILE, "x", Side.LEFT): number["b"]},
        asymmetries={(SMILE, "x"): number["c"]},
        excursion_asymmetries={(SMILE, "x"): number["d"]},
        involuntary={(SMILE, "eye", Side.LEFT): number["e"]},
    )
    assert readings.value(SMILE, "x", Side.LEFT) is number["a"]
    assert readings.excursion(SMILE, "x", Side.LEFT) is number["b"]
    assert readings.asymmetry(SMILE, "x") is number["c"]
    assert readings.excursion_asymmetry(SMILE, "x") is number["d"]
    assert readings.involuntary_movement(SMILE, "eye", Side.LEFT) is number["e"]
    assert readings.photographed == {SMILE}


def test_what_is_not_there_comes_back_as_a_reason():
    readings = Readings(
        measures={(REST, "x", None): Reading(1.0, 0.1, "mm")},
        refused={Expression.SNARL: "The face is blurred.", REST: "A second one was empty."},
    )
    assert readings.value(REST, "y", Side.LEFT) == NoReading("'y' was not read in 'rest'.")
    assert readings.asymmetry(SMILE, "x") == NoReading("There is no photograph of 'open_smile'.")
    assert readings.involuntary_movement(Expression.SNARL, "eye", Side.LEFT) == NoReading(
        "The photograph of 'snarl' was refused: The face is blurred."
    )


def test_a_missing_photograph_is_the_reason_why_nothing_involuntary_is_seen():
    readings = Readings(involuntary={(SMILE, "eye", Side.LEFT): NoReading("LEFT side: nothing.")})
    assert readings.involuntary_movement(SMILE, "eye", Side.LEFT) == NoReading(
        "There is no photograph of 'open_smile'."
    )


def test_a_reason_that_stands_in_the_table_is_given_as_it_is():
    why = NoReading("The head is turned.")
    readings = Readings(excursions={(SMILE, "x", Side.LEFT): why}, asymmetries={(SMILE, "x"): why})
    assert readings.excursion(SMILE, "x", Side.LEFT) is why
    assert readings.affected_minus_healthy(SMILE, "x", Side.RIGHT) is why


def test_the_difference_is_seen_from_the_affected_side():
    readings = Readings(asymmetries={(SMILE, "x"): Reading(-2.0, 0.3, "mm")})
    assert readings.affected_minus_healthy(SMILE, "x", Side.LEFT) == Reading(-2.0, 0.3, "mm")
    assert readings.affected_minus_healthy(SMILE, "x", Side.RIGHT) == Reading(2.0, 0.3, "mm")


def test_one_repeat_stays_as_it_is():
    assert mean_of_repeats([NoReading("no"), Reading(3.0, 0.5, "mm")]) == Reading(3.0, 0.5, "mm")


def test_repeats_are_weighted_by_precision_and_are_no_surer_than_their_members():
    found = mean_of_repeats([Reading(10.0, 1.0, "mm"), Reading(11.0, 2.0, "mm")])
    assert found.value == pytest.approx((10 * 1 + 11 * 0.25) / 1.25)
    assert found.sd == pytest.approx(math.sqrt((1 * 1 + 0.25 * 4) / 1.25))
    assert found.unit == "mm"


def test_repeats_that_differ_count_their_scatter():
    found = mean_of_repeats([Reading(0.0, 0.5, "mm"), Reading(6.0, 0.5, "mm")])
    assert found.value == pytest.approx(3.0)
    assert found.sd == pytest.approx(3.0)


def test_exact_repeats_divide_nothing_by_zero():
    assert mean_of_repeats([Reading(1.0, 0.0, "mm"), Reading(1.0, 0.0, "mm")]) == Reading(1.0, 0.0, "mm")
    mixed = mean_of_repeats([Reading(1.0, 0.0, "mm"), Reading(2.0, 1.0, "mm")])
    assert mixed.value == pytest.approx(1.0, abs=1e-6)


def test_where_no_repeat_has_a_value_the_first_reason_stands():
    assert mean_of_repeats([NoReading("first"), NoReading("second")]) == NoReading("first")
