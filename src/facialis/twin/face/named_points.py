"""The twin's mesh translated to named points: from here on it is measured like a photograph."""

from functools import cache

import numpy as np
from jaxtyping import Float, Int

from facialis.anatomy.mesh import contour_indices, midline_indices, mirror_partner
from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints, Method, Region, SidePoints
from facialis.twin.face.geometry import FIRST_IRIS_POINT, contour, lower_seam

IRIS_MM = 11.7
"""Diameter drawn and measured; millimetres of a twin are exact, so its spread plays no part."""

CLOSED_FISSURE_MM = 0.5
"""With less between the lids the iris cannot be seen, as in a photograph."""

EXACT = dict.fromkeys(Region, Method.EXACT)
Mesh = Float[np.ndarray, "478 3"]
Places = Float[np.ndarray, "places 2"]


def named_points(mesh_mm: Mesh) -> FacePoints:
    """Name the points of a twin's face.

    Parameters
    ----------
    mesh_mm : (478, 3)      x toward the patient's LEFT, y up. [mm]

    Returns
    -------
    FacePoints              As in a frontal picture of one pixel a millimetre: y runs down. [mm as px]
    """
    picture = np.asarray(mesh_mm)[:, :2] * np.array([1.0, -1.0])
    middle = {name: picture[index] for name, index in midline_indices().items()}
    return FacePoints(left=_side(picture, Side.LEFT), right=_side(picture, Side.RIGHT), **middle)


def _side(picture: Places, side: Side) -> SidePoints:
    at = {name: picture[indices] for name, indices in _indices(side).items()}
    upper_lid, lower_lid, corner = at["upper_lid"], at["lower_lid"], at["upper_lip_outer"][-1:]
    iris = at["iris"][0]
    is_open = _fissure(upper_lid, lower_lid, float(iris[0])) >= CLOSED_FISSURE_MM
    return SidePoints(
        brow=(at["brow_upper"] + at["brow_lower"]) / 2,
        upper_lid=upper_lid,
        lower_lid=lower_lid,
        medial_canthus=upper_lid[0],
        lateral_canthus=upper_lid[-1],
        iris_centre=iris if is_open else None,
        iris_diameter=IRIS_MM if is_open else None,
        ala=at["ala"][0],
        commissure=corner[0],
        upper_lip_outer=at["upper_lip_outer"],
        upper_lip_inner=np.concatenate([at["lip_seam"], corner]),
        lower_lip_inner=np.concatenate([at["lower_seam"], corner]),
        lower_lip_outer=at["lower_lip_outer"],
        nasolabial=at["nasolabial"],
        methods=EXACT,
    )


def _fissure(upper: Places, lower: Places, x: float) -> float:
    """Height between the lids at a place across the eye, in a picture where y runs down. [mm]"""
    heights = []
    for lid in (upper, lower):
        order = np.argsort(lid[:, 0])
        heights.append(float(np.interp(x, lid[order, 0], lid[order, 1])))
    return heights[1] - heights[0]


@cache
def _indices(side: Side) -> dict[str, Int[np.ndarray, " places"]]:
    right = {name: contour(name) for name in contour_indices()}
    right["lower_seam"] = lower_seam()
    if side is Side.RIGHT:
        return right
    # An iris is five points of which the first is the centre; partners hold for them too.
    partner = mirror_partner()
    assert partner[FIRST_IRIS_POINT] != FIRST_IRIS_POINT  # noqa: S101  the irises are told apart
    return {name: partner[indices] for name, indices in right.items()}
