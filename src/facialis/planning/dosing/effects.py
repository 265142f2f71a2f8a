"""The linear model of a plan: what every choice does to the mean of every term, about a plan at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from facialis.planning.dosing.choices import DoseChoice, units_reached
from facialis.planning.dosing.loss import day_weights
from facialis.planning.dosing.weights import Weights
from facialis.planning.outcome.prospect import PLACES, Judged, Prospect
from facialis.planning.programme.terms import TermKind, Terms
from facialis.twin.exposure import SIDES
from facialis.twin.face.resting import levator_tone
from facialis.twin.junction.model import blocked_from_toxin
from facialis.twin.junction.places import REACHED
from facialis.twin.present.reading import one_reading
from facialis.twin.present.state import PresentState, photographed_commands, present_forces
from facialis.twin.routing import MUSCLES

MODEL_DAYS = (1, 3, 4)
"""Places among `EFFECT_DAYS` of the days that the programme looks at: two, eight and twelve weeks."""
DAYS_BEHIND = ((0, 1, 2), (3,), (4, 5))
"""Which of `EFFECT_DAYS` each of them stands for."""
UNREACHABLE_SDS = 4.0

Blocks = Float[np.ndarray, "days sides muscles"]
Slope = Float[np.ndarray, "days terms sides muscles"]


@dataclass(frozen=True, eq=False)
class Around:
    """A plan about which effects are taken: what it blocks on average, and what it was judged at."""

    choices: tuple[DoseChoice, ...]
    judged: Judged
    blocks: Blocks


def around(prospect: Prospect, choices: Sequence[DoseChoice], judged: Judged) -> Around:
    """A plan as a place to linearise at."""
    units = sum((units_reached(choice) for choice in choices), np.zeros(PLACES))
    return Around(tuple(choices), judged, _mean_blocks(prospect, np.asarray(units)[None])[0])


def linear_terms(
    prospect: Prospect,
    choices: Sequence[DoseChoice],
    weights: Weights,
    here: Around,
    slope: Slope,
) -> Terms:
    """Means of all terms on the model's days as sums over choices.

    Notes
    -----
    At the plan at hand the means are exact; from there every choice adds slope times the block that it
    brings alone. Muscles that several choices reach are blocked by less than the sum; their blocks are
    scaled so that the plan at hand is blocked as it truly is.
    """
    units = np.array([units_reached(choice) for choice in choices]).reshape(len(choices), PLACES)
    nothing = _mean_blocks(prospect, np.zeros((1, PLACES)))[0]
    alone = _mean_blocks(prospect, units) - nothing
    taken = np.array([choice in here.choices for choice in choices], dtype=float)
    added = np.einsum("j,jdsm->dsm", taken, alone)
    truly = here.blocks - nothing
    scale = np.where(added > 1e-9, truly / np.maximum(added, 1e-9), 1.0)
    effect = np.einsum("dtsm,jdsm->dtj", slope, alone * scale)
    samples = np.asarray(here.judged.terms)[:, list(MODEL_DAYS)]
    base = samples.mean(axis=0) - effect @ taken
    arrays = prospect.arrays
    shares = day_weights(weights)
    weight = np.outer([shares[list(days)].sum() for days in DAYS_BEHIND], weights.of_terms())
    above = (base - arrays.tolerance, effect, samples.std(axis=0), weight)
    # A size counts on either side of 0: its other side is a quantity of its own.
    sizes = arrays.is_size
    below = ((-base - arrays.tolerance)[:, sizes], -effect[:, sizes], above[2][:, sizes], weight[:, sizes])
    columns = [
        np.concatenate([one.reshape(-1, *one.shape[2:]), other.reshape(-1, *other.shape[2:])])
        for one, other in zip(above, below, strict=True)
    ]
    means, effects, sds, weights_of = columns
    kind = np.full(len(means), TermKind.EXCESS)
    return _that_can_count(Terms(means, effects, sds, weights_of, kind))


def _that_can_count(terms: Terms) -> Terms:
    """Leave out what stays far below 0 whatever is chosen."""
    most = terms.base + np.maximum(terms.effect, 0.0).sum(axis=1) + UNREACHABLE_SDS * terms.sd
    counts = (terms.weight > 0) & (most > 0)
    return Terms(
        terms.base[counts], terms.effect[counts], terms.sd[counts], terms.weight[counts], terms.kind[counts]
    )


def slope_at(prospect: Prospect, blocks: Blocks) -> Slope:
    """Derivative of every term to the block of every muscle, for the mean of the samples.

    Parameters
    ----------
    blocks : array      On the model's days, at which it is taken.
    """
    state = jax.tree.map(lambda leaf: jnp.mean(leaf, axis=0), prospect.state)
    active = jnp.asarray(prospect.active.mean(axis=0))
    of_readings = np.asarray(_reading_slopes()(state, active, jnp.asarray(blocks)))
    arrays = prospect.arrays
    through_face = np.einsum("tesr,desrkm->dtkm", arrays.of_readings, of_readings)
    direct = -np.einsum("tesm,esm->tsm", arrays.of_activity, np.asarray(active))
    return np.asarray(through_face + direct)


def _mean_blocks(prospect: Prospect, units: Float[np.ndarray, "plans places"]) -> Float[np.ndarray, "..."]:
    """Mean block of every muscle on the model's days, plan by plan."""
    residual = prospect.residual[:, list(MODEL_DAYS)]
    course = prospect.course[:, list(MODEL_DAYS)]
    found = np.asarray(_blocks()(jnp.asarray(residual), jnp.asarray(course), jnp.asarray(units)))
    return found.reshape(len(units), len(MODEL_DAYS), SIDES, len(REACHED))[..., :MUSCLES]


@cache
def _blocks() -> Any:
    def mean(residual: Any, course: Any, units: Any) -> Any:
        def of_plan(row: Any) -> Any:
            return blocked_from_toxin(residual + course[..., None] * row).mean(axis=0)

        return jax.vmap(of_plan)(units)

    return jax.jit(mean)


@cache
def _reading_slopes() -> Any:
    def of_day(state: PresentState, active: Any, block: Any) -> Any:
        levators = levator_tone(jnp.asarray(photographed_commands()), state.face)
        forces = present_forces(state, active, block)

        def one(pull: Any, levator: Any) -> Any:
            of_pull: Any = jax.jacrev(lambda f: one_reading(state, f, levator))
            return of_pull(pull)

        by_force = jax.vmap(one)(forces, levators)
        return -by_force * active[:, None, None]

    return jax.jit(jax.vmap(of_day, in_axes=(None, None, 0)))
