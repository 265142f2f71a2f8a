"""Days, quantiles and cases of a forecast: nothing here needs a course."""

from dataclasses import replace

import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.twin.events import History, Onset
from facialis.twin.face.parameters import typical_face
from facialis.twin.forecast_case import Comparison, TwinCase, with_values
from facialis.twin.forecast_curves import Axis, CurveName, Quantity, curve_of
from facialis.twin.forecast_days import block_days, face_days, grade_days, grid_days, state_days
from facialis.twin.parameters import named, typical_parameters
from tests.factories.twin_course import session, treated_history

NAME = CurveName(Quantity.DRIVE, Axis.STATES, "1", Side.LEFT, "buccal")


@pytest.mark.parametrize("last", [28.0, 300.5, 728.0, 729.0, 3650.0])
def test_grid_is_the_same_for_most_patients_and_reaches_the_last_day(last):
    grid = grid_days(last)
    assert grid[0] == 0
    assert np.all(np.diff(grid) > 0)
    assert grid[-1] >= last
    assert (grid[-1] == 728.0) == (last <= 728.0)


@pytest.mark.parametrize("last", [28.0, 421.5, 728.0])
def test_days_end_at_the_last_and_hold_the_sessions(last):
    history = treated_history(sessions=[session(20.25)])
    for days in (
        state_days(last),
        block_days(history, last),
        face_days(history, last),
        grade_days(history, last),
    ):
        assert (days[0], days[-1]) == (0.0, last)
        assert np.all(np.diff(days) > 0)
    assert 20.25 in block_days(history, last)
    assert 20.25 in face_days(history, last)
    assert np.isin(grade_days(history, last), face_days(history, last)).all()


def test_quantiles_are_those_of_the_drawn_alone():
    people = np.concatenate([[[9.0, 9.0]], [[8.0, 8.0]], np.arange(101.0)[:, None] * [1, 2]])
    curve = curve_of(NAME, people, (Comparison.UNTREATED,))
    assert curve.typical == (9.0, 9.0)
    assert curve.comparisons == {Comparison.UNTREATED: (8.0, 8.0)}
    assert curve.quantiles[0.05] == pytest.approx((5.0, 10.0))
    assert curve.quantiles[0.5] == pytest.approx((50.0, 100.0))
    assert curve.reason is None


def test_what_cannot_be_said_is_none_with_its_reason():
    nan = np.nan
    drawn = [[1.0, 1.0], [2.0, nan], [3.0, nan]]
    curve = curve_of(NAME, np.array([[nan, 5.0], *drawn]), (), "Too still.")
    assert curve.typical == (None, 5.0)
    assert [row[1] for row in curve.quantiles.values()] == [None] * 5
    assert curve.reason == "Too still."


def test_quantiles_leave_out_the_few_of_whom_nothing_is_known():
    curve = curve_of(NAME, np.array([[0.0], [1.0], [2.0], [3.0], [np.nan]]), ())
    assert curve.quantiles[0.5] == (2.0,)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"patients": 0}, "from 1 to"),
        ({"patients": True}, "from 1 to"),
        ({"patients": 10**9}, "from 1 to"),
        ({"last_day": 7.0}, "it must lie from 28 to"),
        ({"last_day": float("nan")}, "is nan"),
        ({"last_day": 420.0}, "A toxin session would begin on day 420"),
        ({"last_day": 200.0}, "Retraining would begin on day 270"),
        ({"face": replace(typical_face(), excursion_scale=np.array(-1.0))}, "excursion_scale of the face"),
        ({"face": replace(typical_face(), midline_pull=np.array(1.5))}, "above 0 and up to 1"),
        ({"parameters": with_values(typical_parameters(), {"insult_strength": np.nan})}, "insult_strength"),
    ],
)
def test_impossible_case_is_refused_before_anything_is_computed(settings, sentence):
    with pytest.raises(FacialisError) as caught:
        TwinCase(treated_history(), **settings)
    assert sentence in str(caught.value)


def test_comparisons_leave_out_what_was_done():
    case = TwinCase(treated_history())
    assert case.comparisons[Comparison.UNTREATED] == History(onsets=case.history.onsets)
    assert case.comparisons[Comparison.WITHOUT_TOXIN] == replace(case.history, toxin_sessions=())
    only_toxin = History(onsets=case.history.onsets, toxin_sessions=case.history.toxin_sessions)
    assert list(TwinCase(only_toxin).comparisons) == [Comparison.UNTREATED]


def test_two_palsied_sides_have_no_affected_one():
    both = tuple(Onset(side, dict.fromkeys(NerveBranch, 0.5)) for side in Side)
    assert TwinCase(History(onsets=both)).affected is None


def test_values_take_the_place_of_those_named():
    changed = with_values(typical_parameters(), {"foreign_gain": 2.0})
    before = named(typical_parameters())
    assert {name for name, value in named(changed).items() if value != before[name]} == {"foreign_gain"}
