"""MediaPipe's mesh of 468 points and two irises, translated to named points.

The mesh numbers a face as the camera sees it: in an unmirrored picture index 33 is the outer
corner of the patient's RIGHT eye. A widely shared index sheet calls it the left; the mirror
test of this schema keeps the truth.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints, SidePoints

Array = NDArray[np.float64]

MESH_POINTS = 468
ALL_POINTS = 478

EYE_CLOSED_GAP = 0.10
"""Lid gap over eye width below which the mesh's iris is a guess behind a closed lid."""


@dataclass(frozen=True)
class SideIndices:
    """Mesh indices of one side; contours run medial to lateral, or midline to commissure."""

    brow_upper: tuple[int, ...]
    brow_lower: tuple[int, ...]
    upper_lid: tuple[int, ...]
    lower_lid: tuple[int, ...]
    iris: tuple[int, ...]
    """Centre, then the boundary points at the two ends of the horizontal diameter."""
    ala: int
    commissure: int
    upper_lip_outer: tuple[int, ...]
    upper_lip_inner: tuple[int, ...]
    lower_lip_inner: tuple[int, ...]
    lower_lip_outer: tuple[int, ...]
    nasolabial: tuple[int, ...]


INDICES = {
    Side.RIGHT: SideIndices(
        brow_upper=(107, 66, 105, 63, 70),
        brow_lower=(55, 65, 52, 53, 46),
        upper_lid=(133, 173, 157, 158, 159, 160, 161, 246, 33),
        lower_lid=(133, 155, 154, 153, 145, 144, 163, 7, 33),
        iris=(468, 469, 471),
        ala=64,
        commissure=61,
        upper_lip_outer=(0, 37, 39, 40, 185, 61),
        upper_lip_inner=(13, 82, 81, 80, 191, 78, 61),
        lower_lip_inner=(14, 87, 178, 88, 95, 78, 61),
        lower_lip_outer=(17, 84, 181, 91, 146, 61),
        nasolabial=(203, 206, 216, 212),
    ),
    Side.LEFT: SideIndices(
        brow_upper=(336, 296, 334, 293, 300),
        brow_lower=(285, 295, 282, 283, 276),
        upper_lid=(362, 398, 384, 385, 386, 387, 388, 466, 263),
        lower_lid=(362, 382, 381, 380, 374, 373, 390, 249, 263),
        iris=(473, 474, 476),
        ala=294,
        commissure=291,
        upper_lip_outer=(0, 267, 269, 270, 409, 291),
        upper_lip_inner=(13, 312, 311, 310, 415, 308, 291),
        lower_lip_inner=(14, 317, 402, 318, 324, 308, 291),
        lower_lip_outer=(17, 314, 405, 321, 375, 291),
        nasolabial=(423, 426, 436, 432),
    ),
}

WIDTHS = ((127, 356), (234, 454))
"""(RIGHT, LEFT) points before the ears at the height of the eyes and of the cheeks."""
NASION, NOSE_TIP, SUBNASALE, PHILTRUM, CHIN = 168, 4, 2, 0, 152


def face_points(points_px: Array, *, keep_hidden_irises: bool = False) -> FacePoints:
    """Name the points of a mesh.

    Parameters
    ----------
    points_px : (478, 2) or (478, 3)
        Mesh of an unmirrored picture; a third column (depth) is left out. [px]
    keep_hidden_irises : bool
        The mesh draws an iris behind a closed lid too. Keep it while the lids are still being
        looked for; `hide_closed_irises` takes it out afterwards.

    Returns
    -------
    FacePoints
        All regions with method NETWORK. [px]

    Raises
    ------
    ValueError
        If the array has another number of points: a mesh without irises has no scale.
    """
    if points_px.shape[0] != ALL_POINTS:
        raise ValueError(f"A mesh of {ALL_POINTS} points was expected; this one has {points_px.shape[0]}.")
    xy = np.asarray(points_px[:, :2], dtype=np.float64)
    named = FacePoints(
        left=_side_points(xy, INDICES[Side.LEFT]),
        right=_side_points(xy, INDICES[Side.RIGHT]),
        nasion=xy[NASION],
        nose_tip=xy[NOSE_TIP],
        subnasale=xy[SUBNASALE],
        philtrum=xy[PHILTRUM],
        chin=xy[CHIN],
    )
    return named if keep_hidden_irises else hide_closed_irises(named)


def face_width(points_px: Array) -> float:
    """Width of the face between temples and between cheeks, in space, mean of both.

    Parameters
    ----------
    points_px : (478, 3)
        Mesh with depth. [px]
    """
    widths = [float(np.linalg.norm(points_px[left] - points_px[right])) for right, left in WIDTHS]
    return sum(widths) / len(widths)


def hide_closed_irises(points: FacePoints) -> FacePoints:
    """The same points without the iris of an eye whose lids meet."""

    def shown(side: SidePoints) -> SidePoints:
        if lid_gap_ratio(side.upper_lid, side.lower_lid) >= EYE_CLOSED_GAP:
            return side
        return replace(side, iris_centre=None, iris_diameter=None)

    return replace(points, left=shown(points.left), right=shown(points.right))


def _side_points(xy: Array, index: SideIndices) -> SidePoints:
    upper_lid, lower_lid = xy[list(index.upper_lid)], xy[list(index.lower_lid)]
    centre, one_end, other_end = (xy[i] for i in index.iris)
    return SidePoints(
        brow=(xy[list(index.brow_upper)] + xy[list(index.brow_lower)]) / 2,
        upper_lid=upper_lid,
        lower_lid=lower_lid,
        medial_canthus=upper_lid[0],
        lateral_canthus=upper_lid[-1],
        iris_centre=centre,
        iris_diameter=float(np.linalg.norm(one_end - other_end)),
        ala=xy[index.ala],
        commissure=xy[index.commissure],
        upper_lip_outer=xy[list(index.upper_lip_outer)],
        upper_lip_inner=xy[list(index.upper_lip_inner)],
        lower_lip_inner=xy[list(index.lower_lip_inner)],
        lower_lip_outer=xy[list(index.lower_lip_outer)],
        nasolabial=xy[list(index.nasolabial)],
    )


def lid_gap_ratio(upper_lid: Array, lower_lid: Array) -> float:
    """Largest distance between paired (n, 2) lid points over the width of the eye."""
    width = float(np.linalg.norm(upper_lid[0] - upper_lid[-1]))
    gap = float(np.linalg.norm(upper_lid - lower_lid, axis=1).max())
    return gap / width if width > 0 else 0.0
