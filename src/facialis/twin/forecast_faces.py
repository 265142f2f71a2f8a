"""The faces of many people on many days, measured and graded a batch at a time."""

from functools import cache
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.sides import Side
from facialis.twin.array_grades import JUDGED, ArrayGrades, grade_readings, rater_limits
from facialis.twin.course import Course
from facialis.twin.face.expressions import expression_faces, expression_forces
from facialis.twin.face.parameters import FaceParameters
from facialis.twin.face.readings import read_faces
from facialis.twin.nasolabial_fold import cheek_item, fold_depth
from facialis.twin.parameters import TwinParameters

ROWS = 512
"""Faces (one person on one day) in a call; the last call repeats a row, so that one program serves all."""
BATCH = 16
"""Faces posed at once: their points stay in the processor's cache."""


class ForecastFaces(eqx.Module):
    """What is read of people's faces, people and days first."""

    readings: Float[Array, "people days expressions sides readings"]
    """Of `JUDGED` expressions, in the order of `FaceReading`. [mm]"""
    grades: ArrayGrades
    """Of the affected side; without one, of the LEFT, and to be left out."""
    cheek: Float[Array, "people days"]
    """Sunnybrook's cheek at rest."""


def read_people(
    parameters: TwinParameters, face: FaceParameters, course: Course, affected: Side | None
) -> ForecastFaces:
    """Pose, measure and grade everybody on every day of their courses.

    Parameters
    ----------
    parameters, face : parameters, people first
    course : Course         Of the same people, on the days on which faces are wanted.
    affected : Side         The palsied side; None where there is none to compare with.
    """
    people, days = np.asarray(course.days).shape
    who, when = np.divmod(np.arange(people * days), days)
    side = float(affected is Side.RIGHT)
    parts = []
    for start in range(0, len(who), ROWS):
        rows = np.minimum(np.arange(start, start + ROWS), len(who) - 1)
        chosen = jax.tree.map(lambda leaf, at=who[rows]: np.asarray(leaf)[at], (parameters, face))
        # Each row is a course of one day.
        day = jax.tree.map(lambda leaf, i=who[rows], j=when[rows]: np.asarray(leaf)[i, j][:, None], course)
        found = _compiled()(*chosen, day, jnp.asarray(side))
        parts.append(jax.tree.map(np.asarray, found))
    joined = jax.tree.map(lambda *leaves: np.concatenate(leaves)[: len(who), 0], *parts)
    shaped: ForecastFaces = jax.tree.map(lambda leaf: leaf.reshape(people, days, *leaf.shape[1:]), joined)
    return shaped


@cache
def _compiled() -> Any:
    def one(row: tuple[TwinParameters, FaceParameters, Course], affected: Array) -> ForecastFaces:
        parameters, face, course = row
        forces = expression_forces(parameters, course)
        depth = fold_depth(forces[:, 0], course.soft_tissue.flattening, parameters.muscle.resting_tone[None])
        cheek = cheek_item(depth, affected[None], rater_limits())
        readings = read_faces(expression_faces(parameters, face, course, len(JUDGED)))
        return ForecastFaces(readings, grade_readings(readings, cheek, affected[None]), cheek)

    def many(
        parameters: TwinParameters, face: FaceParameters, course: Course, affected: Array
    ) -> ForecastFaces:
        found: ForecastFaces = jax.lax.map(
            lambda row: one(row, affected), (parameters, face, course), batch_size=BATCH
        )
        return found

    return jax.jit(many)
