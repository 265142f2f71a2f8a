"""What may come of a patient: with more toxin, without any, mirrored, and after earlier sessions."""

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.planning.dosing.loss import units_of_plan
from facialis.planning.outcome.prospect import DAY_SHARES, EFFECT_DAYS, PEAK_DAYS, PLACES, prospect_of_scores
from facialis.planning.outcome.scores import blocks_under, scores_of
from facialis.twin.exposure import SIDES
from facialis.twin.junction.places import REACHED
from facialis.twin.present.model import Doses
from tests.factories.plan_work import DAY, ONA, choice, prospect, scores_of_people

pytestmark = pytest.mark.slow  # posing compiles for half a minute

PLAN = (choice("mentalis", Side.LEFT, "2.5"), choice("frontalis", Side.RIGHT, "2.5", "2.5"))


def turned(units):
    return units.reshape(SIDES, len(REACHED))[::-1].ravel()


def test_the_days_share_one_mean_and_the_peak_is_among_them():
    assert sum(DAY_SHARES) == pytest.approx(1)
    assert set(PEAK_DAYS) <= set(EFFECT_DAYS)


def test_no_units_bring_nothing_new():
    found = prospect()
    judged = found.judge(np.zeros(PLACES))
    np.testing.assert_allclose(judged.readings, found.nothing.readings, atol=1e-9)
    np.testing.assert_allclose(judged.readings[:, 0], found.untouched_mm, atol=1e-9)
    np.testing.assert_allclose(judged.terms, found.nothing.terms, atol=1e-9)
    assert found.samples == len(found.active)


def test_terms_are_their_formula():
    found, arrays = prospect(), prospect().arrays
    judged = found.judge(units_of_plan(PLAN))
    readings, beyond = np.asarray(judged.readings), np.asarray(judged.activity)
    by_hand = np.einsum("tesr,ndesr->ndt", arrays.of_readings, readings)
    by_hand += np.einsum("tesm,ndesm->ndt", arrays.of_activity, beyond)
    by_hand -= arrays.of_base * np.einsum("tesr,nesr->nt", arrays.of_readings, found.untouched_mm)[:, None]
    np.testing.assert_allclose(judged.terms, by_hand, atol=1e-9)


def test_more_units_block_more_and_fade():
    found, units = prospect(), units_of_plan(PLAN)
    once, twice = blocks_under(found, units), blocks_under(found, 2 * units)
    assert (twice >= once).all()
    reached = once[:, 1].max(axis=0) > 0.1
    assert reached.any()
    assert (once[:, -1][:, reached] < once[:, 1][:, reached]).all()
    assert not blocks_under(found, np.zeros(PLACES)).any()


def test_a_mirrored_patient_has_the_mirrored_future():
    mine = prospect().judge(units_of_plan(PLAN))
    other = prospect(Side.RIGHT).judge(turned(units_of_plan(PLAN)))
    np.testing.assert_allclose(np.asarray(other.readings)[:, :, :, ::-1], mine.readings, atol=1e-6)
    np.testing.assert_allclose(other.terms, mine.terms, atol=1e-6)


def test_earlier_toxin_still_acts_and_only_after_it_was_given():
    units = units_of_plan(PLAN)
    earlier = [(ONA, Doses(units[:, None], np.array([DAY - 30.0])))]
    later = [(ONA, Doses(units[:, None], np.array([DAY + 400.0])))]
    left = prospect_of_scores(scores_of_people(), Side.LEFT, ONA, DAY, earlier=earlier)
    assert left.residual[:, 0].max() > 0
    assert (left.residual[:, -1] <= left.residual[:, 0] + 1e-12).all()
    # A dose of 30 days ago on the first day is that of today on day 37.
    np.testing.assert_allclose(left.nothing.readings, left.judge(np.zeros(PLACES)).readings)
    unused = prospect_of_scores(scores_of_people(), Side.LEFT, ONA, DAY, earlier=later)
    assert not unused.residual.any()


def test_scores_are_consistent_and_healthy_movement_counts():
    found, units = prospect(), units_of_plan(PLAN)
    scores = scores_of(found, found.judge(units), units)
    np.testing.assert_allclose(
        scores.sunnybrook, scores.voluntary_movement - scores.rest_symmetry - scores.synkinesis
    )
    assert ((scores.sunnybrook >= -15) & (scores.sunnybrook <= 100)).all()
    known = scores.symmetry_index[np.isfinite(scores.symmetry_index)]
    assert ((known >= 0) & (known <= 100)).all()
    assert scores.movement.shape == (*scores.sunnybrook.shape, 5)
