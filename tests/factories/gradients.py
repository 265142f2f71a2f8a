"""Derivatives of the twin beside finite differences: its course, its junction and its face."""

import dataclasses
from functools import cache

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

import facialis.twin  # noqa: F401  double precision first
from facialis.twin.course import patient_course
from facialis.twin.face.parameters import FaceParameters, sample_faces
from facialis.twin.face.pose import face_points
from facialis.twin.face.resting import RestingFace
from facialis.twin.junction.model import Junction, blocked_share
from facialis.twin.parameters import PARTS, TwinParameters, named
from facialis.twin.time_grid import weekly_days
from tests.factories.twin_patients import random_blocks, random_patients

DAYS = weekly_days(182)
COMPARED = np.array([1, 3, 8, 20, 26])
"""Which of the days."""
TOXIN_DAYS = jnp.asarray([0.5, 2.0, 7.0, 30.0, 80.0, 101.0, 140.0, 250.0, 400.0])
FLOOR = 1e-3
"""A derivative counts relative to itself, or to this share of the greatest that its output has."""
SMALLEST = 1e-5
"""Or to this share of the output. Steps follow the parameters, and errors near 1e-9 follow the steps: the
differences see them, the derivatives do not."""


def gradient_errors(outputs, inputs, given=(), step=1e-4):
    """Largest relative error over all outputs, for each input.

    Inputs are numbers of 0 or more, by name; derivatives are taken to their logarithms, so that inputs
    of all units compare; so is the step of the differences, which are of fourth order. The error is
    infinite where a derivative is not finite. ``given`` is what the outputs depend on besides.
    """
    owners = ravel_pytree({name: np.full(np.shape(inputs[name]), at) for at, name in enumerate(inputs)})[0]
    moves = np.array([-2, -1, 1, 2])[:, None, None] * step * np.eye(len(owners))
    value, exact, beside = (np.asarray(found) for found in _compiled(outputs)(inputs, given, moves))
    differences = np.tensordot(np.array([1, -8, 8, -1]) / (12 * step), beside, axes=1).T
    greatest = np.abs(exact).max(axis=1, keepdims=True)
    size = np.maximum(1.0, np.abs(value))[:, None]
    counted = np.maximum(np.abs(exact), np.maximum(FLOOR * greatest, SMALLEST * size))
    error = np.abs(exact - differences) / counted
    error = np.where(np.isfinite(error), error, np.inf).max(axis=0)
    return {name: float(error[owners == at].max()) for at, name in enumerate(inputs)}


@cache
def _compiled(outputs):
    """Value, derivatives, and values beside; one program for all patients, faces or junctions."""

    @jax.jit
    def run(inputs, given, moves):
        flat, unravel = ravel_pytree(inputs)

        def of_logs(logs):
            return outputs(unravel(flat * jnp.exp(logs)), *given)

        zero = jnp.zeros_like(flat)
        return of_logs(zero), jax.jacfwd(of_logs)(zero), jax.vmap(jax.vmap(of_logs))(moves)

    return run


def course_outputs(inputs, exposure, block):
    """Every state of a course on some days."""
    parts = (kind(**{f.name: inputs[f.name] for f in dataclasses.fields(kind)}) for _, _, kind in PARTS)
    ill = eqx.tree_at(lambda e: e.severity_frac, exposure, inputs["severity"])
    course = patient_course(TwinParameters(*parts), ill, DAYS, inputs["block"] * block, is_one_sided=True)
    return jnp.concatenate([leaf[COMPARED].ravel() for leaf in jax.tree.leaves(course)])


def course_of(patient):
    """A random course: outputs, inputs (parameters, severities, strength of the block), what is given."""
    patients, exposures = random_patients(patient + 1)
    its = jax.tree.map(lambda leaf: leaf[patient], exposures)
    block = jnp.asarray(random_blocks(patient + 1)[patient, : len(DAYS)])
    parameters = {name: jnp.asarray(value) for name, value in named(patients.of(patient)).items()}
    inputs = {**parameters, "severity": its.severity_frac, "block": jnp.asarray(0.9)}
    return course_outputs, inputs, (its, block)


def junction_outputs(inputs):
    """Blocked share of three muscles under three sessions."""
    junction = Junction(**{field.name: inputs[field.name] for field in dataclasses.fields(Junction)})
    return blocked_share(junction, inputs["doses_units"], inputs["injection_days"], TOXIN_DAYS).ravel()


def junction_of(seed):
    """A random junction: outputs and inputs."""
    random = np.random.default_rng(seed)
    fields = [field.name for field in dataclasses.fields(Junction)]
    inputs = {name: jnp.asarray(10 ** random.uniform(-1.5, 1.5)) for name in fields}
    inputs["sprouting_frac"] = jnp.asarray(random.uniform(0.1, 0.9))
    inputs["half_life_days"] = jnp.asarray(random.uniform(20, 120))
    doses = jnp.asarray(random.uniform(0.5, 10, (3, 3)))
    return (
        junction_outputs,
        {**inputs, "doses_units": doses, "injection_days": jnp.asarray([0.2, 90.0, 110.0])},
    )


def face_outputs(inputs):
    """Points of a face."""
    resting = RestingFace(**{field.name: inputs[field.name] for field in dataclasses.fields(RestingFace)})
    parameters = FaceParameters(**{f.name: inputs[f.name] for f in dataclasses.fields(FaceParameters)})
    return face_points(inputs["forces"], resting, parameters).ravel()


def face_of(seed):
    """A random face: outputs and inputs (forces, what it is like at rest, parameters)."""
    random = np.random.default_rng(seed)
    face = jax.tree.map(lambda leaf: leaf[0], sample_faces(jax.random.key(seed), 1))
    return face_outputs, {
        "forces": jnp.asarray(random.uniform(0.02, 0.9, (2, 24))),
        "healthy_tone": jnp.asarray(0.06),
        "contracture_shortening": jnp.asarray(random.uniform(0, 0.2, (2, 24))),
        "descent_mm": jnp.asarray(random.uniform(0.5, 6, 2)),
        "levator_tone": jnp.asarray(random.uniform(0.2, 0.9, 2)),
        "strength": jnp.asarray(random.uniform(0.8, 1.2, (2, 24))),
        **vars(face),
    }
