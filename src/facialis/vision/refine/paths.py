"""Best smooth paths through a picture of evidence, by dynamic programming."""

import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import Array

_IMPOSSIBLE = -1e9


def best_path(evidence: Array, *, bend_price: float, max_step: int = 2) -> tuple[NDArray[np.intp], float]:
    """The row per column that collects the most evidence.

    Parameters
    ----------
    evidence : (rows, columns)
    bend_price : float
        Paid per column for the square of the step in rows.
    max_step : int
        Largest step between neighbouring columns. [rows]

    Returns
    -------
    rows : (columns,) int
    mean_evidence : float
        Per column, after the price.
    """
    rows, columns = evidence.shape
    value = evidence[:, 0].copy()
    came_from = np.zeros((columns, rows), dtype=np.intp)
    steps = np.arange(-max_step, max_step + 1)
    for column in range(1, columns):
        padded = np.pad(value, max_step, constant_values=_IMPOSSIBLE)
        choices = np.stack([padded[max_step + s : max_step + s + rows] - bend_price * s * s for s in steps])
        pick = choices.argmax(axis=0)
        came_from[column] = steps[pick]
        value = choices.max(axis=0) + evidence[:, column]
    path = np.zeros(columns, dtype=np.intp)
    path[-1] = value.argmax()
    for column in range(columns - 1, 0, -1):
        path[column - 1] = path[column] + came_from[column, path[column]]
    return path, float(value.max()) / columns


def best_interval(
    evidence: Array, *, bend_price: float, max_step: int = 2
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The interval of rows per column that collects the most evidence; it may be empty.

    Parameters
    ----------
    evidence : (rows, columns)
        Positive where a pixel speaks for lying inside.
    bend_price, max_step
        As in `best_path`, for each of the two edges.

    Returns
    -------
    first, last : (columns,) int
        Inside are the rows ``first <= row < last``.
    """
    rows, columns = evidence.shape
    edges = rows + 1
    cumulative = np.concatenate([np.zeros((1, columns)), np.cumsum(evidence, axis=0)])
    order = np.where(np.arange(edges)[:, None] <= np.arange(edges), 0.0, _IMPOSSIBLE)
    steps = [(a, b) for a in range(-max_step, max_step + 1) for b in range(-max_step, max_step + 1)]
    prices = [bend_price * (a * a + b * b) for a, b in steps]
    value = cumulative[None, :, 0] - cumulative[:, None, 0] + order
    came_from = np.zeros((columns, edges, edges), dtype=np.int8)
    for column in range(1, columns):
        padded = np.pad(value, max_step, constant_values=_IMPOSSIBLE)
        best = np.full_like(value, _IMPOSSIBLE)
        for number, ((a, b), price) in enumerate(zip(steps, prices, strict=True)):
            choice = padded[max_step + a :, max_step + b :][:edges, :edges] - price
            better = choice > best
            np.copyto(best, choice, where=better)
            came_from[column][better] = number
        value = best + (cumulative[None, :, column] - cumulative[:, None, column]) + order
    first, last = np.zeros(columns, dtype=np.intp), np.zeros(columns, dtype=np.intp)
    first[-1], last[-1] = divmod(int(value.argmax()), edges)
    for column in range(columns - 1, 0, -1):
        a, b = steps[came_from[column, first[column], last[column]]]
        first[column - 1], last[column - 1] = first[column] + a, last[column] + b
    return first, last
