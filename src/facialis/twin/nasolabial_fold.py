"""The nasolabial fold, which no contour of a photograph shows: what a clinician would see of it."""

from collections.abc import Mapping

import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.soft_tissue import cheek_support


def fold_depth(
    resting_forces: Float[Array, "*faces sides muscles"],
    flattening: Float[Array, "*faces sides"],
    healthy_tone: Float[Array, "*faces"],
) -> Float[Array, "*faces sides"]:
    """Depth of the fold on each side; 1 in a healthy face, 0 where it is gone.

    Notes
    -----
    The mean force at rest of the muscles that hold up the cheek, over healthy tone, times what the fat
    pads have kept of their fullness: lost tone smooths the fold within days, hypertonia and contracture
    deepen it, lost and descended fat pads flatten it over months.
    """
    pull = resting_forces @ jnp.asarray(cheek_support())
    return pull / healthy_tone[..., None] * (1.0 - flattening)


def cheek_item(
    depth: Float[Array, "*faces sides"], affected: Float[Array, "*faces"], limits: Mapping[str, float]
) -> Float[Array, "*faces"]:
    """Sunnybrook's cheek at rest: 0 alike, 1 shallower or deeper than the healthy side's, 2 absent.

    Parameters
    ----------
    depth : array           Of `fold_depth`.
    affected : array        0 where the LEFT side is affected, 1 for the RIGHT.
    limits : mapping        `array_grades.rater_limits`.
    """
    is_left = affected == 0
    own = jnp.where(is_left, depth[..., 0], depth[..., 1])
    other = jnp.where(is_left, depth[..., 1], depth[..., 0])
    share = own / jnp.maximum(other, 1e-6)
    is_absent = share < limits["fold_absent_below"]
    is_other = (share < limits["fold_shallow_below"]) | (share > limits["fold_deep_above"])
    return jnp.where(is_absent, 2.0, jnp.where(is_other, 1.0, 0.0))
