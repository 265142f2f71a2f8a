"""Nerve, muscles, soft tissue and grades of one patient, and what is refused before they are computed."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.nerve import NerveBranch
from facialis.twin.array_grades import rater_limits
from facialis.twin.course_grades import course_grades
from facialis.twin.drug_courses import trial_antiviral, trial_corticosteroid
from facialis.twin.errors import CourseRequestError, DivergedError, ParameterError
from facialis.twin.events import History, Onset, Retraining
from facialis.twin.exposure import mirrored
from facialis.twin.face.parameters import typical_face
from facialis.twin.muscle import activation, force
from facialis.twin.parameters import sample_parameters, typical_parameters
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.routing import branch_nearness, branch_shares, foreign_commands, healthy_commands
from facialis.twin.simulate import simulate_cohort, simulate_patient
from facialis.twin.soft_tissue import cheek_support
from facialis.twin.time_grid import weekly_days
from facialis.twin.timeline import exposure_of

pytestmark = pytest.mark.slow

DAYS = weekly_days(364)
WHOLE = dict.fromkeys(NerveBranch, 1.0)
LEFT, RIGHT = 0, 1
SMILE = list(Expression).index(Expression.OPEN_SMILE)
ZYGOMATICUS = FACIAL_MUSCLES.index(Muscle.ZYGOMATICUS_MAJOR)


@pytest.fixture(scope="module")
def severe():
    parameters = eqx.tree_at(
        lambda p: (p.nerve.degeneration_rate_per_day, p.nerve.insult_strength),
        typical_parameters(),
        (jnp.asarray(1.0), jnp.asarray(30.0)),
    )
    return parameters, simulate_patient(parameters, History((Onset("left", WHOLE),)), DAYS)


def test_a_healthy_face_stays_healthy():
    course = simulate_patient(typical_parameters(), History(), DAYS)
    assert np.all(np.asarray(course.muscles.own_drive) == 1)
    for zero in (
        course.lost,
        course.muscles.contracture,
        course.muscles.atrophy,
        course.soft_tissue.flattening,
    ):
        assert np.all(np.asarray(zero) == 0)
    grades = course_grades(typical_parameters(), typical_face(), course, jnp.asarray(LEFT))
    assert np.all(np.asarray(grades.sunnybrook) == 100)
    assert np.all(np.asarray(grades.is_house_brackmann_1))


def test_a_severe_palsy_is_complete_regrows_wrongly_and_stiffens(severe):
    parameters, course = severe
    own, foreign = (np.asarray(x)[:, LEFT] for x in (course.muscles.own_drive, course.muscles.aberrant_drive))
    assert own[2].max() < 0.1, "complete within two weeks"
    assert np.asarray(course.lost)[-1, LEFT].min() > 0.8
    assert np.asarray(course.regrown)[-1, LEFT].min() > 0.5
    assert own[-1].min() > 0
    assert foreign[2].max() < 0.01
    assert foreign[-1].min() > 0.05
    contracture, atrophy = np.asarray(course.muscles.contracture), np.asarray(course.muscles.atrophy)
    assert contracture[4, LEFT].max() < 0.02, "not in the first month"
    assert contracture[-1, LEFT].min() > 3 * contracture[13, LEFT].max() > 0, "but after 90 days"
    assert atrophy[20, LEFT].min() > 0.1 * float(parameters.muscle.denervation_atrophy_max)
    grades = course_grades(parameters, typical_face(), course, jnp.asarray(LEFT))
    score, synkinesis = np.asarray(grades.sunnybrook), np.asarray(grades.synkinesis).sum(axis=1)
    assert score[2] < score[-1] < 100
    assert synkinesis[-1] > synkinesis[4] == 0
    assert np.all(np.asarray(course.muscles.own_drive)[:, RIGHT] == 1)


def test_cheek_sinks_on_the_ill_side_only(severe):
    _, course = severe
    descent = np.asarray(course.soft_tissue.descent_mm)
    assert descent[20, LEFT] > 0.3
    assert np.all(descent[:, RIGHT] == 0)
    weight = float(typical_parameters().soft_tissue.flattening_by_volume)
    loss = np.asarray(course.soft_tissue.volume_loss) / float(
        typical_parameters().soft_tissue.volume_loss_max
    )
    sunk = descent / float(typical_parameters().soft_tissue.descent_max_mm)
    assert np.allclose(course.soft_tissue.flattening, weight * loss + (1 - weight) * sunk)


def test_an_intended_movement_brings_foreign_ones_and_force_follows_its_equation(severe):
    parameters, course = severe
    commands = healthy_commands()
    active = np.asarray(activation(parameters.muscle, course.muscles, commands))
    eye = FACIAL_MUSCLES.index(Muscle.ORBICULARIS_OCULI_PRETARSAL)
    at_rest = np.asarray(course.muscles.tone)
    assert active[-1, LEFT, SMILE, eye] > at_rest[-1, LEFT, eye] + 0.01, "the eye narrows with a smile"
    assert active[-1, RIGHT, SMILE, eye] == pytest.approx(at_rest[-1, RIGHT, eye])
    assert np.allclose(active[:, :, 0], at_rest), "rest is tone alone"
    block = np.zeros(at_rest.shape)
    block[:, LEFT] = 0.5
    pull = np.asarray(force(parameters.muscle, course.muscles, jnp.asarray(active), jnp.asarray(block)))
    free = np.asarray(force(parameters.muscle, course.muscles, jnp.asarray(active), None))
    passive = float(parameters.muscle.contracture_force) * np.asarray(course.muscles.contracture)[:, :, None]
    assert np.allclose(pull[:, LEFT] - passive[:, LEFT], 0.5 * (free - passive)[:, LEFT])
    assert np.array_equal(pull[:, RIGHT], free[:, RIGHT])
    # One entry by hand: the smile's zygomaticus on the last day.
    drive = float(course.muscles.own_drive[-1, LEFT, ZYGOMATICUS])
    routes = np.asarray(course.muscles.aberrant_routes)[-1, LEFT]
    brought = 1 - (1 - foreign_commands(commands)) ** float(parameters.muscle.foreign_gain)
    foreign = sum(
        branch_shares()[ZYGOMATICUS, b] * routes[b, c] * brought[ZYGOMATICUS, c, SMILE]
        for b in range(5)
        for c in range(5)
    )
    commanded = drive * commands[SMILE, ZYGOMATICUS] + foreign
    tone = at_rest[-1, LEFT, ZYGOMATICUS]
    assert active[-1, LEFT, SMILE, ZYGOMATICUS] == pytest.approx(commanded + (1 - commanded) * tone)


def test_both_sides_can_be_ill(severe):
    parameters, one_sided = severe
    whole = History((Onset("left", WHOLE), Onset("right", dict.fromkeys(NerveBranch, 0.2))))
    course = simulate_patient(parameters, whole)
    assert course.days.tolist() == weekly_days().tolist(), "two years when no days are given"
    left = np.asarray(course.muscles.own_drive)[: len(DAYS), LEFT]
    assert np.allclose(left, np.asarray(one_sided.muscles.own_drive)[:, LEFT], atol=1e-6)
    assert np.asarray(course.muscles.own_drive)[1, RIGHT].max() < 1
    exposure = exposure_of(whole)
    assert np.array_equal(mirrored(exposure).severity_frac, exposure.severity_frac[::-1])


def test_corticosteroids_spare_fibres_and_antivirals_a_few():
    parameters, onset = typical_parameters(), (Onset("right", WHOLE),)
    taper, antiviral = (
        trial_corticosteroid("prednisolone_taper", 1),
        trial_antiviral("valaciclovir_7_days", 1),
    )
    lost = [
        float(simulate_patient(parameters, history, DAYS).lost[-1, RIGHT, 2])
        for history in (History(onset), History(onset, antivirals=(antiviral,)), History(onset, (taper,)))
    ]
    assert lost[0] > lost[1] > lost[2] > 0


def test_retraining_calms_synkinesis_and_fades(severe):
    parameters, free = severe
    trained = simulate_patient(
        parameters, History((Onset("left", WHOLE),), retraining=(Retraining(150, 250),)), DAYS
    )
    effect = np.asarray(trained.retrained)
    days = np.clip(DAYS - 150, 0, 100)
    tau = float(parameters.muscle.retraining_days)
    expected = (1 - np.exp(-days / tau)) * np.exp(-np.clip(DAYS - 250, 0, None) / tau)
    assert np.allclose(effect, expected, atol=1e-12)
    share = 1 - float(parameters.muscle.retraining_effect) * effect
    assert np.allclose(
        trained.muscles.aberrant_routes, share[:, None, None, None] * free.muscles.aberrant_routes
    )
    assert np.allclose(trained.muscles.hypertonia, share[:, None, None] * free.muscles.hypertonia)


def test_a_lasting_block_wastes_the_muscle_and_lets_the_cheek_sink():
    parameters = typical_parameters()
    block = np.zeros((len(DAYS), 2, 24))
    block[8:20, RIGHT, ZYGOMATICUS] = 0.9
    course = simulate_patient(parameters, History(), DAYS, block)
    atrophy = np.array(course.muscles.atrophy)
    assert np.all(atrophy[:7] == 0)
    assert 0.02 < atrophy[:, RIGHT, ZYGOMATICUS].max() < float(parameters.muscle.disuse_atrophy_max)
    assert atrophy[-1, RIGHT, ZYGOMATICUS] < atrophy[:, RIGHT, ZYGOMATICUS].max(), "it comes back"
    atrophy[:, RIGHT, ZYGOMATICUS] = 0
    assert np.all(atrophy == 0)
    assert float(course.soft_tissue.descent_mm[30, RIGHT]) > 0
    assert float(course.soft_tissue.descent_mm[30, LEFT]) == 0
    assert np.array_equal(course.blocked_share, block)


def test_routing_tables():
    assert np.allclose(branch_shares().sum(axis=1), 1)
    near = np.asarray(branch_nearness(jnp.asarray(2.0)))
    assert np.allclose(near.sum(axis=1), 1)
    assert near[1, 1] > near[1, 2] > near[1, 3] > near[1, 4] > 0
    assert cheek_support().sum() == pytest.approx(1)
    commands = np.zeros((1, 24))
    commands[0, FACIAL_MUSCLES.index(Muscle.FRONTALIS)] = 1
    brought = foreign_commands(commands)[:, :, 0]
    assert brought[FACIAL_MUSCLES.index(Muscle.FRONTALIS)].tolist() == [0] * 5, (
        "its own command is not foreign"
    )
    assert brought[ZYGOMATICUS, 0] > 0
    assert brought[ZYGOMATICUS, 1:].tolist() == [0] * 4, "only the temporal branch commands the frontalis"
    assert foreign_commands(np.ones((1, 24)))[FACIAL_MUSCLES.index(Muscle.PLATYSMA), 4, 0] == 0


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ([0.0], "at least two finite numbers"),
        ([0.0, np.nan], "at least two finite numbers"),
        ([[0.0, 7.0]], "at least two finite numbers"),
        ([1.0, 7.0], "must start at 0, ascend"),
        ([0.0, 7.0, 7.0], "must start at 0, ascend"),
        ([0.0, 9999.0], "end by day 3700"),
    ],
)
def test_impossible_days_are_refused(days, message):
    with pytest.raises(CourseRequestError, match=message):
        simulate_patient(typical_parameters(), History(), np.array(days))


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (np.zeros((3, 2, 24)), "the shape \\(3, 2, 24\\); \\(53, 2, 24\\) is wanted"),
        (np.full((53, 2, 24), 1.1), "must lie from 0 to 1"),
        (np.full((53, 2, 24), np.nan), "must lie from 0 to 1"),
    ],
)
def test_impossible_blocks_are_refused(block, message):
    with pytest.raises(CourseRequestError, match=message):
        simulate_patient(typical_parameters(), History(), DAYS, block)


def test_a_cohort_is_no_patient_and_a_broken_parameter_is_found_first():
    cohort = sample_parameters(jax.random.key(0), 3)
    with pytest.raises(CourseRequestError, match="parameters are of 3 patients"):
        simulate_patient(cohort, History(), DAYS)
    broken = eqx.tree_at(lambda p: p.muscle.atrophy_days, typical_parameters(), jnp.asarray(np.nan))
    with pytest.raises(ParameterError, match="atrophy_days"):
        simulate_patient(broken, History(), DAYS)


def test_a_course_that_leaves_the_numbers_names_patient_day_and_parameter():
    broken = eqx.tree_at(lambda p: p.nerve.block_rate_per_day, typical_parameters(), jnp.asarray(1e300))
    with pytest.raises(
        DivergedError, match=r"patient 1 left the finite numbers by day 7.* block_rate_per_day = 1e\+300"
    ):
        simulate_patient(broken, History((Onset("left", WHOLE),)), DAYS)


def grade(parameters, course):
    return course_grades(parameters, typical_face(), course, jnp.asarray(LEFT))


def test_a_cohort_in_chunks_is_its_patients_one_by_one():
    patients = sample_parameters(jax.random.key(5), 5)
    exposure = sample_exposures(jax.random.key(6), cohort_named("trial"), 5, "prednisolone_taper")
    chunks = list(simulate_cohort(patients, exposure, DAYS, chunk_patients=2))
    assert [chunk.lost.shape[0] for chunk in chunks] == [2, 2, 1]
    graded = list(simulate_cohort(patients, exposure, DAYS, summarise=grade, chunk_patients=5))
    assert graded[0].sunnybrook.shape == (5, 53)
    together = jnp.concatenate([chunk.muscles.own_drive for chunk in chunks])
    whole = next(simulate_cohort(patients, exposure, DAYS, np.zeros((5, 53, 2, 24)), chunk_patients=5))
    assert np.allclose(together, whole.muscles.own_drive, atol=1e-13)
    assert np.all(np.asarray(whole.muscles.own_drive).min(axis=(1, 3)).max(axis=1) == 1), (
        "one side is healthy"
    )


def test_a_diverging_cohort_names_the_patient():
    patients = sample_parameters(jax.random.key(5), 5)
    rates = patients.nerve.block_rate_per_day.at[3].set(1e300)
    broken = eqx.tree_at(lambda p: p.nerve.block_rate_per_day, patients, rates)
    exposure = sample_exposures(jax.random.key(6), cohort_named("trial"), 5, "prednisolone_taper")
    with pytest.raises(DivergedError, match=r"course of patient 4 .* block_rate_per_day"):
        list(simulate_cohort(broken, exposure, DAYS, chunk_patients=2))


def test_impossible_cohorts_are_refused():
    patients = sample_parameters(jax.random.key(5), 5)
    exposure = sample_exposures(jax.random.key(6), cohort_named("trial"), 4)
    with pytest.raises(
        CourseRequestError, match=r"Parameters of 5 patients and exposures of shape \(4, 2, 5\)"
    ):
        simulate_cohort(patients, exposure, DAYS)
    with pytest.raises(CourseRequestError, match="Parameters of None patients"):
        simulate_cohort(typical_parameters(), exposure, DAYS)
    with pytest.raises(CourseRequestError, match="A chunk of 0 patients"):
        simulate_cohort(patients.of(slice(4)), exposure, DAYS, chunk_patients=0)
    with pytest.raises(CourseRequestError, match=r"'paris' is no cohort. Give one of copenhagen, trial"):
        cohort_named("paris")
    with pytest.raises(CourseRequestError, match="cannot be drawn"):
        sample_exposures(jax.random.key(6), cohort_named("trial"), 0)


def test_arms_of_a_cohort_have_the_same_palsies():
    trial = cohort_named("trial")
    none = sample_exposures(jax.random.key(1), trial, 3000)
    treated = sample_exposures(jax.random.key(1), trial, 3000, "prednisolone_10_days")
    assert np.array_equal(none.severity_frac, treated.severity_frac)
    start = np.asarray(treated.drug_edges_days)[:, 0]
    assert np.allclose(np.histogram(start, [0, 1, 2, 3])[0] / 3000, trial.day_shares, atol=0.03)
    assert np.allclose(np.asarray(treated.drug_edges_days)[:, 1] - start, 10)
    assert np.allclose(np.asarray(treated.corticosteroid_level)[0], [0, 50 / 60, 0])
    assert ((np.asarray(none.severity_frac).sum(axis=2) > 0).sum(axis=1) == 1).all()


def test_limits_of_raters_ascend():
    used = rater_limits()
    assert 0 < used["first_sign"] < used["complete_palsy"] < used["house_brackmann_1_movement"] < 1
    assert used["house_brackmann_1_synkinesis"] > 0
    assert used["fold_absent_below"] < used["fold_shallow_below"] < 1 < used["fold_deep_above"]
