"""Near the corner of the mouth no lip leaves the other."""

import numpy as np
import pytest

from facialis.anatomy.mesh import neutral_points_mm
from facialis.twin.face.geometry import contour, lower_seam, shape_number, upper_share


def test_lips_are_bound_at_the_corner_and_free_away_from_it():
    share, points = upper_share(), neutral_points_mm()
    corner = contour("upper_lip_outer")[-1]
    assert share[corner] == pytest.approx(0.5, abs=0.02)
    for lip, own in ((contour("lip_seam"), share), (lower_seam(), 1.0 - share)):
        off = np.hypot(*(points[lip] - points[corner])[:, :2].T)
        assert (np.diff(own[lip]) <= 1e-12).all(), "ever less of its own toward the corner"
        np.testing.assert_array_equal(own[lip][off > shape_number("modiolus_reach_mm")], 1.0)
