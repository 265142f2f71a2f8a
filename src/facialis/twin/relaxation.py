"""States that follow an input with a lag: the input is a cubic over each step."""

from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.magnus import NODES, WEIGHTS

Value = Float[Array, "..."]


class Track(NamedTuple):
    """A quantity over one step: its value and slope at both ends."""

    start: Value
    end: Value
    start_slope: Value
    end_slope: Value


class Lag(NamedTuple):
    """One lag over one step: what each end of the input, and the state before, give to the state after."""

    rate_per_day: Value
    kept: Value
    from_start: Value
    from_end: Value
    from_start_slope: Value
    from_end_slope: Value


def lag_over(rate_per_day: Value, step_days: Value) -> Lag:
    """Weights of y' = rate (x - y) over a step, with x the cubic through its ends.

    Notes
    -----
    The integral of the exponential times the cubic is taken at three Gauss points: exact for a parabola
    times the exponential's second-order series, and below 1e-8 where a step is a tenth of the lag.
    """
    passed = rate_per_day * step_days
    fades = [weight * passed * jnp.exp(-passed * (1 - at)) for at, weight in zip(NODES, WEIGHTS, strict=True)]

    def weigh(shape: tuple[float, ...]) -> Value:
        return sum((fade * height for fade, height in zip(fades, shape, strict=True)), jnp.zeros_like(passed))

    return Lag(
        rate_per_day,
        jnp.exp(-passed),
        weigh(tuple((1 - at) ** 2 * (1 + 2 * at) for at in NODES)),
        weigh(tuple(at**2 * (3 - 2 * at) for at in NODES)),
        step_days * weigh(tuple(at * (1 - at) ** 2 for at in NODES)),
        step_days * weigh(tuple(-(at**2) * (1 - at) for at in NODES)),
    )


def follow(start: Value, driver: Track, lag: Lag) -> Track:
    """The state that lags behind ``driver``, over one step."""
    end = (
        lag.kept * start
        + lag.from_start * driver.start
        + lag.from_end * driver.end
        + lag.from_start_slope * driver.start_slope
        + lag.from_end_slope * driver.end_slope
    )
    rate = lag.rate_per_day
    return Track(start, end, rate * (driver.start - start), rate * (driver.end - end))
