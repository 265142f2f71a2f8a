"""Which muscles are over- or under-driven in which expression, and how surely photographs tell."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float, PRNGKeyArray

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.twin.calibrate import Posterior, split_visits
from facialis.twin.errors import ObservationError
from facialis.twin.present.scores import efforts_of, state_size
from facialis.twin.present.state import (
    healthy_activations,
    photographed_commands,
    present_activations,
    state_from_scores,
)
from facialis.twin.routing import MUSCLES

SAMPLES = 200
CERTAIN_SDS = 1.96
"""A muscle is called overdriven, or underdriven, beyond this many of its standard deviations."""
ROUNDING = 1e-9
"""A healthy muscle at rest is healthy by definition, without any standard deviation."""
TOLD_BELOW = 0.5
"""A muscle is told by the photographs where they leave less than half of what was open before."""
CONFUSED_FROM = 0.5
"""Correlation, of either sign, of what is left open of two muscles, from which they are named together."""
PRIOR_SEED = 20261126

PerMuscle = Float[np.ndarray, "expressions sides muscles"]


@dataclass(frozen=True, eq=False)
class Decoded:
    """Activity of every muscle in the nine expressions; sides LEFT, RIGHT; 1 is a healthy maximum."""

    affected: Side
    activation: PerMuscle
    activation_sd: PerMuscle
    excess: PerMuscle
    """Activation beyond a healthy person's at the same effort; negative where a muscle is underdriven."""
    excess_sd: PerMuscle
    left_open: Float[np.ndarray, "sides muscles"]
    """What the photographs left open, as a share of what was open before them. [0-1]"""
    groups: tuple["MuscleGroup", ...]

    @property
    def is_told(self) -> Bool[np.ndarray, "sides muscles"]:
        """Whether photographs and findings tell a muscle."""
        return np.asarray(self.left_open < TOLD_BELOW)

    @property
    def is_overdriven(self) -> Bool[np.ndarray, "expressions sides muscles"]:
        """Surely more active than healthy."""
        return np.asarray(self.excess > np.maximum(CERTAIN_SDS * self.excess_sd, ROUNDING))

    @property
    def is_underdriven(self) -> Bool[np.ndarray, "expressions sides muscles"]:
        """Surely less active than healthy."""
        return np.asarray(self.excess < -np.maximum(CERTAIN_SDS * self.excess_sd, ROUNDING))


@dataclass(frozen=True)
class MuscleGroup:
    """Muscles of one side that the photographs cannot tell apart: only together are they known."""

    side: Side
    muscles: tuple[Muscle, ...]


@dataclass(frozen=True)
class MapCell:
    """One muscle in one expression that does not ask for it."""

    expression: Expression
    side: Side
    muscle: Muscle
    excess: float
    sd: float
    is_certain: bool


def decode(posterior: Posterior, key: PRNGKeyArray, *, visit: int = -1, samples: int = SAMPLES) -> Decoded:
    """Read the muscles of a calibrated patient, as they were before any toxin that still acts.

    Parameters
    ----------
    posterior : Posterior       Of `calibrate`.
    key : PRNGKeyArray          Draws from the posterior; equal keys give equal answers.
    visit : int                 Whose efforts count; the last by default.
    samples : int               Draws; even.

    Returns
    -------
    Decoded

    Raises
    ------
    ObservationError            There is no such visit, or the number of draws is odd.
    """
    count = posterior.layout.visits
    if not -count <= visit < count:
        raise ObservationError(f"There is no visit {visit}: {count} were calibrated, counted from 0.")
    states, visits = split_visits(jnp.asarray(posterior.samples(key, samples)))
    active, excess = _compiled()(states, visits[:, visit, 0], posterior.question.affected)
    active, excess = np.asarray(active), np.asarray(excess)
    prior_sd = _prior_sd()
    ill = list(Side).index(posterior.affected)
    in_order = prior_sd if ill == 0 else prior_sd[:, ::-1]
    sd = excess.std(axis=0)
    left_open = np.sqrt((sd**2).sum(axis=0) / (in_order**2).sum(axis=0))
    return Decoded(
        posterior.affected,
        active.mean(axis=0),
        active.std(axis=0),
        excess.mean(axis=0),
        sd,
        left_open,
        _groups(excess, left_open),
    )


def synkinesis_map(decoded: Decoded) -> tuple[MapCell, ...]:
    """Involuntary activity: every expression with every muscle that it does not ask for, affected side."""
    asked = photographed_commands()
    side = list(Side).index(decoded.affected)
    return tuple(
        MapCell(
            expression,
            decoded.affected,
            muscle,
            float(decoded.excess[e, side, m]),
            float(decoded.excess_sd[e, side, m]),
            bool(decoded.is_overdriven[e, side, m]),
        )
        for e, expression in enumerate(NINE_PHOTOGRAPHS)
        for m, muscle in enumerate(FACIAL_MUSCLES)
        if asked[e, m] == 0
    )


@cache
def _compiled() -> Any:
    def one(state_scores: Any, efforts: Any, affected: Any) -> Any:
        state = state_from_scores(state_scores, affected)
        effort = efforts_of(efforts)
        active = present_activations(state, effort)
        return active, active - healthy_activations(state, effort)

    return jax.jit(jax.vmap(one, in_axes=(0, 0, None)))


@cache
def _prior_sd() -> PerMuscle:
    """What is open before anything is seen, LEFT affected. [1]"""
    key = jax.random.key(PRIOR_SEED)
    drawn = jax.random.normal(key, (SAMPLES, state_size() + len(NINE_PHOTOGRAPHS)))
    _, excess = _compiled()(drawn[:, : state_size()], drawn[:, state_size() :], jnp.asarray(0.0))
    spread: PerMuscle = np.asarray(excess).std(axis=0)
    return spread


def _groups(
    excess: Float[np.ndarray, "samples expressions sides muscles"],
    left_open: Float[np.ndarray, "sides muscles"],
) -> tuple[MuscleGroup, ...]:
    """Muscles that are not told by themselves, with those that their error is shared with."""
    found = []
    for s, side in enumerate(Side):
        off = excess[:, :, s] - excess[:, :, s].mean(axis=0)
        covariance = np.einsum("nem,nek->mk", off, off)
        spread = np.sqrt(np.diag(covariance)) + 1e-12
        correlation = np.abs(covariance / np.outer(spread, spread))
        open_ones = left_open[s] >= TOLD_BELOW
        group_of = list(range(MUSCLES))
        for m, k in combinations(range(MUSCLES), 2):
            if correlation[m, k] >= CONFUSED_FROM and (open_ones[m] or open_ones[k]):
                old, new = group_of[k], group_of[m]
                group_of = [new if group == old else group for group in group_of]
        for group in sorted(set(group_of)):
            members = [m for m in range(MUSCLES) if group_of[m] == group]
            if len(members) > 1:
                found.append(MuscleGroup(side, tuple(FACIAL_MUSCLES[m] for m in members)))
    return tuple(found)
