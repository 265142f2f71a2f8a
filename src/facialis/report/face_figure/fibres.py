"""Muscles as fibre bundles between origin and insertion."""

from enum import StrEnum

import numpy as np

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscle_records import FibreType
from facialis.anatomy.muscle_shapes import muscle_shape
from facialis.anatomy.muscles import muscle
from facialis.anatomy.sides import Side
from facialis.report.face_figure.drawing import Points, mix, path, shape, smooth, smooth_points
from facialis.report.face_figure.frame import Frame

FIBRE_SPACING_PX = 2.3
FEWEST_FIBRES, MOST_FIBRES = 5, 54
MOST_RING_FIBRES = 17
"""The parts of a ring that follow each other reach it, so that their fibres meet."""

STEPS = 6
"""Points of one drawn fibre of a muscle that does not run around an opening."""

TENDON_SHARE = 0.09
"""The ends of a fibre are drawn paler, as tendon is."""

SHADOW, LIGHT, TENDON = "#1c1010", "#ffffff", "#fff6ea"

TONES = ((SHADOW, 0.34, 0.9), (LIGHT, 0.12, 1.3), (SHADOW, 0.1, 1.1), (LIGHT, 0.5, 0.9), (SHADOW, 0.02, 1.4))
"""What is mixed into the colour of a fibre, how much of it, and how wide the fibre is. [px]"""


class Look(StrEnum):
    """How a muscle is painted."""

    FULL = "full"
    PALE = "pale"
    """Behind another that the figure is about."""
    OUTLINED = "outlined"
    """Taken away, so that what lies under it is seen."""


def draw_muscle(frame: Frame, which: Muscle, side: Side, colour: str, look: Look = Look.FULL) -> str:
    """Draw one muscle on one side.

    Parameters
    ----------
    frame : Frame
    which : Muscle
    side : Side             The patient's.
    colour : str            As #rrggbb; darker and lighter fibres are mixed from it.
    look : Look

    Returns
    -------
    str                     An SVG group.
    """
    is_ring = muscle(which).fibre_type is FibreType.SPHINCTER
    grids = [frame.to_px(b.grid(neutral_points_mm(), side)) for b in muscle_shape(which).bundles]
    if look is Look.OUTLINED:
        drawn = "".join(_removed(grid, colour, is_ring=is_ring) for grid in grids)
    else:
        drawn = "".join(_belly(grid, colour) + _fibres(grid, colour, is_ring=is_ring) for grid in grids)
    opacity = ' opacity="0.4"' if look is Look.PALE else ""
    return f'<g data-muscle="{which.value}" data-side="{side.value}"{opacity}>{drawn}</g>'


def point_on_muscle(frame: Frame, which: Muscle, side: Side, where: tuple[int, float, float]) -> Points:
    """Return a place on a muscle: bundle, share across, share along from the origin. (2,) [px]"""
    bundle, across, along = where
    grid = frame.to_px(muscle_shape(which).bundles[bundle].grid(neutral_points_mm(), side))
    fibre = _fibre(grid, across)
    place: Points = smooth_points(fibre, np.array([along]))[0]
    return place


def _belly(grid: Points, colour: str) -> str:
    """The ground on which fibres lie, with a darker edge on either side."""
    edges = smooth(grid[0]) + smooth(grid[-1])
    return path(_outline(grid), fill=mix(colour, "#ffffff", 0.42), fill_opacity=0.94) + path(
        edges, fill="none", stroke=mix(colour, SHADOW, 0.4), stroke_width=1.1, stroke_opacity=0.8
    )


def _removed(grid: Points, colour: str, *, is_ring: bool) -> str:
    data = smooth(grid[0]) + smooth(grid[-1]) if is_ring else _outline(grid)
    return path(data, fill="none", stroke=mix(colour, SHADOW, 0.15), stroke_width=0.9, stroke_opacity=0.5)


def _fibres(grid: Points, colour: str, *, is_ring: bool) -> str:
    widths = np.linalg.norm(np.diff(grid, axis=0), axis=2).sum(axis=0)
    most = MOST_RING_FIBRES if is_ring else MOST_FIBRES
    count = int(np.clip(np.quantile(widths, 0.6) / FIBRE_SPACING_PX, FEWEST_FIBRES, most))
    fibres: list[list[str]] = [[] for _ in TONES]
    tendons = []
    for index in range(count):
        fibre = _fibre(grid, (index + 0.5) / count)
        start, stop = (0.0, 1.0) if is_ring else _reach(index)
        steps = np.linspace(start, stop, max(STEPS, (grid.shape[1] + 1) // 2))
        fibres[index * 3 % len(TONES)].append(smooth(smooth_points(fibre, steps)))
        if not is_ring:
            ends = ((start, start + TENDON_SHARE), (stop - TENDON_SHARE, stop))
            tendons += [smooth(smooth_points(fibre, np.array(end))) for end in ends]
    parts = [
        _strokes(lines, mix(colour, other, share), width)
        for lines, (other, share, width) in zip(fibres, TONES, strict=True)
    ]
    if tendons:
        parts.append(_strokes(tendons, mix(colour, TENDON, 0.75), 1.2))
    return "".join(parts)


def _strokes(lines: list[str], colour: str, width: float) -> str:
    return path("".join(lines), fill="none", stroke=colour, stroke_width=width, stroke_linecap="round")


def _outline(grid: Points) -> str:
    if np.allclose(grid[:, 0], grid[:, -1]):  # a closed ring: its inner edge is a hole
        return smooth(grid[-1]) + "Z" + smooth(grid[0][::-1]) + "Z"
    return shape(grid[0], grid[:, -1], grid[-1][::-1], grid[::-1, 0])


def _reach(index: int) -> tuple[float, float]:
    """Where a fibre begins and ends: a little uneven, as a torn edge is, and the same every time."""
    return 0.035 * ((index * 0.618) % 1.0), 1.0 - 0.035 * ((index * 0.382 + 0.3) % 1.0)


def _fibre(grid: Points, share: float) -> Points:
    """The places of a fibre that lies at a share of the way from the first guide to the last."""
    at = share * (len(grid) - 1)
    lower = min(int(at), len(grid) - 2)
    mixed: Points = (1 - (at - lower)) * grid[lower] + (at - lower) * grid[lower + 1]
    return mixed
