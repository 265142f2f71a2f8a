"""Laws of the course that hold for every patient."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.nerve import NerveBranch
from facialis.twin.exposure import BRANCHES, SIDES, mirrored
from facialis.twin.parameters import all_priors, parameters_from_scores, sample_parameters
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.routing import branch_shares
from facialis.twin.simulate import simulate_cohort
from facialis.twin.time_grid import weekly_days

pytestmark = pytest.mark.slow

DAYS = weekly_days(182)
PATIENTS = 40


def draws(count=PATIENTS, seed=0):
    people, palsies = jax.random.split(jax.random.key(seed))
    exposure = sample_exposures(palsies, cohort_named("copenhagen"), count, "prednisolone_taper")
    return sample_parameters(people, count), exposure


def with_severity(exposure, severity):
    return eqx.tree_at(lambda e: e.severity_frac, exposure, jnp.asarray(severity, dtype=float))


@pytest.fixture(scope="module")
def both_sides():
    """Courses of patients who are ill on both sides, so that both are integrated."""
    patients, exposure = draws()
    random = np.random.default_rng(0)
    ill = with_severity(exposure, random.uniform(0, 1, (PATIENTS, SIDES, BRANCHES)))
    return patients, ill, next(simulate_cohort(patients, ill, DAYS))


def leaves(course):
    return [np.asarray(leaf) for leaf in jax.tree.leaves(course)]


def test_a_mirrored_patient_has_the_mirrored_course(both_sides):
    patients, exposure, course = both_sides
    other = next(simulate_cohort(patients, mirrored(exposure), DAYS))
    for one, two in zip(leaves(course), leaves(other), strict=True):
        if one.ndim > 2:
            assert np.array_equal(one, two[:, :, ::-1])


def test_equal_sides_stay_equal_and_healthy_ones_healthy(both_sides):
    patients, exposure, _ = both_sides
    severity = np.array(exposure.severity_frac)
    severity[:, 1] = severity[:, 0]
    severity[: PATIENTS // 2] = 0
    course = next(simulate_cohort(patients, with_severity(exposure, severity), DAYS))
    for leaf in leaves(course.muscles) + leaves(course.soft_tissue):
        assert np.array_equal(leaf[:, :, 0], leaf[:, :, 1])
    healthy = np.asarray(course.muscles.own_drive)[: PATIENTS // 2]
    assert np.abs(healthy - 1).max() < 1e-12
    assert np.abs(np.asarray(course.soft_tissue.flattening)[: PATIENTS // 2]).max() < 1e-12


@pytest.mark.parametrize("branch", NerveBranch)
def test_a_lesion_of_one_branch_weakens_its_muscles_only(both_sides, branch):
    patients, exposure, _ = both_sides
    index = list(NerveBranch).index(branch)
    severity = np.zeros((PATIENTS, SIDES, BRANCHES))
    severity[:, 0, index] = severity[:, 1, index] = 1
    course = next(simulate_cohort(patients, with_severity(exposure, severity), DAYS))
    own, foreign = np.asarray(course.muscles.own_drive), np.asarray(course.muscles.aberrant_drive)
    is_its = branch_shares()[:, index] > 0
    assert np.abs(own[..., ~is_its] - 1).max() < 1e-12
    assert np.abs(foreign[..., ~is_its]).max() < 1e-12
    assert np.all(own[..., is_its].min(axis=1) < 1 - 1e-3)


def test_no_toxin_changes_nothing(both_sides):
    patients, exposure, course = both_sides
    block = np.zeros((PATIENTS, len(DAYS), SIDES, branch_shares().shape[0]))
    with_block = next(simulate_cohort(patients, exposure, DAYS, block))
    for name in ("muscles", "soft_tissue"):
        for one, two in zip(leaves(getattr(course, name)), leaves(getattr(with_block, name)), strict=True):
            assert np.allclose(one, two, rtol=0, atol=1e-14)


def extremes(parameters, course):
    """Least and largest of every share of a course."""
    del parameters
    shares = [
        *jax.tree.leaves(course.branches),
        course.lost,
        course.regrown,
        *jax.tree.leaves(course.muscles),
        course.soft_tissue.volume_loss,
        course.soft_tissue.flattening,
    ]
    return jnp.stack([jnp.stack([leaf.min(), leaf.max()]) for leaf in shares])


def shares_stay_inside(count, scale):
    """Parameters far beyond the priors' spread, and any severity."""
    random = np.random.default_rng(3)
    scores = random.normal(size=(count, len(all_priors()))) * scale
    patients = parameters_from_scores(jnp.asarray(np.clip(scores, -3, 3)))
    _, exposure = draws(count, seed=9)
    for found in simulate_cohort(
        patients, exposure, DAYS, summarise=extremes, chunk_patients=min(count, 2000)
    ):
        assert float(found.min()) >= -1e-9
        assert float(found.max()) <= 1 + 1e-9


def test_shares_stay_between_nothing_and_all():
    shares_stay_inside(400, 1.5)


def test_shares_stay_between_nothing_and_all_in_a_hundred_thousand_patients():
    shares_stay_inside(100_000, 1.5)
