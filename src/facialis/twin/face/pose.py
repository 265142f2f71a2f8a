"""From forces to a face: 478 points that are measured like a photograph's."""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.sides import Side
from facialis.twin.errors import TwinError
from facialis.twin.face.fields import displacement_fields
from facialis.twin.face.lids import move_lids
from facialis.twin.face.lips import couple_midline, meet_lips
from facialis.twin.face.parameters import FaceParameters, typical_face
from facialis.twin.face.resting import MUSCLES, SIDES, RestingFace
from facialis.twin.face.sag import sagging
from facialis.twin.face.saturation import contraction, limit_length


class FaceForceError(TwinError):
    """Forces that no face can have."""

    code = "face_forces_invalid"


def face_points(
    forces: Float[Array, "sides muscles"],
    resting: RestingFace | None = None,
    parameters: FaceParameters | None = None,
) -> Float[Array, "478 3"]:
    """Where the points of a face lie under the forces of its muscles.

    Pure: compile it, differentiate it, and vmap it over patients and expressions.

    Parameters
    ----------
    forces : (2, 24)            LEFT, RIGHT; muscles from the forehead down. 1 is a healthy muscle's
                                strongest. [share]
    resting : RestingFace       Tone, contracture, fat pads, levator; a healthy face awake when left out.
    parameters : FaceParameters The typical face when left out.

    Returns
    -------
    (478, 3)                    x toward the patient's LEFT, y up, z toward the viewer. [mm]

    Raises
    ------
    FaceForceError              The forces have another shape.

    Notes
    -----
    Points = neutral + limit(S sum_sm (s(F_sm + C_sm) - s(tone)) Phi_sm + sag), s and limit as in
    `saturation`, C the contracture, S the person's excursion. At healthy tone and without command every
    term is 0. The midline of the lips then follows the stronger side, the lids move along the eyeball,
    and the lips stop at each other.
    """
    if forces.shape != (SIDES, MUSCLES):
        raise FaceForceError(
            f"The forces have the shape {forces.shape}; one face has ({SIDES}, {MUSCLES}): LEFT and RIGHT, "
            "muscles from the forehead down. Use jax.vmap for many faces."
        )
    rest = RestingFace.healthy() if resting is None else resting
    face = typical_face() if parameters is None else parameters

    held = forces + rest.contracture_shortening
    gained = contraction(held, face.saturation_steepness) - contraction(
        rest.healthy_tone, face.saturation_steepness
    )
    if rest.strength is not None:
        gained = gained * rest.strength
    # One product of flat matrices: over many faces anything else is a hundred times slower.
    fields = jnp.asarray(displacement_fields()).reshape(SIDES * MUSCLES, -1)
    moved = face.excursion_scale * (gained.reshape(-1) @ fields).reshape(-1, 3)
    moved = moved + sagging(face, held / rest.healthy_tone, rest.descent_mm)
    moved = limit_length(couple_midline(moved, gained, face), face.skin_limit_mm)
    points = jnp.asarray(neutral_points_mm()) + moved
    points = move_lids(points, face, held, rest.healthy_tone, rest.levator_tone)
    return meet_lips(points, face, held, rest.healthy_tone)


def check_forces(forces: Float[np.ndarray, "..."]) -> None:
    """Refuse forces that no face can have, before they are compiled into one.

    Raises
    ------
    FaceForceError      The last two axes are not (2, 24), or a force is not finite or lies below 0.
    """
    found = np.asarray(forces, dtype=float)
    if found.shape[-2:] != (SIDES, MUSCLES):
        raise FaceForceError(
            f"The forces have the shape {found.shape}; its last two axes must be ({SIDES}, {MUSCLES}): LEFT "
            "and RIGHT, muscles from the forehead down."
        )
    bad = np.argwhere(~(np.isfinite(found) & (found >= 0)))
    if bad.size:
        *_, side, number = bad[0]
        raise FaceForceError(
            f"The force of {FACIAL_MUSCLES[number]} on the {tuple(Side)[side].label} side is "
            f"{found[tuple(bad[0])]}; a force is finite and 0 or more, 1 being a healthy muscle's strongest. "
            "Correct it."
        )
