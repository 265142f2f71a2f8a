from math import inf

import pytest

from facialis.grading.suggest.probability import (
    Spread,
    central_interval,
    share_below,
    share_within,
    shares_of_greatest,
    shares_of_steps,
)


def test_half_of_a_normal_quantity_lies_below_its_mean():
    assert share_below(3.0, 3.0, 2.0) == pytest.approx(0.5)
    assert share_below(5.0, 3.0, 2.0) == pytest.approx(0.8413447)


def test_an_exact_quantity_on_the_limit_is_not_below_it():
    assert share_below(3.0, 3.0, 0.0) == 0.0
    assert share_below(3.0, 2.999, 0.0) == 1.0
    assert share_below(3.0, 3.001, 0.0) == 0.0


def test_a_share_within_two_limits_takes_open_ends():
    assert share_within(-inf, inf, 0.0, 1.0) == 1.0
    assert share_within(-inf, 0.0, 0.0, 1.0) == pytest.approx(0.5)
    assert share_within(-1.0, 1.0, 0.0, 1.0) == pytest.approx(0.6826895)
    assert share_within(0.0, inf, 1.0, 1.0) == pytest.approx(0.8413447)


def test_the_central_interval_of_nine_tenths():
    low, high = central_interval(10.0, 2.0, 0.9)
    assert (low, high) == (pytest.approx(10 - 3.2897073), pytest.approx(10 + 3.2897073))


def test_steps_between_limits_add_up_to_one():
    assert shares_of_steps((0.1, 0.5), 0.5, 0.0) == (0.0, 0.0, 1.0)
    assert shares_of_steps((0.1, 0.5), 0.4999, 0.0) == (0.0, 1.0, 0.0)
    steps = shares_of_steps((-1.0, 1.0), 0.0, 1.0)
    assert steps == (pytest.approx(0.1586553), pytest.approx(0.6826895), pytest.approx(0.1586553))


def test_the_greatest_of_several_lies_below_a_limit_only_when_all_do():
    steps = shares_of_greatest((0.0,), [(0.0, 1.0), (0.0, 1.0), (0.0, 1.0)])
    assert steps == (pytest.approx(0.125), pytest.approx(0.875))
    assert shares_of_greatest((1.0, 2.0), [(0.5, 0.0), (1.5, 0.0)]) == (0.0, 1.0, 0.0)


def test_spreads_add_and_scale():
    coin = Spread({0: 0.5, 1: 0.5})
    assert coin.plus(coin).chances == {0: 0.25, 1: 0.5, 2: 0.25}
    assert coin.times(-4).chances == {0: 0.5, -4: 0.5}


@pytest.mark.parametrize(
    ("chances", "ends"),
    [
        ({1: 0.04, 2: 0.92, 3: 0.04}, (2, 2)),
        ({1: 0.06, 2: 0.88, 3: 0.06}, (1, 3)),
        ({3: 0.5, -1: 0.5}, (-1, 3)),
        ({7: 1.0}, (7, 7)),
        ({7: 0.0}, (7, 7)),
    ],
)
def test_a_spread_leaves_out_equal_tails(chances, ends):
    assert Spread(chances).central_interval(0.9) == ends
