"""The plan on the diagram: muscles tinted by how far they are overdriven, circles on them."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.report.face_figure.drawing import FONT, INK, SOFT, mix, text
from facialis.report.face_figure.features import brows, eyes, lips, nose
from facialis.report.face_figure.fibres import draw_muscle
from facialis.report.face_figure.figure import FRAME, PICTURE_TOP_PX, WIDTH_PX
from facialis.report.face_figure.frame import BOTH_SIDES
from facialis.report.face_figure.head import gradients, hair, head_beneath, silhouette
from facialis.report.face_figure.plan import PAINTING_ORDER
from facialis.report.plan_figure.circles import draw_circles, planned_points
from facialis.report.plan_figure.geometry import MARGIN_PX, VIEW_BOX
from facialis.twin.decode import Decoded
from facialis.twin.present.state import photographed_commands

CALM, OVERDRIVEN = "#e9dfd6", "#c2431a"
FULL_TINT = 0.35
"""Excess, as a share of a healthy muscle's strongest, that is drawn in the full colour."""


def plan_diagram(choices: Sequence[DoseChoice], decoded: Decoded) -> str:
    """Draw the plan on the neutral face.

    Parameters
    ----------
    choices : sequence      Of the plan, numbered in this order.
    decoded : Decoded       Of the patient; its excess tints the muscles.

    Returns
    -------
    str                     SVG text.
    """
    points = planned_points(choices)
    described = "; ".join(point.words for point in sorted(points, key=lambda one: one.number))
    return _drawn(
        "The plan on a drawn face",
        f"Numbered injection points. {described}.",
        decoded,
        draw_circles(points, FRAME.to_px, FRAME.px_per_mm),
    )


def face_diagram(decoded: Decoded) -> str:
    """Draw the neutral face alone, its muscles tinted: for what draws the points of a plan itself.

    Parameters
    ----------
    decoded : Decoded       Of the patient.

    Returns
    -------
    str                     SVG text whose view box is `geometry.VIEW_BOX`.
    """
    return _drawn(
        "The muscles of a drawn face",
        "Muscles are tinted by how far they work without being asked; the patient's RIGHT is on the left.",
        decoded,
        "",
    )


def unasked_excess(decoded: Decoded) -> dict[tuple[Side, Muscle], float]:
    """Mean excess of every muscle over the expressions that do not ask for it; 0 where there is none."""
    asked = photographed_commands() > 0
    mean = {}
    for s, side in enumerate(Side):
        for m, muscle in enumerate(FACIAL_MUSCLES):
            open_ones = [e for e in range(len(NINE_PHOTOGRAPHS)) if not asked[e, m]]
            found = float(np.mean(decoded.excess[open_ones, s, m])) if open_ones else 0.0
            mean[side, muscle] = max(found, 0.0)
    return mean


def tint_of(excess: float) -> float:
    """How strongly an excess colours a muscle. [0-1]"""
    return round(min(excess / FULL_TINT, 1.0), 2)


def _drawn(title: str, words: str, decoded: Decoded, above: str) -> str:
    box = " ".join(f"{number:g}" for number in VIEW_BOX)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'role="img" aria-labelledby="plan-title plan-words" font-family="{FONT}">'
        f'<title id="plan-title">{title}</title>'
        f'<desc id="plan-words">{escape(words)}</desc>'
        f'<defs>{gradients()}<clipPath id="skin-edge"><path d="{silhouette(FRAME)}"/></clipPath></defs>'
        f"{head_beneath(FRAME)}"
        f'<g clip-path="url(#skin-edge)" opacity="0.72">{_muscles(decoded)}</g>'
        f"{lips(FRAME)}{nose(FRAME)}{brows(FRAME)}{eyes(FRAME)}{hair(FRAME)}{_sides()}"
        f"{above}</svg>"
    )


def _muscles(decoded: Decoded) -> str:
    excess = unasked_excess(decoded)
    parts = []
    for side in BOTH_SIDES:
        for muscle in PAINTING_ORDER:
            colour = mix(CALM, OVERDRIVEN, tint_of(excess[side, muscle]))
            parts.append(draw_muscle(FRAME, muscle, side, colour))
    return "".join(parts)


def _sides() -> str:
    parts = []
    for side in BOTH_SIDES:
        anchor = "start" if side is Side.RIGHT else "end"
        x = MARGIN_PX + 24 if side is Side.RIGHT else WIDTH_PX - MARGIN_PX - 24
        parts += [
            text(x, PICTURE_TOP_PX + 44, "patient’s", font_size=22, fill=SOFT, text_anchor=anchor),
            text(
                x, PICTURE_TOP_PX + 84, side.label,
                font_size=38, font_weight=700, fill=INK, text_anchor=anchor,
            ),
        ]  # fmt: skip
    return "".join(parts)
