"""Carry every named point of a face through a change of coordinates."""

import dataclasses
from collections.abc import Callable

from facialis.measurement.points import Array, FacePoints, SidePoints

Mapping = Callable[[Array], Array]
"""(n, 2) points to (n, 2) points."""


def move_points(points: FacePoints, mapping: Mapping, length_factor: float = 1.0) -> FacePoints:
    """Named points after ``mapping``; lengths (the iris diameter) times ``length_factor``."""

    def single(point: Array) -> Array:
        moved: Array = mapping(point[None])[0]
        return moved

    def side(of: SidePoints) -> SidePoints:
        return dataclasses.replace(
            of,
            brow=mapping(of.brow),
            upper_lid=mapping(of.upper_lid),
            lower_lid=mapping(of.lower_lid),
            medial_canthus=single(of.medial_canthus),
            lateral_canthus=single(of.lateral_canthus),
            iris_centre=None if of.iris_centre is None else single(of.iris_centre),
            iris_diameter=None if of.iris_diameter is None else of.iris_diameter * length_factor,
            ala=single(of.ala),
            commissure=single(of.commissure),
            upper_lip_outer=mapping(of.upper_lip_outer),
            upper_lip_inner=mapping(of.upper_lip_inner),
            lower_lip_inner=mapping(of.lower_lip_inner),
            lower_lip_outer=mapping(of.lower_lip_outer),
            nasolabial=mapping(of.nasolabial),
        )

    return FacePoints(
        left=side(points.left),
        right=side(points.right),
        nasion=single(points.nasion),
        nose_tip=single(points.nose_tip),
        subnasale=single(points.subnasale),
        philtrum=single(points.philtrum),
        chin=single(points.chin),
    )
