"""Protected functions: limits as they are counted in the full model."""

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import units_reached
from facialis.planning.dosing.function_limits import (
    CLOSURES,
    PEAK,
    ProtectedFunction,
    closure_limits,
    event_chances,
    event_limits,
    event_places,
    function_limits,
    lost_closures,
    missing_closure,
    swallowing_limit,
)
from facialis.planning.dosing.loss import units_of_plan
from facialis.planning.outcome.prospect import PLACES, prospect_of_scores
from facialis.twin.events import ToxinSession
from facialis.twin.junction.neighbours import NeighbourEvent, session_risk
from facialis.twin.present.scores import no_scores
from tests.factories.plan_work import choice, prospect
from tests.factories.planning import ABO, ONA

LIDS = tuple(choice("orbicularis_oculi_upper_lid", side, "2.5", "2.5") for side in Side)
CHIN = choice("mentalis", Side.LEFT, "2.5")
NECK = choice("platysma", Side.LEFT, "5", "5", "5", highest="25")


def test_swallowing_is_limited_in_the_units_of_its_source_alone():
    (found,) = swallowing_limit(ONA, (CHIN, NECK))
    assert list(found.row) == [0, 15]
    assert found.bound == function_limits()[ProtectedFunction.SWALLOWING].limit
    assert swallowing_limit(ABO, (CHIN, NECK)) == []


def test_every_function_has_a_probability():
    assert set(function_limits()) == set(ProtectedFunction)
    assert all(0 < known.probability < 1 for known in function_limits().values())


@pytest.mark.slow
def test_closure_is_lost_with_the_dose_in_the_lids_and_nowhere_else():
    found = prospect()
    before = missing_closure(found, found.toxin(np.zeros(PLACES))[:, PEAK])
    left = missing_closure(found, found.toxin(units_of_plan(LIDS[:1]))[:, PEAK])
    more = missing_closure(found, found.toxin(2 * units_of_plan(LIDS[:1]))[:, PEAK])
    assert (left[:, :, 0] > before[:, :, 0]).all()
    assert (more[:, :, 0] > left[:, :, 0]).all()
    np.testing.assert_allclose(left[:, :, 1], before[:, :, 1], atol=0.05)
    chin = missing_closure(found, found.toxin(units_of_plan([CHIN]))[:, PEAK])
    np.testing.assert_allclose(chin, before, atol=0.02)


@pytest.mark.slow
def test_chance_limits_say_what_one_choice_alone_does():
    found, choices = prospect(), (*LIDS, CHIN)
    limits = closure_limits(found, choices)
    assert [limit.name for limit in limits] == [
        f"{expression.value} {side.label}" for expression in CLOSURES for side in Side
    ]
    for limit in limits:
        name, label = limit.name.split(" ")
        c, s = [e.value for e in CLOSURES].index(name), [x.label for x in Side].index(label)
        for j, one in enumerate(choices):
            true = missing_closure(found, found.toxin(units_of_plan([one]))[:, PEAK])[:, c, s]
            np.testing.assert_allclose(limit.base + limit.effect[:, j], true, atol=0.02)


@pytest.mark.slow
def test_a_lost_closure_is_counted_sample_by_sample():
    found = prospect()
    assert lost_closures(found, np.zeros(PLACES)) == ()
    much = 4 * units_of_plan(LIDS)
    after = missing_closure(found, found.toxin(much)[:, PEAK])
    before = missing_closure(found, found.toxin(np.zeros(PLACES))[:, PEAK])
    expected = set()
    for c, expression in enumerate(CLOSURES):
        known = function_limits()[ProtectedFunction(expression.value)]
        for s, side in enumerate(Side):
            share, was = ((one[:, c, s] > known.limit).mean() for one in (after, before))
            if share > max(known.probability, was):
                expected.add(f"{expression.value} {side.label}")
    assert expected
    assert set(lost_closures(found, much)) == expected


@pytest.mark.slow
def test_an_event_is_as_likely_as_allowed_at_its_limit():
    found, choices = prospect(), (*LIDS, CHIN)
    for event, function in (
        (NeighbourEvent.EYELID_PTOSIS, ProtectedFunction.LID_PTOSIS),
        (NeighbourEvent.LIP_DROOP, ProtectedFunction.ORAL_COMPETENCE),
    ):
        known = function_limits()[function]
        for s, side in enumerate(Side):
            limit = next(
                x for x in event_limits(found, choices) if x.name == f"{function.value} {side.label}"
            )
            units = np.zeros(PLACES)
            units[event_places(event, s)[0]] = limit.bound
            assert event_chances(found, units, event)[:, s].mean() == pytest.approx(
                known.probability, rel=1e-3
            )
            rows = [units_reached(one)[event_places(event, s)].sum() for one in choices]
            np.testing.assert_allclose(limit.row, rows)


@pytest.mark.slow
def test_an_event_is_as_likely_as_the_model_it_was_fitted_by_says():
    plan = (*LIDS, CHIN)
    typical = prospect_of_scores(no_scores()[None], Side.LEFT, ONA, 540.0)
    session = ToxinSession(540.0, tuple(i for one in plan for i in one.injections))
    for event in NeighbourEvent:
        (found,) = event_chances(typical, units_of_plan(plan), event)
        np.testing.assert_allclose(found, session_risk(event, session), rtol=1e-6)


@pytest.mark.slow
def test_functions_are_counted_where_the_block_is_greatest():
    course = prospect_of_scores(no_scores()[None], Side.LEFT, ONA, 540.0).course[0]
    assert course.argmax() == PEAK
    daily = prospect_of_scores(
        no_scores()[None], Side.LEFT, ONA, 540.0, days=[float(day) for day in range(1, 29)]
    ).course[0]
    assert course[PEAK] > 0.99 * daily.max()


@pytest.mark.slow
def test_a_mirrored_patient_has_the_mirrored_limits_in_the_same_order():
    mine, other = (
        closure_limits(prospect(side), tuple(choice("orbicularis_oculi_lateral", x, "2", "2") for x in order))
        for side, order in ((Side.LEFT, (Side.LEFT, Side.RIGHT)), (Side.RIGHT, (Side.RIGHT, Side.LEFT)))
    )
    for one, two in zip(mine, other, strict=True):
        assert one.name != two.name
        np.testing.assert_allclose(one.base, two.base, atol=1e-6)
        np.testing.assert_allclose(one.effect, two.effect, atol=1e-6)
