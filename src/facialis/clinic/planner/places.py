"""Where injection points lie: on the drawn face, and on a photograph of the patient.

The web calls this itself: no plan and no planner is needed for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints, SidePoints
from facialis.planning.places import all_places
from facialis.report.face_figure.figure import FRAME
from facialis.report.plan_figure.geometry import VIEW_BOX, radius_mm, sites_mm
from facialis.vision.backends.manual_points import MIDLINE_NAMES, REGION_OF, manual_face

MIDLINE = "midline"
DECIMALS = 2


@dataclass(frozen=True)
class DiagramPoint:
    """One injection point on the drawn face."""

    target: str
    side: str
    """LEFT, RIGHT (the patient's) or midline."""
    point: int
    x: float
    """Share of the width of `VIEW_BOX`, from its left edge. The patient's RIGHT is on the left. [0-1]"""
    y: float
    """Share of its height, from its top. [0-1]"""


@dataclass(frozen=True)
class PhotographPoint:
    """The same point on a photograph."""

    target: str
    side: str
    point: int
    x_px: float
    y_px: float


@dataclass(frozen=True)
class PhotographPlaces:
    """Every injection point on one photograph: a guide for the eye, each is found on the patient."""

    points: tuple[PhotographPoint, ...]
    px_per_mm: float
    shown: tuple[float, float, float, float]
    """The face with a margin: left, top, width, height. [px]"""

    def radius_px(self, units: float) -> float:
        """Radius of the circle of a dose."""
        return radius_mm(units) * self.px_per_mm


@cache
def diagram_points() -> tuple[DiagramPoint, ...]:
    """Every point of every target, from the forehead down."""
    left, top, width, height = VIEW_BOX
    found = []
    for target, side, number, at_mm in _all_mm():
        x, y = FRAME.to_px(np.array(at_mm))
        found.append(DiagramPoint(target, side, number, float((x - left) / width), float((y - top) / height)))
    return tuple(found)


def diagram_radius(units: float) -> float:
    """Radius of the circle of a dose, as a share of the width of the drawing."""
    return radius_mm(units) * FRAME.px_per_mm / VIEW_BOX[2]


def photograph_places(points: FacePoints, width_px: int, height_px: int) -> PhotographPlaces:
    """Carry every point over to a photograph.

    Parameters
    ----------
    points : FacePoints     Measured on it, at rest and unmirrored. [px]
    width_px, height_px     Of the photograph.
    """
    from facialis.report.plan_figure.photograph import FaceWarp, PointedPhoto

    warp = FaceWarp(PointedPhoto(b"", width_px, height_px, points))
    every = list(_all_mm())
    places = warp.to_px(np.array([at_mm for *_, at_mm in every]))
    return PhotographPlaces(
        points=tuple(
            PhotographPoint(target, side, number, round(float(x), DECIMALS), round(float(y), DECIMALS))
            for (target, side, number, _), (x, y) in zip(every, places, strict=True)
        ),
        px_per_mm=warp.px_per_mm,
        shown=warp.kept(),
    )


def points_to_plain(points: FacePoints) -> dict[str, Any]:
    """Named points as JSON, as a file of manual points has them under 'points'."""
    midline = {name: getattr(points, name).tolist() for name in MIDLINE_NAMES}
    return {side.value: _side_to_plain(points.side(side)) for side in Side} | midline


def points_from_plain(plain: Mapping[str, Any], file: str = "the photograph") -> FacePoints:
    """The named points of a whole face; raises `ManualPointsError` for a wrong or missing one.

    Parameters
    ----------
    file : str      What they are of, for messages.
    """
    return manual_face({"file": file, "points": dict(plain)}).complete()


def _side_to_plain(points: SidePoints) -> dict[str, Any]:
    values = {name: getattr(points, name) for name in REGION_OF}
    return {name: one.tolist() if isinstance(one, np.ndarray) else one for name, one in values.items()}


@cache
def _all_mm() -> tuple[tuple[str, str, int, tuple[float, float]], ...]:
    return tuple(
        (target.value, MIDLINE if side is None else side.label, number, at_mm)
        for side, target in all_places()
        for number, at_mm in sites_mm(target, side).items()
    )
