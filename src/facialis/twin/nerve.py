"""One branch of the nerve: fibres that conduct, are blocked, are lost, and grow back."""

from typing import NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.exposure import Exposure
from facialis.twin.inflammation import inflammation_at, inflammation_course
from facialis.twin.magnus import NODES, Matrix2, exponential, magnus_exponent
from facialis.twin.parameters import MuscleParameters, NerveParameters, SoftTissueParameters
from facialis.twin.regrowth import arrived, path_lengths_mm
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


class Rates(NamedTuple):
    """Speeds at one moment. [1/d]"""

    block: Branches
    degeneration: Branches


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
    dH/dt = -a H + k_r B; dB/dt = a H - (k_r + g) B; D = 1 - H - B, with a = k_B I^n / (1 + I^n) and
    g = k_D I^p / (I_D^p + I^p). Blocked fibres are the ones that are lost, so no share leaves 0 to 1. The
    two equations are stepped by a sixth-order Magnus exponential, the lagged states by their exact
    answer to the cubic through both ends of a step.
    """
    strength = exposure.severity_frac * nerve.insult_strength
    block_drive = _power(strength, nerve.block_steepness)
    loss_drive = _power(strength / nerve.degeneration_threshold, nerve.degeneration_steepness)
    inflammation = inflammation_course(nerve, exposure)
    path_mm = jnp.asarray(path_lengths_mm())

    def rates_at(days: Float[Array, ""]) -> Rates:
        level = inflammation_at(inflammation, days)
        block = block_drive * _power(level, nerve.block_steepness)
        loss = loss_drive * _power(level, nerve.degeneration_steepness)
        return Rates(
            nerve.block_rate_per_day * block / (1 + block),
            nerve.degeneration_rate_per_day * loss / (1 + loss),
        )

    def regrown(states: BranchStates, rates: Rates, days: Float[Array, ""]) -> tuple[Branches, Branches]:
        share, slope = arrived(days, nerve.regrowth_start_days, nerve.regrowth_speed_mm_per_day, path_mm)
        lost = 1 - states.conducting - states.blocked
        loss_slope = rates.degeneration * states.blocked
        return (
            nerve.regrowth_share * share * lost,
            nerve.regrowth_share * (slope * lost + share * loss_slope),
        )

    def step(
        carry: tuple[BranchStates, Rates, Branches, Branches],
        span: tuple[Float[Array, ""], Float[Array, ""]],
    ) -> tuple[tuple[BranchStates, Rates, Branches, Branches], BranchStates]:
        states, rates, grown, grown_slope = carry
        start_days, end_days = span
        step_days = end_days - start_days
        matrices = [
            _matrix(rates_at(start_days + node * step_days), nerve.remyelination_per_day) for node in NODES
        ]
        propagator = exponential(magnus_exponent(matrices[0], matrices[1], matrices[2], step_days))
        conducting, blocked = propagator.apply(states.conducting, states.blocked)
        after = eqx.tree_at(lambda s: (s.conducting, s.blocked), states, (conducting, blocked))
        new_rates = rates_at(end_days)
        new_grown, new_slope = regrown(after, new_rates, end_days)
        slope = _conducting_slope(states, rates, nerve)
        new_conducting_slope = _conducting_slope(after, new_rates, nerve)
        growth = Track(grown, new_grown, grown_slope, new_slope)
        undriven = Track(
            1 - states.conducting - grown,
            1 - conducting - new_grown,
            -slope - grown_slope,
            -new_conducting_slope - new_slope,
        )
        lags = _lags(muscle, soft_tissue, step_days)
        after = _lagged(states, conducting, blocked, undriven, growth, lags)
        return (after, new_rates, new_grown, new_slope), after

    first = healthy_states(exposure.severity_frac)
    rates = rates_at(nodes_days[0])
    spans = (nodes_days[:-1], nodes_days[1:])
    _, later = jax.lax.scan(step, (first, rates, *regrown(first, rates, nodes_days[0])), spans)
    joined: BranchStates = jax.tree.map(lambda one, many: jnp.concatenate([one[None], many]), first, later)
    return joined


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
    repair = jnp.broadcast_to(repair_per_day, rates.block.shape)
    return Matrix2(-rates.block, repair, rates.block, -(repair + rates.degeneration))


def _conducting_slope(states: BranchStates, rates: Rates, nerve: NerveParameters) -> Branches:
    return nerve.remyelination_per_day * states.blocked - rates.block * states.conducting


def _power(base: Float[Array, "..."], exponent: Float[Array, "..."]) -> Float[Array, "..."]:
    """Base to the exponent, 0 at 0, with slopes that are finite there too."""
    is_above = base > 0
    return jnp.where(is_above, jnp.exp(exponent * jnp.log(jnp.where(is_above, base, 1.0))), 0.0)
