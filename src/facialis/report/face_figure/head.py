"""The head on which muscles are drawn: neck, ears, skin, and the hair above them."""

from collections.abc import Sequence

import numpy as np

from facialis.anatomy.sides import Side
from facialis.report.face_figure.drawing import Points, mix, path, shape, smooth
from facialis.report.face_figure.frame import BOTH_SIDES, Frame

SKIN, SKIN_SHADE, SKIN_LINE = "#faf3ed", "#ecdccf", "#a98a79"
HAIR, HAIR_LINE = "#e3dcd7", "#b9aca4"

Pairs = Sequence[tuple[float, float]]

# [lateral mm, height mm] of what the mesh does not have.
_CROWN: Pairs = [
    (69.6, 8),
    (72.4, 34),
    (71.4, 58),
    (65.5, 81),
    (53, 99.5),
    (35, 111.5),
    (15, 116.6),
    (0, 117.4),
]
_HAIR_EDGE: Pairs = [(69.6, 6), (66.5, 18), (66, 36), (62.5, 55), (52, 70), (37, 79.5), (18, 83), (0, 83.5)]
_EAR: Pairs = [(69, 13), (74.5, 17), (79.5, 11), (80, -2), (77, -17), (74.2, -27), (70.5, -33), (67.6, -29)]
_EAR_FOLD: Pairs = [(70.8, 8.5), (75, 11.5), (77, 4), (75.8, -8), (72.5, -18)]
_EAR_HOLLOW: Pairs = [(70, -1), (73, -3), (72.8, -11), (69.6, -16)]
_NECK: Pairs = [
    (55.5, -83),
    (52.5, -104),
    (52, -126),
    (55, -145),
    (66, -160),
    (90, -170),
    (122, -178),
    (122, -205),
]
_STERNOMASTOID: Pairs = [(49.5, -114), (43.5, -134), (31, -160), (13, -184)]
_CLAVICLE: Pairs = [(10, -187), (34, -181), (68, -181), (104, -176)]
_OVAL = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152)
"""Mesh points of the jaw line of the RIGHT, from the ear to the chin."""

_STRANDS = 84


def silhouette(frame: Frame) -> str:
    """Path data of the face and neck: what muscles are drawn on."""
    return f"{_face_outline(frame)} {_neck_outline(frame)}"


def head_beneath(frame: Frame) -> str:
    """Neck, ears and skin, in that order."""
    parts = [_line(_neck_outline(frame), fill="url(#neck)")]
    for side in BOTH_SIDES:
        relief = [smooth(frame.drawn(pairs, side)) for pairs in (_STERNOMASTOID, _CLAVICLE)]
        folds = [smooth(frame.drawn(pairs, side)) for pairs in (_EAR_FOLD, _EAR_HOLLOW)]
        parts += [
            path("".join(relief), fill="none", stroke=SKIN_SHADE, stroke_width=5, stroke_linecap="round"),
            _line(smooth(frame.drawn(_EAR, side)), fill=SKIN),
            _line("".join(folds), fill="none"),
        ]
    return "".join([*parts, _line(_face_outline(frame), fill="url(#skin)")])


def hair(frame: Frame) -> str:
    """Hair drawn back from the forehead, over the upper end of the muscles."""
    edge, crown = frame.across(_HAIR_EDGE), frame.across(_CROWN)
    strands = []
    for index, (root, end) in enumerate(
        zip(_resample(edge, _STRANDS), _resample(crown, _STRANDS), strict=True)
    ):
        start = root + 0.12 * _uneven(index + 7) * (end - root)
        tip = root + (0.72 + 0.24 * _uneven(index)) * (end - root)
        outward = np.array([(root[0] - frame.origin_x_px) / frame.mm(70.0), 0.0])
        bow = 0.5 * (start + tip) + 0.13 * np.linalg.norm(tip - start) * outward
        strands.append(smooth(np.array([start, bow, tip])))
    return path(shape(edge, crown[::-1]), fill="url(#hair)", stroke=HAIR_LINE, stroke_width=1.2) + path(
        "".join(strands), fill="none", stroke=HAIR_LINE, stroke_width=0.7, stroke_opacity=0.75
    )


def _line(data: str, *, fill: str) -> str:
    return path(data, fill=fill, stroke=SKIN_LINE, stroke_width=1.2, stroke_linecap="round")


def gradients() -> str:
    """Soft light from the front on skin, neck and hair."""
    dark = mix(SKIN_SHADE, SKIN, 0.2)
    return (
        '<radialGradient id="skin" cx="0.5" cy="0.46" r="0.6">'
        f'<stop offset="0.6" stop-color="{SKIN}"/><stop offset="1" stop-color="{dark}"/></radialGradient>'
        '<linearGradient id="neck" x1="0" y1="0" x2="0" y2="1">'
        f'<stop offset="0.2" stop-color="{SKIN_SHADE}"/><stop offset="0.6" stop-color="{SKIN}"/>'
        "</linearGradient>"
        '<linearGradient id="hair" x1="0" y1="0" x2="0" y2="1">'
        f'<stop offset="0" stop-color="{HAIR}"/><stop offset="1" stop-color="{mix(HAIR, SKIN, 0.5)}"/>'
        "</linearGradient>"
    )


def _face_outline(frame: Frame) -> str:
    right, left = frame.mesh(_OVAL, Side.RIGHT), frame.mesh(_OVAL, Side.LEFT)
    lower = np.vstack([right, left[::-1][1:]])
    upper = frame.across(_CROWN)
    return shape(lower, upper[::-1])


def _neck_outline(frame: Frame) -> str:
    return shape(frame.drawn(_NECK, Side.RIGHT), frame.drawn(_NECK, Side.LEFT)[::-1])


def _resample(line: Points, count: int) -> Points:
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.linspace(0.0, lengths[-1], count)
    return np.stack([np.interp(at, lengths, line[:, axis]) for axis in range(2)], axis=1)


def _uneven(index: int) -> float:
    """A number in 0-1 that looks random and is the same every time."""
    return (index * 0.6180339887) % 1.0
