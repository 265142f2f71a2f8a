"""The loss of a plan, by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.planning.dosing.loss import day_weights, loss_of, price_of, units_of_plan
from facialis.planning.dosing.weights import default_weights, weights_with
from facialis.planning.outcome.prospect import DAY_SHARES, EFFECT_DAYS
from facialis.planning.outcome.terms import outcome_terms, term_arrays
from tests.factories.plan_work import choice

ARRAYS = term_arrays(Side.LEFT)
PATIENT = SimpleNamespace(arrays=ARRAYS, days=np.array(EFFECT_DAYS))


def judged(terms):
    return SimpleNamespace(terms=terms)


def test_the_days_weigh_one_together():
    for share in (0.0, 0.3, 1.0):
        assert day_weights(weights_with({"peak_share": share})).sum() == pytest.approx(1)


def test_what_lies_within_tolerance_counts_nothing_and_sizes_count_on_both_sides():
    weights = default_weights()
    count = len(outcome_terms())
    within = np.broadcast_to(ARRAYS.tolerance, (2, len(EFFECT_DAYS), count))
    assert loss_of(PATIENT, judged(within), (), weights).whole == 0
    one = np.zeros((1, len(EFFECT_DAYS), count))
    one[..., 0] = -ARRAYS.tolerance[0] - 1
    assert ARRAYS.is_size[0]
    found = loss_of(PATIENT, judged(one), (), weights)
    assert found.peak == pytest.approx(weights.of_terms()[0])
    assert found.mean == pytest.approx(weights.of_terms()[0] * sum(DAY_SHARES))
    wanted = next(t for t in range(count) if not ARRAYS.is_size[t])
    one = np.zeros((1, len(EFFECT_DAYS), count))
    one[..., wanted] = -5
    assert loss_of(PATIENT, judged(one), (), weights).whole == 0


def test_a_price_is_the_part_of_the_highest_dose_and_the_needles():
    weights = weights_with({"dose_price": 1, "point_price": 0.1})
    assert price_of(choice("mentalis", Side.LEFT, "1", "1.5"), weights) == pytest.approx(0.5 + 0.2)
    plan = (choice("mentalis", Side.LEFT, "2.5"), choice("mentalis", Side.RIGHT, "2.5"))
    terms = np.zeros((1, len(EFFECT_DAYS), len(outcome_terms())))
    found = loss_of(PATIENT, judged(terms), plan, weights)
    assert found.whole == found.price == pytest.approx(1.2)
    assert not units_of_plan(()).any()
    np.testing.assert_allclose(units_of_plan(plan), units_of_plan(plan[:1]) + units_of_plan(plan[1:]))
