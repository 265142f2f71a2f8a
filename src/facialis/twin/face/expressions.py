"""The faces of a course: every expression on every day."""

from collections.abc import Callable
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.expressions import Expression
from facialis.twin.course import Course
from facialis.twin.face.parameters import FaceParameters
from facialis.twin.face.pose import face_points
from facialis.twin.face.resting import RestingFace, levator_tone
from facialis.twin.muscle import activation, force
from facialis.twin.parameters import TwinParameters
from facialis.twin.routing import healthy_commands

Forces = Float[Array, "days expressions sides muscles"]
Faces = Float[Array, "days expressions 478 3"]


def expression_forces(parameters: TwinParameters, course: Course) -> Forces:
    """Force of every muscle in every expression of one patient, as a share of the strongest.

    Expressions in the order of `Expression`, sides LEFT then RIGHT, muscles from the forehead down.
    """
    active = activation(parameters.muscle, course.muscles, healthy_commands())
    pull = force(parameters.muscle, course.muscles, active, course.blocked_share)
    return jnp.swapaxes(pull, 1, 2)


def expression_faces(
    parameters: TwinParameters, face: FaceParameters, course: Course, count: int = len(Expression)
) -> Faces:
    """Points of one patient's face in every expression on every day of a course. [mm]

    Pure, so that it can be compiled and vmapped; for a course as it is, `faces_of_course`.

    Parameters
    ----------
    parameters, face : parameters of one patient and of that patient's face
    course : Course     Of that patient.
    count : int         Only the first expressions; faces are large.
    """
    forces = expression_forces(parameters, course)[:, :count]
    return _posed(parameters, face, forces, course.soft_tissue.descent_mm)


def faces_of_course(
    parameters: TwinParameters, face: FaceParameters, course: Course
) -> Float[np.ndarray, "days expressions 478 3"]:
    """`expression_faces`, compiled once for every number of days. [mm]"""
    forces = expression_forces(parameters, course)
    days = [
        _compiled_day()(parameters, face, of_day, descent)
        for of_day, descent in zip(forces, course.soft_tissue.descent_mm, strict=True)
    ]
    return np.stack([np.asarray(day) for day in days])


@cache
def _compiled_day() -> Callable[..., Array]:
    return jax.jit(lambda p, f, forces, descent: _posed(p, f, forces[None], descent[None])[0])


def _posed(
    parameters: TwinParameters,
    face: FaceParameters,
    forces: Forces,
    descent_mm: Float[Array, "days sides"],
) -> Faces:
    levators = levator_tone(jnp.asarray(healthy_commands()), face)[: forces.shape[1]]

    def in_expression(
        pull: Float[Array, "sides muscles"], levator: Float[Array, " sides"], descent: Float[Array, " sides"]
    ) -> Float[Array, "478 3"]:
        resting = RestingFace(
            healthy_tone=parameters.muscle.resting_tone,
            contracture_shortening=jnp.zeros_like(pull),
            descent_mm=descent,
            levator_tone=levator,
        )
        return face_points(pull, resting, face)

    of_day = jax.vmap(in_expression, in_axes=(0, 0, None))
    return jax.vmap(of_day, in_axes=(0, None, 0))(forces, levators, descent_mm)
