"""Small geometry of the gate, independent of size, position and tilt of the face."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import FacePoints, SidePoints

Array = NDArray[np.float64]


def outer_canthal_distance_px(points: FacePoints) -> float:
    """Distance between the two lateral canthi, in px."""
    return float(np.linalg.norm(points.left.lateral_canthus - points.right.lateral_canthus))


def eye_frame(points: FacePoints) -> tuple[Array, Array, float]:
    """Origin, unit vector toward the patient's left, and unit length of a frame on the outer canthi.

    The canthi hardly move in any expression, so movement in this frame is movement of the face.
    """
    left, right = points.left.lateral_canthus, points.right.lateral_canthus
    length = float(np.linalg.norm(left - right))
    return (left + right) / 2.0, (left - right) / max(length, 1e-9), length


def in_eye_frame(points: FacePoints, contour: Array) -> Array:
    """Move a contour into the eye frame, in outer canthal distances; y grows downward."""
    origin, across, length = eye_frame(points)
    offset = np.atleast_2d(contour) - origin
    down = np.array([-across[1], across[0]])
    return np.stack([offset @ across, offset @ down], axis=1) / max(length, 1e-9)


def eye_opening_ratio(side: SidePoints) -> float:
    """Largest gap between the lids over the length of the lid."""
    axis = side.lateral_canthus - side.medial_canthus
    length = float(np.linalg.norm(axis))
    if length < 1e-9:
        return 0.0
    normal = np.array([-axis[1], axis[0]]) / length
    along = np.linspace(0.2, 0.8, 13)
    heights = [
        _profile(lid, side.medial_canthus, axis, normal, along) for lid in (side.upper_lid, side.lower_lid)
    ]
    return float(np.max(np.abs(heights[0] - heights[1]))) / length


def mouth_opening_ratio(points: FacePoints) -> float:
    """Gap between the lips at the midline over the width of the mouth."""
    upper = (points.left.upper_lip_inner[0] + points.right.upper_lip_inner[0]) / 2.0
    lower = (points.left.lower_lip_inner[0] + points.right.lower_lip_inner[0]) / 2.0
    width = float(np.linalg.norm(points.left.commissure - points.right.commissure))
    return float(np.linalg.norm(upper - lower)) / max(width, 1e-9)


def all_points(points: FacePoints) -> Array:
    """Every named point of the face, as (n, 2) px; the midline last, from the nasion to the chin."""
    return np.concatenate([np.atleast_2d(contour)[:, :2] for contour in _contours(points)])


def _contours(points: FacePoints) -> Iterator[Array]:
    for side in (points.left, points.right):
        yield from (side.brow, side.upper_lid, side.lower_lid, side.medial_canthus, side.lateral_canthus)
        yield from (side.ala, side.commissure, side.nasolabial)
        yield from (side.upper_lip_outer, side.upper_lip_inner, side.lower_lip_inner, side.lower_lip_outer)
    yield from (points.nasion, points.nose_tip, points.subnasale, points.philtrum, points.chin)


def _profile(contour: Array, origin: Array, axis: Array, normal: Array, along: Array) -> Array:
    """Height of a contour above an axis at given shares of the axis."""
    offset = contour - origin
    share = offset @ axis / float(axis @ axis)
    order = np.argsort(share)
    return np.interp(along, share[order], (offset @ normal)[order])
