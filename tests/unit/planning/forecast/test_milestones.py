"""When an improvement begins, is greatest and ends."""

import numpy as np
import pytest

from facialis.planning.forecast.bands import band_of
from facialis.planning.forecast.milestones import milestones_of
from facialis.planning.forecast.records import QUANTILES, DayEstimate

DAYS = np.array([0.0, 2.0, 4.0, 10.0, 20.0, 30.0])


def rows(*values):
    return np.array(values, dtype=float)


def test_days_are_read_off_straight_lines():
    found = milestones_of(rows([0, 1, 2, 2, 1, 0]), DAYS)
    assert found.onset.median == pytest.approx(2)
    assert found.peak.median == 4
    assert found.half_gone.median == pytest.approx(20)
    assert found.ended.median == pytest.approx(28)
    assert found.improved_share == 1


def test_what_lasts_longer_than_the_forecast_has_no_day():
    found = milestones_of(rows([0, 1, 2, 2, 2, 1.5]), DAYS)
    assert found.half_gone == DayEstimate(None, None, None)
    assert found.half_gone.text_until(30) == "a day later than 30"
    mixed = milestones_of(rows([0, 1, 2, 2, 2, 1.5], [0, 2, 2, 1, 0, 0], [0, 2, 2, 1, 0, 0]), DAYS)
    assert mixed.half_gone.median == pytest.approx(10)
    assert mixed.half_gone.high is None
    assert mixed.half_gone.text_until(30) == "day 10 (90 % interval 10 to later than 30)"


def test_those_that_do_not_improve_are_counted_apart():
    found = milestones_of(rows([0, 1, 2, 2, 1, 0], [0, -1, -1, -1, -1, 0]), DAYS)
    assert found.improved_share == 0.5
    assert found.peak.median == 4
    nobody = milestones_of(rows([0, -1, -1, -1, -1, 0]), DAYS)
    assert (nobody.onset, nobody.peak, nobody.half_gone, nobody.ended) == (None, None, None, None)
    assert milestones_of(np.zeros((3, 6)), DAYS).improved_share == 0


def test_bands_are_quantiles_and_none_where_too_few_can_tell():
    values = np.arange(101.0)[:, None] + np.zeros((1, 3))
    values[:80, 1] = np.nan
    values[:30, 2] = np.nan
    found = band_of(values)
    assert set(found.quantiles) == set(QUANTILES)
    assert [found.quantiles[q][0] for q in QUANTILES] == pytest.approx([5, 25, 50, 75, 95])
    assert found.mean[0] == 50
    assert found.mean[1] is None
    assert found.quantiles[0.5][1] is None
    assert found.quantiles[0.5][2] == pytest.approx(65)
