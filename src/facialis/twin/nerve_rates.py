"""What moves the fibres of a branch: rates of block and loss, and the drives that later states follow."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.exposure import Exposure
from facialis.twin.inflammation import Inflammation
from facialis.twin.parameters import NerveParameters
from facialis.twin.regrowth import arrived, path_lengths_mm

Steps = Float[Array, "steps sides branches"]


class Rates(NamedTuple):
    """Speeds at one moment of every step."""

    block_per_day: Steps
    loss_per_day: Steps


class Drive(NamedTuple):
    """Share of fibres at one end of every step, and its first two derivatives."""

    value: Steps
    slope_per_day: Steps
    curvature_per_day2: Steps


def rates_at(nerve: NerveParameters, exposure: Exposure, level: Float[Array, " steps"]) -> Rates:
    """Rates at an inflammation of ``level`` for an insult of severity 1 and strength 1.

    Notes
    -----
    a = k_B I^n / (1 + I^n) and g = k_D I^p / (I_D^p + I^p).
    """
    strength = exposure.severity_frac * nerve.insult_strength

    def risen(drive: Float[Array, "sides branches"], exponent: Float[Array, ""]) -> Steps:
        # Powers of both factors: one for each step and one for each branch, none for each pair.
        of_level = _power(drive, exponent) * _power(level, exponent)[:, None, None]
        return of_level / (1 + of_level)

    return Rates(
        nerve.block_rate_per_day * risen(strength, nerve.block_steepness),
        nerve.degeneration_rate_per_day
        * risen(strength / nerve.degeneration_threshold, nerve.degeneration_steepness),
    )


def drives(
    nerve: NerveParameters,
    exposure: Exposure,
    inflammation: Inflammation,
    conducting: Steps,
    blocked: Steps,
    days: Float[Array, " steps"],
) -> tuple[Drive, Drive]:
    """Fibres without any drive, and fibres that have grown back, at one end of every step. [share]

    Parameters
    ----------
    nerve, exposure : of one patient
    inflammation : Inflammation     At that end, on the step's side of an edge.
    conducting, blocked : array     At that end. [0-1]
    days : array                    [d]
    """
    rates, changes = jax.jvp(
        lambda level: rates_at(nerve, exposure, level), (inflammation.level,), (inflammation.slope_per_day,)
    )
    repair = nerve.remyelination_per_day
    slope = repair * blocked - rates.block_per_day * conducting
    loss = rates.loss_per_day * blocked
    blocked_slope = -slope - loss
    curvature = repair * blocked_slope - changes.block_per_day * conducting - rates.block_per_day * slope
    loss_slope = changes.loss_per_day * blocked + rates.loss_per_day * blocked_slope
    lost = 1 - conducting - blocked
    there = arrived(
        days[:, None, None],
        nerve.regrowth_start_days,
        nerve.regrowth_speed_mm_per_day,
        jnp.asarray(path_lengths_mm()),
    )
    grown = Drive(
        nerve.regrowth_share * there.share * lost,
        nerve.regrowth_share * (there.slope_per_day * lost + there.share * loss),
        nerve.regrowth_share
        * (there.curvature_per_day2 * lost + 2 * there.slope_per_day * loss + there.share * loss_slope),
    )
    undriven = Drive(
        1 - conducting - grown.value,
        -slope - grown.slope_per_day,
        -curvature - grown.curvature_per_day2,
    )
    return undriven, grown


def _power(base: Float[Array, "..."], exponent: Float[Array, "..."]) -> Float[Array, "..."]:
    """Base to the exponent, 0 at 0, with slopes that are finite there too."""
    is_above = base > 0
    return jnp.where(is_above, jnp.exp(exponent * jnp.log(jnp.where(is_above, base, 1.0))), 0.0)
