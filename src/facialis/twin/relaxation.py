"""States that follow an input with a lag: the input is a polynomial of fifth degree over each step."""

from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float

Value = Float[Array, "..."]

SERIES_UNTIL = 1.5
"""Where a step is shorter than this many lags the moments come from a series, else from a recursion."""
SERIES_TERMS = 14


class Track(NamedTuple):
    """A quantity over one step: its value, slope and curvature at both ends."""

    start: Value
    end: Value
    start_slope: Value
    end_slope: Value
    start_curvature: Value
    end_curvature: Value


class Lag(NamedTuple):
    """One lag over one step: what each end of the input, and the state before, give to the state after."""

    rate_per_day: Value
    kept: Value
    from_start: Value
    from_end: Value
    from_start_slope: Value
    from_end_slope: Value
    from_start_curvature: Value
    from_end_curvature: Value


def lag_over(rate_per_day: Value, step_days: Value) -> Lag:
    """Weights of y' = rate (x - y) over a step, with x the quintic through its ends; exact.

    Notes
    -----
    The weights are those of Hermite's quintic, integrated against x exp(-x (1 - s)) from 0 to 1, with
    x = rate * step: sums of the moments of `_moments`.
    """
    passed = rate_per_day * step_days
    m0, m1, m2, m3, m4, m5 = _moments(passed)
    to_end = 10 * m3 - 15 * m4 + 6 * m5
    return Lag(
        rate_per_day,
        1 - m0,
        m0 - to_end,
        to_end,
        step_days * (m1 - 6 * m3 + 8 * m4 - 3 * m5),
        step_days * (-4 * m3 + 7 * m4 - 3 * m5),
        step_days**2 * (m2 - 3 * m3 + 3 * m4 - m5) / 2,
        step_days**2 * (m3 - 2 * m4 + m5) / 2,
    )


def follow(start: Value, driver: Track, lag: Lag) -> Track:
    """The state that lags behind ``driver``, over one step."""
    end = (
        lag.kept * start
        + lag.from_start * driver.start
        + lag.from_end * driver.end
        + lag.from_start_slope * driver.start_slope
        + lag.from_end_slope * driver.end_slope
        + lag.from_start_curvature * driver.start_curvature
        + lag.from_end_curvature * driver.end_curvature
    )
    rate = lag.rate_per_day
    start_slope, end_slope = rate * (driver.start - start), rate * (driver.end - end)
    return Track(
        start,
        end,
        start_slope,
        end_slope,
        rate * (driver.start_slope - start_slope),
        rate * (driver.end_slope - end_slope),
    )


def _moments(passed: Value) -> tuple[Value, ...]:
    """Integrals of x exp(-x (1 - s)) s^j over s from 0 to 1, for j from 0 to 5, with x = ``passed``.

    Notes
    -----
    By parts, m_j = 1 - j m_(j-1) / x. Read backward it is stable for a small x, from the series of m_5;
    read forward for a large one, from m_0 = 1 - exp(-x).
    """
    is_short = passed < SERIES_UNTIL
    short = jnp.where(is_short, passed, 0.0)
    total = jnp.zeros_like(short)
    for term in range(SERIES_TERMS, 0, -1):
        total = (1 - short * total) / (5 + term)
    backward = [short * total]
    for j in range(5, 0, -1):
        backward.insert(0, short * (1 - backward[0]) / j)
    long = jnp.where(is_short, SERIES_UNTIL, passed)
    forward = [-jnp.expm1(-long)]
    for j in range(1, 6):
        forward.append(1 - j * forward[-1] / long)
    return tuple(jnp.where(is_short, one, two) for one, two in zip(backward, forward, strict=True))
