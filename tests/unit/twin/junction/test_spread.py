"""Doses spread, and none appears or vanishes unnoticed."""

import jax.numpy as jnp
import numpy as np
import pytest

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.sides import Side
from facialis.toxins.pharmacology import spread as published
from facialis.twin.junction.places import REACHED, site_geometry
from facialis.twin.junction.spread import (
    VolumeEffect,
    dose_at_muscles,
    lost_dose,
    spread_kernel,
    spread_shares,
)

DISTANCES = jnp.array([[0.0, 5.0, 20.0], [8.0, 0.0, 30.0]])
INTENDED = jnp.array([[True, False, False], [False, True, False]])
DOSES = jnp.array([4.0, 2.0])


def shares(effect=VolumeEffect.LARGER_AREA, volume_ml=0.1, intended=INTENDED):
    return spread_shares(spread_kernel(effect), DISTANCES, intended, jnp.full(2, volume_ml))


def test_mass_balances():
    reached, lost = dose_at_muscles(DOSES, shares()), lost_dose(DOSES, shares())
    assert float(reached.sum() + lost) == pytest.approx(6.0, rel=1e-14)
    assert float(lost) > 0


def test_intended_muscle_keeps_most_and_the_nearer_neighbour_gets_more():
    found = shares()
    assert found[0, 0] == found[1, 1] == spread_kernel().kept_share
    assert float(found[0, 1]) > float(found[0, 2]) > 0


def test_two_intended_muscles_divide_what_is_kept():
    both = shares(intended=jnp.array([[True, True, False], [False, True, False]]))
    assert both[0, 0] == both[0, 1] == spread_kernel().kept_share / 2


def test_dose_without_an_intended_muscle_is_lost_but_for_what_spreads():
    found = shares(intended=jnp.zeros((2, 3), bool))
    assert float(found.sum(axis=1).max()) < 1 - float(spread_kernel().kept_share)


def test_more_liquid_reaches_farther_only_on_one_side_of_the_disagreement():
    for effect, differs in ((VolumeEffect.LARGER_AREA, True), (VolumeEffect.NO_DIFFERENCE, False)):
        small, large = (float(shares(effect, volume)[0, 2]) for volume in (0.05, 0.25))
        assert (large > small) is differs


def test_area_grows_as_was_measured_between_the_two_volumes():
    kernel = spread_kernel()
    ratio = (
        published().preferred("hsu_large_volume").number / published().preferred("hsu_small_volume").number
    ) ** float(kernel.volume_exponent)
    assert ratio**2 == pytest.approx(published().preferred("hsu_area_ratio").number)


def test_point_is_nearest_to_the_muscle_it_is_meant_for():
    (site, *_) = injection_sites(InjectionTarget.ZYGOMATICUS_MAJOR, Side.LEFT)
    found = site_geometry(site)
    left = list(Side).index(Side.LEFT)
    meant = REACHED.index(Muscle.ZYGOMATICUS_MAJOR)
    assert np.argwhere(found.is_intended).tolist() == [[left, meant]]
    assert found.distances_mm[left, meant] < 6
    assert found.distances_mm[1 - left, meant] > 30


def test_levator_lies_behind_the_upper_lid_only():
    upper, lower = (
        injection_sites(target, Side.RIGHT)[0]
        for target in (
            InjectionTarget.ORBICULARIS_OCULI_UPPER_LID,
            InjectionTarget.ORBICULARIS_OCULI_LOWER_LID,
        )
    )
    right = list(Side).index(Side.RIGHT)
    above, below = (site_geometry(site).distances_mm[right, -1] for site in (upper, lower))
    assert 5 <= above < below


def test_midline_point_means_both_sides():
    (site, *_) = injection_sites(InjectionTarget.PROCERUS, Side.RIGHT)
    assert site_geometry(site).is_intended.sum(axis=1).tolist() == [1, 1]


def test_distances_mirror_with_the_side():
    left, right = (
        site_geometry(injection_sites(InjectionTarget.CORRUGATOR, side)[0]).distances_mm
        for side in (Side.LEFT, Side.RIGHT)
    )
    assert left == pytest.approx(right[::-1], abs=0.05)
