"""From a position in a frontal view to a place on the mesh."""

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.mesh import neutral_triangles
from facialis.anatomy.mesh.barycentric import BarycentricPoint, check_positions

NASION = 168
FOREHEAD_ANCHOR = (NASION, 67, 297)
"""Above the mesh a place hangs on the root of the nose and the two upper corners of the forehead."""

NECK_ANCHOR = (NASION, 172, 397)
"""Below the mesh it hangs on the root of the nose and the two angles of the jaw.

Wide triangles hold an extrapolation steady where the slender ones of the rim would magnify every error
of their corners; the chin is left out because it goes down when the mouth opens.
"""

WEIGHT_DECIMALS = 4
"""Of a triangle side of 40 mm, a weight of 0.0001 is 0.004 mm."""

ROUNDING = 1e-9


def locate(position: NDArray[np.float64], positions: NDArray[np.float64]) -> BarycentricPoint:
    """Return the place that lies at a position of a frontal view.

    Where the cheek folds over itself in the view, the layer nearest the viewer is taken if depth is
    given. Outside the mesh the place is extrapolated from one of two wide triangles.

    Parameters
    ----------
    position : (2,)                     x and y in the frame of `positions`. [unit of `positions`]
    positions : (478, 2) or (478, 3)    Points of the face. Depth grows toward the viewer.

    Returns
    -------
    BarycentricPoint    Weights of four decimals.

    Raises
    ------
    PlaceError      `positions` has another shape.
    """
    check_positions(positions)
    triangles = neutral_triangles()
    weights = _weights(position, positions, triangles)
    inside = np.flatnonzero((weights >= -ROUNDING).all(axis=1))
    if inside.size:
        depth = positions[triangles[inside], 2].mean(axis=1) if positions.shape[1] == 3 else -inside
        chosen = inside[int(np.argmax(depth))]
        return _rounded(triangles[chosen], np.maximum(weights[chosen], 0.0))
    anchors = np.array([NECK_ANCHOR, FOREHEAD_ANCHOR], dtype=np.intp)
    neck, forehead = _weights(position, positions, anchors)
    below = neck[0] < 0.0  # beyond the line between the angles of the jaw, seen from the root of the nose
    return _rounded(anchors[0], neck) if below else _rounded(anchors[1], forehead)


def _weights(
    position: NDArray[np.float64], positions: NDArray[np.float64], triangles: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Barycentric weights of a position in each triangle, in the frontal view. (n, 3)"""
    a, b, c = (positions[triangles[:, corner], :2] for corner in range(3))
    area = _cross(b - a, c - a)
    # A triangle seen edge-on has no inside; NaN keeps it out of every comparison.
    area = np.where(np.abs(area) > ROUNDING, area, np.nan)
    second = _cross(position[:2] - a, c - a) / area
    third = _cross(b - a, position[:2] - a) / area
    return np.stack([1.0 - second - third, second, third], axis=1)


def _cross(u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    product: NDArray[np.float64] = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    return product


def _rounded(corners: NDArray[np.intp], weights: NDArray[np.float64]) -> BarycentricPoint:
    """Round the weights so that they still add up to exactly 1: the largest takes what is left."""
    steps = 10**WEIGHT_DECIMALS
    counts = np.rint(weights * steps).astype(int)
    counts[int(np.argmax(counts))] += steps - int(counts.sum())
    first, second, third = (int(count) / steps for count in counts)
    a, b, c = (int(corner) for corner in corners)
    return BarycentricPoint((a, b, c), (first, second, third))
