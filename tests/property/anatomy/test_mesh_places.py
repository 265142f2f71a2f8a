"""Laws of places on the mesh: mirrored faces mirror them, moved faces move them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.anatomy.mesh.barycentric import BarycentricPoint, place
from facialis.anatomy.mesh.surface import locate
from facialis.anatomy.sides import Side

POINTS = neutral_points_mm()

corners = st.lists(st.integers(0, 477), min_size=3, max_size=3, unique=True).map(tuple)
weights = st.tuples(st.integers(-20000, 20000), st.integers(-20000, 20000)).map(
    lambda pair: (pair[0] / 1e4, pair[1] / 1e4, (10000 - pair[0] - pair[1]) / 1e4)
)
places = st.builds(BarycentricPoint, corners, weights)


@given(places)
def test_the_mirror_image_has_x_negated_and_nothing_else(point):
    right, left = place(point, POINTS), place(point.mirrored(), POINTS)
    assert np.abs(left - right * (-1.0, 1.0, 1.0)).max() <= 1e-9
    assert point.mirrored().mirrored() == point


@given(st.sampled_from(list(InjectionTarget)))
def test_left_sites_mirror_right_ones(target):
    sites = zip(injection_sites(target, Side.RIGHT), injection_sites(target, Side.LEFT), strict=True)
    for right, left in sites:
        mirrored = place(right.place, POINTS) * (-1.0, 1.0, 1.0)
        assert np.abs(place(left.place, POINTS) - mirrored).max() <= 1e-9
        assert (left.number, left.depth, left.is_optional) == (right.number, right.depth, right.is_optional)


@given(places, st.integers(0, 2**32 - 1))
def test_a_lopsided_face_seen_in_a_mirror_swaps_its_sides(point, seed):
    face = POINTS + np.random.default_rng(seed).normal(0.0, 3.0, POINTS.shape)
    in_mirror = face[mirror_partner()] * (-1.0, 1.0, 1.0)
    seen = place(point.mirrored(), in_mirror) * (-1.0, 1.0, 1.0)
    assert np.abs(seen - place(point, face)).max() <= 1e-9


@given(st.floats(-66.0, 66.0), st.floats(-200.0, 95.0))
def test_any_position_is_found_again(x, y):
    found = locate(np.array([x, y]), POINTS)
    assert np.abs(place(found, POINTS)[:2] - (x, y)).max() < 0.05
    assert round(sum(found.weights), 9) == 1.0
