"""What a gain table does to values, and what it says about their scatter."""

import math

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.errors import MeasurementError
from facialis.measurement.gain import GainModel, GainRow
from facialis.measurement.points import Method
from tests.factories.raw import CANTHAL_PX, gain_model, raw_midline, raw_pair

LEFT, RIGHT = ("commissure_height", Side.LEFT), ("commissure_height", Side.RIGHT)
MIDLINE = ("philtrum_deviation", None)


def corrected(model, raw):
    return {key: measure.value for key, measure in model.correct(raw).items()}


def test_gain_1_and_offset_0_change_nothing():
    raw = raw_pair(-120.0, -131.5)
    assert gain_model().correct(raw) == raw


def test_asymmetry_is_divided_by_the_gain_and_the_mean_stays():
    values = corrected(gain_model(gain=0.5), raw_pair(-120.0, -130.0))
    assert values[LEFT] - values[RIGHT] == pytest.approx(20.0)
    assert (values[LEFT] + values[RIGHT]) / 2 == pytest.approx(-125.0)


def test_offset_moves_the_mean_and_leaves_the_asymmetry():
    values = corrected(gain_model(offset=3.0), raw_pair(-120.0, -130.0))
    assert values[LEFT] - values[RIGHT] == pytest.approx(10.0)
    assert (values[LEFT] + values[RIGHT]) / 2 == pytest.approx(-125.0 - 0.03 * CANTHAL_PX)


def test_midline_measure_is_divided_by_its_gain():
    assert corrected(gain_model("philtrum_deviation", gain=0.8), raw_midline(-8.0)) == {
        MIDLINE: pytest.approx(-10.0)
    }


def test_side_whose_other_side_is_missing_loses_its_offset_only():
    model = gain_model(gain=0.5, offset=3.0)
    values = corrected(model, raw_pair(-120.0, None))
    assert values == {LEFT: pytest.approx(-120.0 - 0.03 * CANTHAL_PX), RIGHT: None}
    raw = raw_pair(-120.0, None)
    assert model.noise(raw[LEFT], raw) is not None
    assert model.noise(raw[RIGHT], raw) is None


def test_missing_value_stays_missing_with_its_reason():
    table = gain_model("philtrum_deviation", gain=0.5).correct(raw_midline(None))
    assert table[MIDLINE].value is None
    assert table[MIDLINE].reason == "lost"


def test_value_without_a_row_stays_as_read_and_has_no_noise():
    raw = raw_pair(-120.0, -130.0, method=Method.HEMIFACE)
    model = gain_model(method=Method.REFINED, gain=0.5, offset=2.0)
    assert model.correct(raw) == raw
    assert model.noise(raw[LEFT], raw) is None


def test_noise_of_a_midline_measure_grows_with_its_size_when_the_gain_is_unsure():
    model = gain_model("philtrum_deviation", gain=0.8, gain_sd=0.08, asymmetry_sd=1.5)
    raw = raw_midline(-8.0)
    true_percent = -8.0 / 0.8 / CANTHAL_PX * 100
    noise = model.noise(raw[MIDLINE], raw)
    assert noise.sd_percent == pytest.approx(math.hypot(1.5, 0.1 * true_percent))
    assert noise.side_correlation == 0.0


@pytest.mark.parametrize(
    ("asymmetry_sd", "mean_sd", "gain_sd", "difference"),
    [(1.0, 2.0, 0.0, 8.0), (2.0, 0.5, 0.0, -5.0), (0.6, 0.4, 0.08, 12.0), (1.0, 0.5, 0.0, 0.0)],
)
def test_stated_scatter_is_that_of_simulated_readings(asymmetry_sd, mean_sd, gain_sd, difference):
    """Readings drawn as the table says, corrected by the table: spread and correlation as stated."""
    gain, mean = 0.7, -60.0
    model = gain_model(gain=gain, gain_sd=gain_sd, asymmetry_sd=asymmetry_sd, mean_sd=mean_sd)
    rng = np.random.default_rng(8)
    errors = []
    for _ in range(4000):
        read_difference = rng.normal(gain, gain_sd) * difference + gain * rng.normal(0.0, asymmetry_sd)
        read_mean = mean + rng.normal(0.0, mean_sd)
        left, right = ((read_mean + sign * read_difference / 2) / 100 * CANTHAL_PX for sign in (1.0, -1.0))
        values = corrected(model, raw_pair(left, right))
        errors.append([values[LEFT], values[RIGHT]])
    spread = np.array(errors) / CANTHAL_PX * 100
    raw = raw_pair(
        (mean + gain * difference / 2) / 100 * CANTHAL_PX, (mean - gain * difference / 2) / 100 * CANTHAL_PX
    )
    for key, column in ((LEFT, 0), (RIGHT, 1)):
        noise = model.noise(raw[key], raw)
        assert spread[:, column].std() == pytest.approx(noise.sd_percent, rel=0.05)
        assert np.corrcoef(spread.T)[0, 1] == pytest.approx(noise.side_correlation, abs=0.05)
        assert spread[:, column].mean() == pytest.approx(raw_true(mean, difference, key), abs=0.1)


def raw_true(mean, difference, key):
    return mean + (difference / 2 if key[1] is Side.LEFT else -difference / 2)


def test_scatter_of_the_difference_follows_from_sd_and_correlation():
    model = gain_model(gain=0.7, asymmetry_sd=1.3, mean_sd=0.9)
    raw = raw_pair(-120.0, -130.0)
    one, other = (model.noise(raw[key], raw) for key in (LEFT, RIGHT))
    variance = (
        one.sd_percent**2 + other.sd_percent**2 - 2 * one.side_correlation * one.sd_percent * other.sd_percent
    )
    assert math.sqrt(variance) == pytest.approx(1.3)


def test_no_scatter_at_all_is_no_division_by_zero():
    raw = raw_pair(-120.0, -120.0)
    noise = gain_model().noise(raw[LEFT], raw)
    assert (noise.sd_percent, noise.side_correlation) == (0.0, 0.0)


@pytest.mark.parametrize("gain", [0.0, -0.4, math.inf, math.nan])
def test_row_with_an_impossible_gain_is_refused(gain):
    with pytest.raises(MeasurementError, match=r"gain of 'brow_height'.*must be positive"):
        GainRow("brow_height", Method.REFINED, gain, 0.0, 0.0, 1.0, 1.0)


@pytest.mark.parametrize("field", ["gain_sd", "asymmetry_sd", "mean_sd"])
@pytest.mark.parametrize("sd", [-0.1, math.inf, math.nan])
def test_row_with_an_impossible_scatter_is_refused(field, sd):
    values = {"gain": 1.0, "gain_sd": 0.0, "offset": 0.0, "asymmetry_sd": 1.0, "mean_sd": 1.0, field: sd}
    with pytest.raises(MeasurementError, match=r"scatter of 'brow_height'.*0 or more"):
        GainRow("brow_height", Method.REFINED, **values)


def test_empty_table_is_the_identity():
    raw = {**raw_pair(-120.0, -130.0), **raw_midline(3.0)}
    model = GainModel({})
    assert model.correct(raw) == raw
    assert model.noise(raw[MIDLINE], raw) is None
