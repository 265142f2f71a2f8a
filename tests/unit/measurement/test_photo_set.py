import math

import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.asymmetry import asymmetry_of
from facialis.measurement.combination import average_repeats
from facialis.measurement.excursion import NO_REST, excursion_of
from facialis.measurement.measures import MEASURES
from facialis.measurement.photo_set import measure_set
from facialis.measurement.scale import NoScale, Scale, ScaleSource
from tests.factories.faces import FaceShape, make_face
from tests.factories.measures import SameNoise, measure_points, measure_shape

REST = FaceShape()
SMILE = REST.with_side(Side.LEFT, commissure=(27.0, -63.0), lower_lid=3.0).with_side(
    Side.RIGHT, commissure=(31.0, -57.0), lower_lid=4.5
)


def photos(**options):
    return [
        (Expression.REST, measure_shape(REST, **options)),
        (Expression.OPEN_SMILE, measure_shape(SMILE, **options)),
    ]


def pick(values, expression, name, side=None):
    (found,) = (
        v for v in values if (v.expression, v.name) == (expression, name) and getattr(v, "side", None) is side
    )
    return found


def test_excursion_is_the_expression_minus_rest():
    found = measure_set(photos()).excursions
    left = pick(found, Expression.OPEN_SMILE, "commissure_height_excursion", Side.LEFT)
    right = pick(found, Expression.OPEN_SMILE, "commissure_height_excursion", Side.RIGHT)
    assert (left.value, right.value) == (pytest.approx(3), pytest.approx(9))
    assert left.ratio == pytest.approx(3 / 92 * 100)
    assert left.unit == "mm"
    assert all(e.expression is not Expression.REST for e in found)


def test_without_rest_excursions_have_a_reason_and_asymmetry_is_given():
    found = measure_set(photos()[1:])
    assert pick(found.excursions, Expression.OPEN_SMILE, "brow_height_excursion", Side.LEFT).reason == NO_REST
    assert pick(found.asymmetry, Expression.OPEN_SMILE, "commissure_height").value == pytest.approx(-6)
    assert all(entry.value is None and entry.reason for entry in found.synkinesis.entries)


def test_asymmetry_is_left_minus_right():
    found = pick(measure_set(photos()).asymmetry, Expression.OPEN_SMILE, "commissure_lateral")
    assert found.value == pytest.approx(27 - 31)
    assert found.affected_minus_healthy is None
    assert found.percent_of_healthy is None


@pytest.mark.parametrize(("affected", "sign"), [(Side.LEFT, 1), (Side.RIGHT, -1)])
def test_affected_minus_healthy_is_derived_from_the_affected_side(affected, sign):
    found = pick(
        measure_set(photos(), affected=affected).asymmetry,
        Expression.OPEN_SMILE,
        "commissure_height_excursion",
    )
    healthy = 9 if affected is Side.LEFT else 3
    assert found.value == pytest.approx(-6)
    assert found.affected_minus_healthy == pytest.approx(-6 * sign)
    assert found.percent_of_healthy == pytest.approx(-6 * sign / healthy * 100)


def test_percentage_of_a_healthy_side_that_hardly_moved_is_not_given():
    found = measure_set(photos(error_model=SameNoise(8.0)), affected=Side.LEFT).asymmetry
    assert pick(found, Expression.OPEN_SMILE, "commissure_height_excursion").percent_of_healthy is None


def test_scale_error_common_to_both_sides_cancels_in_asymmetry():
    uncertain = Scale(0.2, ScaleSource.IRIS, photo_rel_sd=0.05, common_rel_sd=0.04)
    found = measure_set(photos(scale=uncertain, error_model=SameNoise(0.0))).asymmetry
    rest = pick(found, Expression.REST, "commissure_height")
    smile = pick(found, Expression.OPEN_SMILE, "commissure_height")
    assert rest.sd == pytest.approx(0, abs=1e-9)
    assert smile.sd == pytest.approx(6 * math.hypot(0.05, 0.04))


def test_noise_that_both_sides_share_cancels_in_asymmetry():
    exact = Scale(0.2, ScaleSource.RULER, 0, 0)
    alone = asymmetry_of(average_repeats(photos(scale=exact)), Expression.REST, "brow_height").sd
    shared = asymmetry_of(
        average_repeats(photos(scale=exact, error_model=SameNoise(0.4, side_correlation=0.75))),
        Expression.REST,
        "brow_height",
    ).sd
    assert alone == pytest.approx(0.4 / 100 * 92 * math.sqrt(2))
    assert shared == pytest.approx(alone / 2)


def test_repeats_are_averaged_by_inverse_variance():
    exact = Scale(0.2, ScaleSource.RULER, 0, 0)
    one = measure_shape(REST.with_side(Side.LEFT, brow_height=22.0), scale=exact, error_model=SameNoise(0.4))
    two = measure_shape(REST.with_side(Side.LEFT, brow_height=22.3), scale=exact, error_model=SameNoise(0.8))
    brow = average_repeats([(Expression.REST, one), (Expression.REST, two)])[Expression.REST][
        "brow_height", Side.LEFT
    ]
    assert brow.value == pytest.approx(0.8 * 22.0 + 0.2 * 22.3)
    assert brow.sd == pytest.approx(0.92 * 0.4 * math.sqrt(0.8))
    assert brow.ratio == pytest.approx(brow.value / 92 * 100)


def test_repeats_that_disagree_widen_the_sd():
    exact = Scale(0.2, ScaleSource.RULER, 0, 0)
    heights = (20.0, 24.0)
    repeats = [
        (Expression.REST, measure_shape(REST.with_side(Side.LEFT, brow_height=h), scale=exact))
        for h in heights
    ]
    brow = average_repeats(repeats)[Expression.REST]["brow_height", Side.LEFT]
    assert brow.value == pytest.approx(22)
    # Two values 4 mm apart: the sd of their mean is 2 mm, whatever was stated.
    assert brow.sd == pytest.approx(2.0)


def test_repeat_without_a_value_does_not_hide_the_other():
    closed = measure_shape(REST, scale=NoScale("no iris"))
    opened = measure_shape(REST)
    for order in ([closed, opened], [opened, closed]):
        averaged = average_repeats([(Expression.REST, m) for m in order])[Expression.REST]
        assert averaged["brow_height", Side.LEFT].value == pytest.approx(22)
    nothing = average_repeats([(Expression.REST, closed)] * 2)[Expression.REST]
    assert nothing["brow_height", Side.LEFT].reason == "no iris"


def test_without_any_scale_ratios_of_movement_and_asymmetry_are_given():
    found = measure_set(photos(scale=NoScale("no iris")))
    moved = pick(found.excursions, Expression.OPEN_SMILE, "commissure_height_excursion", Side.RIGHT)
    assert moved.value is None
    assert "no iris" in moved.reason
    assert moved.ratio == pytest.approx(9 / 92 * 100)
    lopsided = pick(found.asymmetry, Expression.OPEN_SMILE, "commissure_height_excursion")
    assert lopsided.ratio == pytest.approx(-6 / 92 * 100)
    assert lopsided.ratio_sd == pytest.approx(0.8)
    assert found.index.value is None
    assert found.index.coverage == 0


def test_stated_sds_of_differences_are_the_spread_of_simulated_patients():
    """Monte Carlo over iris size, scale reading and point noise at once."""
    rng = np.random.default_rng(3)
    common_rel, photo_rel, noise_percent, draws = 0.036, 0.014, 0.4, 3000
    scale = Scale(0.2, ScaleSource.IRIS, photo_rel, common_rel)
    stated = measure_set(photos(scale=scale, error_model=SameNoise(noise_percent)))
    truth = {"rest": {Side.LEFT: -66.0, Side.RIGHT: -66.0}, "smile": {Side.LEFT: -63.0, Side.RIGHT: -57.0}}
    noise_mm = noise_percent / 100 * 92
    patient = 1 + rng.normal(0, common_rel, draws)
    read = {
        photo: (1 + rng.normal(0, photo_rel, draws)) * patient * np.array([[v] for v in sides.values()])
        + rng.normal(0, noise_mm, (2, draws))
        for photo, sides in truth.items()
    }
    excursion = read["smile"] - read["rest"]
    name = "commissure_height_excursion"
    left = pick(stated.excursions, Expression.OPEN_SMILE, name, Side.LEFT)
    assert left.sd == pytest.approx(excursion[0].std(), rel=0.06)
    difference = pick(stated.asymmetry, Expression.OPEN_SMILE, name)
    assert difference.sd == pytest.approx((excursion[0] - excursion[1]).std(), rel=0.06)
    # Punished by the shared iris as if it were noise, the excursion would look four times as uncertain.
    assert left.sd < 0.5 * math.hypot(63, 66) * math.hypot(common_rel, photo_rel)


def test_any_subset_and_order_is_accepted():
    assert measure_set([]).index.value is None
    for expression in Expression:
        found = measure_set([(expression, measure_shape(REST))], affected=Side.RIGHT)
        assert len(found.asymmetry) >= sum(m.sided for m in MEASURES.values())


def test_excursion_of_a_measure_missing_at_rest_names_rest():
    closed = REST.with_side(Side.LEFT, eye_open=False)
    by_expression = average_repeats(
        [(Expression.REST, measure_shape(closed)), (Expression.OPEN_SMILE, measure_points(make_face(SMILE)))]
    )
    found = excursion_of(by_expression, Expression.OPEN_SMILE, "margin_reflex_distance_1", Side.LEFT)
    assert found.reason.startswith("At rest: The pupil is not visible")
