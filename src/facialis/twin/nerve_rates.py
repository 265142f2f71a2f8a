"""What moves the fibres of a branch: rates of block and loss, and the drives that later states follow."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.exposure import Exposure
from facialis.twin.parameters import NerveParameters
from facialis.twin.regrowth import arrived, path_lengths_mm

Steps = Float[Array, "*inside steps sides branches"]
Nodes = Float[Array, "nodes sides branches"]


class Rates(NamedTuple):
    """Speeds at one moment of every step."""

    block_per_day: Steps
    loss_per_day: Steps


class Drivers(NamedTuple):
    """Shares of fibres that later states follow, and their first two derivatives.

    Their second axis is that of kinds: without any drive, and regrown.
    """

    value: Float[Array, "nodes kinds sides branches"]
    slope_per_day: Float[Array, "nodes kinds sides branches"]
    curvature_per_day2: Float[Array, "ends steps kinds sides branches"]
    """At both ends of every step: it jumps at the edges of a drug course."""


def rates_at(nerve: NerveParameters, exposure: Exposure, level: Float[Array, "*inside steps"]) -> Rates:
    """Rates at an inflammation of ``level`` for an insult of severity 1 and strength 1.

    Notes
    -----
    a = k_B I^n / (1 + I^n) and g = k_D I^p / (I_D^p + I^p).
    """
    strength = exposure.severity_frac * nerve.insult_strength

    def risen(drive: Float[Array, "sides branches"], exponent: Float[Array, ""]) -> Steps:
        # Powers of both factors: one for each step and one for each branch, none for each pair.
        of_level = _power(drive, exponent) * _power(level, exponent)[..., None, None]
        return of_level / (1 + of_level)

    return Rates(
        nerve.block_rate_per_day * risen(strength, nerve.block_steepness),
        nerve.degeneration_rate_per_day
        * risen(strength / nerve.degeneration_threshold, nerve.degeneration_steepness),
    )


def drives(
    nerve: NerveParameters,
    exposure: Exposure,
    conducting: Nodes,
    blocked: Nodes,
    nodes_days: Float[Array, " nodes"],
    level: Float[Array, " nodes"],
    level_slopes_per_day: Float[Array, "ends steps"],
) -> Drivers:
    """Fibres without any drive, and fibres that have grown back. [share]

    Parameters
    ----------
    nerve, exposure : of one patient
    conducting, blocked : array         At every node. [0-1]
    nodes_days : array                  [d]
    level : array                       Inflammation at every node, for severity 1 and strength 1.
    level_slopes_per_day : array        Its slope at both ends of every step. [1/d]
    """
    rates, per_level = jax.jvp(
        lambda inflamed: rates_at(nerve, exposure, inflamed), (level,), (jnp.ones_like(level),)
    )
    repair = nerve.remyelination_per_day
    slope = repair * blocked - rates.block_per_day * conducting
    loss = rates.loss_per_day * blocked
    blocked_slope = -slope - loss
    lost = 1 - conducting - blocked
    there = arrived(
        nodes_days[:, None, None],
        nerve.regrowth_start_days,
        nerve.regrowth_speed_mm_per_day,
        jnp.asarray(path_lengths_mm()),
    )
    grown = nerve.regrowth_share * there.share * lost
    grown_slope = nerve.regrowth_share * (there.slope_per_day * lost + there.share * loss)
    # Curvatures: what the nodes have, and what the slope of the inflammation on each side adds.
    curvature = repair * blocked_slope - rates.block_per_day * slope
    loss_slope = rates.loss_per_day * blocked_slope
    grown_curvature = nerve.regrowth_share * (
        there.curvature_per_day2 * lost + 2 * there.slope_per_day * loss + there.share * loss_slope
    )
    added = -per_level.block_per_day * conducting
    grown_added = nerve.regrowth_share * there.share * per_level.loss_per_day * blocked

    def kinds(of_conducting: Nodes, of_grown: Nodes) -> Float[Array, "nodes kinds sides branches"]:
        return jnp.stack([-of_conducting - of_grown, of_grown], axis=1)

    still, moving = kinds(curvature, grown_curvature), kinds(added, grown_added)
    return Drivers(
        kinds(conducting - 1, grown),
        kinds(slope, grown_slope),
        jnp.stack(
            [
                still[side] + moving[side] * slopes[:, None, None, None]
                for side, slopes in zip((slice(None, -1), slice(1, None)), level_slopes_per_day, strict=True)
            ]
        ),
    )


def _power(base: Float[Array, "..."], exponent: Float[Array, "..."]) -> Float[Array, "..."]:
    """Base to the exponent, 0 at 0, with slopes that are finite there too."""
    is_above = base > 0
    return jnp.where(is_above, jnp.exp(exponent * jnp.log(jnp.where(is_above, base, 1.0))), 0.0)
