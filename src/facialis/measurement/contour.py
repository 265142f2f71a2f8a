"""Piecewise-linear curves, read in a way that survives folds and few points."""

import numpy as np

from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.points import Array


def height_at(contour: Array, x: float, what: str) -> float:
    """Height of a curve above the place ``x``.

    Where noise folds the curve so that it passes ``x`` several times, the mean of the passages.
    Every step treats both directions of x alike, so a mirrored curve gives the same height.

    Parameters
    ----------
    contour : (n, 2)
        Points in order along the curve, n >= 2; x need not be monotone.
    x : float
        Same unit as the curve.
    what : str
        The curve's name, for the reason.

    Raises
    ------
    NotMeasurableError
        If the curve has fewer than two points, is not finite, or does not reach ``x``.
    """
    check_contour(contour, what)
    start, end = contour[:-1], contour[1:]
    passes = (np.minimum(start[:, 0], end[:, 0]) <= x) & (x <= np.maximum(start[:, 0], end[:, 0]))
    if not passes.any():
        raise NotMeasurableError(f"The {what} does not reach the place where it is measured.")
    start, end = start[passes], end[passes]
    run = end[:, 0] - start[:, 0]
    # An upright segment has no single height: take its middle.
    upright = run == 0
    share = np.where(upright, 0.5, (x - start[:, 0]) / np.where(upright, 1.0, run))
    return float(np.mean(start[:, 1] + share * (end[:, 1] - start[:, 1])))


def mean_height(contour: Array, what: str, stations: int = 5) -> float:
    """Mean height of equally spaced stations along a curve, both ends among them.

    Five stations are the brow of the common 68-point scheme. Dense points do not count double.
    """
    check_contour(contour, what)
    along = np.concatenate([[0.0], np.cumsum(_segment_lengths(contour))])
    if along[-1] == 0:
        raise NotMeasurableError(f"All points of the {what} coincide.")
    heights = np.interp(np.linspace(0.0, along[-1], stations), along, contour[:, 1])
    return float(heights.mean())


def curve_length(contour: Array, what: str) -> float:
    """Length along a curve."""
    check_contour(contour, what)
    return float(_segment_lengths(contour).sum())


def clockwise_area(outline: Array) -> float:
    """Area inside a closed outline (shoelace formula), negative where it runs anticlockwise (y up)."""
    # About the first point: large image coordinates would cost digits.
    x, y = (outline - outline[0]).T
    return float(np.sum(np.roll(x, -1) * y - x * np.roll(y, -1)) / 2)


def check_contour(contour: Array, what: str) -> None:
    """Raise `NotMeasurableError` unless there are at least two finite points."""
    if len(contour) < 2:
        raise NotMeasurableError(
            f"The {what} has {len(contour)} points; at least 2 are needed. Mark it by hand."
        )
    if not np.isfinite(contour).all():
        raise NotMeasurableError(f"The {what} has a point without a position. Mark it by hand.")


def _segment_lengths(contour: Array) -> Array:
    steps = np.diff(contour, axis=0)
    return np.hypot(steps[:, 0], steps[:, 1])
