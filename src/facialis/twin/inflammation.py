"""Inflammation of the nerve under a piecewise-constant drug course: linear, so in closed form."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from facialis.twin.exposure import Exposure
from facialis.twin.parameters import NerveParameters

Scalar = Float[Array, ""]
Values = Float[Array, "..."]

CLOSE = 1e-4
"""Below this product of time and difference of rates the difference quotient is taken as a series."""


class InflammationCourse(NamedTuple):
    """Pieces between drug edges; inside each, insult and inflammation are sums of two exponentials."""

    starts_days: Float[Array, " pieces"]
    insult_at_start: Float[Array, " pieces"]
    level_at_start: Float[Array, " pieces"]
    insult_decay_per_day: Float[Array, " pieces"]
    decay_per_day: Float[Array, " pieces"]
    source_per_day: Scalar


def inflammation_course(nerve: NerveParameters, exposure: Exposure) -> InflammationCourse:
    """Solve one patient's inflammation for an insult of severity 1 and strength 1.

    Notes
    -----
    dV/dt = -(k_V + k_A a(t)) V, V(0) = 1 is what is left of the insult (the viral load), shortened by an
    antiviral a(t). dI/dt = k_V V - k_I (1 + sigma c(t)) I is inflammation under the corticosteroid c(t).
    Both are linear and constant between edges.
    """
    insult_decay = nerve.insult_decay_per_day + nerve.antiviral_effect_per_day * exposure.antiviral_level
    decay = nerve.inflammation_decay_per_day * (
        1 + nerve.corticosteroid_effect * exposure.corticosteroid_level
    )
    starts = jnp.concatenate([jnp.zeros(1), exposure.drug_edges_days])
    lengths = jnp.diff(starts, append=starts[-1:])
    source = nerve.insult_decay_per_day

    def through_piece(
        state: tuple[Scalar, Scalar], piece: tuple[Scalar, Scalar, Scalar]
    ) -> tuple[tuple[Scalar, Scalar], tuple[Scalar, Scalar]]:
        insult, level = state
        length, insult_rate, rate = piece
        return _after(insult, level, insult_rate, rate, source, length), state

    zero = jnp.zeros_like(source)
    _, (insults, levels) = jax.lax.scan(
        through_piece, (jnp.ones_like(source), zero), (lengths, insult_decay, decay)
    )
    return InflammationCourse(starts, insults, levels, insult_decay, decay, source)


class Inflammation(NamedTuple):
    """Inflammation on some days, and how fast it changes."""

    level: Values
    slope_per_day: Values
    insult: Values
    """What is left of the insult. [0-1]"""
    decay_per_day: Values


def inflammation_at(
    course: InflammationCourse, days: Values, piece: Int[Array, "..."] | None = None
) -> Inflammation:
    """Inflammation for an insult of severity 1 and strength 1, on any day.

    Parameters
    ----------
    course : InflammationCourse     Of one patient.
    days : array                    From 0. [d]
    piece : array, optional         Piece of the drug course that each day belongs to: at an edge the slope
        differs between its sides. The later one when left out.
    """
    if piece is None:
        piece = piece_of(course, days)
    decay = course.decay_per_day[piece]
    insult, level = _after(
        course.insult_at_start[piece],
        course.level_at_start[piece],
        course.insult_decay_per_day[piece],
        decay,
        course.source_per_day,
        days - course.starts_days[piece],
    )
    return Inflammation(level, course.source_per_day * insult - decay * level, insult, decay)


def piece_of(course: InflammationCourse, days: Values) -> Int[Array, "..."]:
    """The piece of the drug course that holds each day."""
    return jnp.searchsorted(course.starts_days, days, side="right") - 1


def _after(
    insult: Values, level: Values, insult_rate: Values, rate: Values, source: Values, days: Values
) -> tuple[Values, Values]:
    passed = _difference_quotient(insult_rate, rate, days)
    return insult * jnp.exp(-insult_rate * days), level * jnp.exp(-rate * days) + source * insult * passed


def _difference_quotient(one: Values, other: Values, days: Values) -> Values:
    """(exp(-one t) - exp(-other t)) / (other - one), also where both rates are the same."""
    gap = jnp.abs(other - one) * days
    is_close = gap < CLOSE
    safe = jnp.where(is_close, 1.0, gap)
    share = jnp.where(is_close, 1 - gap / 2 * (1 - gap / 3 * (1 - gap / 4)), -jnp.expm1(-safe) / safe)
    # The slower rate outside: so nothing overflows on late days.
    return days * jnp.exp(-jnp.minimum(one, other) * days) * share
