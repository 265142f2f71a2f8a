"""A patient of whom everything is known: what the muscles do on a day, under any toxin."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.twin.events import ToxinSession
from facialis.twin.junction.parameters import junction_from_scores
from facialis.twin.junction.sessions import block_of_sessions
from facialis.twin.present.reading import present_readings
from facialis.twin.present.scores import efforts_of, place_of
from facialis.twin.present.state import (
    PresentState,
    healthy_activations,
    present_activations,
    present_forces,
    state_from_scores,
)
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.present_patient import motions_of_state

PerMuscle = Float[np.ndarray, "expressions sides muscles"]


class OnDay(NamedTuple):
    """What is true of a patient on one day; arrays in the order of `NINE_PHOTOGRAPHS` and `Side`."""

    readings_mm: Float[np.ndarray, "expressions sides readings"]
    forces: PerMuscle
    """With toxin."""
    active: PerMuscle
    """Activity, toxin taken off. [0-1]"""
    excess: PerMuscle
    """Activity beyond a healthy person's at the same effort, without toxin. [0-1]"""


@dataclass(frozen=True, eq=False)
class KnownPatient:
    """One patient, as scores of the present state."""

    affected: Side
    scores: Float[np.ndarray, " scores"]
    """In the order of `state_blocks`; the last three are the answer to toxin."""

    @property
    def state(self) -> PresentState:
        """The state that the scores stand for."""
        side = jnp.asarray(float(list(Side).index(self.affected)))
        state: PresentState = _state()(jnp.asarray(self.scores), side)
        return state

    @property
    def toxin_scores(self) -> Float[np.ndarray, " 3"]:
        """Half-blocking dose (higher is less sensitive), half-life, release."""
        return np.asarray(self.scores[place_of("junction")])

    def on_day(
        self, day: float, sessions: Sequence[ToxinSession], efforts: Float[np.ndarray, " expressions"]
    ) -> OnDay:
        """Look behind the face.

        Parameters
        ----------
        day : float             From onset.
        sessions : sequence     All toxin sessions; those after `day` have no effect.
        efforts : array         Scores of how far each expression is carried on that day.
        """
        products = {session.injections[0].dose.product for session in sessions}
        junctions = {p: junction_from_scores(p, jnp.asarray(self.toxin_scores)) for p in products}
        (block,) = block_of_sessions(sessions, [day], junctions=junctions)
        return OnDay(*map(np.asarray, _shown()(self.state, efforts_of(jnp.asarray(efforts)), block)))

    def motions(self, shown: OnDay) -> dict[Expression, FaceMotion]:
        """What a camera sees of a day, in the nine photographs."""
        return motions_of_state(self.state, shown.forces)


@cache
def _state() -> Any:
    return jax.jit(state_from_scores)


@cache
def _shown() -> Any:
    def shown(state: PresentState, effort: jax.Array, block: jax.Array) -> tuple[jax.Array, ...]:
        active = present_activations(state, effort)
        forces = present_forces(state, active, block)
        excess = active - healthy_activations(state, effort)
        return present_readings(state, forces), forces, active * (1 - block), excess

    return jax.jit(shown)
