"""How the drawn lines follow the points of the mesh that they run through."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from facialis.anatomy.mesh import contour_indices, mirror_partner, neutral_points_mm
from facialis.anatomy.sides import Side
from facialis.twin.face.geometry import lower_seam
from facialis.vision.synthetic.motion import FaceMotion

Array = NDArray[np.float64]

CORNER_POWER = 4
"""The last part of the seam runs from the rim of the mouth to the corner: with this power of the way."""
BROW_BENDING = 0.5
"""How far the hair of a brow bends with the skin of the forehead; its mean height follows wholly."""
LEAST_GAP_MM = 1.0
"""Margins of the mesh that lie nearer to each other, beside the canthi, tell no share of a way."""


@dataclass(frozen=True)
class LidWay:
    """How far the lids of one side have come, from the medial canthus to the lateral one."""

    opening: Array
    """Height of the fissure as a share of that at rest: 0 closed, above 1 wider."""
    lower_rise: Array
    """Rise of the lower lid as a share of the fissure at rest; negative where it droops."""
    upper_rise: Array
    """The same of the upper lid: -1 closed on a lower lid that stays."""
    forward_mm: Array
    """How far the eyeball pushes the upper margin toward the viewer."""


@dataclass(frozen=True)
class LipMotion:
    """Displacement of the four borders of one side's lips, from the midline to the corner. (n, 3) [mm]"""

    upper_outer: Array
    upper_inner: Array
    lower_inner: Array
    lower_outer: Array


def along(points: Array, values: Array, count: int) -> Array:
    """Smooth values at ``count`` places along a curve, evenly by its chord length. (count, k)"""
    chord = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    return np.asarray(CubicSpline(chord, values)(np.linspace(0.0, chord[-1], count)))


def point_motion(motion: FaceMotion, side: Side, index: int) -> Array:
    """Displacement of a point that is given by its index on the RIGHT. (3,) [mm]"""
    return np.asarray(motion.displacement_mm[_own((index,), side)[0]])


def contour_motion(motion: FaceMotion, side: Side, name: str, count: int) -> Array:
    """Displacement along a named contour. (count, 3) [mm]"""
    indices = _own(contour_indices()[name], side)
    return along(neutral_points_mm()[indices], motion.displacement_mm[indices], count)


def brow_motion(motion: FaceMotion, side: Side, count: int) -> Array:
    """Displacement of the hair of a brow, which lies on a pad that hardly bends. (count, 3) [mm]"""
    edges = [contour_motion(motion, side, name, count) for name in ("brow_upper", "brow_lower")]
    moved = (edges[0] + edges[1]) / 2
    mean = moved[:, 1].mean()
    moved[:, 1] = mean + BROW_BENDING * (moved[:, 1] - mean)
    return np.asarray(moved)


def lip_motion(motion: FaceMotion, side: Side, count: int) -> LipMotion:
    """Displacement of the borders of one side's lips."""
    corner = contour_indices()["upper_lip_outer"][-1]
    at_corner = motion.displacement_mm[_own((corner,), side)[0]]
    end = np.linspace(0.0, 1.0, count)[:, None] ** CORNER_POWER

    def rim(right: tuple[int, ...]) -> Array:
        moved = _over_midline(motion, side, right, count)
        return np.asarray(moved + end * (at_corner - moved[-1]))

    names = contour_indices()
    return LipMotion(
        upper_outer=_over_midline(motion, side, names["upper_lip_outer"], count),
        upper_inner=rim(names["lip_seam"]),
        lower_inner=rim(tuple(int(i) for i in lower_seam())),
        lower_outer=_over_midline(motion, side, names["lower_lip_outer"], count),
    )


def lid_way(motion: FaceMotion, side: Side, count: int) -> LidWay:
    """How far the lids of one side have come, at places evenly along the margin."""
    upper, lower = (_own(contour_indices()[n], side) for n in ("upper_lid", "lower_lid"))
    points, moved = neutral_points_mm(), motion.displacement_mm
    gap = points[upper, 1] - points[lower, 1]
    told = gap > LEAST_GAP_MM
    chord = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points[upper], axis=0), axis=1))])
    places = np.linspace(0.0, chord[-1], count)

    def spread(values: Array) -> Array:
        # Beside the canthi the margin goes the way of its nearest part that can be told.
        return np.asarray(np.interp(places, chord[told], values[told]))

    rises = [moved[i, 1] / np.where(told, gap, 1.0) for i in (upper, lower)]
    opening = np.maximum(1.0 + spread(rises[0] - rises[1]), 0.0)
    # On the mesh the margins differ in depth; a drawn upper lid meets the lower one in its own plane.
    deeper = (points[lower, 2] + moved[lower, 2] - points[upper, 2]) * (rises[1] - rises[0])
    bulge = np.interp(places, chord, np.where(told, moved[upper, 2] - deeper, 0.0))
    return LidWay(
        opening=opening,
        lower_rise=spread(rises[1]),
        upper_rise=spread(rises[0]),
        forward_mm=bulge,
    )


def _over_midline(motion: FaceMotion, side: Side, right: tuple[int, ...], count: int) -> Array:
    """Displacement of one side of a line that runs over the midline, smooth there. (count, 3)"""
    own, other = _own(right, side), _own(right, side.opposite)
    indices = np.concatenate([other[::-1], own[1:]])
    whole = along(neutral_points_mm()[indices], motion.displacement_mm[indices], 2 * count - 1)
    return whole[count - 1 :]


@cache
def _own(right: tuple[int, ...], side: Side) -> NDArray[np.intp]:
    """Indices on a side from those on the RIGHT."""
    indices = np.array(right, dtype=np.intp)
    return indices if side is Side.RIGHT else mirror_partner()[indices]
