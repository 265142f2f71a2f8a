"""The jaw: moved by the third branch of the trigeminal nerve, on command and alike on both sides."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.expressions import Expression
from facialis.anatomy.mesh import neutral_points_mm
from facialis.twin.face.geometry import contour, upper_share
from facialis.vision.synthetic.shape import smoothstep

Array = NDArray[np.float64]

JAW_OPENING_MM = {Expression.OPEN_SMILE: 4.0, Expression.LOWER_TEETH_SHOW: 0.4, Expression.SNARL: 0.5}
"""How far the lower teeth go down with an expression; chosen to look like clinical photographs."""
CORNER_SHARE = 0.3
"""Of the jaw's way down, the share that the corners of the mouth follow."""
CORNER_REACH_MM = 18.0
FLOOR_MM, CHIN_MM = 4.0, 26.0
"""Below the seam: from here on skin goes more with the bone, from there on wholly."""
JAW_HALF_WIDTH_MM = 58.0


def jaw_shift_mm(opening_mm: float) -> Array:
    """Displacement of the mesh by a jaw that opens so far. (478, 3) [mm]"""
    return np.asarray(opening_mm * _jaw_field())


@cache
def _jaw_field() -> Array:
    """Displacement of the mesh per mm of opening: lower lip and chin go down, the corners follow a part."""
    points = neutral_points_mm()
    corner = points[contour("upper_lip_outer")[-1]]
    x, below = np.abs(points[:, 0]), corner[1] - points[:, 1]
    across = x / -corner[0]
    bone = smoothstep(below, FLOOR_MM, CHIN_MM) * np.exp(-((x / JAW_HALF_WIDTH_MM) ** 4))
    near = np.exp(-(((x + corner[0]) / CORNER_REACH_MM) ** 2) - (below / CORNER_REACH_MM) ** 2)
    corner_share = CORNER_SHARE * near
    lip = np.maximum(np.sqrt(np.clip(1.0 - across**2, 0.0, None)), corner_share)
    lower = 1.0 - upper_share()
    field = np.zeros(points.shape)
    field[:, 1] = -(lower * np.maximum(lip, bone) + (1.0 - lower) * corner_share)
    return field
