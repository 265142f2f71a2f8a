"""Laws of amounts, milestones and estimates, for any numbers."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facialis.planning.dosing.choices import MOST_LEVELS, amounts_between
from facialis.planning.estimates import estimate_of
from facialis.planning.forecast.bands import band_of
from facialis.planning.forecast.milestones import milestones_of
from facialis.planning.forecast.records import QUANTILES

STEPS = st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(1)])
UNITS = st.integers(0, 80).map(lambda quarters: Fraction(quarters, 4))
DAYS = np.array([0.0, 1.0, 3.0, 7.0, 14.0, 28.0, 56.0, 112.0])
CURVES = arrays(float, (5, 8), elements=st.floats(-10, 10, width=32)).map(
    lambda values: np.concatenate([np.zeros((5, 1)), values[:, 1:]], axis=1)
)


@given(UNITS, UNITS, UNITS, UNITS, STEPS, st.integers(1, 4), st.integers(0, 3))
def test_amounts_lie_within_every_range_once(low, high, least, most, step, points, more):
    found = amounts_between(low, high, range(points, points + more + 1), (least, most), step)
    totals = [count * dose for count, dose in found]
    assert totals == sorted(set(totals))
    assert len(found) <= MOST_LEVELS
    for count, dose in found:
        assert low <= count * dose <= high
        assert least <= dose <= most
        assert dose % step == 0
        assert points <= count <= points + more
        fewer = [c for c in range(points, count) if (count * dose / c) % step == 0]
        assert not any(least <= count * dose / c <= most for c in fewer)


@given(CURVES)
def test_milestones_stand_in_order_of_days(curves):
    found = milestones_of(curves, DAYS)
    assert 0 <= found.improved_share <= 1
    if found.onset is None:
        assert not found.improved_share
        return
    last = DAYS[-1]
    onset, peak, half, ended = (
        last + 1 if one.median is None else one.median
        for one in (found.onset, found.peak, found.half_gone, found.ended)
    )
    assert 0 <= onset <= peak <= half <= ended
    for one in (found.onset, found.peak, found.half_gone, found.ended):
        ends = [last + 1 if day is None else day for day in (one.low, one.median, one.high)]
        assert ends == sorted(ends)


@given(CURVES, st.floats(0.1, 10))
def test_milestones_hang_on_no_unit(curves, factor):
    mine, scaled = milestones_of(curves, DAYS), milestones_of(factor * curves, DAYS)
    assert mine.improved_share == scaled.improved_share
    if mine.half_gone is not None and mine.half_gone.median is not None:
        assert abs(mine.half_gone.median - scaled.half_gone.median) < 1e-6


@given(arrays(float, 20, elements=st.floats(-1e6, 1e6)))
def test_an_estimate_lies_within_its_samples(samples):
    found = estimate_of(samples, "mm")
    slack = 1e-9 * (1 + np.abs(samples).max())
    assert samples.min() - slack <= found.low <= found.high <= samples.max() + slack
    assert samples.min() - slack <= found.value <= samples.max() + slack


@given(CURVES)
def test_bands_are_ordered(curves):
    found = band_of(curves)
    table = np.array([found.quantiles[q] for q in QUANTILES])
    assert (np.diff(table, axis=0) >= -1e-9).all()
