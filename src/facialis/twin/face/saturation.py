"""Movement grows less than force, and skin goes only so far."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def contraction(force: Float[Array, "*any"], steepness: Float[Array, ""]) -> Float[Array, "*any"]:
    """Share of the full movement that a share of the full force brings.

    Notes
    -----
    s(F) = tanh(k F) / tanh(k): 0 at 0, 1 at 1, ever less for more.
    """
    return jnp.tanh(steepness * force) / jnp.tanh(steepness)


def limit_length(
    displacement_mm: Float[Array, "*any 3"], limit_mm: Float[Array, ""]
) -> Float[Array, "*any 3"]:
    """Shorten displacements so that none reaches the limit; small ones stay as they are.

    Notes
    -----
    d / (1 + (|d| / L)^4)^(1/4): at half the limit 1.5 % shorter.
    """
    squared = (displacement_mm**2).sum(axis=-1, keepdims=True) / limit_mm**2
    return displacement_mm / jnp.sqrt(jnp.sqrt(1.0 + squared**2))


def closing_share(pull: Float[Array, "*any"]) -> Float[Array, "*any"]:
    """Share of a way travelled under a pull of which 1 suffices; below 0 the way back.

    Notes
    -----
    c(x) = 1 - (1 - x)^(3/2) up to 1, then 1: arrives without a jolt and stays.
    """
    left = jnp.maximum(1.0 - pull, 0.0)
    # The power's second derivative is infinite at 0; a root of a positive number keeps the first one exact.
    return 1.0 - jnp.where(left > 0, left * jnp.sqrt(jnp.where(left > 0, left, 1.0)), 0.0)


def lost_share(kept: Float[Array, "*any"]) -> Float[Array, "*any"]:
    """How far tissue sags that has only a share of its support left: (1 - kept)^2, nothing above 1."""
    return jnp.maximum(1.0 - kept, 0.0) ** 2
