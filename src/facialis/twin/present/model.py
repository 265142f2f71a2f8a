"""From scores to what would be seen on every visit: the model that calibration turns round."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.sides import Side
from facialis.toxins import ToxinProduct
from facialis.twin.events import ToxinSession
from facialis.twin.exposure import SIDES
from facialis.twin.face.resting import levator_tone
from facialis.twin.junction.model import blocked_from_toxin, effective_toxin
from facialis.twin.junction.parameters import junction_from_scores
from facialis.twin.junction.places import REACHED
from facialis.twin.junction.sessions import doses_reached
from facialis.twin.present.findings import found_activity
from facialis.twin.present.reading import one_reading
from facialis.twin.present.scores import EXPRESSIONS, efforts_of, split_scores, state_size
from facialis.twin.present.state import (
    Forces,
    PresentState,
    photographed_commands,
    present_activations,
    present_forces,
    state_from_scores,
)
from facialis.twin.present.visits import READINGS, Visit, whitening
from facialis.twin.routing import MUSCLES

VISIT_SCORES = 2 * EXPRESSIONS
"""Efforts, then the scales of the photographs."""
FINDINGS_ROOM = 8
"""Findings are filled up to multiples of this, sessions of this many more: few programs serve all cases."""
SESSIONS_ROOM = 2


class Doses(eqx.Module):
    """What every muscle received of one product, session by session."""

    units: Float[Array, "places sessions"]
    days: Float[Array, " sessions"]


class Seen(eqx.Module):
    """Visits as arrays, along a first axis."""

    day: Float[Array, " visits"]
    value_mm: Float[Array, "visits expressions sides readings"]
    whitening: Float[Array, "visits expressions readings 2 2"]
    photo_rel: Float[Array, "visits expressions"]
    finding_weights: Float[Array, "visits findings expressions sides muscles"]
    finding_activity: Float[Array, "visits findings"]
    finding_sd: Float[Array, "visits findings"]
    finding_most: Float[Array, "visits findings"]
    finding_precision: Float[Array, "visits findings"]
    """1 over the standard deviation; 0 where a row only fills up."""


class Question(NamedTuple):
    """All that a calibration is given."""

    seen: Seen
    doses: tuple[Doses, ...]
    affected: Float[Array, ""]


@dataclass(frozen=True)
class Layout:
    """What decides the shape of a compiled program."""

    visits: int
    products: tuple[ToxinProduct, ...]

    @property
    def size(self) -> int:
        """Number of scores: the state's, then each visit's."""
        return state_size() + self.visits * VISIT_SCORES


def question_of(
    visits: Sequence[Visit], sessions: Sequence[ToxinSession], affected: Side
) -> tuple[Question, Layout]:
    """Arrange visits and treatments for the model."""
    room = FINDINGS_ROOM * max(1, -(-max(len(v.findings.sd) for v in visits) // FINDINGS_ROOM))

    def filled(values: Float[np.ndarray, "findings ..."], by: float = 0.0) -> Float[np.ndarray, "room ..."]:
        ends = [(0, room - len(values)), *[(0, 0)] * (values.ndim - 1)]
        return np.pad(values, ends, constant_values=by)

    seen = Seen(
        day=jnp.asarray([v.day for v in visits]),
        value_mm=jnp.asarray(np.stack([v.value_mm for v in visits])),
        whitening=jnp.asarray(np.stack([whitening(v) for v in visits])),
        photo_rel=jnp.asarray(np.stack([v.photo_rel for v in visits])),
        finding_weights=jnp.asarray(np.stack([filled(v.findings.weights) for v in visits])),
        finding_activity=jnp.asarray(np.stack([filled(v.findings.activity) for v in visits])),
        finding_sd=jnp.asarray(np.stack([filled(v.findings.sd, 1.0) for v in visits])),
        finding_most=jnp.asarray(np.stack([filled(v.findings.most, 1.0) for v in visits])),
        finding_precision=jnp.asarray(np.stack([filled(1 / v.findings.sd) for v in visits])),
    )
    reached = doses_reached(sessions)
    doses = []
    for of_product in reached:
        spare = -len(of_product.injection_days) % SESSIONS_ROOM
        units = of_product.doses_units.reshape(SIDES * len(REACHED), -1)
        doses.append(
            Doses(
                jnp.asarray(np.pad(units, [(0, 0), (0, spare)])),
                jnp.asarray(np.pad(of_product.injection_days, (0, spare))),
            )
        )
    question = Question(seen, tuple(doses), jnp.asarray(float(list(Side).index(affected))))
    return question, Layout(len(visits), tuple(of_product.product for of_product in reached))


def blocks_of(
    scores: Float[Array, " junction"],
    products: Sequence[ToxinProduct],
    doses: Sequence[Doses],
    days: Float[Array, " days"],
) -> Float[Array, "days sides muscles"]:
    """Share of every muscle that toxin blocks on some days, for a patient of given sensitivity. [0-1]"""
    toxin = jnp.zeros((SIDES * len(REACHED), days.shape[0]))
    for product, given in zip(products, doses, strict=True):
        junction = junction_from_scores(product, scores)
        toxin = toxin + effective_toxin(junction, given.units, given.days, days)
    blocked = blocked_from_toxin(toxin).reshape(SIDES, len(REACHED), -1)
    return jnp.moveaxis(blocked, -1, 0)[..., :MUSCLES]


def residuals(scores: Float[Array, " scores"], question: Question, layout: Layout) -> Float[Array, " seen"]:
    """What was seen less what these scores would show, over the error of each; the prior is not in it."""
    readings, activity = _predicted(scores, question, layout)
    return _compared(readings, activity, question.seen)


def _inputs(
    scores: Float[Array, " scores"], question: Question, layout: Layout
) -> tuple[Float[Array, "visits expressions sides muscles"], Array, PresentState, Array]:
    of_state = scores[: state_size()]
    of_visits = scores[state_size() :].reshape(layout.visits, 2, EXPRESSIONS)
    state = state_from_scores(of_state, question.affected)
    blocked = blocks_of(
        split_scores(of_state)["junction"], layout.products, question.doses, question.seen.day
    )

    def on_visit(effort: Float[Array, " expressions"], block: Float[Array, "sides muscles"]) -> Any:
        active = present_activations(state, efforts_of(effort))
        return present_forces(state, active, block), active * (1 - block) - state.healthy_tone

    forces, beyond = jax.vmap(on_visit)(of_visits[:, 0], blocked)
    seen = question.seen
    shown = jnp.einsum("vfesm,vesm->vf", seen.finding_weights, beyond)
    activity = found_activity(shown, seen.finding_sd, seen.finding_most)
    return forces, activity, state, 1 + question.seen.photo_rel * of_visits[:, 1]


def _predicted(scores: Float[Array, " scores"], question: Question, layout: Layout) -> tuple[Array, Array]:
    forces, activity, state, scale = _inputs(scores, question, layout)
    levators = levator_tone(jnp.asarray(photographed_commands()), state.face)

    def on_visit(pull: Forces, stretch: Float[Array, " expressions"]) -> Float[Array, "e sides readings"]:
        found = jax.vmap(one_reading, in_axes=(None, 0, 0))(state, pull, levators)
        return found * stretch[:, None, None]

    return jax.vmap(on_visit)(forces, scale), activity


def _compared(readings: Array, activity: Array, seen: Seen) -> Float[Array, " seen"]:
    off = jnp.einsum("verij,vejr->veri", seen.whitening, seen.value_mm - readings)
    found = (seen.finding_activity - activity) * seen.finding_precision
    return jnp.concatenate([off.ravel(), found.ravel()])


READINGS_SEEN = EXPRESSIONS * READINGS * SIDES
