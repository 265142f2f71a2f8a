"""Regrowth of cut axons: the share that has reached the muscle, a Gamma distribution in closed form."""

from functools import cache
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.nerve import branches
from facialis.evidence import load_rows
from facialis.twin.priors import TABLES

Values = Float[Array, "..."]


@cache
def regrowth_stages() -> int:
    """Shape of the Gamma distribution, a whole number: many short stretches in a row."""
    (row,) = (row for row in load_rows(TABLES, "structure").rows if row.text("name") == "regrowth_stages")
    return row.integer("value")


def path_lengths_mm() -> Float[np.ndarray, " branches"]:
    """From the lesion to the muscles, by branch from the forehead down. [mm]"""
    return np.array([record.path_length.number for record in branches()])


class Arrival(NamedTuple):
    """Regrowing axons that have reached the muscle."""

    share: Values
    slope_per_day: Values
    curvature_per_day2: Values


def arrived(days: Values, start_days: Values, speed_mm_per_day: Values, path_mm: Values) -> Arrival:
    """Share of regrowing axons that has arrived, and its first two derivatives.

    Notes
    -----
    F(x) = 1 - exp(-x) (1 + x + x^2/2! + ... + x^(n-1)/(n-1)!), x = n v (t - t_0) / L: the Gamma
    distribution of shape n (`regrowth_stages`) whose mean is the path L at speed v, from day t_0 on.
    """
    stages = regrowth_stages()
    rate = stages * speed_mm_per_day / path_mm
    passed = jnp.maximum(days - start_days, 0.0) * rate
    total, term, before = jnp.ones_like(passed), jnp.ones_like(passed), jnp.zeros_like(passed)
    for stage in range(1, stages):
        before, term = term, term * passed / stage
        total += term
    still = jnp.exp(-passed)
    return Arrival(1 - still * total, rate * still * term, rate**2 * still * (before - term))
