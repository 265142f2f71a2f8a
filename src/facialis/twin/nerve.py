"""One branch of the nerve: fibres that conduct, are blocked, are lost, and grow back."""

from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.exposure import Exposure
from facialis.twin.inflammation import Inflammation, inflammation_at, inflammation_course, piece_of
from facialis.twin.magnus import NODES, Matrix2, exponential, magnus_exponent
from facialis.twin.nerve_rates import Rates, Steps, drives, rates_at
from facialis.twin.parameters import MuscleParameters, NerveParameters, SoftTissueParameters
from facialis.twin.relaxation import Lag, Track, follow, lag_over

Branches = Float[Array, "sides branches"]


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
    piece = piece_of(inflammation, starts_days + step_days / 2)

    def inflamed(part: float) -> Inflammation:
        """At the same part of every step, which lies in one piece of the drug course, edges included."""
        return inflammation_at(inflammation, starts_days + part * step_days, piece)

    matrices = [
        _matrix(rates_at(nerve, exposure, inflamed(part).level), nerve.remyelination_per_day)
        for part in NODES
    ]
    propagators = exponential(magnus_exponent(*matrices, step_days[:, None, None]))
    first = healthy_states(exposure.severity_frac)
    conducting, blocked = _from_first(_passed_on(first, propagators), (first.conducting, first.blocked))
    before, after = (
        drives(nerve, exposure, inflamed(part), conducting[at], blocked[at], nodes_days[at])
        for at, part in ((slice(None, -1), 0.0), (slice(1, None), 1.0))
    )
    undriven, growth = (
        Track(*(end for ends in zip(one, two, strict=True) for end in ends))
        for one, two in zip(before, after, strict=True)
    )

    def step(states: BranchStates, now: tuple[Any, ...]) -> tuple[BranchStates, BranchStates]:
        ends, its_undriven, its_growth, days = now
        states = _lagged(states, *ends, its_undriven, its_growth, _lags(muscle, soft_tissue, days))
        return states, states

    _, later = jax.lax.scan(step, first, ((conducting[1:], blocked[1:]), undriven, growth, step_days))
    joined: BranchStates = _from_first(later, first)
    return joined


def _passed_on(first: BranchStates, propagators: Matrix2) -> tuple[Steps, Steps]:
    """Conducting and blocked fibres at the end of every step."""

    def step(now: tuple[Branches, Branches], one: Matrix2) -> tuple[Any, tuple[Branches, Branches]]:
        after = one.apply(*now)
        return after, after

    _, later = jax.lax.scan(step, (first.conducting, first.blocked), propagators)
    return later


def _from_first(later: Any, first: Any) -> Any:
    return jax.tree.map(lambda many, one: jnp.concatenate([one[None], many]), later, first)


class _Lags(NamedTuple):
    exposure: Lag
    hypertonia: Lag
    contracture: Lag
    atrophy: Lag
    volume: Lag
    descent: Lag


def _lags(muscle: MuscleParameters, soft_tissue: SoftTissueParameters, step_days: Float[Array, ""]) -> _Lags:
    times_days = (
        muscle.exposure_days,
        muscle.hypertonia_days,
        muscle.contracture_days,
        muscle.atrophy_days,
        soft_tissue.volume_days,
        soft_tissue.descent_days,
    )
    return _Lags(*(lag_over(1 / time_days, step_days) for time_days in times_days))


def _lagged(
    states: BranchStates,
    conducting: Branches,
    blocked: Branches,
    undriven: Track,
    growth: Track,
    lags: _Lags,
) -> BranchStates:
    undriven_lag = follow(states.undriven_lag, undriven, lags.exposure)
    undriven_exposure = follow(states.undriven_exposure, undriven_lag, lags.exposure)
    regrown_lag = follow(states.regrown_lag, growth, lags.exposure)
    regrown_exposure = follow(states.regrown_exposure, regrown_lag, lags.exposure)

    def absent(start: Branches, lag: Lag) -> Branches:
        return follow(start, undriven_exposure, lag).end

    def foreign(start: Branches, lag: Lag) -> Branches:
        return follow(start, regrown_exposure, lag).end

    return BranchStates(
        conducting=conducting,
        blocked=blocked,
        undriven_lag=undriven_lag.end,
        undriven_exposure=undriven_exposure.end,
        regrown_lag=regrown_lag.end,
        regrown_exposure=regrown_exposure.end,
        regrown_hypertonia=foreign(states.regrown_hypertonia, lags.hypertonia),
        undriven_contracture=absent(states.undriven_contracture, lags.contracture),
        regrown_contracture=foreign(states.regrown_contracture, lags.contracture),
        undriven_atrophy=absent(states.undriven_atrophy, lags.atrophy),
        undriven_volume_loss=absent(states.undriven_volume_loss, lags.volume),
        undriven_descent=absent(states.undriven_descent, lags.descent),
    )


def _matrix(rates: Rates, repair_per_day: Float[Array, ""]) -> Matrix2:
    block, loss = rates
    return Matrix2(-block, jnp.broadcast_to(repair_per_day, block.shape), block, -(repair_per_day + loss))
