"""A patient's posterior: mirrored, with less seen, with follow-up after toxin, and what is refused."""

from dataclasses import replace

import jax
import numpy as np
import pytest
from benchmarks._decoded_patients import junction_of
from benchmarks._virtual_patients import Group, draw_patients, see
from benchmarks.decode import session_of

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.calibrate import calibrate, split_visits
from facialis.twin.errors import ObservationError
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.junction.errors import NoJunctionDataError
from facialis.twin.present.scores import place_of, state_size
from facialis.twin.present.visits import Visit

pytestmark = pytest.mark.slow  # the first search compiles for a minute on a busy machine

SMILES = [NINE_PHOTOGRAPHS.index(e) for e in (Expression.OPEN_SMILE, Expression.CLOSED_SMILE)]


@pytest.fixture(scope="module")
def patient():
    (found,) = draw_patients(4, 1, [Group.LATE_SYNKINETIC])
    return found


@pytest.fixture(scope="module")
def visit(patient):
    return see(patient, 540.0, np.random.default_rng(0), efforts=patient.efforts)


@pytest.fixture(scope="module")
def posterior(visit, patient):
    return calibrate([visit], [], patient.affected)


def unread(visit: Visit, expressions) -> Visit:
    is_read = visit.is_read.copy()
    is_read[expressions] = False
    return replace(visit, is_read=is_read)


def test_the_truth_lies_where_the_posterior_says(posterior, patient):
    size = state_size()
    z = (patient.scores - posterior.mean[:size]) / posterior.sd[:size]
    assert posterior.has_converged
    assert np.std(z) == pytest.approx(1, abs=0.25)
    assert (np.abs(z) < 1.645).mean() > 0.8
    assert (posterior.sd <= 1 + 1e-9).all(), "nothing is known less than before"
    assert posterior.sd[place_of("foreign_share")] < 0.4
    np.testing.assert_allclose(posterior.sd[place_of("junction")], 1, err_msg="no toxin, nothing learnt")


def test_a_mirrored_patient_has_the_same_scores(posterior, visit, patient):
    turned = calibrate([visit.mirrored()], [], patient.affected.opposite)
    np.testing.assert_allclose(turned.mean, posterior.mean, atol=1e-6)
    np.testing.assert_allclose(turned.root, posterior.root, atol=1e-6)
    key = jax.random.key(0)
    np.testing.assert_allclose(turned.samples(key, 20), posterior.samples(key, 20), atol=1e-5)


def test_samples_have_the_posterior_s_mean_and_spread(posterior):
    drawn = posterior.samples(jax.random.key(1), 4000)
    np.testing.assert_allclose(drawn.mean(axis=0), posterior.mean, atol=1e-12)
    np.testing.assert_allclose(drawn.std(axis=0), posterior.sd, rtol=0.1)
    np.testing.assert_array_equal(drawn, posterior.samples(jax.random.key(1), 4000))
    states, visits = split_visits(drawn)
    assert states.shape == (4000, state_size())
    assert visits.shape == (4000, 1, 2, 9)


def test_missing_photographs_leave_more_open(posterior, visit, patient):
    fewer = calibrate([unread(visit, SMILES)], [], patient.affected)
    rest_alone = calibrate([unread(visit, slice(1, None))], [], patient.affected)
    volumes = [np.log(found.sd).sum() for found in (posterior, fewer, rest_alone)]
    assert volumes[0] < volumes[1] - 0.5
    assert volumes[1] < volumes[2] - 2
    np.testing.assert_allclose(rest_alone.sd[-9 - 8 :], 1, atol=0.2)
    assert unread(visit, SMILES).missing == (Expression.CLOSED_SMILE, Expression.OPEN_SMILE)


def test_a_side_that_was_not_read_is_known_from_the_prior_alone(posterior, visit, patient):
    is_read = visit.is_read.copy()
    is_read[:, 1 - patient.side_index] = False
    value = visit.value_mm.copy()
    value[~is_read] = 0.0
    found = calibrate([replace(visit, is_read=is_read, value_mm=value)], [], patient.affected)
    assert found.has_converged
    healthy = place_of("healthy_drive_by_branch")
    assert (found.sd[healthy] > posterior.sd[healthy]).all()
    # What moves the other side moves the middle of the mouth too, a little.
    np.testing.assert_allclose(found.sd[healthy], 1, atol=0.01)
    # What stands where nothing was read is not looked at.
    value[~is_read] = 999.0
    again = calibrate([replace(visit, is_read=is_read, value_mm=value)], [], patient.affected)
    np.testing.assert_allclose(again.mean, found.mean, atol=1e-9)


def test_no_visit_two_of_one_day_and_uneven_draws_are_refused(posterior, visit, patient):
    with pytest.raises(ObservationError, match=r"no visit with photographs\. Measure a set first"):
        calibrate([], [], patient.affected)
    with pytest.raises(ObservationError, match="Two visits lie on one day"):
        calibrate([visit, visit], [], patient.affected)
    for count in (0, 1, 7, -2):
        with pytest.raises(ObservationError, match=f"{count} draws cannot be made in pairs"):
            posterior.samples(jax.random.key(0), count)


def test_a_product_without_data_is_refused(visit):
    dose = ToxinDose("100", ToxinProduct.RIMABOTULINUMTOXIN_B)
    session = ToxinSession(500.0, (ToxinInjection(Side.LEFT, "mentalis", 1, dose, "0.05"),))
    with pytest.raises(NoJunctionDataError, match="rimabotulinumtoxinB"):
        calibrate([visit], [session], Side.LEFT)


def test_two_visits_after_toxin_tell_sensitivity_better_than_the_prior():
    patients = draw_patients(4, 12, [Group.LATE_SYNKINETIC])
    true, mean, sd = [], [], []
    for patient in patients:
        rng = np.random.default_rng(patient.number)
        sessions = [session_of(patient.affected)]
        visits = [see(patient, day, rng, sessions) for day in (539.0, 554.0, 660.0)]
        # The order in which visits are given is none of its business.
        found = junction_of(calibrate(visits[::-1], sessions, patient.affected))
        true.append(patient.junction_scores)
        mean.append(found[0])
        sd.append(found[1])
    error = np.array(true) - np.array(mean)
    dose, half_life, _ = np.array(sd).mean(axis=0)
    assert dose < 0.6
    assert half_life < 0.85
    assert np.sqrt((error[:, 0] ** 2).mean()) < 0.75 * np.std(np.array(true)[:, 0])
    assert (np.abs(error / np.array(sd)) < 2).mean() > 0.8
