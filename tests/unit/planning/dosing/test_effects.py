"""The linear model of a plan: exact where it was made."""

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.planning.dosing.effects import MODEL_DAYS, around, linear_terms, slope_at
from facialis.planning.dosing.loss import units_of_plan
from facialis.planning.dosing.weights import default_weights
from tests.factories.plan_work import choice, prospect

pytestmark = pytest.mark.slow

CHOICES = (
    choice("frontalis", Side.RIGHT, "2.5", "2.5", highest="12.5"),
    choice("mentalis", Side.LEFT, "2.5"),
    choice("mentalis", Side.LEFT, "1.5"),
    choice("zygomaticus_major", Side.RIGHT, "2.5"),
    choice("upper_lip_levator", Side.RIGHT, "1"),
)
PLANS = {"nothing": (), "one": CHOICES[:1], "neighbours": (CHOICES[1], CHOICES[3], CHOICES[4])}


def linear_at(plan):
    found = prospect()
    judged = found.judge(units_of_plan(plan)) if plan else found.nothing
    here = around(found, plan, judged)
    return judged, linear_terms(found, CHOICES, default_weights(), here, slope_at(found, here.blocks))


@pytest.mark.parametrize("name", PLANS)
def test_means_are_exact_at_the_plan_at_hand(name):
    plan = PLANS[name]
    judged, linear = linear_at(plan)
    taken = np.array([one in plan for one in CHOICES], dtype=float)
    arrays = prospect().arrays
    samples = np.asarray(judged.terms)[:, list(MODEL_DAYS)]
    true = samples.mean(axis=0)
    sizes = arrays.is_size
    expected = np.concatenate(
        [(true - arrays.tolerance).ravel(), (-true - arrays.tolerance)[:, sizes].ravel()]
    )
    spread = np.concatenate([samples.std(axis=0).ravel(), samples.std(axis=0)[:, sizes].ravel()])
    # Rows that can never count are left out; those that are there stand in this order.
    at = 0
    for mean, sd in zip(linear.base + linear.effect @ taken, linear.sd, strict=True):
        while not (np.isclose(expected[at], mean, atol=1e-9) and np.isclose(spread[at], sd, atol=1e-9)):
            at += 1
        at += 1
    assert len(linear.base) > 20


def test_a_small_dose_moves_terms_as_the_slope_says():
    found = prospect()
    little = (choice("zygomaticus_major", Side.RIGHT, "0.02"),)
    here = around(found, (), found.nothing)
    slope = slope_at(found, here.blocks)
    more = around(found, little, found.judge(units_of_plan(little)))
    told = np.einsum("dtsm,dsm->dt", slope, more.blocks - here.blocks)
    true = np.asarray(more.judged.terms - found.nothing.terms)[:, list(MODEL_DAYS)].mean(axis=0)
    seen = np.abs(true) > 0.2 * np.abs(true).max()
    # The slope is that of the mean person, the truth the mean over persons.
    assert np.corrcoef(told[seen], true[seen])[0, 1] > 0.9
    assert 0.5 < (told[seen] @ true[seen]) / (true[seen] @ true[seen]) < 2
