"""The search at its edges: fixed choices, limits passed from the start, collisions, and no time."""

import numpy as np
import pytest

from facialis.planning.programme import (
    ChanceLimit,
    Limit,
    LimitsCollideError,
    NoChoiceInTimeError,
    Programme,
    ProgrammeError,
    SolverSettings,
    Terms,
    enumerate_best,
    solve,
    trade_off,
)
from facialis.planning.programme.limits import worst_mean
from tests.factories.programmes import programme, random_programme

ROW = np.ones(3)


def at_most(bound, name="sites"):
    return Limit(name, ROW, bound)


def large(seed=0, groups=12, levels=4, terms=60):
    """More than can be tried, and whose parts of choices promise more than whole ones can keep."""
    draw = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), levels)
    level = np.tile(np.arange(1, levels + 1), groups) / levels
    base = draw.normal(0, 2, terms)
    sign = np.where(draw.random((terms, groups)) < 0.7, -np.sign(base)[:, None], np.sign(base)[:, None])
    size = draw.exponential(1.0, (terms, groups)) * (draw.random((terms, groups)) < 0.4)
    effect = (sign * size)[:, group] * level
    return Programme(
        group=group,
        terms=Terms(base, effect, np.full(terms, 0.3), np.ones(terms), draw.integers(0, 2, terms)),
        cost=np.full(len(group), 0.3),
        chance_limits=[
            ChanceLimit(
                "lid", draw.normal(-2, 1, 32), draw.gamma(1, 0.5, (32, groups))[:, group] * level, 0.0, 0.1
            )
        ],
        units=10 * level,
    )


def test_nothing_to_choose_and_nothing_to_lose():
    empty = Programme(group=[], terms=Terms([], np.zeros((0, 0)), [], [], []), cost=[])
    for found in (solve(empty), enumerate_best(empty)):
        assert found.objective == found.lower_bound == found.relative_gap == 0.0
        assert len(found.chosen) == 0
    assert len(trade_off(empty)) == 1


def test_nothing_to_choose_still_loses():
    found = solve(Programme(group=[], terms=Terms([2.0], np.zeros((1, 0)), [0.0], [3.0], [0]), cost=[]))
    assert found.objective == found.lower_bound == 6.0


def test_only_costs():
    terms = Terms([], np.zeros((0, 3)), [], [], [])
    found = solve(Programme(group=[0, 0, 4], terms=terms, cost=[-1.0, -2.0, 0.5]))
    assert found.chosen.tolist() == [1]
    assert found.objective == pytest.approx(-2.0)


def test_what_is_fixed_stays():
    assert 0 in solve(programme(taken=[0])).chosen
    assert solve(programme(barred_groups=[0, 1])).chosen.tolist() == []
    assert set(solve(programme(barred_groups=[0])).chosen) <= {2}
    assert set(enumerate_best(programme(taken=[0], barred_groups=[1])).chosen) == {0}


def test_start_is_used_where_permitted():
    made = programme(limits=[at_most(1)])
    no_time = SolverSettings(time_limit_s=0.0)
    assert solve(made, no_time, start=[1]).objective <= solve(made, no_time).objective
    assert solve(made, start=[1, 2]).objective == solve(made).objective


def test_large_programme_reaches_its_gap_by_branching():
    found = solve(large(), SolverSettings(relative_gap=0.002, time_limit_s=60))
    assert found.relative_gap <= 0.002
    assert not found.timed_out


def test_same_programme_gives_the_same_choice():
    first, second = solve(large(1)), solve(large(1))
    assert first.chosen.tolist() == second.chosen.tolist()
    assert first.lower_bound == second.lower_bound


def test_without_time_the_best_known_is_returned_with_its_gap():
    found = solve(large(), SolverSettings(time_limit_s=0.0))
    assert found.timed_out
    assert found.relative_gap > 0.01
    assert found.lower_bound <= solve(large()).objective <= found.objective * 1.02


def test_without_time_and_where_nothing_is_no_choice():
    must = Limit("one at least", -ROW, -1.0)
    with pytest.raises(NoChoiceInTimeError, match=r"0 s\. Give more time"):
        solve(programme(limits=[must]), SolverSettings(time_limit_s=0.0))
    assert len(solve(programme(limits=[must])).chosen) >= 1


def test_limit_passed_from_the_start_may_not_be_passed_further():
    base = np.array([1.0, -1.0, -1.0, -1.0])
    worse, better = np.full(4, 0.5), np.full(4, -0.2)
    lid = ChanceLimit("lid", base, np.stack([worse, worse, better], axis=1), 0.0, 0.25)
    for count in (False, True):
        found = solve(programme(chance_limits=[lid], cost=np.zeros(3)), SolverSettings(count_chances=count))
        assert [limit.name for limit in found.relaxed] == ([] if count else ["lid"])
        if not count:
            assert found.relaxed[0].wanted == 0.0
            assert found.relaxed[0].held == 1.0
            taken = np.isin(np.arange(3), found.chosen)
            assert worst_mean(lid.base + lid.effect @ taken, 0.25) <= 1.0 + 1e-6


def test_limit_passed_by_too_many_from_the_start_is_counted_from_there():
    lid = ChanceLimit("lid", np.array([1.0, 1.0, -1.0, -1.0]), np.full((4, 3), 2.0), 0.0, 0.25)
    found = solve(programme(chance_limits=[lid]), SolverSettings(count_chances=True))
    assert found.chosen.tolist() == []
    assert (found.relaxed[0].wanted, found.relaxed[0].held) == (1.0, 2.0)


def test_collision_of_a_limit_and_a_fixed_choice_is_named():
    made = programme(
        taken=[0, 2],
        limits=[Limit("units", [0.0, 0.0, 5.0], 4.0), at_most(3)],
        choice_names=["a", "b", "frontalis LEFT 5 U"],
    )
    for run in (solve, enumerate_best):
        with pytest.raises(
            LimitsCollideError, match="cannot all be kept: units, frontalis LEFT 5 U"
        ) as raised:
            run(made)
        assert raised.value.colliding == ("units", "frontalis LEFT 5 U")


def test_collision_of_two_limits_is_named():
    must = Limit("two at least", -ROW, -2.0)
    with pytest.raises(LimitsCollideError) as raised:
        solve(programme(limits=[must, at_most(1, "one site"), at_most(3, "three sites")]))
    assert raised.value.colliding == ("two at least", "one site")


@pytest.mark.parametrize("count", [False, True])
def test_collision_with_a_chance_limit_is_named(count):
    lid = ChanceLimit("lid", np.full(8, -1.0), np.tile([3.0, 3.0, 0.5], (8, 1)), 0.0, 0.2)
    calm = ChanceLimit("mouth", np.full(8, -9.0), np.ones((8, 3)), 0.0, 0.2)
    made = programme(taken=[0, 2], chance_limits=[lid, calm])
    with pytest.raises(LimitsCollideError) as raised:
        solve(made, SolverSettings(count_chances=count))
    assert raised.value.colliding == ("lid", "choice 0")


def test_too_many_choices_are_not_tried():
    with pytest.raises(ProgrammeError, match="Use solve"):
        enumerate_best(large())


@pytest.mark.slow
def test_trade_off_keeps_within_the_caps_given():
    made = large(2)
    found = trade_off(made, caps=[10.0, 30.0])
    assert found[0].units == 0.0
    assert {one.cap for one in found} <= {0.0, 10.0, 30.0, np.inf}
    assert all(one.units <= one.cap for one in found)
    assert len(found) >= 3


def test_trade_off_leaves_out_what_is_not_permitted():
    made = programme(taken=[0], units=[4.0, 8.0, 2.0])
    found = trade_off(made, caps=[1.0, 4.0])
    assert found[0].units == 4.0
    assert all(0 in one.solution.chosen for one in found)


def test_small_changes_alone_find_what_all_choices_hold():
    """Before any solver: most small programmes are solved by one or two changes at a time."""
    no_time = SolverSettings(time_limit_s=0.0)
    programmes = [random_programme(seed, fixed=False) for seed in range(40)]
    same = [solve(one, no_time).objective <= enumerate_best(one).objective + 1e-6 for one in programmes]
    assert np.mean(same) > 0.7
