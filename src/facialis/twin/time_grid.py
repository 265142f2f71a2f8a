"""The days of a course: those asked for, steps that patients may share, and where they meet."""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from facialis.twin.errors import CourseRequestError

WEEK_DAYS = 7.0
LONGEST_DAYS = 3700.0
"""Ten years and a bit: beyond it nothing was compared with anything."""

STRETCHES = (
    (0.5, 1 / 32),
    (2.0, 1 / 16),
    (4.0, 1 / 8),
    (28.0, 1 / 4),
    (42.0, 1 / 2),
    (84.0, 1.0),
    (308.0, 1.75),
    (LONGEST_DAYS, 3.5),
)
"""(until this day, with this step): a severe insult, which blocks within minutes, is 1e-4 off."""


def weekly_days(last_day: float = 728.0) -> Float[np.ndarray, " days"]:
    """Day 0 and every seventh day after it, up to ``last_day``. [d]"""
    if not np.isfinite(last_day) or not WEEK_DAYS <= last_day <= LONGEST_DAYS:
        raise CourseRequestError(
            f"The last day is {last_day}; a course runs from {WEEK_DAYS:g} to {LONGEST_DAYS:g} days."
        )
    return np.arange(0.0, last_day + 1e-9, WEEK_DAYS)


def fixed_nodes(output_days: Float[np.ndarray, " days"]) -> Float[np.ndarray, " nodes"]:
    """Ends of steps that all patients may share: 0, the output days, and the usual needs. [d]"""
    last = float(output_days[-1])
    pieces, start = [np.asarray(output_days, dtype=float), np.zeros(1)], 0.0
    for until, step in STRETCHES:
        pieces.append(np.arange(start, min(until, last) + 1e-9, step))
        start = min(until, last)
    return np.unique(np.concatenate(pieces))


def patient_nodes(
    fixed_days: Float[np.ndarray, " nodes"], edges_days: Float[Array, " edges"]
) -> Float[Array, " all_nodes"]:
    """Fixed nodes and a patient's own edges, ascending; an edge outside the course falls on its end."""
    inside = jnp.clip(edges_days, fixed_days[0], fixed_days[-1])
    return jnp.sort(jnp.concatenate([jnp.asarray(fixed_days), inside]))


def output_index(
    nodes_days: Float[Array, " all_nodes"], output_days: Float[np.ndarray, " days"]
) -> Int[Array, " days"]:
    """Where the output days stand among the nodes."""
    return jnp.searchsorted(nodes_days, jnp.asarray(output_days))
