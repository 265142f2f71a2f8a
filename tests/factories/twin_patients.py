"""Random patients with treatments, and how far their courses lie from SciPy's."""

import jax
import jax.numpy as jnp
import numpy as np

import facialis.twin  # noqa: F401  double precision first
from facialis.twin.exposure import Exposure
from facialis.twin.parameters import named, sample_parameters
from facialis.twin.simulate import simulate_cohort
from facialis.twin.time_grid import weekly_days
from tests.factories.scipy_twin import STATES, scipy_course, scipy_disuse, scipy_retrained

DAYS = weekly_days()
SMALLEST = 1e-6
"""An error is relative to its state; a state below a millionth of the whole counts as a millionth."""
DISUSE = ("lag", "exposure", "atrophy", "volume_loss", "descent")


def random_patients(count, seed=1):
    """Parameters from the priors; insults from slight to whole on one side, drugs, retraining."""
    random = np.random.default_rng(seed)
    severity = np.zeros((count, 2, 5))
    severity[np.arange(count), random.integers(0, 2, count)] = random.uniform(0.02, 1, (count, 5))
    edges = random.uniform(0.1, 3, count)[:, None] + np.array([0, 5, 6, 7, 8, 9, 10])
    steroid = np.tile([0, 1, 0.8, 0.6, 0.4, 0.2, 0.1, 0], (count, 1))
    steroid[::3] = 0
    antiviral = np.tile([0.0, 1, 1, 1, 0, 0, 0, 0], (count, 1))
    training = random.uniform(60, 200, count)[:, None] + np.array([0, 90.5, 300, 360])
    trains = np.tile([0.0, 1, 0, 1, 0], (count, 1))
    exposure = Exposure(*(jnp.asarray(x) for x in (severity, edges, steroid, antiviral, training, trains)))
    return sample_parameters(jax.random.key(7), count), exposure


def random_blocks(count, seed=2):
    """Blocked shares that change every week in every muscle, from the third month on. [0-1]"""
    random = np.random.default_rng(seed)
    return random.uniform(0, 1, (count, len(DAYS), 2, 24)) * (DAYS > 90)[:, None, None]


def errors_of_patients(count, max_step_days=2.0):
    """Largest relative error of every state of every patient, over days, sides, branches and muscles."""
    parameters, exposure = random_patients(count)
    blocks = random_blocks(count)
    courses = list(simulate_cohort(parameters, exposure, DAYS, blocks, chunk_patients=min(count, 50)))
    course = jax.tree.map(lambda *parts: np.concatenate(parts), *courses)
    values = {name: np.asarray(leaf) for name, leaf in named(parameters).items()}
    exposure = jax.tree.map(np.asarray, exposure)
    found = {}

    def compare(name, index, ours, truth):
        relative = np.abs(ours - truth) / np.maximum(np.abs(truth), SMALLEST)
        found.setdefault(name, np.zeros(count))[index] = relative.max()

    for index in range(count):
        its = {name: leaf[index] for name, leaf in values.items()}
        truth = scipy_course(
            its,
            exposure.severity_frac[index],
            exposure.drug_edges_days[index],
            exposure.corticosteroid_level[index],
            exposure.antiviral_level[index],
            DAYS,
            max_step_days=max_step_days,
        )
        for position, name in enumerate(STATES):
            source = course.inflammation if name == "inflammation" else getattr(course.branches, name)
            compare(name, index, source[index], truth[:, position])
        disuse = scipy_disuse(its, DAYS, blocks[index])
        for position, name in enumerate(DISUSE):
            compare(f"disuse {name}", index, getattr(course.disuse, name)[index], disuse[:, position])
        effect = scipy_retrained(
            its, exposure.retraining_edges_days[index], exposure.retraining_level[index], DAYS
        )
        compare("retrained", index, course.retrained[index], effect)
    return found
