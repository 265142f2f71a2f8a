"""A dose on its way through a chain of steps, each with its own rate: exact at any time.

With rates ``k_1 ... k_n`` the amount of a unit dose that stands at the last step at time ``t`` is

    ``k_1 k_2 ... k_(n-1) D[k_1, ..., k_n](t)``

where ``D`` is the divided difference of ``exp(-k t)`` in ``k``, with the sign that makes it positive.
Partial fractions give the same where the rates are well apart, and fail where two nearly coincide; so
each difference is taken by its definition while its rates are apart (measured in units of ``1/t``) and
by its power series where they are close. Rates may be equal, and a rate may be 0 (nothing leaves).
"""

import math
from itertools import pairwise

import jax.numpy as jnp
from jaxtyping import Array, Float

SERIES_WIDTH = 0.5
"""Rates closer than this, times time, are close: the series converges at once, the difference cancels."""

SERIES_TERMS = 13
"""0.5^14 / 14! is below the precision of the numbers."""

Term = Float[Array, "..."] | float


def last_step_amount(
    rates: tuple[Float[Array, "..."], ...], time: Float[Array, "..."]
) -> Float[Array, "..."]:
    """Share of a unit dose that stands at the last step of the chain.

    Parameters
    ----------
    rates : tuple of arrays
        Rate at which each step is left, the first step first; 0 or more. At least two; they
        broadcast with ``time``. [1/time]
    time : array
        Time since the dose entered the first step, 0 or more. [time]

    Returns
    -------
    array
        Between 0 and 1; exactly 0 at time 0.

    Notes
    -----
    The divided difference after A. McCurdy, K. C. Ng and B. N. Parlett: recursion for rates apart,
    series for rates together. Relative error about 1e-13 times the number of steps.
    """
    product = rates[0]
    for rate in rates[1:-1]:
        product = product * rate
    return product * divided_difference(rates, time)


def divided_difference(
    rates: tuple[Float[Array, "..."], ...], time: Float[Array, "..."]
) -> Float[Array, "..."]:
    """Divided difference of ``exp(-k time)`` at ``rates``, positive. [time to the power of steps - 1]"""
    nodes = _sorted(rates)
    level = [jnp.exp(-node * time) for node in nodes]
    # Symmetric polynomials of each window's distances from its lowest rate, grown rate by rate.
    series: list[list[Term]] = [[1.0, *([0.0] * SERIES_TERMS)] for _ in nodes]
    starts = level
    for width in range(1, len(nodes)):
        level = [
            _window(low, high, time, shorter, starts[first], _grow(series, first, low, high, time), width)
            for first, (low, high, shorter) in enumerate(
                zip(nodes, nodes[width:], pairwise(level), strict=False)
            )
        ]
    return level[0]


def _window(
    low: Float[Array, "..."],
    high: Float[Array, "..."],
    time: Float[Array, "..."],
    shorter: tuple[Float[Array, "..."], Float[Array, "..."]],
    start: Float[Array, "..."],
    polynomials: list[Term],
    width: int,
) -> Float[Array, "..."]:
    apart = (high - low) * time > SERIES_WIDTH
    gap = jnp.where(apart, high - low, 1.0)
    by_definition = (shorter[0] - shorter[1]) / gap
    total = sum(
        polynomial * ((-1) ** power / math.factorial(width + power))
        for power, polynomial in enumerate(polynomials)
    )
    return jnp.where(apart, by_definition, start * time**width * total)


def _grow(
    series: list[list[Term]],
    first: int,
    low: Float[Array, "..."],
    high: Float[Array, "..."],
    time: Float[Array, "..."],
) -> list[Term]:
    """Add the next rate to a window's complete homogeneous polynomials: h_m += z h_(m-1)."""
    # Beyond the width the series is not used; the bound keeps it, and its gradient, finite there.
    distance = jnp.minimum((high - low) * time, SERIES_WIDTH)
    grown = [series[first][0]]
    for previous in series[first][1:]:
        grown.append(previous + distance * grown[-1])
    series[first] = grown
    return grown


def _sorted(
    rates: tuple[Float[Array, "..."], ...],
) -> list[Float[Array, "..."]]:
    """Rates in ascending order; the difference does not depend on their order."""
    shape = jnp.broadcast_shapes(*(jnp.shape(rate) for rate in rates))
    return list(jnp.sort(jnp.stack([jnp.broadcast_to(rate, shape) for rate in rates]), axis=0))
