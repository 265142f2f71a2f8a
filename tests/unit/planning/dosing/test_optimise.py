"""The doses that are found, beside every plan there is."""

from itertools import product

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.planning.dosing.alternatives import alternatives_of
from facialis.planning.dosing.function_limits import lost_closures
from facialis.planning.dosing.loss import loss_of_plan, units_of_plan
from facialis.planning.dosing.optimise import DoseQuestion, choice_text, group_numbers, optimise
from facialis.planning.dosing.weights import weights_with
from facialis.planning.programme import Limit, LimitsCollideError, SolverSettings
from facialis.planning.programme.enumeration import enumerate_best
from facialis.planning.programme.problem import as_columns, objective_of
from tests.factories.plan_work import choice, prospect

pytestmark = pytest.mark.slow

AMOUNTS = {
    ("frontalis", Side.RIGHT, "12.5"): (("2.5", "2.5"), ("2.5", "2.5", "2.5", "2.5")),
    ("zygomaticus_major", Side.RIGHT, "5"): (("1.25",), ("2.5",)),
    ("platysma", Side.LEFT, "25"): (("3", "3", "3"), ("5", "5", "5")),
}
CHOICES = tuple(
    choice(target, side, *doses, highest=highest)
    for (target, side, highest), every in AMOUNTS.items()
    for doses in every
)
EXACT = SolverSettings(relative_gap=1e-4)


def every_plan():
    groups = [[c for c in CHOICES if (c.target.value, c.side) == key[:2]] for key in AMOUNTS]
    for picked in product(*[[None, *group] for group in groups]):
        yield tuple(one for one in picked if one is not None)


def permitted_losses(who):
    return {
        plan: loss_of_plan(who, plan, weights_with({})).whole
        for plan in every_plan()
        if not lost_closures(who, units_of_plan(plan))
    }


@pytest.mark.parametrize("seed", [3, 4, 5, 6])
def test_no_plan_of_all_is_much_better_in_the_full_model(seed):
    who = prospect(seed=seed)
    found = optimise(DoseQuestion(who, CHOICES, settings=EXACT))
    losses = permitted_losses(who)
    assert losses[found.choices] == pytest.approx(found.loss.whole)
    best = min(losses.values())
    gained = found.do_nothing.whole - best
    assert found.loss.whole - best <= 0.1 * gained + 1e-9


def test_its_last_programme_is_solved_as_by_trying_all():
    found = optimise(DoseQuestion(prospect(), CHOICES, settings=EXACT))
    best = enumerate_best(found.programme)
    taken = as_columns(found.programme, [CHOICES.index(one) for one in found.choices])
    assert found.relative_gap <= EXACT.relative_gap
    assert objective_of(found.programme, taken) <= best.objective * (1 + 0.05)


def test_where_nothing_helps_nothing_is_done():
    dear = weights_with({"dose_price": 4, "asymmetry": 0, "synkinesis": 0, "tightness": 0})
    found = optimise(DoseQuestion(prospect(), CHOICES, dear, settings=EXACT))
    assert found.choices == ()
    assert found.loss is found.do_nothing
    assert alternatives_of(DoseQuestion(prospect(), CHOICES, dear), found) == (((), found.do_nothing),)


def test_with_nothing_to_choose_from_nothing_is_done():
    found = optimise(DoseQuestion(prospect(), ()))
    assert (found.choices, found.programme, found.rounds) == ((), None, 0)


def test_limits_hold_and_cost():
    units = np.array([float(one.total.amount) for one in CHOICES])
    free = optimise(DoseQuestion(prospect(), CHOICES, settings=EXACT))
    used = sum(float(one.total.amount) for one in free.choices)
    capped = optimise(
        DoseQuestion(prospect(), CHOICES, limits=(Limit("cap", units, used / 2),), settings=EXACT)
    )
    assert sum(float(one.total.amount) for one in capped.choices) <= used / 2
    assert capped.loss.whole >= free.loss.whole - 1e-9


def test_what_a_clinician_decided_stands_even_where_it_does_not_help():
    dear = weights_with({"dose_price": 4, "asymmetry": 0, "synkinesis": 0, "tightness": 0})
    found = optimise(DoseQuestion(prospect(), CHOICES, dear, taken=CHOICES[:1], settings=EXACT))
    assert found.choices == CHOICES[:1]
    assert found.loss.whole > found.do_nothing.whole


def test_a_decision_against_a_limit_is_an_error_that_names_both():
    units = np.array([float(one.total.amount) for one in CHOICES])
    question = DoseQuestion(
        prospect(), CHOICES, limits=(Limit("both_sides_cap", units, 2.0),), taken=CHOICES[:1]
    )
    with pytest.raises(LimitsCollideError, match="both_sides_cap") as caught:
        optimise(question)
    assert choice_text(CHOICES[0]) in str(caught.value)


def test_alternatives_use_fewer_units_and_lose_more():
    question = DoseQuestion(prospect(), CHOICES, settings=EXACT)
    found = optimise(question)
    others = alternatives_of(question, found)
    units = [sum(float(one.total.amount) for one in plan) for plan, _ in others]
    losses = [loss.outcome for _, loss in others]
    assert others[0][0] == ()
    assert units == sorted(units)
    assert losses == sorted(losses, reverse=True)
    assert all(loss > found.loss.outcome for loss in losses)


def test_one_amount_of_each_place():
    numbers = group_numbers(CHOICES)
    assert len(set(numbers)) == len(AMOUNTS)
    found = optimise(DoseQuestion(prospect(), CHOICES, settings=EXACT))
    places = [(one.side, one.target) for one in found.choices]
    assert len(places) == len(set(places))
