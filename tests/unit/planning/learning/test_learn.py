"""What two follow-ups teach of an invented patient whose truth is known."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from facialis.planning.learning.learn import NothingToLearnError, learn
from facialis.planning.learning.measured import SYMMETRY_INDEX, measured_scores, score_names
from facialis.planning.learning.records import Direction, TraitName
from facialis.twin.junction.parameters import JunctionParameter, junction_priors
from tests.factories.plan_work import KEY, TREATED, followed, person, planned, seen_today
from tests.factories.planning import ONA, good_case

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found():
    case, who = followed()
    return learn(case, who, KEY, planned().plan)


def test_days(found):
    assert found.treated == TREATED
    assert found.seen_before == TREATED
    assert (found.seen_after - TREATED).days == 24


def test_sensitivity_and_duration_are_learnt(found):
    priors = junction_priors(ONA)
    places = list(priors)
    for trait in found.traits:
        parameter, sign = (
            (JunctionParameter.ED50, -1)
            if trait.name is TraitName.SENSITIVITY
            else (JunctionParameter.HALF_LIFE, 1)
        )
        true = np.exp(sign * priors[parameter].log_sd * person().junction_scores[places.index(parameter)])
        before, after = (np.log(one.high / one.low) for one in (trait.before, trait.after))
        assert after < 0.95 * before
        assert trait.before.low < 1 < trait.before.high
        # Twice the interval, so that one draw of errors cannot fail it.
        assert abs(np.log(true / trait.after.value)) < after
        assert "typical" in trait.sentence
    assert {trait.name for trait in found.traits} == set(TraitName)


def test_responses_are_compared_with_their_error_and_prediction(found):
    assert [one.score for one in found.responses] == list(score_names())
    for one in found.responses:
        assert one.predicted is not None
        assert one.change == pytest.approx(one.after - one.before)
        certain = abs(one.change) > 1.96 * one.sd
        assert (one.direction in {Direction.BETTER, Direction.WORSE}) == certain
        assert one.unit in one.sentence
    index = found.responses[0]
    assert index.score == SYMMETRY_INDEX
    assert index.predicted.value > 0
    assert abs(index.change - index.predicted.value) < 3 * index.sd


def test_changed_muscles_changed_by_more_than_was_open(found):
    for one in found.changed:
        assert abs(one.after - one.before) > 1.96 * one.sd
        assert one.side.label in one.sentence


def test_it_reads_as_sentences_and_compares_doses(found):
    assert found.sentences[0].startswith("Treated on")
    assert all(one.sentence in found.sentences for one in found.differences)
    assert all("as the last time" in one.sentence for one in found.differences)
    assert len(found.differences) == len(planned().plan.choices)
    assert all(one[-1] == "." for one in found.sentences)


def test_without_a_follow_up_nothing_is_learnt():
    case, who = followed()
    alone = learn(case, replace(who, visits=who.visits[:1]), KEY)
    assert (alone.traits, alone.changed, alone.responses, alone.seen_after) == ((), (), (), None)
    assert "nothing was measured" in alone.sentences[0]
    late = learn(case, replace(who, visits=who.visits[1:]), KEY)
    assert (late.seen_before, late.responses, late.traits) == (None, (), ())


def test_without_a_treatment_there_is_nothing_to_learn():
    with pytest.raises(NothingToLearnError):
        learn(good_case(), followed()[1], KEY)


def test_measured_scores_mirror_and_say_nothing_of_what_was_not_read():
    visit = seen_today()
    mine = measured_scores(visit, person().affected, KEY)
    other = measured_scores(visit.mirrored(), person().affected.opposite, KEY)
    for name in score_names():
        assert mine[name] == pytest.approx(other[name])
        assert mine[name][1] > 0
    nothing = measured_scores(
        replace(visit, is_read=np.zeros_like(visit.is_read)), person().affected, jax.random.key(1)
    )
    assert set(nothing.values()) == {(None, None)}
