"""What is said of a course that leaves the finite numbers."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

import facialis.twin  # noqa: F401  double precision first
from facialis.twin.divergence import diverged
from facialis.twin.errors import DivergedError
from facialis.twin.parameters import sample_parameters, typical_parameters

DAYS = np.array([0.0, 7.0, 14.0, 21.0])


def test_the_first_day_of_any_state_is_named():
    late, early = np.zeros((4, 2, 5)), np.zeros((4, 2))
    late[3, 1, 2], early[2:, 0] = np.nan, np.inf
    parameters = eqx.tree_at(lambda p: p.muscle.atrophy_days, typical_parameters(), jnp.asarray(1e-6))
    error = diverged({"a": late, "b": early}, DAYS, parameters, first_patient=1)
    assert isinstance(error, DivergedError)
    assert "patient 1 left the finite numbers by day 14." in str(error)
    assert "parameter is atrophy_days = 1e-06 d; the usual is 120, " in str(error)
    assert "spreads away. Correct it, or leave the patient out." in str(error)


def test_the_first_patient_of_a_chunk_is_counted_from_its_start():
    states = np.zeros((3, 4, 2))
    states[1, 3], states[2, 0] = np.nan, np.nan
    error = diverged(states, DAYS, sample_parameters(jax.random.key(0), 3), first_patient=501)
    assert "patient 502 left the finite numbers by day 21." in str(error)


def test_a_parameter_that_all_share_is_the_most_unusual_where_it_differs():
    parameters = eqx.tree_at(
        lambda p: (p.nerve.block_steepness, p.muscle.atrophy_days),
        typical_parameters(),
        (jnp.asarray(3000.0), jnp.asarray(1e-6)),
    )
    error = diverged(np.array([np.nan, 1.0]), DAYS, parameters, first_patient=1)
    assert "block_steepness = 3000 1; the usual is 3, and is the same in all patients." in str(error)
    assert "by day 21." in str(error), "a summary without days: some day of the course"
