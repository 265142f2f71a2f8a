"""The synkinesis map by muscle: what was asked, what worked without being asked, and the truth beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.report.face_figure.drawing import FONT, text
from facialis.report.page.charts import ACCENT, FAINT, INK, SOFT
from facialis.report.page.html import details, section, table
from facialis.report.words import expression_words
from facialis.twin.decode import Decoded
from facialis.twin.present.state import photographed_commands

COLUMNS: Sequence[tuple[Muscle, str]] = (
    (Muscle.FRONTALIS, "forehead"),
    (Muscle.CORRUGATOR_SUPERCILII, "frown"),
    (Muscle.ORBICULARIS_OCULI_PRETARSAL, "eyelids"),
    (Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL, "crow’s feet"),
    (Muscle.LEVATOR_LABII_SUPERIORIS, "upper lip"),
    (Muscle.ZYGOMATICUS_MAJOR, "smile"),
    (Muscle.BUCCINATOR, "cheek"),
    (Muscle.ORBICULARIS_ORIS_SUPERIOR, "mouth ring"),
    (Muscle.DEPRESSOR_ANGULI_ORIS, "mouth corner"),
    (Muscle.MENTALIS, "chin"),
    (Muscle.PLATYSMA, "neck"),
)
"""One muscle for each region of the face, from the forehead down."""
CELL_PX, LEFT_PX, TOP_PX = 62.0, 168.0, 96.0
FULL_SHARE, FULL_RADIUS_PX = 0.6, 27.0
"""Excess that fills a cell; the area of a circle is the excess."""


@dataclass(frozen=True, eq=False)
class TrueDrive:
    """What the muscles of an invented patient do beyond a healthy person's, as nobody else can know."""

    excess: Float[np.ndarray, "expressions sides muscles"]


def drive_map_part(decoded: Decoded, truth: TrueDrive) -> str:
    """The map, with a table that says the same."""
    return section(
        "map",
        "Which muscles work without being asked",
        "Rows: what the patient was asked to do. Columns: muscles of the affected side, "
        f"{decoded.affected.label}, one for each region. The area of a disc is the activity beyond a healthy "
        "muscle’s, as the model reads it from the photographs and the examination; filled discs are certain. "
        "The dark ring is the truth, which only an invented patient has. A dash: the movement asks for this "
        "muscle.",
        f"<div class='chart wide' tabindex='0' role='region' aria-label='Map of involuntary activity'>"
        f"{drive_map_svg(decoded, truth)}</div>",
        details("The map as a table", _table(decoded, truth)),
    )


def drive_map_svg(decoded: Decoded, truth: TrueDrive) -> str:
    """Discs for estimates, rings for the truth."""
    rows = [e for e in NINE_PHOTOGRAPHS if e is not Expression.REST]
    width, height = LEFT_PX + CELL_PX * len(COLUMNS) + 150, TOP_PX + CELL_PX * len(rows) + 16
    side = list(Side).index(decoded.affected)
    parts = [_grid(rows)]
    for r, expression in enumerate(rows):
        for c, (muscle, _) in enumerate(COLUMNS):
            e, m = NINE_PHOTOGRAPHS.index(expression), FACIAL_MUSCLES.index(muscle)
            x, y = LEFT_PX + CELL_PX * (c + 0.5), TOP_PX + CELL_PX * (r + 0.5)
            if photographed_commands()[e, m] > 0:
                parts.append(
                    f'<line x1="{x - 6:.0f}" x2="{x + 6:.0f}" y1="{y:.0f}" y2="{y:.0f}" stroke="#aab2bd" '
                    'stroke-width="2"/>'
                )
                continue
            found, true = float(decoded.excess[e, side, m]), float(truth.excess[e, side, m])
            parts.append(_disc(x, y, found, is_certain=bool(decoded.is_overdriven[e, side, m])))
            parts.append(_ring(x, y, true))
    parts.append(_legend(LEFT_PX + CELL_PX * len(COLUMNS) + 34))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'font-family="{FONT}" role="img" aria-label="Matrix of involuntary muscle activity; the table below '
        f'says the same">{"".join(parts)}</svg>'
    )


def _radius(share: float) -> float:
    return FULL_RADIUS_PX * sqrt(min(max(share, 0.0), FULL_SHARE) / FULL_SHARE)


def _disc(x: float, y: float, share: float, *, is_certain: bool) -> str:
    radius = _radius(share)
    if radius < 1.0:
        return ""
    fill = f'fill="{ACCENT}" fill-opacity="0.85"' if is_certain else 'fill="#f6e3d6"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {fill}/>'


def _ring(x: float, y: float, share: float) -> str:
    radius = _radius(share)
    if radius < 1.0:
        return ""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="none" stroke="{INK}" stroke-width="1.6"/>'
    )


def _grid(rows: Sequence[Expression]) -> str:
    right, bottom = LEFT_PX + CELL_PX * len(COLUMNS), TOP_PX + CELL_PX * len(rows)
    lines = [
        f'<line x1="{LEFT_PX:.0f}" x2="{right:.0f}" y1="{TOP_PX + CELL_PX * (r + 0.5):.0f}" '
        f'y2="{TOP_PX + CELL_PX * (r + 0.5):.0f}" stroke="{FAINT}"/>'
        for r in range(len(rows))
    ] + [
        f'<line x1="{LEFT_PX + CELL_PX * (c + 0.5):.0f}" x2="{LEFT_PX + CELL_PX * (c + 0.5):.0f}" '
        f'y1="{TOP_PX:.0f}" y2="{bottom:.0f}" stroke="{FAINT}"/>'
        for c in range(len(COLUMNS))
    ]
    words = []
    for r, e in enumerate(rows):
        y = TOP_PX + CELL_PX * (r + 0.5) + 5
        words.append(text(LEFT_PX - 14, y, expression_words(e), font_size=15, fill=INK, text_anchor="end"))
    for c, (_, name) in enumerate(COLUMNS):
        x = LEFT_PX + CELL_PX * (c + 0.5)
        words.append(
            f'<text transform="translate({x:.0f} {TOP_PX - 10:.0f}) rotate(-38)" font-size="15" '
            f'fill="{INK}">{escape(name)}</text>'
        )
    return "".join([*lines, *words])


def _legend(x: float) -> str:
    y = TOP_PX + 14
    parts = [text(x - 14, y, "beyond healthy", font_size=13, fill=SOFT)]
    for share in (0.1, 0.3, 0.6):
        y += 2 * _radius(share) + 14
        parts.append(_disc(x + 16, y - _radius(share) + 6, share, is_certain=True))
        parts.append(text(x + 52, y - _radius(share) + 11, f"{100 * share:.0f} %", font_size=13, fill=INK))
    y += 34
    parts += [
        _disc(x + 16, y, 0.15, is_certain=False),
        text(x + 40, y + 5, "not certain", font_size=13, fill=INK),
        _ring(x + 16, y + 42, 0.15),
        text(x + 40, y + 47, "truth", font_size=13, fill=INK),
    ]
    return "".join(parts)


def _table(decoded: Decoded, truth: TrueDrive) -> str:
    side = list(Side).index(decoded.affected)

    def cell(expression: Expression, muscle: Muscle) -> str:
        e, m = NINE_PHOTOGRAPHS.index(expression), FACIAL_MUSCLES.index(muscle)
        if photographed_commands()[e, m] > 0:
            return "asked"
        found, sd = 100 * decoded.excess[e, side, m], 100 * decoded.excess_sd[e, side, m]
        mark = " class='real'" if decoded.is_overdriven[e, side, m] else ""
        return f"<span{mark}>{found:.0f} ± {sd:.0f}</span> ({100 * truth.excess[e, side, m]:.0f})"

    rows = [
        [escape(expression_words(e)), *(cell(e, muscle) for muscle, _ in COLUMNS)]
        for e in NINE_PHOTOGRAPHS
        if e is not Expression.REST
    ]
    return table(
        "Activity beyond a healthy muscle’s, in % of its strongest: estimate ± sd (truth)",
        ["asked to", *(name for _, name in COLUMNS)],
        rows,
        is_wide=True,
    )
