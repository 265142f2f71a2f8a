"""Healthy people: sides that differ a little, as they do in everybody."""

from functools import cache

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.evidence import load_rows
from facialis.twin.array_grades import JUDGED, grade_readings
from facialis.twin.face.parameters import FaceParameters, sample_faces
from facialis.twin.face.pose import face_points
from facialis.twin.face.readings import read_faces
from facialis.twin.face.resting import MUSCLES, SIDES, RestingFace, levator_tone
from facialis.twin.parameters import sample_parameters
from facialis.twin.priors import TABLES
from facialis.twin.routing import healthy_commands

Meshes = Float[Array, "people expressions 478 3"]


@cache
def strength_log_sd() -> float:
    """How much the sides of healthy people differ; `tables/natural_asymmetry.csv`."""
    (row,) = load_rows(TABLES, "natural_asymmetry").rows
    return row.number("value")


def sample_strengths(key: PRNGKeyArray, count: int) -> Float[Array, "people sides muscles"]:
    """Draw how strongly each muscle moves each side, relative to the mean of both."""
    return jnp.exp(strength_log_sd() * jax.random.normal(key, (count, SIDES, MUSCLES)))


def healthy_meshes(key: PRNGKeyArray, count: int) -> Meshes:
    """Faces of healthy people in the nine expressions. [mm]

    Parameters
    ----------
    key : PRNGKeyArray      The same key draws the same people.
    count : int             1 or more.
    """
    of_tone, of_face, of_sides = jax.random.split(key, 3)
    tone = sample_parameters(of_tone, count).muscle.resting_tone
    faces, strengths = sample_faces(of_face, count), sample_strengths(of_sides, count)
    meshes: Meshes = jax.jit(jax.vmap(_nine))(tone, faces, strengths)
    return meshes


def _nine(
    tone: Float[Array, ""], face: FaceParameters, strength: Float[Array, "sides muscles"]
) -> Float[Array, "expressions 478 3"]:
    commands = jnp.asarray(healthy_commands()[: len(JUDGED)])
    levators = levator_tone(commands, face)

    def one(command: Float[Array, " muscles"], levator: Float[Array, " sides"]) -> Float[Array, "478 3"]:
        force = jnp.broadcast_to(command + (1 - command) * tone, (SIDES, MUSCLES))
        resting = RestingFace(tone, jnp.zeros((SIDES, MUSCLES)), jnp.zeros(SIDES), levator, strength)
        return face_points(force, resting, face)

    return jax.vmap(one)(commands, levators)


def healthy_sunnybrook(meshes: Meshes) -> Float[Array, " people"]:
    """Sunnybrook of healthy people, as if the LEFT side were the affected one. [points]"""
    count = meshes.shape[0]
    grades = grade_readings(read_faces(meshes), jnp.zeros(count), jnp.zeros(count))
    return grades.sunnybrook
