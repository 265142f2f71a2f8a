"""Grades along a course: faces are drawn, read and judged on each of its days."""

from collections.abc import Mapping

import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.array_grades import JUDGED, ArrayGrades, grade_readings, rater_limits
from facialis.twin.course import Course
from facialis.twin.face.expressions import expression_faces, expression_forces
from facialis.twin.face.parameters import FaceParameters
from facialis.twin.face.readings import read_faces
from facialis.twin.nasolabial_fold import cheek_item, fold_depth
from facialis.twin.parameters import TwinParameters


def course_grades(
    parameters: TwinParameters,
    face: FaceParameters,
    course: Course,
    affected: Float[Array, ""],
    raters: Mapping[str, float] | None = None,
) -> ArrayGrades:
    """Grade one patient on every day of a course; pure, so that it can be vmapped and compiled.

    Parameters
    ----------
    parameters, face, course    Of one patient.
    affected : int              0 where the LEFT side is affected, 1 for the RIGHT.
    raters : mapping, optional  In place of `rater_limits`.
    """
    used = rater_limits() if raters is None else raters
    at_rest = expression_forces(parameters, course)[:, 0]
    sides = jnp.broadcast_to(affected, course.days.shape)
    tone = jnp.broadcast_to(parameters.muscle.resting_tone, course.days.shape)
    depth = fold_depth(at_rest, course.soft_tissue.flattening, tone)
    readings = read_faces(expression_faces(parameters, face, course, len(JUDGED)))
    return grade_readings(readings, cheek_item(depth, sides, used), sides, used)
