"""One branch of the nerve: fibres that conduct, are blocked, are lost, and grow back."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.exposure import Exposure
from facialis.twin.inflammation import inflammation_at, inflammation_course, piece_of
from facialis.twin.lagged_shares import lagged_shares
from facialis.twin.magnus import NODES, Matrix2, exponential, magnus_exponent
from facialis.twin.nerve_rates import Nodes, Rates, drives, rates_at
from facialis.twin.parameters import MuscleParameters, NerveParameters, SoftTissueParameters

Branches = Float[Array, "*days sides branches"]


class BranchStates(eqx.Module):
    """States of every branch on every side; all are shares of its fibres. [0-1]"""

    conducting: Branches
    blocked: Branches
    undriven_lag: Branches
    """Share without any drive, seen through the first lag."""
    undriven_exposure: Branches
    """The same through both lags: what muscles and soft tissue answer to."""
    regrown_lag: Branches
    regrown_exposure: Branches
    regrown_hypertonia: Branches
    """Hypertonia if every regrown fibre were a foreign one."""
    undriven_contracture: Branches
    regrown_contracture: Branches
    """Contracture if every regrown fibre were a foreign one."""
    undriven_atrophy: Branches
    undriven_volume_loss: Branches
    """Share of the greatest loss of fat-pad volume."""
    undriven_descent: Branches
    """Share of the greatest descent."""


def healthy_states(like: Branches) -> BranchStates:
    """Every fibre conducts, and nothing has been exposed to anything."""
    zero = jnp.zeros_like(like)
    return BranchStates(jnp.ones_like(like), *(zero for _ in range(11)))


def nerve_course(
    nerve: NerveParameters,
    muscle: MuscleParameters,
    soft_tissue: SoftTissueParameters,
    exposure: Exposure,
    nodes_days: Float[Array, " nodes"],
) -> BranchStates:
    """Follow all branches of one patient through every node.

    Parameters
    ----------
    nerve, muscle, soft_tissue : parameters of one patient
    exposure : Exposure             Of one patient.
    nodes_days : array              Ascending, from 0. [d]

    Returns
    -------
    BranchStates                    Each leaf with the nodes as its first axis.

    Notes
    -----
    dH/dt = -a H + k_r B; dB/dt = a H - (k_r + g) B; D = 1 - H - B, with a and g as in `rates_at`. Blocked
    fibres are the ones that are lost, so no share leaves 0 to 1. The two equations are stepped by a
    sixth-order Magnus exponential, the lagged states by their exact answer to the quintic through both
    ends of a step.
    """
    inflammation = inflammation_course(nerve, exposure)
    starts_days, step_days = nodes_days[:-1], jnp.diff(nodes_days)
    # A step lies in one piece of the drug course, and so do both its ends: an edge has two sides.
    piece = piece_of(inflammation, starts_days + step_days / 2)
    inside = starts_days + jnp.asarray(NODES)[:, None] * step_days
    rates = rates_at(nerve, exposure, inflammation_at(inflammation, inside, piece).level)
    propagators = exponential(magnus_exponent(*_matrices(rates, nerve), step_days[:, None, None]))
    first = healthy_states(exposure.severity_frac)
    conducting, blocked = _passed_on(first, propagators)
    ends = jnp.stack([nodes_days[:-1], nodes_days[1:]])
    slopes_per_day = inflammation_at(inflammation, ends, piece).slope_per_day
    level = inflammation_at(inflammation, nodes_days).level
    drivers = drives(nerve, exposure, conducting, blocked, nodes_days, level, slopes_per_day)
    lagged = lagged_shares(drivers, muscle, soft_tissue, step_days)
    return BranchStates(conducting, blocked, *lagged)


def _matrices(rates: Rates, nerve: NerveParameters) -> tuple[Matrix2, Matrix2, Matrix2]:
    """The system of conducting and blocked fibres at the three points inside every step."""
    block, loss = rates
    repair = jnp.broadcast_to(nerve.remyelination_per_day, block.shape)
    early, middle, late = (
        Matrix2(-block[at], repair[at], block[at], -(repair[at] + loss[at])) for at in range(len(NODES))
    )
    return early, middle, late


def _passed_on(first: BranchStates, propagators: Matrix2) -> tuple[Nodes, Nodes]:
    """Conducting and blocked fibres at every node."""
    start = (first.conducting, first.blocked)

    def step(now: tuple[Branches, Branches], one: Matrix2) -> tuple[Any, tuple[Branches, Branches]]:
        after = one.apply(*now)
        return after, after

    _, later = jax.lax.scan(step, start, propagators)
    conducting, blocked = (jnp.concatenate([one[None], many]) for one, many in zip(start, later, strict=True))
    return conducting, blocked
