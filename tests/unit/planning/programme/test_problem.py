"""A programme that cannot be is refused in words."""

from dataclasses import replace

import numpy as np
import pytest

from facialis.planning.errors import PlanningError
from facialis.planning.programme import ChanceLimit, Limit, ProgrammeError, SolverSettings, Terms, trade_off
from tests.factories.programmes import programme


def terms(**changes):
    given = {"base": [1.0], "effect": [[1.0, 2.0, 3.0]], "sd": [1.0], "weight": [1.0], "kind": [0]}
    return Terms(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"base": [np.nan]}, "base means must be finite"),
        ({"base": 1.0}, "have the shape"),
        ({"base": ["much"]}, "must be numbers"),
        ({"effect": [[1.0], [2.0]]}, "1 x any is wanted"),
        ({"sd": [-0.1]}, "must not be below 0; the smallest is -0.1"),
        ({"weight": [np.inf]}, "must be finite"),
        ({"weight": [-1.0]}, "must not be below 0"),
        ({"kind": [2]}, "whole numbers from 0 below 2"),
        ({"kind": [0.5]}, "whole numbers from 0"),
    ],
)
def test_terms_are_checked(changes, said):
    with pytest.raises(ProgrammeError, match=said):
        terms(**changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"group": [0, 0.5, 1]}, "groups of the choices must be whole numbers from 0\\."),
        ({"group": [0, -1, 1]}, "must not be below 0"),
        ({"cost": [0.0, 1.0]}, "costs of the choices have the shape"),
        ({"terms": terms(effect=[[1.0]])}, "effects on the terms are of 1 choices; 3 are wanted"),
        ({"limits": [Limit("units", [1.0], 1.0)]}, "row of the limit 'units' are of 1 choices"),
        (
            {"chance_limits": [ChanceLimit("lid", [0.0], [[1.0]], 1.0, 0.1)]},
            "effects of the chance limit 'lid' are of 1",
        ),
        ({"limits": [Limit("units", np.ones(3), 1.0)] * 2}, "same name"),
        ({"taken": [3]}, "choices that are taken must be whole numbers from 0 below 3"),
        ({"taken": [0, 1]}, "Group 0 must take two choices at once"),
        ({"taken": [2], "barred_groups": [1]}, "Group 1 is barred and must take a choice"),
        ({"units": [1.0, -1.0, 1.0]}, "units of the choices must not be below 0"),
        ({"choice_names": ["a"]}, "names of the choices are of 1 choices"),
    ],
)
def test_programmes_are_checked(changes, said):
    with pytest.raises(ProgrammeError, match=said):
        programme(**changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"base": [], "effect": np.zeros((0, 3))}, "are none"),
        ({"base": [0.0, np.nan]}, "samples of the chance limit 'lid' must be finite"),
        ({"effect": [[1.0]]}, "2 x any is wanted"),
        ({"limit": np.nan}, "must be finite"),
        ({"probability": 0.0}, "above 0 and below 1"),
        ({"probability": 1.0}, "above 0 and below 1"),
    ],
)
def test_chance_limits_are_checked(changes, said):
    given = {"base": [0.0, 1.0], "effect": np.zeros((2, 3)), "limit": 1.0, "probability": 0.1}
    with pytest.raises(ProgrammeError, match=said):
        ChanceLimit("lid", **{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"relative_gap": 0.0}, "lies from 1e-06"),
        ({"relative_gap": 1.0}, "to 1"),
        ({"time_limit_s": -1.0}, "below 0"),
    ],
)
def test_settings_are_checked(changes, said):
    with pytest.raises(ProgrammeError, match=said):
        SolverSettings(**changes)


def test_caps_are_checked():
    with pytest.raises(ProgrammeError, match="caps of the trade-off must be finite"):
        trade_off(programme(), caps=[np.nan])


def test_arrays_are_copied_and_cannot_be_changed():
    cost = np.zeros(3)
    made = programme(cost=cost)
    cost[0] = 5.0
    assert made.cost[0] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        made.terms.base[0] = 1.0
    assert replace(made).choice_names == ("choice 0", "choice 1", "choice 2")
    assert issubclass(ProgrammeError, PlanningError)
