"""SVG as text: smooth lines, words, and how wide words are."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

INK, SOFT, FAINT, PAPER = "#1c2430", "#5c6675", "#d9dfe5", "#ffffff"
"""Text, secondary text (both over 4.5 : 1 on white), rules, and the page."""

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"

Points = NDArray[np.float64]
Style = dict[str, str | float]

_NARROW, _WIDE = frozenset("ijl.,:;'’|!ftI()[]- "), frozenset("mwMWOQGCDNU@%")
_EM_NARROW, _EM_WIDE, _EM_OTHER = 0.31, 0.80, 0.565
"""Widths of letters in a Helvetica-like face, rounded up: words may end early, never late."""


def text_width_px(words: str, size_px: float, *, is_bold: bool = False) -> float:
    """Return about how wide words are, a little too much rather than too little. [px]"""
    ems = sum(_EM_NARROW if c in _NARROW else _EM_WIDE if c in _WIDE else _EM_OTHER for c in words)
    return ems * size_px * (1.06 if is_bold else 1.0)


def text(x: float, y: float, words: str, **style: str | float) -> str:
    """Return one line of text; style names as SVG writes them, with underscores for hyphens."""
    return f'<text x="{x:.1f}" y="{y:.1f}"{attributes(style)}>{escape(words)}</text>'


def attributes(style: Style) -> str:
    """Return attributes as SVG writes them."""
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in style.items())


def wrap(words: str, size_px: float, width_px: float) -> list[str]:
    """Break words into lines no wider than `width_px`; a word that is wider stands alone."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width_px(longer, size_px) > width_px:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def smooth(points: Points, *, start: str = "M") -> str:
    """Return path data of a smooth curve (Catmull-Rom) through points in px. (n, 2)"""
    padded = np.vstack([points[0], points, points[-1]])
    handles = (padded[2:] - padded[:-2]) / 6.0
    # Tenths of a pixel, relative to the point before; the handle behind a point mirrors the one before
    # it and is left out ("s"). A plate has thousands of fibres.
    here, back = _tenths(points), _tenths(points - handles)
    steps = np.stack([back[1:], here[1:]], axis=1) - here[:-1, None, :]
    return f"{start}{_numbers(here[0])}s{_numbers(steps.ravel())}"


def smooth_points(points: Points, shares: Points) -> Points:
    """Return points of a smooth curve through points, at shares 0-1 of the way from place to place. (n, 2)"""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    at = np.clip(shares, 0.0, 1.0) * (len(points) - 1)
    index = np.minimum(at.astype(int), len(points) - 2)
    t = (at - index)[:, None]
    p0, p1, p2, p3 = (padded[index + offset] for offset in range(4))
    curve: Points = 0.5 * (
        2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )
    return curve


def shape(*edges: Points) -> str:
    """Return path data of a closed shape from smooth edges that follow each other."""
    return "".join(smooth(edge, start="L" if index else "M") for index, edge in enumerate(edges)) + "Z"


def path(data: str, **style: str | float) -> str:
    """Return a path element."""
    return f'<path d="{data}"{attributes(style)}/>'


def disc(x: float, y: float, radius: float, **style: str | float) -> str:
    """Return a circle element."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"{attributes(style)}/>'


def segment(start: tuple[float, float], end: tuple[float, float], **style: str | float) -> str:
    """Return a straight line element."""
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"{attributes(style)}/>'


def mix(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it, both as #rrggbb."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round((1 - share) * one + share * two):02x}" for one, two in pairs)


def _channels(colour: str) -> Sequence[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _tenths(points: Points) -> NDArray[np.int64]:
    tenths: NDArray[np.int64] = np.rint(points * 10.0).astype(np.int64)
    return tenths


def _numbers(tenths: NDArray[np.int64]) -> str:
    """Write tenths as SVG numbers: no zero before the point, no space before a minus."""
    words = [_number(number) for number in tenths.tolist()]
    return words[0] + "".join(word if word[0] == "-" else f" {word}" for word in words[1:])


def _number(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign}{whole}"
