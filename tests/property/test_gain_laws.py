"""Laws that hold for every gain table and every reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facialis.anatomy.sides import Side
from tests.factories.raw import CANTHAL_PX, gain_model, raw_midline, raw_pair

VALUES = st.floats(-300.0, 300.0)
GAINS = st.floats(0.2, 2.0)
SDS = st.floats(0.0, 5.0)
KEYS = [("commissure_height", side) for side in Side]


@given(left=VALUES, right=VALUES, gain=GAINS, offset=st.floats(-5.0, 5.0))
def test_mirroring_exchanges_the_corrected_sides(left, right, gain, offset):
    model = gain_model(gain=gain, offset=offset)
    straight, turned = model.correct(raw_pair(left, right)), model.correct(raw_pair(right, left))
    for name, side in KEYS:
        assert straight[name, side].value == pytest.approx(turned[name, side.opposite].value)


@given(value=VALUES, gain=GAINS)
def test_mirroring_changes_the_sign_of_a_midline_measure(value, gain):
    model = gain_model("philtrum_deviation", gain=gain)
    key = ("philtrum_deviation", None)
    one, other = (model.correct(raw_midline(signed))[key].value for signed in (value, -value))
    assert one == pytest.approx(-other)


@given(left=VALUES, right=VALUES, gain=GAINS, gain_sd=st.floats(0.0, 0.2), asymmetry_sd=SDS, mean_sd=SDS)
def test_mirroring_exchanges_the_stated_scatter(left, right, gain, gain_sd, asymmetry_sd, mean_sd):
    model = gain_model(gain=gain, gain_sd=gain_sd, asymmetry_sd=asymmetry_sd, mean_sd=mean_sd)
    straight, turned = raw_pair(left, right), raw_pair(right, left)
    for name, side in KEYS:
        one = model.noise(straight[name, side], straight)
        other = model.noise(turned[name, side.opposite], turned)
        assert one.sd_percent == pytest.approx(other.sd_percent)
        assert one.side_correlation == pytest.approx(other.side_correlation)


@given(left=VALUES, right=VALUES, gain=GAINS, offset=st.floats(-5.0, 5.0))
def test_what_the_detector_did_is_undone(left, right, gain, offset):
    """True sides, read with gain and offset, come back."""
    mean, half = (left + right) / 2, (left - right) / 2
    shift = offset / 100 * CANTHAL_PX
    read = raw_pair(mean + shift + gain * half, mean + shift - gain * half)
    found = gain_model(gain=gain, offset=offset).correct(read)
    assert found[KEYS[0]].value == pytest.approx(left, abs=1e-9)
    assert found[KEYS[1]].value == pytest.approx(right, abs=1e-9)
