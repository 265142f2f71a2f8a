"""The plan on the patient's own photograph: its measured points carry places of the neutral face over."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints, SidePoints
from facialis.planning.dosing.choices import DoseChoice
from facialis.report.face_figure.drawing import FONT, Points
from facialis.report.plan_figure.circles import draw_circles, planned_points
from facialis.twin.face.named_points import named_points

REACH_MM = 35.0
"""How far a measured point pulls the places around it; beyond, the face is scaled and turned as a whole."""
SMOOTHING = 0.3
FACE_MARGIN_MM = (92.0, 116.0, 172.0)
"""Kept of the photograph about the eyes: to either side, above, below."""


@dataclass(frozen=True)
class PointedPhoto:
    """A photograph with its measured points."""

    jpeg: bytes
    width_px: int
    height_px: int
    points: FacePoints
    """In pixels of the photograph as it was read."""
    scale: float = 1.0
    """Pixels of the JPEG for one pixel of the points."""


def plan_photograph(choices: Sequence[DoseChoice], photo: PointedPhoto) -> str:
    """Draw the plan on a photograph.

    Parameters
    ----------
    choices : sequence      Of the plan, numbered in this order.
    photo : PointedPhoto    At rest, unmirrored.

    Returns
    -------
    str                     SVG text with the photograph in it.

    Notes
    -----
    Places keep their neighbourhood to lids, brows, nose and lips of this patient. They are a guide for the
    eye: a clinician finds each point on the patient.
    """
    warp = FaceWarp(photo)
    points = planned_points(choices)
    described = "; ".join(point.words for point in sorted(points, key=lambda one: one.number))
    data = base64.b64encode(photo.jpeg).decode("ascii")
    x, y, width, height = warp.kept()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x:.0f} {y:.0f} {width:.0f} {height:.0f}" '
        f'role="img" aria-labelledby="photo-title photo-words" font-family="{FONT}">'
        '<title id="photo-title">The plan on the patient’s own photograph at rest</title>'
        f'<desc id="photo-words">Numbered injection points. {escape(described)}.</desc>'
        f'<image href="data:image/jpeg;base64,{data}" width="{photo.width_px}" height="{photo.height_px}"/>'
        f"{_sides(warp)}{draw_circles(points, warp.to_px, warp.px_per_mm)}</svg>"
    )


class FaceWarp:
    """From millimetres of the neutral face to pixels of one photograph."""

    def __init__(self, photo: PointedPhoto) -> None:
        neutral = _nodes(named_points(neutral_points_mm())) * [1.0, -1.0]
        found = _nodes(photo.points) * photo.scale
        self._carry = RBFInterpolator(
            neutral, found, kernel="gaussian", epsilon=1.0 / REACH_MM, degree=1, smoothing=SMOOTHING
        )
        canthi = [side.lateral_canthus * photo.scale for side in (photo.points.left, photo.points.right)]
        own = named_points(neutral_points_mm())
        true_mm = float(np.linalg.norm(own.left.lateral_canthus - own.right.lateral_canthus))
        self.px_per_mm = float(np.linalg.norm(canthi[0] - canthi[1])) / true_mm
        self._photo = photo

    def to_px(self, points_mm: Points) -> Points:
        """Carry places over. (n, 2) [mm] -> (n, 2) [px]"""
        return np.asarray(self._carry(np.asarray(points_mm, dtype=float).reshape(-1, 2)))

    def kept(self) -> tuple[float, float, float, float]:
        """What is shown of the photograph: left, top, width, height. [px]"""
        middle = self.to_px(np.array([[0.0, 0.0]]))[0]
        beside, above, below = (self.px_per_mm * length for length in FACE_MARGIN_MM)
        left, top = max(middle[0] - beside, 0.0), max(middle[1] - above, 0.0)
        right = min(middle[0] + beside, self._photo.width_px)
        bottom = min(middle[1] + below, self._photo.height_px)
        return left, top, right - left, bottom - top


def _sides(warp: FaceWarp) -> str:
    x, y, width, _ = warp.kept()
    size = 6.2 * warp.px_per_mm
    parts = []
    for side in (Side.RIGHT, Side.LEFT):
        anchor = "start" if side is Side.RIGHT else "end"
        at = x + 0.6 * size if side is Side.RIGHT else x + width - 0.6 * size
        parts.append(
            f'<text x="{at:.0f}" y="{y + 1.4 * size:.0f}" font-size="{size:.0f}" font-weight="700" '
            f'fill="#ffffff" stroke="#191e26" stroke-width="{0.16 * size:.1f}" paint-order="stroke" '
            f'text-anchor="{anchor}">{side.label}</text>'
        )
    return "".join(parts)


def _nodes(points: FacePoints) -> NDArray[np.float64]:
    middle = [points.nasion, points.nose_tip, points.subnasale, points.philtrum, points.chin]
    sides = [_of_side(side) for side in (points.left, points.right)]
    return np.concatenate([np.array(middle), *sides])


def _of_side(side: SidePoints) -> NDArray[np.float64]:
    """A few places along each contour, the same shares of the way on every face."""
    lines = [
        _along(getattr(side, name), count)
        for name, count in (
            ("brow", 3),
            ("upper_lid", 3),
            ("lower_lid", 3),
            ("upper_lip_outer", 3),
            ("lower_lip_outer", 3),
            ("nasolabial", 2),
        )
    ]
    single = np.array([side.lateral_canthus, side.ala, side.commissure])
    return np.concatenate([*lines, single])


def _along(line: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Places inside a line, evenly; its ends are taken apart, or belong to both sides."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    wanted = np.linspace(0.0, way[-1], count + 2)[1:-1]
    return np.stack([np.interp(wanted, way, line[:, axis]) for axis in range(2)], axis=1)
