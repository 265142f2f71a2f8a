"""The face of the mean sample: for an illustration, and for the grades that need a whole face."""

from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.sides import Side
from facialis.grading.suggest.from_measures import readings_from_measures
from facialis.grading.suggest.registry import suggest
from facialis.planning.forecast.records import ModelFace
from facialis.planning.outcome.prospect import Prospect
from facialis.twin.measures import measure_faces
from facialis.twin.present.reading import present_points
from facialis.twin.present.state import present_forces


def model_face(
    prospect: Prospect, blocks: Float[np.ndarray, "sides muscles"], day: float, *, graded: bool = True
) -> ModelFace:
    """Pose the mean of the samples in the nine expressions.

    Parameters
    ----------
    prospect : Prospect
    blocks : array          Mean share of every muscle that toxin blocks on the day. [0-1]
    day : float             After the session.
    graded : bool           Whether House-Brackmann is suggested, which takes a second.
    """
    state = jax.tree.map(lambda leaf: jnp.mean(leaf, axis=0), prospect.state)
    forces, meshes = _posed()(state, jnp.asarray(prospect.active.mean(axis=0)), jnp.asarray(blocks))
    faces = dict(zip(NINE_PHOTOGRAPHS, np.asarray(meshes), strict=True))
    grade = house_brackmann_of(faces, prospect.affected) if graded else None
    return ModelFace(day, faces, np.asarray(forces), float(state.healthy_tone), grade)


def house_brackmann_of(faces: Any, affected: Side) -> tuple[str, str] | None:
    """Range of grades that the signs allow; None where they do not tell."""
    readings = readings_from_measures(measure_faces(faces), affected=affected)
    found = next((r for r in suggest("house_brackmann", readings).ranges if r.name == "grade"), None)
    return None if found is None else (str(found.low), str(found.high))


@cache
def _posed() -> Any:
    def pose(state: Any, active: Any, block: Any) -> Any:
        forces = present_forces(state, active, block)
        return forces, present_points(state, forces)

    return jax.jit(pose)
