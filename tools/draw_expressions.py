"""Draw the ten line drawings of the capture grid: the nine expressions and the view of the nasal base.

The lines run through the points of the twin's healthy face, so that each drawing moves as a face moves;
creases, teeth and ears, which the mesh does not have, are added by hand. Writes SVG files for <img> and the
same drawings as templates for {% include %}. Usage: python -m tools.draw_expressions
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tools.draw_twin_expressions import NOSE_BASE, TEMPLE, Face, faces_of

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.mesh import contour_indices, neutral_points_mm
from facialis.report.face_figure.drawing import Points, smooth
from facialis.twin.face.geometry import lower_seam

SITE = Path(__file__).resolve().parents[1] / "src" / "facialis" / "clinic" / "site"
PICTURES = SITE / "static" / "site" / "img" / "expressions"
TEMPLATES = SITE / "templates" / "site" / "components" / "expressions"

VIEW_BOX = "-84 -106 168 230"
"""Millimetres of the face frame, y turned downward."""
STROKE_MM, PICTURE_COLOUR = 2.2, "#4c5866"
CLARITY, CLARITY_OF = 1.2, {Expression.BROW_RAISE: 1.6, Expression.LOWER_TEETH_SHOW: 1.4}
"""Movements are drawn a little larger than the twin makes them: a drawing is read at a glance."""
IRIS_MM, PUPIL_MM = 5.9, 2.2
SHUT_MM = 1.2
"""Lids closer than this are one line."""

Pairs = Sequence[tuple[float, float]]

# [lateral mm, height mm] of what the mesh does not have, on one side; the other is its mirror image.
CROWN: Pairs = [(70, 14), (71.5, 36), (69, 58), (61, 78), (47, 92), (26, 100.5), (0, 103)]
HAIR: Pairs = [(70, 20), (65.5, 30), (63, 48), (54, 63), (36, 72), (17, 75.5), (0, 76)]
EAR: Pairs = [(70, 10), (75, 14.5), (78.6, 9), (78.4, -3), (75.6, -15), (72.2, -23), (68.6, -25)]
LID_FOLD: Pairs = [(18.5, 5.2), (23, 8.4), (30, 10), (38, 8.6), (44.5, 4.8)]
FOREHEAD: Sequence[Pairs] = [
    [(0, 49), (14, 50), (30, 51.5), (44, 47)],
    [(0, 57), (16, 58), (33, 59), (46, 54.5)],
    [(0, 65), (15, 66), (30, 66)],
]
CROW_FEET: Sequence[Pairs] = [
    [(52, 4), (58, 8), (63, 13)],
    [(53, 0), (59, 0.5), (65, 2)],
    [(52, -4), (58, -7.5), (63, -12)],
]
TIGHT: Sequence[Pairs] = [
    *CROW_FEET,
    [(4.5, 13), (3.5, 19), (4.6, 27)],
    [(7, -3), (11, -6), (14, -11)],
    [(24, -10.5), (33, -12), (42, -9)],
]
BUNNY: Sequence[Pairs] = [
    [(7, -3), (11, -7), (14, -13)],
    [(6, 3.5), (11, 0.5), (15.5, -4)],
    [(4.5, 15), (3.5, 20), (4.2, 27)],
]
PUCKER: Sequence[Pairs] = [
    [(4.6, -57.5), (5.4, -53)],
    [(14, -62), (18, -58.5)],
    [(14, -83), (18, -86.5)],
    [(4.6, -87), (5.4, -91)],
]
PUCKERED_LIPS: Sequence[Pairs] = [
    [(0, -62.8), (4, -61.4), (9.5, -64.5), (13, -72)],
    [(0, -84), (7, -82.6), (12, -78), (13, -72)],
    [(0, -72.6), (4.5, -71.6), (8.5, -72)],
]
"""Drawn by hand: the mesh has too few points to round lips that are drawn together."""
CHIN: Sequence[Pairs] = [[(0, -93), (8, -94), (15, -97.5)]]
BESIDE_MOUTH: Sequence[Pairs] = [[(35, -86), (37, -93), (35.5, -100)], [(0, -97), (7, -97.8), (13, -100.5)]]
CREASES: dict[Expression, Sequence[Pairs]] = {
    Expression.REST: CHIN,
    Expression.BROW_RAISE: (*FOREHEAD, *CHIN),
    Expression.GENTLE_EYE_CLOSURE: CHIN,
    Expression.TIGHT_EYE_CLOSURE: (*TIGHT, *CHIN),
    Expression.SNARL: (*BUNNY, *CHIN),
    Expression.CLOSED_SMILE: CHIN,
    Expression.OPEN_SMILE: (CROW_FEET[0], CROW_FEET[2], *CHIN),
    Expression.PUCKER: PUCKER,
    Expression.LOWER_TEETH_SHOW: BESIDE_MOUTH,
}
FOLD_SHOWS = {Expression.SNARL, Expression.CLOSED_SMILE, Expression.OPEN_SMILE}
"""Where the fold beside the nose is deep enough to be a line."""
WIDER_MM = {Expression.SNARL: 4.0, Expression.OPEN_SMILE: 6.0, Expression.LOWER_TEETH_SHOW: 5.0}
"""The mouth is drawn so much further open, that the teeth are seen."""
UPPER_TEETH, LOWER_TEETH = {Expression.SNARL, Expression.OPEN_SMILE}, {Expression.LOWER_TEETH_SHOW}


def main() -> None:
    neutral = neutral_points_mm()
    PICTURES.mkdir(parents=True, exist_ok=True)
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    for expression, face in zip(NINE_PHOTOGRAPHS, faces_of(None), strict=True):
        write(
            expression, frontal(expression, neutral + CLARITY_OF.get(expression, CLARITY) * (face - neutral))
        )
    write(Expression.NASAL_BASE, nasal_base())


def write(expression: Expression, lines: str) -> None:
    """One drawing as a picture of its own and as a template that takes the colour and width of its place."""
    style = (
        f'fill="none" stroke="{PICTURE_COLOUR}" stroke-width="{STROKE_MM}" '
        'stroke-linecap="round" stroke-linejoin="round"'
    )
    head = f'viewBox="{VIEW_BOX}"'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" {head} {style}>{lines}</svg>\n'
    template = f'<svg class="expression" {head} aria-hidden="true" focusable="false">{lines}</svg>\n'
    (PICTURES / f"{expression}.svg").write_text(
        picture.replace("currentColor", PICTURE_COLOUR), encoding="utf-8"
    )
    (TEMPLATES / f"{expression}.html").write_text(template, encoding="utf-8")
    print(f"{expression}: {len(template)} bytes")


def frontal(expression: Expression, face: Face) -> str:
    """One expression from the front."""
    contours = {name: face[list(indices)][:, :2] for name, indices in contour_indices().items()}
    rim = np.vstack([contours["jaw"], face[list(TEMPLE)][:2, :2]])
    outline = smooth(down(both(rim[::-1]))) + both_sides(EAR)
    parts = [line(outline + smooth(down(both(np.array(CROWN) * (-1, 1)))))]
    parts.append(detail(smooth(down(both(np.array(HAIR) * (-1, 1))))))
    parts.append(brows(contours))
    parts.append(eyes(contours, is_tight=expression is Expression.TIGHT_EYE_CLOSURE))
    parts.append(line(smooth(down(face[list(NOSE_BASE)][:, :2]))))
    parts.append(mouth(expression, face, contours))
    creases = "".join(both_sides(crease) for crease in CREASES[expression])
    if expression in FOLD_SHOWS:
        creases += mirrored(fold_beside_nose(contours))
    return "".join([*parts, detail(creases)])


def fold_beside_nose(contours: dict[str, Points]) -> Points:
    """From above the wing of the nose around the corner of the mouth."""
    wing, corner = contours["ala"][0], contours["upper_lip_outer"][-1]
    start, end = wing + (-3.5, 3.0), corner + (-9.0, -3.0)
    return np.array(
        [start, 0.62 * start + 0.38 * end + (-2.5, 2.0), 0.25 * start + 0.75 * end + (-2.5, 2.0), end]
    )


def brows(contours: dict[str, Points]) -> str:
    """Each brow a filled shape, slim toward its tail."""
    edge = np.vstack([contours["brow_upper"], contours["brow_lower"][::-1]])
    slim = edge - 0.3 * (edge - edge.mean(axis=0)) * (0, 1)
    data = "".join(smooth(down(half)) + "Z" for half in (slim, slim * (-1, 1)))
    return f'<path fill="currentColor" stroke-width="1" d="{data}"/>'


def eyes(contours: dict[str, Points], *, is_tight: bool) -> str:
    """Lids, and the iris as far as the lids leave it free; closed lids are one line."""
    upper, lower = contours["upper_lid"], contours["lower_lid"]
    if np.max(upper[:, 1] - lower[:, 1]) < SHUT_MM:
        middle = (upper + lower) / 2
        if is_tight:  # pressed together: straight, and longer toward the temple
            return line(
                mirrored(
                    np.array([middle[0], (middle[0] + middle[-1]) / 2 - (0, 2.0), middle[-1] + (-2.5, 0.5)])
                )
            )
        closed = middle - np.outer(1 - np.linspace(-1, 1, len(middle)) ** 2, (0, 2.2))
        lashes = [
            np.array([closed[i], closed[i] + (0.12 * (closed[i, 0] - closed[4, 0]), -4.0)]) for i in (2, 4, 6)
        ]
        return line(mirrored(closed)) + detail("".join(mirrored(lash) for lash in lashes))
    lids = line(mirrored(upper) + mirrored(lower))
    iris = free_arcs(contours["iris"][0], IRIS_MM, upper, lower)
    fold = mirrored(np.array(LID_FOLD) * (-1, 1) + (0, upper[4, 1] - 4.4))
    x, y = contours["iris"][0] * (1, -1)
    pupils = "".join(
        f'<circle fill="currentColor" stroke="none" cx="{sign * x:.1f}" cy="{y:.1f}" r="{PUPIL_MM}"/>'
        for sign in (1, -1)
    )
    return lids + detail("".join(mirrored(arc) for arc in iris) + fold) + pupils


def free_arcs(centre: Points, radius: float, upper: Points, lower: Points) -> list[Points]:
    """The parts of a circle between two lids."""
    angles = np.linspace(0, 2 * np.pi, 73)
    ring = centre + radius * np.stack([np.sin(angles), np.cos(angles)], axis=1)
    order = np.argsort(upper[:, 0])
    top = np.interp(ring[:, 0], upper[order, 0], upper[order, 1])
    bottom = np.interp(ring[:, 0], lower[order, 0], lower[order, 1])
    free = (ring[:, 1] < top) & (ring[:, 1] > bottom)
    runs = np.split(np.arange(len(ring)), np.flatnonzero(np.diff(free.astype(int))) + 1)
    return [ring[run][::4] for run in runs if free[run[0]] and len(run) > 8]


def mouth(expression: Expression, face: Face, contours: dict[str, Points]) -> str:
    """Borders of the lips, the seam or the opening, and the teeth in it."""
    above, below = contours["lip_seam"], face[list(lower_seam())][:, :2]
    if expression is Expression.PUCKER:
        return line("".join(both_sides(lip) for lip in PUCKERED_LIPS))
    corner, lower_lip = contours["upper_lip_outer"][-1], contours["lower_lip_outer"]
    below = below - opened(below, corner, expression)
    lower_lip = lower_lip - opened(lower_lip, corner, expression)
    lips = smooth(down(both(contours["upper_lip_outer"][::-1]))) + smooth(down(both(lower_lip[::-1])))
    if np.max(above[:, 1] - below[:, 1]) < SHUT_MM:
        seam = np.vstack([(above + below) / 2, corner])
        return line(lips + smooth(down(both(seam[::-1]))))
    parts = line(lips + smooth(down(both(above[::-1]))) + smooth(down(both(below[::-1]))))
    if expression in UPPER_TEETH | LOWER_TEETH:
        share = 0.6 if expression in UPPER_TEETH else 0.4
        edge = (1 - share) * above + share * below
        start = above if expression in UPPER_TEETH else below
        gaps = "".join(mirrored(gap) for gap in (np.stack([start[i], edge[i]]) for i in (1, 2)))
        middle = smooth(down(np.stack([start[0], edge[0]])))
        parts += detail(smooth(down(both(edge[::-1]))) + gaps + middle, width_mm=1.4)
    return parts


def opened(border: Points, corner: Points, expression: Expression) -> Points:
    """How far a border of the lower lip is drawn down: most in the middle, not at all at the corners."""
    share = 1 - np.clip(border[:, 0] / corner[0], 0, 1) ** 2
    return np.outer(share, (0, WIDER_MM.get(expression, 0.0)))


def nasal_base() -> str:
    """The head tilted back, seen from below the chin: nostrils, columella and tip before the eyes."""
    chin: Pairs = [(70, 6), (68, -20), (60, -48), (45, -68), (24, -79), (0, -82)]
    under: Pairs = [(44, -46), (26, -57), (0, -61)]
    nose: Pairs = [(26, -10), (27.5, -3), (24, 6), (17, 15), (10, 23), (0, 27)]
    rim: Pairs = [(26, -10), (21, -13.5), (12, -12), (6, -16), (0, -17)]
    nostril: Pairs = [(8.5, -8), (9, 0), (13, 7.5), (18.5, 5), (20.5, -3), (16, -8.6), (8.5, -8)]
    columella: Pairs = [(6, -16), (4.6, -6), (5.2, 6)]
    upper: Pairs = [(30, -34), (17, -30), (6, -27), (0, -29)]
    seam: Pairs = [(30, -34), (16, -36), (0, -36.5)]
    lower: Pairs = [(30, -34), (18, -43), (0, -46.5)]
    lid: Pairs = [(20, 32), (27, 36), (37, 36), (45, 31.5)]
    under_lid: Pairs = [(20, 32), (28, 32.6), (38, 32.4), (45, 31.5)]
    brow: Pairs = [(15, 42), (26, 47), (40, 47), (53, 40)]
    crown: Pairs = [(70, 6), (70, 26), (65, 45), (53, 58), (31, 66), (0, 68.5)]
    ear: Pairs = [(69.5, -14), (75, -16), (78, -8), (77, 8), (73.5, 16), (70, 15)]
    across = "".join(
        smooth(down(both(np.array(p) * (-1, 1)))) for p in (chin, nose, rim, upper, seam, lower, crown)
    )
    sides = "".join(both_sides(p) for p in (ear, lid, under_lid, nostril))
    return (
        line(across + sides)
        + detail(smooth(down(both(np.array(under) * (-1, 1)))) + both_sides(columella))
        + f'<path stroke-width="4.4" d="{both_sides(brow)}"/>'
    )


def both(right: Points) -> Points:
    """One line over the whole face from a RIGHT half that ends on the midline."""
    return np.vstack([right, (right * (-1, 1))[::-1][1:]])


def mirrored(right: Points) -> str:
    """A line of the RIGHT side and its mirror image."""
    return smooth(down(right)) + smooth(down(right * (-1, 1)))


def both_sides(pairs: Pairs) -> str:
    """A line of [lateral mm, height mm], drawn on both sides; over the midline in one piece."""
    right = np.array(pairs, dtype=float) * (-1, 1)
    return smooth(down(both(right[::-1]))) if pairs[0][0] == 0 else mirrored(right)


def down(points: Points) -> Points:
    """The face frame's y points upward, the picture's downward."""
    return np.asarray(points) * (1.0, -1.0)


def line(data: str) -> str:
    return f'<path d="{data}"/>'


def detail(data: str, width_mm: float | None = None) -> str:
    """Lines that a thumbnail leaves out."""
    width = "" if width_mm is None else f' stroke-width="{width_mm}"'
    return f'<path class="expression__detail"{width} d="{data}"/>'


if __name__ == "__main__":
    main()
