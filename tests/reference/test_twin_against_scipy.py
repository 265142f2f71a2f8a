"""Every state of the nerve agrees with SciPy's integration of the same equations to a millionth."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import solve_ivp

import facialis.twin  # noqa: F401  double precision first
from facialis.twin.disuse import disuse_states
from facialis.twin.exposure import Exposure
from facialis.twin.parameters import named, sample_parameters, typical_parameters
from facialis.twin.simulate import simulate_cohort
from facialis.twin.time_grid import weekly_days
from tests.factories.scipy_twin import STATES, scipy_course

DAYS = weekly_days()
SMALLEST_SHARE = 1e-3
"""Errors count relative to the state, or to a thousandth where the state is smaller."""


def patients(count):
    random = np.random.default_rng(1)
    severity = np.zeros((count, 2, 5))
    severity[np.arange(count), random.integers(0, 2, count)] = random.uniform(0.02, 1, (count, 5))
    start = random.uniform(0.1, 3, count)
    edges = start[:, None] + np.array([0, 5, 6, 7, 8, 9, 10])
    steroid = np.tile([0, 1, 0.8, 0.6, 0.4, 0.2, 0.1, 0], (count, 1))
    steroid[::3] = 0
    antiviral = np.tile([0.0, 1, 1, 1, 0, 0, 0, 0], (count, 1))
    exposure = Exposure(
        *(
            jnp.asarray(x)
            for x in (severity, edges, steroid, antiviral, np.zeros((count, 1)), np.zeros((count, 2)))
        )
    )
    return sample_parameters(jax.random.key(7), count), exposure


def worst_errors(count):
    parameters, exposure = patients(count)
    course = next(simulate_cohort(parameters, exposure, DAYS, chunk_patients=count))
    values = {name: np.asarray(leaf) for name, leaf in named(parameters).items()}
    worst = dict.fromkeys(STATES, 0.0)
    for index in range(count):
        truth = scipy_course(
            {name: leaf[index] for name, leaf in values.items()},
            np.asarray(exposure.severity_frac[index]),
            np.asarray(exposure.drug_edges_days[index]),
            np.asarray(exposure.corticosteroid_level[index]),
            np.asarray(exposure.antiviral_level[index]),
            DAYS,
            max_step_days=2.0,
        )
        for position, name in enumerate(STATES):
            source = course.inflammation if name == "inflammation" else getattr(course.branches, name)
            missed = np.abs(np.asarray(source[index]) - truth[:, position])
            relative = missed / np.maximum(np.abs(truth[:, position]), SMALLEST_SHARE)
            worst[name] = max(worst[name], float(relative.max()))
    return worst


@pytest.mark.slow
def test_a_few_patients_agree_with_scipy():
    worst = worst_errors(5)
    assert max(worst.values()) < 1e-6, worst


def test_disuse_agrees_with_scipy():
    parameters = typical_parameters()
    days = weekly_days(210)
    block = np.zeros((len(days), 1, 1))
    block[5:9, 0, 0] = [0.3, 0.9, 0.8, 0.2]
    found = disuse_states(parameters.muscle, parameters.soft_tissue, days, jnp.asarray(block))
    exposure_days = float(parameters.muscle.exposure_days)
    slow_days = np.array(
        [
            float(parameters.muscle.atrophy_days),
            *map(float, (parameters.soft_tissue.volume_days, parameters.soft_tissue.descent_days)),
        ]
    )

    def slope(day, y):
        share = np.interp(day, days, block[:, 0, 0])
        return np.concatenate(
            [[(share - y[0]) / exposure_days, (y[0] - y[1]) / exposure_days], (y[1] - y[2:]) / slow_days]
        )

    solved = solve_ivp(slope, (0, days[-1]), np.zeros(5), t_eval=days, rtol=1e-11, atol=1e-14, max_step=1.0)
    ours = np.stack([np.asarray(leaf)[:, 0, 0] for leaf in jax.tree.leaves(found)])
    assert np.abs(ours - solved.y).max() < 1e-6 * np.abs(solved.y).max()
