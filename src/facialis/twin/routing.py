"""Whose commands reach which muscle: branch shares, and the kernel of foreign axons."""

from functools import cache

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.commands import command_of
from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.muscles import muscle
from facialis.anatomy.nerve import NerveBranch
from facialis.twin.exposure import BRANCHES

MUSCLES = len(FACIAL_MUSCLES)


@cache
def branch_shares() -> Float[np.ndarray, "muscles branches"]:
    """Share of each muscle's drive that comes through each branch; rows sum to 1."""
    return np.array([[float(muscle(m).weight_of(b)) for b in NerveBranch] for m in FACIAL_MUSCLES])


@cache
def healthy_commands() -> Float[np.ndarray, "expressions muscles"]:
    """What a healthy face commands of each muscle, in the order of `Expression`. [0-1]"""
    return np.array([[command_of(e)[m] for m in FACIAL_MUSCLES] for e in Expression])


def branch_nearness(range_branches: Float[Array, ""]) -> Float[Array, "receiving sending"]:
    """Chance that a foreign axon which reaches one branch was meant for another.

    Notes
    -----
    K = exp(-|i - j| / range), rows summing to 1: near branches first, its own branch nearest of all,
    where the axon was meant for another muscle of the same branch.
    """
    apart = np.abs(np.subtract.outer(np.arange(BRANCHES), np.arange(BRANCHES)))
    near = jnp.exp(-apart / range_branches)
    return near / near.sum(axis=1, keepdims=True)


def foreign_commands(
    commands: Float[np.ndarray, "expressions muscles"],
) -> Float[np.ndarray, "muscles branches expressions"]:
    """What a foreign axon brings a muscle: the mean command of a branch's other muscles.

    Parameters
    ----------
    commands : array                Of each expression and muscle. [0-1]
    """
    shares = branch_shares()
    without_self = shares.T[None, :, :] * (1 - np.eye(MUSCLES))[:, None, :]
    mass = without_self.sum(axis=2, keepdims=True)
    # The cervical branch has the platysma alone: its axons have no other muscle to be meant for.
    mixed = np.divide(without_self, mass, out=np.zeros_like(without_self), where=mass > 0)
    return np.asarray(np.einsum("mbk,ek->mbe", mixed, commands))
