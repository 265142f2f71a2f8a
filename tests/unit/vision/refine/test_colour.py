"""Colours are told apart in any light, and one odd sample in five does no harm."""

import numpy as np
import pytest

from facialis.vision.refine.colour import ColourClass, separation, shading_free_features

SKIN, LIP = (200.0, 150.0, 125.0), (175.0, 100.0, 95.0)
FLOOR = (0.1, 0.1, 0.1)


def plain(colour, size=12):
    return np.full((size, size, 3), colour, np.float32)


def cloud(centre, count=400, sd=1.0, seed=0):
    return np.random.default_rng(seed).normal(centre, sd, (count, 3))


def test_less_of_the_same_light_changes_a_colour_less_than_another_colour_does():
    skin, shaded, lip = (
        shading_free_features(plain(colour))[6, 6] for colour in (SKIN, tuple(0.5 * c for c in SKIN), LIP)
    )
    assert np.linalg.norm(skin - shaded) < np.linalg.norm(skin - lip) / 2


def test_noise_in_black_is_not_taken_for_colour():
    black, tinted = (shading_free_features(plain(c))[6, 6] for c in ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0)))
    skin, lip = (shading_free_features(plain(c))[6, 6] for c in (SKIN, LIP))
    assert np.linalg.norm(black - tinted) < np.linalg.norm(skin - lip)


def test_a_fifth_of_foreign_samples_does_not_move_a_class():
    clean = cloud([0.0, 0.0, 0.0])
    spoilt = np.concatenate([clean, cloud([30.0, -20.0, 10.0], count=80, seed=1)])
    assert np.abs(ColourClass.fit(spoilt, FLOOR).mean).max() < 0.3


def test_distance_counts_in_standard_deviations():
    known = ColourClass(np.array([1.0, 2.0, 3.0]), np.diag([4.0, 1.0, 0.25]))
    points = np.array([[1.0, 2.0, 3.0], [5.0, 2.0, 3.0], [1.0, 2.0, 4.5]])
    assert known.squared_distance(points) == pytest.approx([0.0, 4.0, 9.0])
    assert np.argmax(known.log_density(points)) == 0


def test_log_density_is_that_of_a_normal_distribution_up_to_a_constant():
    one = ColourClass(np.zeros(3), np.eye(3))
    wide = ColourClass(np.zeros(3), 4.0 * np.eye(3))
    here = np.zeros((1, 3))
    assert one.log_density(here) - wide.log_density(here) == pytest.approx([3.0 * np.log(2.0)])


def test_separation_is_d_prime():
    one = ColourClass(np.zeros(3), np.eye(3))
    other = ColourClass(np.array([3.0, 4.0, 0.0]), np.eye(3))
    assert separation(one, other) == pytest.approx(5.0)
    assert separation(one, one) == 0.0


def test_a_flat_sample_keeps_the_least_spread():
    flat = ColourClass.fit(np.zeros((50, 3)), (0.3, 0.05, 0.05))
    assert np.diag(flat.covariance) == pytest.approx([0.3, 0.05, 0.05])
