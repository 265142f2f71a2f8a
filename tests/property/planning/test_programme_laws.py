"""What holds of every programme: the bound, the limits, and that neither order nor unit matters."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facialis.planning.programme import (
    ChanceLimit,
    Limit,
    LimitsCollideError,
    Programme,
    SolverSettings,
    Terms,
    enumerate_best,
    expected_loss,
    gain_of_each,
    solve,
    trade_off,
)
from tests.factories.programmes import random_programme

pytestmark = pytest.mark.slow

seeds = st.integers(0, 2**32 - 1)
NEARLY = 1e-6


def taken_of(programme, chosen):
    taken = np.zeros(programme.count)
    taken[chosen] = 1.0
    return taken


def best_or_collision(programme, count):
    """Give the best by trying every choice, or the names of what collides."""
    try:
        return enumerate_best(programme, count_chances=count)
    except LimitsCollideError as error:
        return error.colliding


@given(seeds, st.sampled_from([1e-6, 0.01, 0.2]), st.booleans())
@settings(max_examples=150)
def test_gap_is_certified_against_every_choice(seed, gap, count):
    programme = random_programme(seed)
    asked = SolverSettings(relative_gap=gap, count_chances=count)
    best = best_or_collision(programme, count)
    if isinstance(best, tuple):
        with pytest.raises(LimitsCollideError) as raised:
            solve(programme, asked)
        assert raised.value.colliding == best
        return
    found = solve(programme, asked)
    assert found.lower_bound <= best.objective + NEARLY
    assert best.objective <= found.objective + NEARLY
    assert found.relative_gap <= gap
    assert not found.timed_out
    assert found.relaxed == best.relaxed


@given(seeds)
@settings(max_examples=80)
def test_what_is_found_keeps_every_limit(seed):
    programme = random_programme(seed, fixed=False)
    found = solve(programme)
    taken = taken_of(programme, found.chosen)
    assert len(set(programme.group[found.chosen])) == len(found.chosen)
    for limit in programme.limits:
        assert limit.row @ taken <= limit.bound + NEARLY
    relaxed = {limit.name for limit in found.relaxed}
    for chance in programme.chance_limits:
        above = np.mean(chance.base + chance.effect @ taken > chance.limit + NEARLY)
        assert above <= chance.probability or chance.name in relaxed


@given(seeds)
@settings(max_examples=60)
def test_worst_mean_is_on_the_safe_side_of_counting(seed):
    programme = random_programme(seed, fixed=False)
    safe, counted = enumerate_best(programme), enumerate_best(programme, count_chances=True)
    if not safe.relaxed and not counted.relaxed:
        assert counted.objective <= safe.objective + NEARLY


@given(seeds, st.floats(1e-4, 1e4), st.floats(1e-3, 1e3))
@settings(max_examples=60)
def test_units_of_loss_and_of_the_terms_do_not_matter(seed, loss, unit):
    programme = random_programme(seed, fixed=False)
    terms = programme.terms
    other = replace(
        programme,
        cost=programme.cost * loss,
        terms=Terms(
            terms.base * unit, terms.effect * unit, terms.sd * unit, terms.weight * loss / unit, terms.kind
        ),
        limits=[Limit(limit.name, limit.row * unit, limit.bound * unit) for limit in programme.limits],
        chance_limits=[
            ChanceLimit(
                chance.name,
                chance.base * unit,
                chance.effect * unit,
                chance.limit * unit,
                chance.probability,
            )
            for chance in programme.chance_limits
        ],
    )
    exact = SolverSettings(relative_gap=1e-6)
    assert solve(other, exact).objective == pytest.approx(
        solve(programme, exact).objective * loss, rel=1e-5, abs=1e-5 * loss
    )


@given(seeds, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_order_of_the_choices_does_not_matter(seed, shuffled):
    programme = random_programme(seed, fixed=False)
    order = list(range(programme.count))
    shuffled.shuffle(order)
    terms = programme.terms
    other = Programme(
        group=programme.group[order],
        terms=replace(terms, effect=terms.effect[:, order]),
        cost=programme.cost[order],
        limits=[replace(limit, row=limit.row[order]) for limit in programme.limits],
        chance_limits=[replace(chance, effect=chance.effect[:, order]) for chance in programme.chance_limits],
    )
    exact = SolverSettings(relative_gap=1e-6)
    assert solve(other, exact).objective == pytest.approx(
        solve(programme, exact).objective, rel=1e-5, abs=1e-5
    )


@given(seeds)
@settings(max_examples=40)
def test_alternatives_fall_in_loss_as_units_rise(seed):
    programme = random_programme(seed, fixed=False)
    found = trade_off(programme)
    assert found[0].units == 0
    assert len(found[0].solution.chosen) == 0
    assert np.all(np.diff([one.units for one in found]) > 0)
    assert np.all(np.diff([one.loss for one in found]) < 0)
    assert all(one.units <= one.cap + NEARLY for one in found)


@given(seeds)
@settings(max_examples=40)
def test_parts_make_up_the_objective(seed):
    programme = random_programme(seed, fixed=False)
    found = solve(programme)
    terms = programme.terms
    assert found.objective == pytest.approx(found.contributions.sum() + found.cost)
    assert np.allclose(found.contributions, terms.weight * expected_loss(terms, found.means))
    for at, gain in zip(found.chosen, gain_of_each(programme, found.chosen), strict=True):
        rest = terms.base + terms.effect @ taken_of(programme, [one for one in found.chosen if one != at])
        assert np.allclose(found.contributions + gain, terms.weight * expected_loss(terms, rest))
