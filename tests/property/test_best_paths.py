"""The best path and the best interval are those that trying everything finds."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facialis.vision.refine.paths import best_interval, best_path

pytestmark = pytest.mark.slow

VALUES = st.floats(-5.0, 5.0).map(lambda value: round(value, 3))
PRICES = st.sampled_from([0.0, 0.3, 1.0, 4.0])
STEPS = st.sampled_from([1, 2])


def evidences(rows, columns):
    shapes = st.tuples(st.integers(1, rows), st.integers(1, columns))
    return shapes.flatmap(lambda shape: arrays(np.float64, shape, elements=VALUES))


def worth_of_path(evidence, path, bend_price, max_step):
    steps = np.diff(path)
    if (np.abs(steps) > max_step).any():
        return -np.inf
    collected = evidence[np.asarray(path), np.arange(len(path))].sum()
    return collected - bend_price * float((steps**2).sum())


def worth_of_interval(evidence, first, last, bend_price, max_step):
    first, last = np.asarray(first), np.asarray(last)
    steps = np.concatenate([np.diff(first), np.diff(last)])
    if (np.abs(steps) > max_step).any() or (first > last).any():
        return -np.inf
    inside = sum(evidence[f:t, column].sum() for column, (f, t) in enumerate(zip(first, last, strict=True)))
    return float(inside) - bend_price * float((steps**2).sum())


@given(evidence=evidences(5, 5), bend_price=PRICES, max_step=STEPS)
def test_best_path_is_as_good_as_any(evidence, bend_price, max_step):
    rows, columns = evidence.shape
    path, mean = best_path(evidence, bend_price=bend_price, max_step=max_step)
    best = max(
        worth_of_path(evidence, every, bend_price, max_step)
        for every in itertools.product(range(rows), repeat=columns)
    )
    assert worth_of_path(evidence, path, bend_price, max_step) == pytest.approx(best, abs=1e-9)
    assert mean * columns == pytest.approx(best, abs=1e-9)


@given(evidence=evidences(3, 3), bend_price=PRICES, max_step=STEPS)
def test_best_interval_is_as_good_as_any(evidence, bend_price, max_step):
    rows, columns = evidence.shape
    first, last = best_interval(evidence, bend_price=bend_price, max_step=max_step)
    intervals = [(f, t) for f in range(rows + 1) for t in range(f, rows + 1)]
    best = max(
        worth_of_interval(evidence, *zip(*every, strict=True), bend_price, max_step)
        for every in itertools.product(intervals, repeat=columns)
    )
    found = worth_of_interval(evidence, first, last, bend_price, max_step)
    assert found == pytest.approx(best, abs=1e-9)


@given(evidence=evidences(12, 15), bend_price=PRICES, max_step=STEPS)
def test_turning_the_columns_round_costs_nothing(evidence, bend_price, max_step):
    """A side and its mirror image are searched alike."""
    _, mean = best_path(evidence, bend_price=bend_price, max_step=max_step)
    _, turned = best_path(evidence[:, ::-1], bend_price=bend_price, max_step=max_step)
    assert mean == pytest.approx(turned, abs=1e-9)


@given(seed=st.integers(0, 1000))
def test_a_clear_line_in_noise_is_followed(seed):
    rng = np.random.default_rng(seed)
    line = np.clip(10 + np.cumsum(rng.integers(-1, 2, 40)), 2, 18)
    evidence = rng.normal(0.0, 0.2, (21, 40))
    evidence[line, np.arange(40)] += 5.0
    path, _ = best_path(evidence, bend_price=0.5)
    np.testing.assert_array_equal(path, line)
