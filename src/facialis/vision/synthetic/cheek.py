"""The cheek: it bulges over a smile and flattens where fat pads have shrunk."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.vision.synthetic.shape import bump

Array = NDArray[np.float64]

MALAR_MM, MALAR_REACH_MM = (41.0, -34.0), (17.0, 13.0)
BUCCAL_MM, BUCCAL_REACH_MM = (40.0, -50.0), (20.0, 22.0)
"""Centre, lateral and up, and the distance at which a hill has fallen to 1/e."""
BULGE_MM, FLAT_MM = 3.0, 5.0
"""Forward by the whole smile; back where the cheek is wholly flat."""


def cheek_shift_mm(bulge: Array, flattening: Array) -> Array:
    """Displacement of the mesh toward the viewer and back. (478, 3) [mm]

    Parameters
    ----------
    bulge : (2,)         Contraction of the muscles that gather the cheek, LEFT then RIGHT. [0-1]
    flattening : (2,)    0 a healthy cheek, 1 a wholly flat one.
    """
    malar, buccal = _hills()
    shift = np.zeros((malar.shape[1], 3))
    shift[:, 2] = BULGE_MM * bulge @ malar - FLAT_MM * flattening @ buccal
    return shift


@cache
def _hills() -> tuple[Array, Array]:
    """Hills of both cheeks, LEFT then RIGHT. (2, 478) each"""
    points = neutral_points_mm()
    found = []
    for (x, y), reach in ((MALAR_MM, MALAR_REACH_MM), (BUCCAL_MM, BUCCAL_REACH_MM)):
        left = bump(points[:, 0] - x, points[:, 1] - y, *reach)
        found.append(np.stack([left, left[mirror_partner()]]))
    return found[0], found[1]
