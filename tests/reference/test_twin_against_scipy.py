"""Every state that the twin integrates agrees with SciPy's integration of the same equations."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.twin.disuse import disuse_states
from facialis.twin.parameters import named, typical_parameters
from facialis.twin.time_grid import weekly_days
from tests.factories.scipy_twin import STATES, scipy_disuse
from tests.factories.twin_patients import DISUSE, SMALLEST, errors_of_patients


@pytest.mark.slow
def test_every_state_of_a_few_patients_agrees_with_scipy_to_a_millionth():
    worst = {name: errors.max() for name, errors in errors_of_patients(8).items()}
    assert set(worst) == {*STATES, *(f"disuse {name}" for name in DISUSE), "retrained"}
    assert max(worst.values()) < 1e-6, worst


def test_disuse_agrees_with_scipy():
    parameters = typical_parameters()
    days = weekly_days(210)
    block = np.zeros((len(days), 1, 1))
    block[5:9, 0, 0] = [0.3, 0.9, 0.8, 0.2]
    found = disuse_states(parameters.muscle, parameters.soft_tissue, days, jnp.asarray(block))
    values = {name: float(leaf) for name, leaf in named(parameters).items()}
    truth = scipy_disuse(values, days, block)
    ours = np.stack([np.asarray(leaf) for leaf in jax.tree.leaves(found)], axis=1)
    assert (np.abs(ours - truth) / np.maximum(np.abs(truth), SMALLEST)).max() < 1e-6
