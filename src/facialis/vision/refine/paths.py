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
    value = cumulative[None, :, 0] - cumulative[:, None, 0] + order
    first_from = np.zeros((columns, edges, edges), dtype=np.int8)
    last_from = np.zeros((columns, edges, edges), dtype=np.int8)
    for column in range(1, columns):
        # The prices of the two edges add up, so the best step of each is found by itself.
        value, first_from[column] = _best_step(value, 0, bend_price, max_step)
        value, last_from[column] = _best_step(value, 1, bend_price, max_step)
        value += cumulative[None, :, column] - cumulative[:, None, column] + order
    first, last = np.zeros(columns, dtype=np.intp), np.zeros(columns, dtype=np.intp)
    first[-1], last[-1] = divmod(int(value.argmax()), edges)
    for column in range(columns - 1, 0, -1):
        last[column - 1] = last[column] + last_from[column, first[column], last[column]]
        first[column - 1] = first[column] + first_from[column, first[column], last[column - 1]]
    return first, last


def _best_step(value: Array, axis: int, price: float, max_step: int) -> tuple[Array, NDArray[np.int8]]:
    """Best value within ``max_step`` along one axis after its price, and the step that reaches it."""
    size = value.shape[axis]
    padding = [(0, 0), (0, 0)]
    padding[axis] = (max_step, max_step)
    padded = np.pad(value, padding, constant_values=_IMPOSSIBLE)
    best = np.full_like(value, 2 * _IMPOSSIBLE)
    taken = np.zeros(value.shape, dtype=np.int8)
    for step in range(-max_step, max_step + 1):
        window = slice(max_step + step, max_step + step + size)
        choice = (padded[window] if axis == 0 else padded[:, window]) - price * step * step
        better = choice > best
        np.copyto(best, choice, where=better)
        taken[better] = step
    return best, taken
