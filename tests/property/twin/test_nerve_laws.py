"""Laws of the course that hold for every patient."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.nerve import NerveBranch
from facialis.twin.course import patient_course
from facialis.twin.exposure import BRANCHES, SIDES, mirrored
from facialis.twin.parameters import all_priors, parameters_from_scores, sample_parameters
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.routing import branch_shares
from facialis.twin.simulate import simulate_cohort
from facialis.twin.time_grid import weekly_days

pytestmark = pytest.mark.slow

DAYS = weekly_days(182)
PATIENTS = 40
MUSCLES = branch_shares().shape[0]
ROUNDING = 1e-9


def draws(count=PATIENTS, seed=0):
    people, palsies = jax.random.split(jax.random.key(seed))
    exposure = sample_exposures(palsies, cohort_named("copenhagen"), count, "prednisolone_taper")
    return sample_parameters(people, count), exposure


def with_severity(exposure, severity):
    return eqx.tree_at(lambda e: e.severity_frac, exposure, jnp.asarray(severity, dtype=float))


@jax.jit
def course_of(parameters, exposure, block):
    """One program for most laws: both sides are integrated, under a block."""
    return jax.vmap(lambda p, e, b: patient_course(p, e, DAYS, b))(parameters, exposure, block)


@pytest.fixture(scope="module")
def both_sides():
    """Patients who are ill on both sides, a block that changes every week, and their courses."""
    patients, exposure = draws()
    random = np.random.default_rng(0)
    ill = with_severity(exposure, random.uniform(0, 1, (PATIENTS, SIDES, BRANCHES)))
    block = random.uniform(0, 1, (PATIENTS, len(DAYS), SIDES, MUSCLES))
    return patients, ill, block, course_of(patients, ill, block)


NO_BLOCK = np.zeros((PATIENTS, len(DAYS), SIDES, MUSCLES))


def leaves(course):
    return [np.asarray(leaf) for leaf in jax.tree.leaves(course)]


def test_a_mirrored_patient_has_the_mirrored_course(both_sides):
    patients, exposure, block, course = both_sides
    other = course_of(patients, mirrored(exposure), block[:, :, ::-1])
    for one, two in zip(leaves(course), leaves(other), strict=True):
        if one.ndim > 2:
            assert np.array_equal(one, two[:, :, ::-1])


def test_equal_sides_stay_equal_and_healthy_ones_healthy(both_sides):
    patients, exposure, _, _ = both_sides
    severity = np.array(exposure.severity_frac)
    severity[:, 1] = severity[:, 0]
    severity[: PATIENTS // 2] = 0
    course = course_of(patients, with_severity(exposure, severity), NO_BLOCK)
    for leaf in leaves(course.muscles) + leaves(course.soft_tissue):
        assert np.array_equal(leaf[:, :, 0], leaf[:, :, 1])
    healthy = np.asarray(course.muscles.own_drive)[: PATIENTS // 2]
    assert np.abs(healthy - 1).max() < 1e-12
    assert np.abs(np.asarray(course.soft_tissue.flattening)[: PATIENTS // 2]).max() < 1e-12


@pytest.mark.parametrize("branch", NerveBranch)
def test_a_lesion_of_one_branch_weakens_its_muscles_only(both_sides, branch):
    patients, exposure, _, _ = both_sides
    index = list(NerveBranch).index(branch)
    severity = np.zeros((PATIENTS, SIDES, BRANCHES))
    severity[:, 0, index] = severity[:, 1, index] = 1
    course = course_of(patients, with_severity(exposure, severity), NO_BLOCK)
    own, foreign = np.asarray(course.muscles.own_drive), np.asarray(course.muscles.aberrant_drive)
    is_its = branch_shares()[:, index] > 0
    assert np.abs(own[..., ~is_its] - 1).max() < 1e-12
    assert np.abs(foreign[..., ~is_its]).max() < 1e-12
    assert np.all(own[..., is_its].min(axis=1) < 1 - 1e-3)


def test_a_lesion_of_one_side_leaves_the_other_as_it_was(both_sides):
    patients, exposure, _, _ = both_sides
    severity = np.array(exposure.severity_frac)
    severity[:, 1] = 0
    course = course_of(patients, with_severity(exposure, severity), NO_BLOCK)
    assert np.abs(np.asarray(course.muscles.own_drive)[:, :, 1] - 1).max() < 1e-12
    assert np.abs(np.asarray(course.muscles.contracture)[:, :, 1]).max() < 1e-12


def test_no_toxin_changes_nothing(both_sides):
    patients, exposure, _, _ = both_sides
    with_block = course_of(patients, exposure, NO_BLOCK)
    course = next(simulate_cohort(patients, exposure, DAYS))
    for name in ("branches", "muscles", "soft_tissue"):
        for one, two in zip(leaves(getattr(course, name)), leaves(getattr(with_block, name)), strict=True):
            assert np.allclose(one, two, rtol=0, atol=1e-13)


def test_more_toxin_never_makes_a_muscle_stronger_or_a_cheek_fuller(both_sides):
    patients, exposure, block, more = both_sides
    less = course_of(patients, exposure, 0.6 * block)
    for name in ("own_drive", "contracture"):
        assert np.array_equal(getattr(less.muscles, name), getattr(more.muscles, name)), "the nerve is free"
    assert np.all(np.asarray(more.muscles.atrophy) >= np.asarray(less.muscles.atrophy))
    assert np.all(np.asarray(more.soft_tissue.descent_mm) >= np.asarray(less.soft_tissue.descent_mm))
    strength = [(1 - np.asarray(c.muscles.atrophy)) * (1 - np.asarray(c.blocked_share)) for c in (less, more)]
    assert np.all(strength[1] <= strength[0])


one_course = jax.jit(lambda p, e, b: extremes(p, patient_course(p, e, DAYS, b)))


@given(
    scores=hnp.arrays(np.float64, len(all_priors()), elements=st.floats(-3, 3, allow_subnormal=False)),
    severity=hnp.arrays(np.float64, (SIDES, BRANCHES), elements=st.floats(0, 1, allow_subnormal=False)),
    block=hnp.arrays(np.float64, (SIDES, MUSCLES), elements=st.floats(0, 1, allow_subnormal=False)),
    start=st.floats(0, 30, allow_subnormal=False),
)
@settings(max_examples=60)
def test_whatever_happens_shares_stay_between_nothing_and_all(scores, severity, block, start):
    _, exposures = draws(1)
    exposure = with_severity(jax.tree.map(lambda leaf: leaf[0], exposures), severity)
    edges = exposure.drug_edges_days - exposure.drug_edges_days[0] + start
    exposure = eqx.tree_at(lambda e: e.drug_edges_days, exposure, edges)
    blocked = np.broadcast_to(block, (len(DAYS), SIDES, MUSCLES)) * (start < DAYS)[:, None, None]
    found = one_course(parameters_from_scores(jnp.asarray(scores)), exposure, blocked)
    assert float(found.min()) >= -ROUNDING
    assert float(found.max()) <= 1 + ROUNDING


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
        course.retrained,
        *jax.tree.leaves(course.disuse),
    ]
    return jnp.stack([jnp.stack([leaf.min(), leaf.max()]) for leaf in shares])


def test_shares_stay_between_nothing_and_all_in_a_hundred_thousand_patients():
    """Parameters far beyond the priors' spread, and any severity."""
    count = 100_000
    scores = np.random.default_rng(3).normal(size=(count, len(all_priors()))) * 1.5
    patients = parameters_from_scores(jnp.asarray(np.clip(scores, -3, 3)))
    _, exposure = draws(count, seed=9)
    for found in simulate_cohort(patients, exposure, DAYS, summarise=extremes, chunk_patients=2000):
        assert float(found.min()) >= -ROUNDING
        assert float(found.max()) <= 1 + ROUNDING
