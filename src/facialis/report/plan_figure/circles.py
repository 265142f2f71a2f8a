"""Injection points of a plan as numbered circles: area is the dose, colour the role of the side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np

from facialis.anatomy.side_roles import SideRole
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.places import place_text
from facialis.report.face_figure.drawing import PAPER, Points, disc, text
from facialis.report.plan_figure.geometry import radius_mm, sites_mm

ROLE_COLOURS = {SideRole.AFFECTED: "#b14d15", SideRole.HEALTHY: "#1f4e79", SideRole.MIDLINE: "#3d4654"}
"""White numbers on each have a contrast of 5 : 1 or more; the words stand in the legend and the table."""
ROLE_WORDS = {
    SideRole.AFFECTED: "affected side",
    SideRole.HEALTHY: "healthy side",
    SideRole.MIDLINE: "midline",
}
SMALLEST_NUMBER_PX = 9.0


@dataclass(frozen=True)
class PlannedPoint:
    """One needle of a plan on the neutral face."""

    number: int
    """Of its target in the table, from 1."""
    at_mm: tuple[float, float]
    """x toward the patient's LEFT, y up."""
    units: float
    role: SideRole
    words: str


def planned_points(choices: Sequence[DoseChoice]) -> tuple[PlannedPoint, ...]:
    """Every needle, target by target, the largest first so that no circle hides a smaller one."""
    found = []
    for number, choice in enumerate(choices, start=1):
        sites = sites_mm(choice.target, choice.side)
        for point, dose in choice.points:
            words = f"{number}: {place_text((choice.side, choice.target))}, point {point}, {dose.text}"
            found.append(PlannedPoint(number, sites[point], float(dose.amount), choice.role, words))
    return tuple(sorted(found, key=lambda one: -one.units))


def draw_circles(points: Sequence[PlannedPoint], to_px: Callable[[Points], Points], px_per_mm: float) -> str:
    """Circles at the places that ``to_px`` finds for millimetres of the neutral face."""
    places = to_px(np.array([one.at_mm for one in points]).reshape(-1, 2))
    return "".join(
        _circle(point, float(x), float(y), px_per_mm) for point, (x, y) in zip(points, places, strict=True)
    )


def _circle(point: PlannedPoint, x: float, y: float, px_per_mm: float) -> str:
    radius = radius_mm(point.units) * px_per_mm
    size = max(SMALLEST_NUMBER_PX, min(1.15 * radius, 3.6 * px_per_mm))
    return (
        f"<g><title>{escape(point.words)}</title>"
        + disc(x, y, radius + 0.45 * px_per_mm, fill=PAPER, fill_opacity=0.92)
        + disc(x, y, radius, fill=ROLE_COLOURS[point.role], fill_opacity=0.94)
        + text(
            x, y + 0.36 * size, str(point.number),
            font_size=round(size, 1), font_weight=700, fill=PAPER, text_anchor="middle",
        )
        + "</g>"
    )  # fmt: skip
