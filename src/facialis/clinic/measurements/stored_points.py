"""Named points as the record keeps them, and back.

Coordinates are pixels of the stored picture, turned round where that is mirrored: the patient's LEFT
always has the larger x. The names are those of a file of points for ``facialis measure --points``.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints, Method, Region, SidePoints
from facialis.vision.backends.manual_points import MIDLINE_NAMES, REGION_OF, ManualFace, manual_face

Plain = Mapping[str, Any]


def plain_points(points: FacePoints) -> dict[str, Any]:
    """Every point and contour by name, ready for JSON, to the last digit."""
    sides = {side.value: _plain_side(points.side(side)) for side in Side}
    return {**sides, **{name: _numbers(getattr(points, name)) for name in MIDLINE_NAMES}}


def plain_methods(points: FacePoints) -> dict[str, dict[str, str]]:
    """How each region of each side was found."""
    return {
        side.value: {str(region): str(method) for region, method in points.side(side).methods.items()}
        for side in Side
    }


def named_points(plain: Plain, methods: Mapping[str, Mapping[str, str]]) -> FacePoints:
    """The points that `plain_points` and `plain_methods` wrote."""
    whole = manual_face({"file": "stored points", "points": plain}).complete()
    sides = {side.value: _with_methods(whole.side(side), methods.get(side.value, {})) for side in Side}
    return replace(whole, left=sides["left"], right=sides["right"])


def placed_face(plain: Plain, moved: list[str], *, by: str = "", at: str = "", file: str = "") -> ManualFace:
    """What people placed: the points of ``plain`` whose names, such as ``left.brow``, are in ``moved``."""
    points: dict[str, Any] = {}
    for name in moved:
        holder, _, inner = name.rpartition(".")
        if holder:
            points.setdefault(holder, {})[inner] = plain[holder][inner]
        else:
            points[inner] = plain[inner]
    return manual_face({"file": file, "points": points, "by": by or None, "at": at or None})


def names_of(face: ManualFace) -> list[str]:
    """Names of what a person placed, sorted."""
    sided = [f"{side.value}.{name}" for side, points in face.sides.items() for name in points]
    return sorted([*sided, *face.midline])


def _plain_side(points: SidePoints) -> dict[str, Any]:
    return {name: _numbers(getattr(points, name)) for name in REGION_OF}


def _numbers(value: Any) -> Any:
    return None if value is None else np.asarray(value, dtype=np.float64).tolist()


def _with_methods(points: SidePoints, methods: Mapping[str, str]) -> SidePoints:
    return replace(points, methods={Region(region): Method(method) for region, method in methods.items()})
