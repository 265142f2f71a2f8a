"""What a block by toxin does over months: lagged states that follow the blocked share of a muscle."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.twin.parameters import MuscleParameters, SoftTissueParameters
from facialis.twin.relaxation import Track, follow, lag_over

Sided = Float[Array, "sides muscles"]
Course = Float[Array, "days sides muscles"]
Shares = Float[Array, "*days sides muscles"]

LONGEST_STEP_DAYS = 3.5
"""Between two days the blocked share is a straight line; the lags behind it need shorter steps."""


class DisuseStates(eqx.Module):
    """Shares of the greatest change that a lasting full block would bring. [0-1]"""

    lag: Shares
    exposure: Shares
    atrophy: Shares
    volume_loss: Shares
    descent: Shares


def disuse_states(
    muscle: MuscleParameters,
    soft_tissue: SoftTissueParameters,
    days: Float[np.ndarray, " days"],
    blocked_share: Course,
) -> DisuseStates:
    """Follow the blocked share through two exposure lags into atrophy and loss of support.

    Parameters
    ----------
    days : array                Ascending, from 0. [d]
    blocked_share : array       At those days, straight between them. [0-1]
    """
    exposure_rate = 1 / muscle.exposure_days
    slow_rates = (1 / muscle.atrophy_days, 1 / soft_tissue.volume_days, 1 / soft_tissue.descent_days)
    parts = max(1, int(np.ceil(np.diff(days).max() / LONGEST_STEP_DAYS))) if len(days) > 1 else 1

    def between_days(
        states: DisuseStates, span: tuple[Sided, Sided, Array]
    ) -> tuple[DisuseStates, DisuseStates]:
        before, after, length_days = span
        step_days = length_days / parts
        flat = jnp.zeros_like(before)
        slope = (after - before) / length_days
        lag_in = lag_over(exposure_rate, step_days)
        slow_lags = [lag_over(rate, step_days) for rate in slow_rates]

        def substep(now: DisuseStates, part: Array) -> tuple[DisuseStates, None]:
            start = before + slope * step_days * part
            block = Track(start, start + slope * step_days, slope, slope, flat, flat)
            lag = follow(now.lag, block, lag_in)
            exposure = follow(now.exposure, lag, lag_in)
            slow = (
                follow(value, exposure, slow_lag).end
                for value, slow_lag in zip(
                    (now.atrophy, now.volume_loss, now.descent), slow_lags, strict=True
                )
            )
            return DisuseStates(lag.end, exposure.end, *slow), None

        ended, _ = jax.lax.scan(substep, states, jnp.arange(parts, dtype=float))
        return ended, ended

    nothing = jnp.zeros_like(blocked_share[0])
    first = DisuseStates(*(nothing for _ in range(5)))
    spans = (blocked_share[:-1], blocked_share[1:], jnp.diff(jnp.asarray(days)))
    _, later = jax.lax.scan(between_days, first, spans)
    joined: DisuseStates = jax.tree.map(lambda one, many: jnp.concatenate([one[None], many]), first, later)
    return joined
