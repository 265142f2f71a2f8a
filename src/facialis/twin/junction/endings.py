"""From single nerve endings to a muscle: why a steep ending and a shallow muscle agree.

Cleaved SNAP-25 is renewed within days, so at every ending ``1 / (1 + y)`` of the pool is intact, ``y``
being cleavage over renewal. Several complexes must act together for a vesicle to be released, so release
is a power of the intact share: the safety margin is small, and release falls below a fifth when a fifth
is cleaved. Endings of one muscle receive very unequal amounts, ``y = c x e^u`` with ``u`` normal; the
mean over them is what the muscle loses. The scale ``c`` is such that one half is blocked at ``x = 1``.
"""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.toxins.pharmacology import pharmacology

NODES = 40
"""Of the Gauss-Hermite rule over unequal endings."""

HALVINGS = 60
"""Bisections for the scale: beyond the precision of the numbers."""


def release_power() -> float:
    """Power of the intact share that release follows, from the one published pair. [1]"""
    left = pharmacology().preferred("transmission_left_when_little_is_cleaved").number / 100
    cleaved = pharmacology().preferred("snap25_cleaved_at_that_transmission").number / 100
    return float(np.log(left) / np.log(1 - cleaved))


def blocked_share_of_endings(
    toxin: Float[Array, "..."], *, inequality: float, power: float | None = None
) -> Float[Array, "..."]:
    """Share of a muscle's release that is blocked, ending by ending. [0-1]

    Parameters
    ----------
    toxin : array
        Effective toxin, 1 at the half block, 0 or more.
    inequality : float
        Standard deviation between endings of the logarithm of the toxin that each receives.
    power : float, optional
        By default `release_power`.
    """
    exponent = release_power() if power is None else power
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    unequal = np.exp(inequality * nodes)

    def blocked(scaled: Float[Array, "..."]) -> Float[Array, "..."]:
        released = (1 + scaled[..., None] * unequal) ** -exponent
        lost: Float[Array, ...] = 1 - released @ (weights / weights.sum())
        return lost

    low, high = 1e-6, 1e6
    for _ in range(HALVINGS):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if blocked(jnp.asarray(middle)) < 1 / 2 else (low, middle)
    return blocked(toxin * low)
