"""Brows, eyes, nose and lips, drawn from the mesh over the muscles."""

from collections.abc import Sequence

import numpy as np

from facialis.anatomy.sides import Side
from facialis.report.face_figure.drawing import Points, Style, disc, path, shape, smooth, smooth_points
from facialis.report.face_figure.frame import BOTH_SIDES, Frame
from facialis.report.face_figure.head import SKIN_LINE

BROW, BROW_LIGHT, LID, IRIS, IRIS_RIM, PUPIL = (
    "#6d5d55",
    "#9a8a80",
    "#4d3f3a",
    "#8fa9b3",
    "#4f6a76",
    "#1d2a31",
)
LIP, LIP_LINE, KNOT = "#cf9089", "#8d5750", "#f0dccb"
IRIS_RADIUS_MM = 5.85

_BROW_HAIRS = 110
_CREASE = [(17.5, 3.2), (22.5, 7.6), (30, 9.8), (38.5, 8.8), (45.5, 5), (49, 1.6)]
_DORSUM = [(6.4, 11), (5.2, 2), (6, -9), (8.2, -22), (9.2, -29)]
_ALA = [(12.8, -30.5), (17.6, -33), (19.6, -38.4), (17.4, -43.6), (13.4, -44.2)]
_NOSTRIL = [(13, -44), (10.6, -42.6), (7.4, -43.2), (5.2, -46)]
_TIP = [(9.5, -36.5), (10.4, -40), (8.6, -42.6)]
_COLUMELLA = [(5.2, -46), (2.6, -47.4), (0, -47.9)]
_MODIOLUS = (33.8, -72.2)
_MODIOLUS_RADIUS_MM = 2.1
_CHIN_FOLD = [(17, -93), (9, -91.4), (0, -90.8)]


def brows(frame: Frame) -> str:
    """Hairs between the two edges of the brow, leaning outward."""
    hairs: list[list[str]] = [[], []]
    for side in BOTH_SIDES:
        upper, lower = frame.contour("brow_upper", side), frame.contour("brow_lower", side)
        for index in range(_BROW_HAIRS):
            share = index / (_BROW_HAIRS - 1)
            uneven = (index * 0.618) % 1.0
            lean = min(share + 0.07 + 0.05 * uneven, 1.0)
            low = 0.2 + 0.3 * uneven
            high = min(low + 0.5, 0.86) * (1 - 0.45 * share**2)
            root = (1 - low) * _along(lower, share) + low * _along(upper, share)
            tip = (1 - high) * _along(lower, lean) + high * _along(upper, lean)
            hairs[index % 2].append(smooth(np.array([root, 0.5 * (root + tip) + (0.0, -1.4), tip])))
    return _line("".join(hairs[0]), 1.2, stroke=BROW) + _line("".join(hairs[1]), 0.8, stroke=BROW_LIGHT)


def eyes(frame: Frame) -> str:
    """Eyeballs within the lids."""
    parts = []
    for side in BOTH_SIDES:
        upper, lower = frame.contour("upper_lid", side), frame.contour("lower_lid", side)
        opening = shape(upper, lower[::-1])
        (x, y), radius = frame.contour("iris", side)[0], frame.mm(IRIS_RADIUS_MM)
        parts += [
            f'<clipPath id="eye-{side.value}"><path d="{opening}"/></clipPath>',
            path(opening, fill="#fffefc"),
            f'<g clip-path="url(#eye-{side.value})">',
            disc(x, y, radius, fill=IRIS),
            disc(x, y, radius * 0.95, fill="none", stroke=IRIS_RIM, stroke_width=2),
            disc(x, y, radius * 0.38, fill=PUPIL),
            disc(x + radius * 0.3, y - radius * 0.35, radius * 0.13, fill="#ffffff"),
            "</g>",
            _line(smooth(upper), 2.6, stroke=LID),
            _line(smooth(lower), 1.2, stroke=LID),
            _line(smooth(frame.drawn(_CREASE, side)), 1.1),
        ]
    return "".join(parts)


def nose(frame: Frame) -> str:
    """Wing, nostril, tip, dorsum and what lies below, each as one fine line."""
    strong = [
        smooth(frame.drawn(pairs, side)) for side in BOTH_SIDES for pairs in (_ALA, _NOSTRIL, _COLUMELLA)
    ]
    fine = [smooth(frame.drawn(pairs, side)) for side in BOTH_SIDES for pairs in (_DORSUM, _TIP)]
    fine.append(smooth(frame.across(_CHIN_FOLD)))
    return _line("".join(strong), 1.6) + _line("".join(fine), 1.1, opacity=0.6)


def lips(frame: Frame) -> str:
    """The red of the lips, thin enough for the ring muscle to show through."""
    upper, seam, lower = (_whole(frame, name) for name in ("upper_lip_outer", "lip_seam", "lower_lip_outer"))
    corner_right, corner_left = upper[:1], upper[-1:]
    seam = np.vstack([corner_right, seam, corner_left])
    return "".join(
        [
            path(shape(upper, seam[::-1]), fill=LIP, fill_opacity=0.86, stroke=LIP_LINE, stroke_width=0.9),
            path(shape(seam, lower[::-1]), fill=LIP, fill_opacity=0.8, stroke=LIP_LINE, stroke_width=0.9),
            path(smooth(seam), fill="none", stroke=LIP_LINE, stroke_width=1.9, stroke_linecap="round"),
        ]
    )


def modiolus(frame: Frame, sides: Sequence[Side]) -> str:
    """The knot beside each corner of the mouth, in which the muscles around it meet."""
    parts = []
    for side in sides:
        x, y = frame.drawn([_MODIOLUS], side)[0]
        rim: Style = {"stroke": SKIN_LINE, "stroke_width": 0.9, "stroke_opacity": 0.8}
        parts.append(disc(x, y, frame.mm(_MODIOLUS_RADIUS_MM), fill=KNOT, fill_opacity=0.92, **rim))
    return "".join(parts)


def _line(data: str, width: float, *, stroke: str = SKIN_LINE, opacity: float = 1.0) -> str:
    return path(
        data, fill="none", stroke=stroke, stroke_width=width, stroke_linecap="round", stroke_opacity=opacity
    )


def _whole(frame: Frame, contour: str) -> Points:
    """A contour of the mouth from the RIGHT corner to the LEFT."""
    right, left = frame.contour(contour, Side.RIGHT), frame.contour(contour, Side.LEFT)
    return np.vstack([right[::-1], left[1:]])


def _along(line: Points, share: float) -> Points:
    """The place at a share of the way along a smooth line."""
    place: Points = smooth_points(line, np.array([share]))[0]
    return place
