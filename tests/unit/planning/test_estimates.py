"""A number with its interval."""

import numpy as np
import pytest

from facialis.planning.estimates import estimate_of, signed


def test_mean_and_nine_of_ten():
    found = estimate_of(np.arange(101.0), "mm")
    assert (found.value, found.low, found.high) == pytest.approx((50, 5, 95))
    assert found.text == "+50.0 mm (90 % interval +5.0 to +95.0 mm)"
    assert found.is_certain
    assert not estimate_of(np.arange(-50.0, 51), "").is_certain
    assert estimate_of(np.full(3, -0.01), "").text == "0.0 (90 % interval 0.0 to 0.0)"


def test_what_most_samples_cannot_say_is_not_said():
    assert estimate_of(np.array([1.0, np.nan, np.nan]), "mm") is None
    assert estimate_of(np.array([]), "mm") is None
    assert estimate_of(np.array([1.0, 3.0, np.nan]), "mm").value == 2


def test_a_sign_unless_it_rounds_to_nothing():
    assert [signed(x) for x in (1.25, -0.34, 0.04, -0.04)] == ["+1.2", "−0.3", "0.0", "0.0"]


def test_a_negative_number_has_a_true_minus():
    assert estimate_of(np.full(3, -1.26), "mm").text == "−1.3 mm (90 % interval −1.3 to −1.3 mm)"
