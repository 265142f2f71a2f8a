"""No plan of a case drawn at random breaks a stop, a limit or a side; and what is broken is seen."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from benchmarks.plan_safety import _draw, _plan, _pool, check_case, violations
from hypothesis import given, settings
from hypothesis import strategies as st

from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.toxins import ToxinDose, ToxinProduct

pytestmark = pytest.mark.slow


@given(st.integers(0, 10**9))
@settings(max_examples=25)
def test_no_plan_of_a_random_case_breaks_a_rule(number):
    _, broken = check_case(number)
    assert broken == []


@pytest.fixture(scope="module")
def planned():
    """A case with its plan, by a number at which something is injected on the affected side."""
    for number in range(100):
        rng = np.random.default_rng(number)
        posterior, _ = _pool()[number % len(_pool())]
        drawn = _draw(rng, posterior.affected)
        plan = _plan(drawn, posterior, number)
        if any(choice.role is SideRole.AFFECTED for choice in plan.choices):
            return plan, drawn
    raise AssertionError("None of a hundred cases is injected.")


def changed(plan, **changes):
    """The plan with its first choice on the affected side changed."""
    at = next(i for i, choice in enumerate(plan.choices) if choice.role is SideRole.AFFECTED)
    choices = list(plan.choices)
    choices[at] = replace(choices[at], **changes)
    return replace(plan, choices=tuple(choices)), choices[at]


def test_a_sound_plan_breaks_nothing(planned):
    assert violations(*planned) == []


def test_a_dose_above_the_published_one_is_seen(planned):
    plan, drawn = planned
    first = next(choice for choice in plan.choices if choice.role is SideRole.AFFECTED)
    points = tuple((number, ToxinDose(Fraction(90), plan.product)) for number, _ in first.points)
    broken, _ = changed(plan, points=points)
    assert any("90 units at a point" in line for line in violations(broken, drawn))


def test_a_side_that_does_not_fit_its_role_is_seen(planned):
    plan, drawn = planned
    broken, choice = changed(plan, role=SideRole.HEALTHY)
    assert any(f"{choice.target.value}" in line and "role" in line for line in violations(broken, drawn))


def test_another_product_is_seen(planned):
    plan, drawn = planned
    other = next(p for p in ToxinProduct if p is not plan.product)
    first = next(choice for choice in plan.choices if choice.role is SideRole.AFFECTED)
    points = tuple((number, ToxinDose(dose.amount, other)) for number, dose in first.points)
    broken, _ = changed(plan, points=points)
    assert any("another product" in line for line in violations(broken, drawn))


def test_a_plan_in_spite_of_a_stop_is_seen(planned):
    plan, drawn = planned
    assert any(
        "not stopped" in line
        for line in violations(plan, replace(drawn, must_stop={"pregnancy": "pregnancy"}))
    )


def test_a_closed_target_is_seen(planned):
    plan, drawn = planned
    choice = plan.choices[0]
    closed = replace(drawn, closed={(choice.side, choice.target)})
    assert any("closed" in line for line in violations(plan, closed))
    assert choice.side in {None, *Side}
