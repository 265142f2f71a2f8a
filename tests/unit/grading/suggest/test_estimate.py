import math
from dataclasses import replace

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.estimate import (
    Estimate,
    closed_share,
    difference_at_rest,
    involuntary_movements,
    movement_share,
    photographed,
)
from facialis.grading.suggest.item import Judged, ReadingShown
from facialis.grading.suggest.readings import NoReading, Reading, Readings
from facialis.grading.suggest.rules import rule_for
from tests.factories.readings import make_readings

LEFT, RIGHT = Side.LEFT, Side.RIGHT
BROW = rule_for("sunnybrook", "brow_raise_movement")[0]
SMILE = rule_for("sunnybrook", "smile_movement")[0]
ANY_SMILE = rule_for("eface", "oral_commissure_smile")[0]
PUCKER = rule_for("sunnybrook", "pucker_movement")[0]
CLOSURE = rule_for("sunnybrook", "eye_closure_movement")[0]
EYE_REST = rule_for("sunnybrook", "eye_rest")[0]
BROW_SYNKINESIS = rule_for("sunnybrook", "brow_raise_synkinesis")[0]


def moving(expression, **measures):
    """Readings of one expression: name=(left, sd, right, sd, sd of the difference)."""
    tables = {"measures": {}, "excursions": {}, "excursion_asymmetries": {}}
    for name, (left, left_sd, right, right_sd, difference_sd) in measures.items():
        tables["measures"][expression, name, LEFT] = Reading(0.0, 0.0, "mm")
        tables["excursions"][expression, name, LEFT] = Reading(left, left_sd, "mm")
        tables["excursions"][expression, name, RIGHT] = Reading(right, right_sd, "mm")
        tables["excursion_asymmetries"][expression, name] = Reading(left - right, difference_sd, "mm")
    return Readings(**tables)


def test_a_movement_is_a_share_of_the_healthy_side():
    readings = moving(Expression.BROW_RAISE, brow_height=(4.0, 0.6, 8.0, 0.8, 1.0))
    found = movement_share(readings, BROW, LEFT)
    assert found.value == pytest.approx(0.5)
    # The errors of the sides are independent: their squares add up to that of the difference.
    assert found.sd == pytest.approx(math.sqrt(0.6**2 + (0.5 * 0.8) ** 2) / 8)
    assert found.expression is Expression.BROW_RAISE
    assert found.judged == Judged(
        "share of the healthy side", pytest.approx(50), pytest.approx(found.sd * 100), "%"
    )
    assert found.readings == (
        ReadingShown("brow_height_excursion", Expression.BROW_RAISE, LEFT, 4.0, 0.6, "mm"),
        ReadingShown("brow_height_excursion", Expression.BROW_RAISE, RIGHT, 8.0, 0.8, "mm"),
    )


def test_errors_that_the_sides_share_cancel_in_the_share():
    readings = moving(Expression.BROW_RAISE, brow_height=(8.0, 1.0, 8.0, 1.0, 0.5))
    # Of the two variances of 1 the sides share all but half of the 0.25 of their difference.
    variance = (1 + 1 - 2 * 0.875) / 64
    assert movement_share(readings, BROW, LEFT).sd == pytest.approx(math.sqrt(variance))


@pytest.mark.parametrize(("difference_sd", "correlation"), [(0.0, 1), (9.0, -1)])
def test_a_covariance_never_exceeds_what_the_sds_allow(difference_sd, correlation):
    readings = moving(Expression.BROW_RAISE, brow_height=(4.0, 1.0, 8.0, 2.0, difference_sd))
    expected = abs(1.0 - correlation * 0.5 * 2.0) / 8
    assert movement_share(readings, BROW, LEFT).sd == pytest.approx(expected)


def test_several_measures_give_one_factor_each_by_its_precision():
    readings = moving(
        Expression.OPEN_SMILE,
        commissure_height=(4.0, 0.3, 8.0, 0.4, 0.5),
        commissure_lateral=(6.0, 0.6, 6.0, 0.8, 1.0),
    )
    found = movement_share(readings, SMILE, LEFT)
    by_height, by_lateral = 1 / 0.25, 1.0
    norm = by_height * 64 + by_lateral * 36
    factor = (by_height * 32 + by_lateral * 36) / norm
    variance = 0.0
    for weight, own, other, own_sd, other_sd in (
        (by_height, 4, 8, 0.3, 0.4),
        (by_lateral, 6, 6, 0.6, 0.8),
    ):
        variance += (weight * other / norm * own_sd) ** 2
        variance += (weight * (own - 2 * factor * other) / norm * other_sd) ** 2
    assert found.value == pytest.approx(factor)
    assert found.sd == pytest.approx(math.sqrt(variance))
    assert [r.quantity for r in found.readings] == [
        "commissure_height_excursion",
        "commissure_height_excursion",
        "commissure_lateral_excursion",
        "commissure_lateral_excursion",
    ]


def test_exact_readings_count_alike():
    found = movement_share(make_readings(share=0.25), SMILE, LEFT)
    assert (found.value, found.sd) == (pytest.approx(0.25), 0.0)


def test_a_further_measure_that_is_missing_is_left_out():
    readings = moving(Expression.OPEN_SMILE, commissure_height=(4.0, 0.3, 8.0, 0.4, 0.5))
    assert movement_share(readings, SMILE, LEFT).value == pytest.approx(0.5)


def test_the_affected_side_may_be_the_right_one():
    readings = moving(Expression.PUCKER, commissure_lateral=(-8.0, 0.6, -2.0, 0.6, 0.6))
    found = movement_share(readings, PUCKER, RIGHT)
    assert found.value == pytest.approx(0.25)
    assert [r.side for r in found.readings] == [RIGHT, LEFT]


@pytest.mark.parametrize(
    ("healthy", "sd", "determined"),
    [(3.0, 1.5, True), (2.99, 0.1, False), (3.0, 1.51, False), (-8.0, 0.1, False)],
)
def test_a_healthy_side_that_hardly_moves_is_no_base(healthy, sd, determined):
    readings = moving(Expression.BROW_RAISE, brow_height=(1.0, 0.5, healthy, sd, 0.5))
    assert isinstance(movement_share(readings, BROW, LEFT), Estimate) is determined


def test_the_sentence_on_a_healthy_side_that_hardly_moves():
    readings = moving(Expression.PUCKER, commissure_lateral=(-1.0, 0.5, -1.24, 0.26, 0.5))
    assert movement_share(readings, PUCKER, LEFT) == NoReading(
        "The healthy RIGHT side moved by 1.2 ± 0.3 mm in 'pucker' (commissure_lateral); at least 3 mm and 2 "
        "standard deviations are needed for a comparison."
    )


@pytest.mark.parametrize("side", Side)
def test_a_side_without_a_reading_is_named(side):
    readings = moving(Expression.BROW_RAISE, brow_height=(4.0, 0.6, 8.0, 0.8, 1.0))
    broken = dict(readings.excursions)
    broken[Expression.BROW_RAISE, "brow_height", side] = NoReading("Hair covers it.")
    found = movement_share(replace(readings, excursions=broken), BROW, LEFT)
    assert found == NoReading(f"{side.label} side: Hair covers it.")


def test_a_movement_without_the_difference_of_the_sides_is_not_judged():
    readings = moving(Expression.BROW_RAISE, brow_height=(4.0, 0.6, 8.0, 0.8, 1.0))
    found = movement_share(replace(readings, excursion_asymmetries={}), BROW, LEFT)
    assert found == NoReading("'brow_height' was not read in 'brow_raise'.")


def test_the_first_photograph_that_there_is_counts():
    both = make_readings()
    assert photographed(both, ANY_SMILE) is Expression.OPEN_SMILE
    closed = make_readings(without=(Expression.OPEN_SMILE,))
    assert movement_share(closed, ANY_SMILE, LEFT).expression is Expression.CLOSED_SMILE
    none = make_readings(without=(Expression.OPEN_SMILE, Expression.CLOSED_SMILE))
    assert photographed(none, ANY_SMILE) == NoReading(
        "There is no photograph of 'open_smile' or 'closed_smile'."
    )
    refused = replace(none, refused={Expression.CLOSED_SMILE: "It is blurred."})
    assert movement_share(refused, ANY_SMILE, LEFT) == NoReading(
        "The photograph of 'closed_smile' was refused: It is blurred."
    )


def closing(opening, gap, *, healthy_gap=0.0, sds=(0.6, 0.8, 1.0)):
    gentle, name = Expression.GENTLE_EYE_CLOSURE, "palpebral_fissure"
    return Readings(
        measures={
            (Expression.REST, name, LEFT): Reading(opening, sds[0], "mm"),
            (gentle, name, LEFT): Reading(gap, sds[1], "mm"),
            (gentle, name, RIGHT): Reading(healthy_gap, 0.7, "mm"),
        },
        excursions={(gentle, name, LEFT): Reading(gap - opening, sds[2], "mm")},
    )


def test_closure_is_a_share_of_the_eyes_own_opening():
    found = closed_share(closing(8.0, 2.0), CLOSURE, LEFT)
    assert found.value == pytest.approx(0.75)
    assert found.sd == pytest.approx(math.sqrt(0.8**2 + (0.25 * 0.6) ** 2) / 8)
    assert found.judged == Judged("share closed", pytest.approx(75), pytest.approx(found.sd * 100), "%")
    assert found.readings == (
        ReadingShown("palpebral_fissure", Expression.REST, LEFT, 8.0, 0.6, "mm"),
        ReadingShown("palpebral_fissure", Expression.GENTLE_EYE_CLOSURE, LEFT, 2.0, 0.8, "mm"),
    )


def test_errors_that_rest_and_closure_share_cancel():
    found = closed_share(closing(8.0, 8.0, sds=(1.0, 1.0, 0.0)), CLOSURE, LEFT)
    assert (found.value, found.sd) == (pytest.approx(0.0), pytest.approx(0.0, abs=1e-9))
    shared = closed_share(closing(8.0, 4.0, sds=(1.0, 1.0, 1.0)), CLOSURE, LEFT)
    assert shared.sd == pytest.approx(math.sqrt(1 - 2 * 0.5 * 0.5 + 0.25) / 8)


def test_an_impossible_covariance_leaves_no_negative_variance():
    assert closed_share(closing(8.0, 8.0, sds=(1.0, 0.1, 0.0)), CLOSURE, LEFT).sd == 0.0


@pytest.mark.parametrize("missing", ["opening", "gap", "excursion", "healthy", "photograph"])
def test_closure_needs_every_reading(missing):
    readings = closing(8.0, 2.0)
    measures, excursions = dict(readings.measures), dict(readings.excursions)
    gentle = Expression.GENTLE_EYE_CLOSURE
    gone = NoReading("Not visible.")
    if missing == "opening":
        measures[Expression.REST, "palpebral_fissure", LEFT] = gone
    elif missing == "gap":
        measures[gentle, "palpebral_fissure", LEFT] = gone
    elif missing == "excursion":
        excursions[gentle, "palpebral_fissure", LEFT] = gone
    elif missing == "healthy":
        measures[gentle, "palpebral_fissure", RIGHT] = gone
    else:
        measures = {key: value for key, value in measures.items() if key[0] is Expression.REST}
    found = closed_share(replace(readings, measures=measures, excursions=excursions), CLOSURE, LEFT)
    expected = (
        "There is no photograph of 'gentle_eye_closure'." if missing == "photograph" else "Not visible."
    )
    assert found == NoReading(expected)


def test_eyes_that_were_not_being_closed_are_not_judged():
    assert isinstance(closed_share(closing(8.0, 2.0, healthy_gap=1.99), CLOSURE, LEFT), Estimate)
    assert closed_share(closing(8.0, 2.0, healthy_gap=2.0), CLOSURE, LEFT) == NoReading(
        "The healthy RIGHT eye is open by 2.0 ± 0.7 mm in 'gentle_eye_closure', so the eyes were not being "
        "closed. Take the photograph again."
    )


def test_an_eye_that_is_hardly_open_at_rest_is_not_judged():
    assert isinstance(closed_share(closing(3.0, 1.0), CLOSURE, LEFT), Estimate)
    assert closed_share(closing(2.94, 1.0), CLOSURE, LEFT) == NoReading(
        "The LEFT eye is open by only 2.9 ± 0.6 mm at rest; at least 3 mm are needed to judge how far it "
        "closes."
    )


def test_a_difference_at_rest_is_seen_from_the_affected_side():
    readings = Readings(asymmetries={(Expression.REST, "palpebral_fissure"): Reading(-2.0, 0.4, "mm")})
    found = difference_at_rest(readings, EYE_REST, RIGHT)
    assert (found.value, found.sd, found.expression) == (2.0, 0.4, Expression.REST)
    assert found.judged == Judged("affected minus healthy", 2.0, 0.4, "mm")
    assert found.readings == (ReadingShown("palpebral_fissure", Expression.REST, None, 2.0, 0.4, "mm"),)
    assert difference_at_rest(Readings(), EYE_REST, LEFT) == NoReading("There is no photograph of 'rest'.")


def test_involuntary_movements_are_counted_in_perception_thresholds():
    brow = Expression.BROW_RAISE
    readings = make_readings(involuntary={(brow, "eye"): 3.0, (brow, "commissure"): -1.5}, sd=0.6)
    found, absent = involuntary_movements(readings, BROW_SYNKINESIS, LEFT)
    assert absent == ()
    assert [cell.shown.quantity for cell in found] == ["eye", "commissure", "cheek", "chin"]
    assert (found[0].in_thresholds, found[0].sd_in_thresholds) == (pytest.approx(1.5), pytest.approx(0.3))
    assert (found[1].in_thresholds, found[1].sd_in_thresholds) == (pytest.approx(-0.5), pytest.approx(0.2))
    assert found[0].shown == ReadingShown("eye", brow, LEFT, 3.0, 0.6, "mm")


def test_regions_without_a_value_are_named():
    brow = Expression.BROW_RAISE
    readings = make_readings()
    entries = dict(readings.involuntary)
    entries[brow, "eye", LEFT] = NoReading("Glasses.")
    found, absent = involuntary_movements(replace(readings, involuntary=entries), BROW_SYNKINESIS, LEFT)
    assert len(found) == 3
    assert absent == (("eye", NoReading("Glasses.")),)
