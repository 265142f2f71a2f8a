"""What may come of a patient with and without toxin: posterior samples, posed and judged on some days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.anatomy.sides import Side
from facialis.planning.outcome.terms import TermArrays, term_arrays
from facialis.toxins import ToxinProduct
from facialis.twin.calibrate import Posterior
from facialis.twin.exposure import SIDES
from facialis.twin.face.resting import levator_tone
from facialis.twin.junction.model import Junction, blocked_from_toxin, effect_course
from facialis.twin.junction.parameters import junction_from_scores
from facialis.twin.junction.places import REACHED
from facialis.twin.present.model import Doses
from facialis.twin.present.reading import one_reading
from facialis.twin.present.scores import EXPRESSIONS, efforts_of, split_scores, state_size
from facialis.twin.present.state import (
    PresentState,
    photographed_commands,
    present_activations,
    present_forces,
    state_from_scores,
)
from facialis.twin.routing import MUSCLES

SAMPLES = 40
PLACES = SIDES * len(REACHED)
EFFECT_DAYS = (7.0, 14.0, 28.0, 56.0, 84.0, 112.0)
"""Days after the session on which a plan is judged: onset to sixteen weeks."""
DAY_SHARES = (0.08, 0.1, 0.2, 0.25, 0.25, 0.12)
"""Weight of each of these days in the mean over sixteen weeks: about the time that lies nearest to it."""
PEAK_DAYS = (14.0, 28.0)
"""Full effect stands between two and four weeks."""
BATCH = 16

Units = Float[np.ndarray, " places"]


class Judged(eqx.Module):
    """What one plan brings, sample by sample."""

    readings: Float[Array, "samples days expressions sides readings"]
    activity: Float[Array, "samples days expressions sides muscles"]
    """Activity that is left, beyond what a healthy person shows at the same effort."""
    terms: Float[Array, "samples days terms"]


@dataclass(frozen=True, eq=False)
class Prospect:
    """One patient, ready to be judged under any doses of one product."""

    affected: Side
    product: ToxinProduct
    days: Float[np.ndarray, " days"]
    """After the session."""
    state: PresentState
    """Samples first."""
    active: Float[np.ndarray, "samples expressions sides muscles"]
    healthy: Float[np.ndarray, "samples expressions muscles"]
    """Activation of a healthy person's muscles at the same effort."""
    junction: Junction
    course: Float[np.ndarray, "samples days"]
    """Effective share of a dose on each day, over the half-blocking dose. [1/units]"""
    residual: Float[np.ndarray, "samples days places"]
    """Effective toxin that earlier sessions have left."""
    untouched_mm: Float[np.ndarray, "samples expressions sides readings"] | None
    """Readings without any toxin."""
    judged_without: Judged | None
    """Without another injection; None only while the prospect is made."""

    @property
    def nothing(self) -> Judged:
        """What comes without another injection."""
        assert self.judged_without is not None  # noqa: S101  made by `prospect_of`
        return self.judged_without

    @property
    def samples(self) -> int:
        """Number of samples."""
        return len(self.active)

    @property
    def arrays(self) -> TermArrays:
        """The terms, for this patient's side."""
        return term_arrays(self.affected)

    def toxin(self, units: Units) -> Float[np.ndarray, "samples days places"]:
        """Effective toxin in every muscle under doses that reach them. [units of the product]"""
        return np.asarray(self.residual + self.course[..., None] * units)

    def judge(self, units: Units) -> Judged:
        """Pose and judge every sample under doses that reach the muscles."""
        readings, beyond = _pose(self, jnp.asarray(self.toxin(units)))
        return Judged(readings, beyond, self.terms_of(readings, beyond))

    def terms_of(
        self,
        readings: Float[Array, "samples days expressions sides readings"],
        beyond: Float[Array, "samples days expressions sides muscles"],
    ) -> Float[Array, "samples days terms"]:
        """Terms of faces, in the order of the table."""
        found: Float[Array, "samples days terms"] = _terms()(
            readings, beyond, jnp.asarray(self.untouched_mm), _device_arrays(self.affected)
        )
        return found


def prospect_of(
    posterior: Posterior,
    key: PRNGKeyArray,
    product: ToxinProduct,
    session_day: float,
    *,
    samples: int = SAMPLES,
    days: Sequence[float] = EFFECT_DAYS,
) -> Prospect:
    """Draw what may be true of a patient, and what is left of earlier toxin.

    Parameters
    ----------
    posterior : Posterior       Of `calibrate`.
    key : PRNGKeyArray
    product : ToxinProduct      That is to be injected.
    session_day : float         Day of the planned session, from onset.
    samples : int               Even.
    days : sequence             After the session.
    """
    scores = posterior.samples(key, samples)[:, : state_size()]
    earlier = list(zip(posterior.layout.products, posterior.question.doses, strict=True))
    return prospect_of_scores(scores, posterior.affected, product, session_day, earlier=earlier, days=days)


def prospect_of_scores(
    scores: Float[np.ndarray, "samples scores"],
    affected: Side,
    product: ToxinProduct,
    session_day: float,
    *,
    earlier: Sequence[tuple[ToxinProduct, Doses]] = (),
    days: Sequence[float] = EFFECT_DAYS,
) -> Prospect:
    """The same for given scores of the state: one row is a patient who is known."""
    after = np.asarray(days, dtype=float)
    side = jnp.asarray(float(list(Side).index(affected)))
    state, active, healthy = _states()(jnp.asarray(scores), side)
    of_toxin = jax.vmap(lambda row: split_scores(row)["junction"])(jnp.asarray(scores))
    junction = junction_from_scores(product, of_toxin)
    course = np.asarray(_course()(junction, jnp.asarray(after)) / junction.ed50_units[:, None])
    residual = np.zeros((len(scores), len(after), PLACES))
    for other, doses in earlier:
        own = junction_from_scores(other, of_toxin)
        since = session_day + after - np.asarray(doses.days)[:, None]
        left = np.stack([np.asarray(_course()(own, jnp.asarray(row))) for row in since], axis=1)
        left = np.where(since[None] > 0, left, 0.0) / np.asarray(own.ed50_units)[:, None, None]
        residual += np.einsum("nst,ps->ntp", left, np.asarray(doses.units))
    bare = Prospect(
        affected,
        product,
        after,
        state,
        np.asarray(active),
        np.asarray(healthy),
        junction,
        course,
        residual,
        None,
        None,
    )
    # Wanted movement is what the patient has without any toxin at all.
    readings, beyond = _pose(bare, jnp.zeros((len(scores), 1, PLACES)))
    known = replace(bare, untouched_mm=np.asarray(readings)[:, 0])
    if residual.any():
        return replace(known, judged_without=known.judge(np.zeros(PLACES)))
    # Nothing changes from day to day then.
    one_day = Judged(readings, beyond, known.terms_of(readings, beyond))
    every_day = jax.tree.map(lambda leaf: jnp.repeat(leaf, len(after), axis=1), one_day)
    return replace(known, judged_without=every_day)


def _pose(prospect: Prospect, toxin: Float[Array, "samples days places"]) -> tuple[Array, Array]:
    shape = (*toxin.shape[:2], SIDES, len(REACHED))
    block = blocked_from_toxin(toxin).reshape(shape)[..., :MUSCLES]
    found: tuple[Array, Array] = _posed()(
        prospect.state, jnp.asarray(prospect.active), jnp.asarray(prospect.healthy), block
    )
    return found


@cache
def _device_arrays(affected: Side) -> tuple[Array, ...]:
    arrays = term_arrays(affected)
    parts = (arrays.of_readings, arrays.of_activity, arrays.of_base)
    return tuple(jnp.asarray(part) for part in parts)


@cache
def _terms() -> Any:
    def terms(readings: Any, beyond: Any, untouched: Any, arrays: Any) -> Any:
        of_readings, of_activity, of_base = arrays
        count = of_readings.shape[0]
        rows = of_readings.reshape(count, -1).T
        shape = readings.shape[:2]
        linear = readings.reshape(*shape, -1) @ rows
        active = beyond.reshape(*shape, -1) @ of_activity.reshape(count, -1).T
        base = untouched.reshape(shape[0], 1, -1) @ rows
        return linear + active - of_base * base

    return jax.jit(terms)


@cache
def _states() -> Any:
    def one(scores: Any, affected: Any) -> Any:
        state = state_from_scores(scores, affected)
        usual = efforts_of(jnp.zeros(EXPRESSIONS))
        asked = usual[:, None] * jnp.asarray(photographed_commands())
        return state, present_activations(state, usual), asked + (1 - asked) * state.healthy_tone

    return jax.jit(jax.vmap(one, in_axes=(0, None)))


@cache
def _course() -> Any:
    return jax.jit(jax.vmap(effect_course, in_axes=(0, None)))


@cache
def _posed() -> Any:
    def one_day(row: Any) -> Any:
        (state, active, healthy), block = row
        forces = present_forces(state, active, block)
        levators = levator_tone(jnp.asarray(photographed_commands()), state.face)
        readings = jax.vmap(one_reading, in_axes=(None, 0, 0))(state, forces, levators)
        return readings, active * (1 - block) - healthy[:, None, :]

    def many(state: Any, active: Any, healthy: Any, blocks: Any) -> Any:
        samples, days = blocks.shape[:2]
        who = jnp.repeat(jnp.arange(samples), days)
        rows = jax.tree.map(lambda leaf: leaf[who], (state, active, healthy))
        flat = blocks.reshape(samples * days, *blocks.shape[2:])
        found = jax.lax.map(one_day, (rows, flat), batch_size=BATCH)
        return jax.tree.map(lambda leaf: leaf.reshape(samples, days, *leaf.shape[1:]), found)

    return jax.jit(many)
