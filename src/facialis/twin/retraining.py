"""How far retraining has taken effect: it is approached while the patient trains and fades after."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.exposure import Exposure
from facialis.twin.parameters import MuscleParameters

Scalar = Float[Array, ""]


def retrained(
    muscle: MuscleParameters, exposure: Exposure, days: Float[Array, " days"]
) -> Float[Array, " days"]:
    """Effect of retraining on some days, in closed form. [0-1]

    Notes
    -----
    dE/dt = (r(t) - E) / tau with r = 1 while the patient trains, else 0.
    """
    starts = jnp.concatenate([jnp.zeros(1), exposure.retraining_edges_days])
    lengths = jnp.diff(starts, append=starts[-1:])

    def through_piece(effect: Scalar, piece: tuple[Scalar, Scalar]) -> tuple[Scalar, Scalar]:
        length, level = piece
        return level + (effect - level) * jnp.exp(-length / muscle.retraining_days), effect

    _, effects = jax.lax.scan(
        through_piece, jnp.zeros_like(muscle.retraining_days), (lengths, exposure.retraining_level)
    )
    piece = jnp.searchsorted(starts, days, side="right") - 1
    level = exposure.retraining_level[piece]
    return level + (effects[piece] - level) * jnp.exp(-(days - starts[piece]) / muscle.retraining_days)
