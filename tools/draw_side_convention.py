"""Draw docs/figures/side_convention.svg: whose LEFT, which way is positive, how the head turns.

The face is drawn in millimetres of the face frame (origin between the iris centres, x toward the
patient's LEFT, y up), so every number written in the figure is the length that is drawn.

Usage: python tools/draw_side_convention.py [--png PREVIEW.png]
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import vl_convert

Point = tuple[float, float]

FIGURE = Path(__file__).resolve().parents[1] / "docs" / "figures" / "side_convention.svg"
WIDTH_PX, HEIGHT_PX = 1280, 940
ORIGIN_PX = (400.0, 520.0)
PX_PER_MM = 2.85

INK, SOFT_INK, RULE = "#23303a", "#5c6b76", "#d5dde2"
ACCENT = "#0b6e8a"
SKIN, SKIN_SHADE, SKIN_LINE = "#f4e3d7", "#e6cdbd", "#9a7766"
HAIR, LIP, LIP_LINE = "#54484a", "#d39a90", "#8d5750"

# The right half in mm, mirrored where the two sides agree. Negative x is the patient's RIGHT.
HEAD = [
    (0, -117),
    (21, -114.5),
    (43, -98),
    (59, -70),
    (67, -38),
    (70, -8),
    (71, 22),
    (67, 60),
    (50, 96),
    (0, 112),
]
HAIR_OUTSIDE = [(67, -6), (75, 12), (80, 46), (76, 82), (50, 116), (0, 129)]
HAIR_LINE = [(0, 86), (24, 84), (46, 71), (59, 48), (65, 22), (67, -6)]
EAR = [(68, 12), (75.5, 13.5), (79.5, 4), (78, -12), (74, -26), (69.5, -33), (66, -30)]
NECK = [(47, -88), (48, -118), (54, -138), (100, -152)]
UPPER_LID = [(17, -1.6), (22, 2.4), (28.5, 4.6), (35, 4.6), (41.5, 2.9), (47, 0.6)]
LOWER_LID = [(17, -1.6), (23, -4.2), (31, -5.6), (39, -4.4), (47, 0.6)]
LID_CREASE = [(17, 3.4), (24, 8.0), (32, 9.6), (41, 8.2), (49, 3.6)]
BROW = [(11.5, 18.2), (13, 18.7), (25, 22.6), (38, 24.0), (53, 17.0)]
BROW_THICKNESS_MM = (3.6, 6.0, 5.8, 4.4, 0.8)
BROW_TOP = 3
ALA = [(10, -31.5), (15.8, -34.5), (17.2, -40), (13.5, -44.6), (10.8, -43.4)]
NOSE_BASE = [(10.8, -43.4), (6.2, -42.4), (3.6, -46.2), (0, -47.4)]
IRIS_X_MM, IRIS_RADIUS_MM = 31.5, 5.85

# A weak LEFT side: the brow, the corner of the mouth and the fold beside it.
BROW_DROP_MM = 4.0
RIGHT_COMMISSURE, LEFT_COMMISSURE = (-26.0, -66.0), (24.0, -71.0)
UPPER_LIP = [
    RIGHT_COMMISSURE,
    (-15, -61.2),
    (-6, -58.4),
    (-1.6, -59.9),
    (3.0, -58.9),
    (13, -63.6),
    LEFT_COMMISSURE,
]
LIP_SEAM = [RIGHT_COMMISSURE, (-13, -66.2), (-1.5, -66.9), (11, -68.6), LEFT_COMMISSURE]
LOWER_LIP = [RIGHT_COMMISSURE, (-16, -73.0), (-2, -76.6), (11, -75.8), LEFT_COMMISSURE]
RIGHT_FOLD, LEFT_FOLD = [(-18.5, -37), (-27, -47), (-34, -62)], [(18.5, -38), (25, -47), (29, -57)]
TEXT_FONT = "Inter, Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
CODE_FONT = "ui-monospace, Menlo, DejaVu Sans Mono, monospace"
BROW_MARK_X_MM, LATERAL_MARK_Y_MM = 38.0, -90.0


def to_px(point: Point) -> Point:
    """Face frame [mm] to picture [px]."""
    return ORIGIN_PX[0] + PX_PER_MM * point[0], ORIGIN_PX[1] - PX_PER_MM * point[1]


def mirrored(points: Sequence[Point]) -> list[Point]:
    return [(-x, y) for x, y in points]


def both_halves(half: Sequence[Point]) -> list[Point]:
    """One line through the whole face from a half that runs between two midline points."""
    return [*half, *reversed(mirrored(half[:-1]))]


def curve(points: Sequence[Point], start: str = "M") -> str:
    """A smooth path (Catmull-Rom as cubic Bezier) through points in px."""
    (x0, y0), *rest = points
    path = [f"{start}{x0:.1f},{y0:.1f}"]
    padded = [points[0], *points, points[-1]]
    for index in range(len(rest)):
        before, here, there, after = padded[index : index + 4]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        path.append("C" + " ".join(f"{x:.1f},{y:.1f}" for x, y in (first, second, there)))
    return "".join(path)


def line(points: Sequence[Point], *, stroke: str = SKIN_LINE, width: float = 1.6, extra: str = "") -> str:
    smooth = curve([to_px(point) for point in points])
    pen = f'stroke="{stroke}" stroke-width="{width}" stroke-linecap="round"'
    return f'<path d="{smooth}" fill="none" {pen} {extra}/>'


def shape(
    *edges: Sequence[Point], fill: str, stroke: str = "none", width: float = 1.6, extra: str = ""
) -> str:
    """A closed shape from edges that follow each other."""
    paths = [curve([to_px(p) for p in edge], "M" if index == 0 else "L") for index, edge in enumerate(edges)]
    return f'<path d="{"".join(paths)}Z" fill="{fill}" stroke="{stroke}" stroke-width="{width}" {extra}/>'


def text(x: float, y: float, words: str, **style: str) -> str:
    style = {"font-size": "15", "fill": INK, **{key.replace("_", "-"): value for key, value in style.items()}}
    attributes = " ".join(f'{key}="{value}"' for key, value in style.items())
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{words}</text>'


def arrow(start: Point, end: Point, width: float = 2.0) -> str:
    (x1, y1), (x2, y2) = to_px(start), to_px(end)
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    rim = f'<line {ends} stroke="#ffffff" stroke-opacity="0.7" stroke-width="{width + 3}"/>'
    return f'{rim}<line {ends} stroke="{ACCENT}" stroke-width="{width}" marker-end="url(#tip)"/>'


def eye(flip: bool) -> str:
    name = "right" if flip else "left"
    upper, lower, crease = (mirrored(e) if flip else e for e in (UPPER_LID, LOWER_LID, LID_CREASE))
    outline = "".join(curve([to_px(p) for p in edge], s) for edge, s in ((upper, "M"), (lower[::-1], "L")))
    x, y = to_px((-IRIS_X_MM if flip else IRIS_X_MM, 0))
    radius = IRIS_RADIUS_MM * PX_PER_MM
    return (
        f'<clipPath id="eye-{name}"><path d="{outline}Z"/></clipPath>'
        f'<path d="{outline}Z" fill="#fffdfb"/>'
        f'<g clip-path="url(#eye-{name})"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#7c9aa5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * 0.94:.1f}" '
        'fill="none" stroke="#54707b" stroke-width="2.2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * 0.4:.1f}" fill="#1d2a31"/>'
        f'<circle cx="{x + 5:.1f}" cy="{y - 6:.1f}" r="2.6" fill="#ffffff"/></g>'
        + line(upper, stroke="#4b3a36", width=3.4)
        + line(lower, width=1.3)
        + line(crease, width=1.3)
    )


def brow(flip: bool) -> str:
    drop = 0.0 if flip else BROW_DROP_MM
    centre = [(-x if flip else x, y - drop) for x, y in BROW]
    upper = [(x, y + t / 2) for (x, y), t in zip(centre, BROW_THICKNESS_MM, strict=True)]
    lower = [(x, y - t / 2) for (x, y), t in zip(centre, BROW_THICKNESS_MM, strict=True)]
    return shape(upper, lower[::-1], fill=HAIR, extra='stroke-linejoin="round"')


def face() -> str:
    neck = [*NECK, (104, -170)]
    parts = [
        shape(both_halves(HAIR_OUTSIDE), fill=HAIR),
        shape(neck, mirrored(neck)[::-1], fill=SKIN_SHADE, extra='clip-path="url(#picture)"'),
        *(shape(e, fill=SKIN, stroke=SKIN_LINE) for e in (EAR, mirrored(EAR))),
        shape(both_halves(HEAD), fill="url(#skin)", stroke=SKIN_LINE),
        shape(both_halves(HAIR_OUTSIDE), both_halves(HAIR_LINE[::-1])[::-1], fill=HAIR),
    ]
    parts += [brow(flip) + eye(flip) for flip in (True, False)]
    for half in (lambda e: e, mirrored):
        parts += [line(half(ALA), width=1.8), line(half(NOSE_BASE), width=1.8)]
        parts.append(line(half([(6.6, 8), (7.4, -6), (8.6, -22)]), stroke=SKIN_SHADE, width=2.4))
    parts += [
        line(RIGHT_FOLD, width=1.8),
        line(LEFT_FOLD, stroke=SKIN_SHADE, width=1.8),
        shape(UPPER_LIP, LIP_SEAM[::-1], fill="#c78b82"),
        shape(LIP_SEAM, LOWER_LIP[::-1], fill=LIP),
        line(LIP_SEAM, stroke=LIP_LINE, width=2.2),
        line([(-10, -83.5), (-1, -85), (8, -83.5)], stroke=SKIN_SHADE, width=2.6),
    ]
    return "".join(parts)


def number(value: float) -> str:
    return f"{'+' if value > 0 else '−'}{abs(value):.1f}"


def label(point: Point, words: str, dx: float, dy: float, anchor: str) -> str:
    """A number on the picture, with a light rim that keeps it readable on skin."""
    x, y = to_px(point)
    rim = {"stroke": "#ffffff", "stroke_width": "4", "stroke_opacity": "0.85", "paint_order": "stroke"}
    style = {"font_size": "16", "font_weight": "700", "fill": ACCENT, "text_anchor": anchor, **rim}
    return text(x + dx, y + dy, words, **style)


def frame_and_measures() -> str:
    right, left = RIGHT_COMMISSURE, LEFT_COMMISSURE
    (x0, y0), (xr, _), (xt, yt) = to_px((0, 0)), to_px((122, 0)), to_px((0, 136))
    parts = [
        arrow((-120, 0), (120, 0), 1.8),
        arrow((0, -126), (0, 138), 1.8),
        f'<circle cx="{x0}" cy="{y0}" r="5" fill="#ffffff" stroke="{ACCENT}" stroke-width="2.4"/>',
        text(xr - 4, y0 - 26, "eye line", text_anchor="end", fill=ACCENT),
        text(xr - 4, y0 + 26, "+x", text_anchor="end", fill=ACCENT, font_weight="700"),
        text(xt + 12, yt + 4, "midline, +y", fill=ACCENT, font_weight="700"),
    ]
    for side, (x, y) in (("RIGHT", right), ("LEFT", left)):
        sign, anchor = (-1, "end") if side == "RIGHT" else (1, "start")
        top = BROW[BROW_TOP][1] - (BROW_DROP_MM if side == "LEFT" else 0)
        parts += [
            arrow((sign * BROW_MARK_X_MM, 0), (sign * BROW_MARK_X_MM, top)),
            label((sign * BROW_MARK_X_MM, 12), number(top), sign * 8, 8, anchor),
            arrow((x, 0), (x, y)),
            label((x, -26), number(y), sign * 8, 0, anchor),
            line(
                [(x, y - 2), (x, LATERAL_MARK_Y_MM - 3)],
                stroke=ACCENT,
                width=1.0,
                extra='stroke-dasharray="3 4"',
            ),
            arrow((0, LATERAL_MARK_Y_MM), (x, LATERAL_MARK_Y_MM)),
            label((x / 2, LATERAL_MARK_Y_MM), number(abs(x)), 0, 20, "middle"),
        ]
    return "".join(parts)


def side_names() -> str:
    parts = []
    for x_mm, name in ((-94, "RIGHT"), (94, "LEFT")):
        x, y = to_px((x_mm, -112))
        parts.append(text(x, y, "patient’s", text_anchor="middle", fill=SOFT_INK, font_size="17"))
        parts.append(text(x, y + 32, name, text_anchor="middle", font_size="32", font_weight="700"))
    return "".join(parts)


def table(x: float, y: float) -> str:
    rows = (
        ("brow, at its arch", BROW[BROW_TOP][1], BROW[BROW_TOP][1] - BROW_DROP_MM, "the LEFT brow is lower"),
        ("commissure_height", RIGHT_COMMISSURE[1], LEFT_COMMISSURE[1], "the LEFT corner is lower"),
        (
            "commissure_lateral",
            -RIGHT_COMMISSURE[0],
            LEFT_COMMISSURE[0],
            "the LEFT corner is nearer the midline",
        ),
    )
    columns = (x + 218, x + 296, x + 412)
    parts = [
        text(x, y - 34, "This face has a weak LEFT side.", font_size="16"),
        text(x, y, "mm", fill=SOFT_INK),
    ]
    for at, words in zip(columns, ("RIGHT", "LEFT", "LEFT − RIGHT"), strict=True):
        parts.append(text(at, y, words, text_anchor="end", font_weight="700"))
    for index, (name, right, left, meaning) in enumerate(rows):
        top = y + 16 + 58 * index
        parts.append(f'<line x1="{x}" x2="{x + 412}" y1="{top}" y2="{top}" stroke="{RULE}"/>')
        parts.append(text(x, top + 25, name, font_family=CODE_FONT if "_" in name else TEXT_FONT))
        for at, value in zip(columns, (right, left, left - right), strict=True):
            weight = "700" if at == columns[-1] else "400"
            fill = ACCENT if at == columns[-1] else INK
            parts.append(text(at, top + 25, number(value), text_anchor="end", font_weight=weight, fill=fill))
        parts.append(text(x + 412, top + 45, meaning, text_anchor="end", fill=SOFT_INK, font_size="13.5"))
    return "".join(parts)


def small_head(x: float, y: float, nose_x: float, nose_y: float, roll_deg: float) -> str:
    """A head of 92 x 116 px whose features slide as the head turns."""
    eyes = "".join(
        f'<ellipse cx="{side * 17 + nose_x * 0.8:.1f}" cy="{-8 + nose_y * 0.8:.1f}" '
        f'rx="{6.5 - side * nose_x * 0.09:.1f}" ry="4.2" '
        f'fill="#ffffff" stroke="{SKIN_LINE}" stroke-width="1.2"/>'
        f'<circle cx="{side * 17 + nose_x * 0.8:.1f}" cy="{-8 + nose_y * 0.8:.1f}" r="2.8" fill="#3f545e"/>'
        for side in (-1, 1)
    )
    nose = (
        f"M{nose_x * 0.8:.1f},{-6 + nose_y:.1f} "
        f"Q{nose_x * 1.5 + 5:.1f},{12 + nose_y:.1f} {nose_x:.1f},{14 + nose_y:.1f}"
    )
    mouth = f"M{nose_x * 0.8 - 12:.1f},{30 + nose_y * 0.8:.1f} q12,{7 - nose_y * 0.4:.1f} 24,0"
    return (
        f'<g transform="translate({x},{y}) rotate({roll_deg})">'
        f'<ellipse rx="45" ry="58" fill="{SKIN}" stroke="{SKIN_LINE}" stroke-width="1.6"/>{eyes}'
        f'<path d="{nose}" fill="none" stroke="{SKIN_LINE}" stroke-width="2" stroke-linecap="round"/>'
        f'<path d="{mouth}" fill="none" stroke="{LIP_LINE}" stroke-width="2.4" stroke-linecap="round"/></g>'
    )


def poses(x: float, y: float) -> str:
    toward_left, upward, clockwise = "M-34,-76 Q0,-92 34,-76", "M62,26 Q74,0 62,-30", "M-8,-80 Q34,-80 58,-44"
    columns = (
        ("yaw_deg", "turns to the", "patient’s LEFT", small_head(0, 0, 15, 0, 0), toward_left),
        ("pitch_deg", "chin up", "", small_head(0, 0, 0, -13, 0), upward),
        ("roll_deg", "tilts to the patient’s", "LEFT shoulder", small_head(0, 0, 0, 0, 17), clockwise),
    )
    parts = []
    for index, (name, first, second, head, path) in enumerate(columns):
        centre = x + 62 + 146 * index
        parts.append(
            f'<g transform="translate({centre},{y})">{head}<path d="{path}" fill="none" stroke="{ACCENT}" '
            f'stroke-width="2.4" marker-end="url(#tip)"/></g>'
        )
        parts.append(
            text(centre, y + 92, f"{name} &gt; 0", text_anchor="middle", font_weight="700", fill=ACCENT)
        )
        parts.append(text(centre, y + 113, first, text_anchor="middle", font_size="13.5", fill=SOFT_INK))
        parts.append(text(centre, y + 131, second, text_anchor="middle", font_size="13.5", fill=SOFT_INK))
    return "".join(parts)


def panel(x: float) -> str:
    rules = (
        ("Heights", "positive upward from the eye line"),
        ("Laterals", "positive away from the midline, on both sides"),
        ("Asymmetry", "patient’s LEFT minus RIGHT, signed"),
    )
    parts = []
    for index, (word, rule) in enumerate(rules):
        parts.append(text(x, 136 + 32 * index, word, font_weight="700", font_size="16"))
        parts.append(text(x + 96, 136 + 32 * index, rule, font_size="16"))
    parts += [table(x, 318), text(x, 602, "Head pose", font_weight="700", font_size="16")]
    parts.append(text(x + 96, 602, "zero when the patient faces the camera", font_size="16"))
    parts.append(poses(x, 728))
    return "".join(parts)


def figure() -> str:
    """The whole figure as SVG text."""
    description = (
        "A face as the clinician sees it: the patient's RIGHT on the viewer's left, the patient's LEFT "
        "on the viewer's right. Heights are positive upward, laterals positive away from the midline, "
        "asymmetry is "
        "LEFT minus RIGHT. Yaw is positive toward the patient's LEFT, pitch with the chin up, "
        "roll toward the LEFT shoulder."
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}" width="{
        WIDTH_PX
    }" \
height="{HEIGHT_PX}" role="img" aria-labelledby="title description" \
font-family="{TEXT_FONT}">
<title id="title">Sides and signs</title><desc id="description">{description}</desc>
<defs>
<marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" orient="auto" \
markerUnits="userSpaceOnUse"><path d="M0,0.8 L10,5 L0,9.2 Z" fill="{ACCENT}"/></marker>
<radialGradient id="skin" cx="0.5" cy="0.42" r="0.62"><stop offset="0.55" stop-color="{SKIN}"/>\
<stop offset="1" stop-color="{SKIN_SHADE}"/></radialGradient>
<clipPath id="picture"><rect x="40" y="110" width="720" height="790" rx="14"/></clipPath>
</defs>
<rect width="{WIDTH_PX}" height="{HEIGHT_PX}" fill="#ffffff"/>
{text(40, 58, "Sides and signs", font_size="30", font_weight="700")}
{
        text(
            40,
            88,
            "The patient as the clinician sees the patient. LEFT and RIGHT are always the patient’s.",
            font_size="17",
            fill=SOFT_INK,
        )
    }
<rect x="40" y="110" width="720" height="790" rx="14" fill="#f3f6f7"/>
<g clip-path="url(#picture)">{face()}</g>
{frame_and_measures()}{side_names()}{panel(812)}
</svg>
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--png", type=Path, help="also write a picture to look at")
    chosen = parser.parse_args()
    FIGURE.parent.mkdir(parents=True, exist_ok=True)
    FIGURE.write_text(figure(), encoding="utf-8")
    if chosen.png:
        chosen.png.write_bytes(vl_convert.svg_to_png(figure(), scale=1.0))


if __name__ == "__main__":
    main()
