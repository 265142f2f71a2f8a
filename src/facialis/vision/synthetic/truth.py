"""The exact points of a drawn face, from the very lines that were drawn."""

import numpy as np

from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints, Method, Region, SidePoints
from facialis.vision.synthetic.camera import Projection
from facialis.vision.synthetic.contours import CLOSED_FISSURE_MM, IRIS_DIAMETER_MM, FaceContours

EXACT = dict.fromkeys(Region, Method.EXACT)


def _side_points(contours: FaceContours, side: Side, projection: Projection) -> SidePoints:
    lines = contours.side(side)
    upper_lid, lower_lid = projection.project(lines.upper_lid), projection.project(lines.lower_lid)
    lips = [
        projection.project(line)
        for line in (
            lines.upper_lip_outer,
            lines.upper_lip_inner,
            lines.lower_lip_inner,
            lines.lower_lip_outer,
        )
    ]
    closed = lines.open_mm < CLOSED_FISSURE_MM
    return SidePoints(
        brow=(projection.project(lines.brow_upper) + projection.project(lines.brow_lower)) / 2,
        upper_lid=upper_lid,
        lower_lid=lower_lid,
        medial_canthus=upper_lid[0],
        lateral_canthus=upper_lid[-1],
        iris_centre=None if closed else projection.project(lines.iris_centre),
        iris_diameter=None if closed else IRIS_DIAMETER_MM / projection.mm_per_px_at(lines.iris_centre),
        ala=projection.project(lines.ala),
        commissure=lips[1][-1],
        upper_lip_outer=lips[0],
        upper_lip_inner=lips[1],
        lower_lip_inner=lips[2],
        lower_lip_outer=lips[3],
        nasolabial=projection.project(lines.nasolabial),
        methods=EXACT,
    )


def exact_points(contours: FaceContours, projection: Projection) -> FacePoints:
    """Named points of the drawn face. [px]"""
    middle = projection.project(
        np.stack([contours.nasion, contours.nose_tip, contours.subnasale, contours.chin])
    )
    left = _side_points(contours, Side.LEFT, projection)
    return FacePoints(
        left=left,
        right=_side_points(contours, Side.RIGHT, projection),
        nasion=middle[0],
        nose_tip=middle[1],
        subnasale=middle[2],
        philtrum=left.upper_lip_outer[0],
        chin=middle[3],
    )
