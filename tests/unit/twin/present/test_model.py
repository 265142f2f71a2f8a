"""What would be seen: its derivative in two parts, and toxin in it."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from benchmarks._virtual_patients import Group, draw_patients, see, true_blocks, true_forces, true_readings

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.present.model import (
    FINDINGS_ROOM,
    READINGS_SEEN,
    SESSIONS_ROOM,
    blocks_of,
    question_of,
    residuals,
)
from facialis.twin.present.scores import EXPRESSIONS, place_of, state_blocks, state_size
from facialis.twin.present.slopes import residuals_and_slope, residuals_only

ONA, DAXI = ToxinProduct.ONABOTULINUMTOXIN_A, ToxinProduct.DAXIBOTULINUMTOXIN_A
MENTALIS = FACIAL_MUSCLES.index(Muscle.MENTALIS)


def session(day, product=ONA, side=Side.LEFT, target=InjectionTarget.MENTALIS, units="5"):
    return ToxinSession(day, (ToxinInjection(side, target, 1, ToxinDose(units, product), "0.05"),))


@pytest.fixture(scope="module")
def patient():
    (found,) = draw_patients(1, 1, [Group.PRIOR])
    return found


def rows_of(visit):
    """Findings, filled up."""
    return -(-len(visit.findings.sd) // FINDINGS_ROOM) * FINDINGS_ROOM


def all_scores(patient, layout, seed=0):
    scores = np.random.default_rng(seed).normal(size=layout.size)
    scores[: state_size()] = patient.scores
    return jnp.asarray(scores)


def test_arrays_are_filled_up_so_that_few_programs_serve(patient):
    visit = see(patient, 540.0, np.random.default_rng(0), has_findings=False)
    examined = see(patient, 560.0, np.random.default_rng(0))
    question, layout = question_of(
        [visit, examined], [session(550.0), session(700.0, DAXI)], patient.affected
    )
    assert layout.products == (ONA, DAXI)
    assert layout.size == state_size() + 2 * 18
    assert question.seen.finding_activity.shape == (2, rows_of(examined))
    assert not np.asarray(question.seen.finding_precision[0]).any()
    assert np.count_nonzero(question.seen.finding_precision[1]) == len(examined.findings.sd)
    assert [doses.days.shape for doses in question.doses] == [(SESSIONS_ROOM,)] * 2
    assert question_of([visit], [], patient.affected)[1].products == ()


def test_doses_that_only_fill_up_block_nothing_and_the_rest_is_the_junctions(patient):
    sessions = [session(550.0), session(560.0, DAXI, Side.RIGHT)]
    question, layout = question_of(
        [see(patient, 540.0, np.random.default_rng(0))], sessions, patient.affected
    )
    days = [540.0, 555.0, 580.0, 700.0]
    found = blocks_of(
        jnp.asarray(patient.junction_scores), layout.products, question.doses, jnp.asarray(days)
    )
    np.testing.assert_allclose(found, true_blocks(patient, days, sessions), atol=1e-12)
    assert not np.asarray(found[0]).any()
    assert float(found[2, 0, MENTALIS]) > 0.2


def test_toxin_takes_force_from_the_injected_muscle_and_moves_the_face(patient):
    sessions = [session(550.0)]
    before, after = true_forces(patient, [540.0, 580.0], sessions)
    lost = before - after
    assert lost[:, 0, MENTALIS].min() > 0
    assert (lost >= 0).all()
    readings = true_readings(patient, [540.0, 580.0], sessions)
    assert np.abs(readings[1] - readings[0]).max() > 0.1


@pytest.mark.slow
def test_the_derivative_in_two_parts_is_that_of_the_residuals(patient):
    sessions = [session(550.0)]
    visits = [see(patient, day, np.random.default_rng(0), sessions) for day in (540.0, 570.0)]
    question, layout = question_of(visits, sessions, patient.affected)
    scores = all_scores(patient, layout)
    off, slope = residuals_and_slope(scores, question, layout)
    assert slope.shape == (2 * READINGS_SEEN + question.seen.finding_sd.size, layout.size)
    np.testing.assert_allclose(off, residuals_only(scores, question, layout), atol=1e-9)
    np.testing.assert_allclose(off, residuals(jnp.asarray(scores), question, layout), atol=1e-9)
    along = jax.jit(lambda way: jax.jvp(lambda s: residuals(s, question, layout), (scores,), (way,))[1])
    rng = np.random.default_rng(1)
    # Every block of scores by itself, in a direction at random: all columns take part.
    places = [place_of(block.name) for block in state_blocks()]
    places += [slice(start, start + EXPRESSIONS) for start in range(state_size(), layout.size, EXPRESSIONS)]
    for place in places:
        way = np.zeros(layout.size)
        way[place] = rng.normal(size=place.stop - place.start)
        np.testing.assert_allclose(slope @ way, along(jnp.asarray(way)), atol=1e-8, err_msg=str(place))


@pytest.mark.slow
def test_residuals_at_the_truth_are_the_errors(patient):
    found = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        efforts = rng.normal(size=9)
        visit = see(patient, 540.0, rng, efforts=efforts, has_findings=False)
        question, layout = question_of([visit], [], patient.affected)
        scores = np.concatenate([patient.scores, efforts, np.zeros(9)])
        found.append(residuals_only(scores, question, layout)[:READINGS_SEEN])
    # Above 1 by what the scale of each photograph adds, which has scores of its own.
    assert 0.9 < np.std(found) < 1.3
    assert abs(np.mean(found)) < 0.2
