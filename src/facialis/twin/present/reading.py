"""Points and readings of a face whose muscles pull with given forces."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.twin.face.pose import face_points
from facialis.twin.face.readings import FaceReading, read_face
from facialis.twin.face.resting import RestingFace, levator_tone
from facialis.twin.present.state import Forces, PresentState, photographed_commands

Readings = Float[Array, "expressions sides readings"]

OPENINGS = np.array([FaceReading.PALPEBRAL_FISSURE, FaceReading.DENTAL_SHOW])
OPEN_MM = 1.0
"""From about here on an eye or a mouth counts as open."""


def present_readings(state: PresentState, forces: Forces) -> Readings:
    """Measures of both sides in the nine expressions. [mm]"""
    levators = levator_tone(jnp.asarray(photographed_commands()), state.face)
    return jax.vmap(one_reading, in_axes=(None, 0, 0))(state, forces, levators)


def present_points(state: PresentState, forces: Forces) -> Float[Array, "expressions 478 3"]:
    """Points of the face in the nine expressions, without the places of a person's features. [mm]"""
    levators = levator_tone(jnp.asarray(photographed_commands()), state.face)
    return jax.vmap(_points, in_axes=(None, 0, 0))(state, forces, levators)


def one_reading(
    state: PresentState, forces: Float[Array, "sides muscles"], levators: Float[Array, " sides"]
) -> Float[Array, "sides readings"]:
    """Measures of both sides in one expression. [mm]"""
    return _placed(read_face(_points(state, forces, levators)), state.place_mm)


def _points(
    state: PresentState, forces: Float[Array, "sides muscles"], levators: Float[Array, " sides"]
) -> Float[Array, "478 3"]:
    resting = RestingFace(
        healthy_tone=state.healthy_tone,
        contracture_shortening=jnp.zeros_like(forces),
        descent_mm=state.descent_mm,
        levator_tone=levators,
        strength=state.strength,
    )
    return face_points(forces, resting, state.face)


def _placed(
    read_mm: Float[Array, "sides readings"], place_mm: Float[Array, "sides readings"]
) -> Float[Array, "sides readings"]:
    """Add where a person's features lie; what is shut is shut in everybody, and nothing opens below 0."""
    opened = read_mm[:, OPENINGS]
    shown = jnp.maximum(opened + place_mm[:, OPENINGS] * opened / (opened + OPEN_MM), 0.0)
    return (read_mm + place_mm).at[:, OPENINGS].set(shown)
