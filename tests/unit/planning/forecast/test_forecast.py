"""The course of a plan: nothing on its first day, best in weeks, gone in months."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.sides import Side
from facialis.planning.forecast.forecast import (
    FORECAST_DAYS,
    CannotForecastError,
    course_prospect,
    forecast_on,
    forecast_plan,
)
from facialis.planning.forecast.records import QUANTILES, PlanQuantity
from facialis.planning.schedule import follow_up
from facialis.twin.forecast import KEY_ASYMMETRIES
from tests.factories.plan_work import KEY, planned
from tests.factories.planning import ONA, TODAY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found():
    return forecast_plan(planned(), KEY)


def array(values):
    return np.array(values, dtype=float)


def test_days_and_dates(found):
    assert found.days == FORECAST_DAYS
    assert found.dates[0] == TODAY
    assert found.dates[-1] == TODAY + timedelta(days=180)
    assert found.follow_up == follow_up(TODAY, ONA)


def test_everything_is_followed(found):
    for expression, measures in KEY_ASYMMETRIES.items():
        for measure in measures:
            found.curve(PlanQuantity.ASYMMETRY, measure, expression=expression)
    affected = planned().plan.affected
    for part in ("composite", "rest_symmetry", "voluntary_movement", "synkinesis"):
        found.curve(PlanQuantity.SUNNYBROOK, part, side=affected)
    for part in ("ocular", "midfacial", "mentalis"):
        found.curve(PlanQuantity.SYNKINESIS, part, side=affected)
    for side in Side:
        found.curve(PlanQuantity.FISSURE_ON_CLOSURE, side=side, expression=Expression.GENTLE_EYE_CLOSURE)
        found.curve(PlanQuantity.SMILE_EXCURSION, side=side, expression=Expression.OPEN_SMILE)
    for choice in planned().plan.choices:
        for muscle in injection_target(choice.target).muscles:
            for side in Side if choice.side is None else (choice.side,):
                found.curve(PlanQuantity.BLOCK, muscle.value, side=side)
    with pytest.raises(KeyError):
        found.curve(PlanQuantity.SUNNYBROOK, "charm")
    assert len({curve.name for curve in found.curves}) == len(found.curves)


def test_bands_are_ordered_and_nothing_stays_as_it_is(found):
    for curve in found.curves:
        for band in (curve.plan, curve.nothing):
            rows = [band.quantiles[q] for q in QUANTILES]
            assert all(len(row) == len(found.days) for row in rows)
            for day in range(len(found.days)):
                known = [row[day] for row in rows if row[day] is not None]
                assert known == sorted(known)
        # Without toxin, and without earlier toxin, the face stays.
        still = [value for value in curve.nothing.mean if value is not None]
        assert np.ptp(still) < 1e-9 if still else True


def test_on_the_first_day_the_plan_has_done_nothing(found):
    for curve in found.curves:
        for q in QUANTILES:
            first, without = curve.plan.quantiles[q][0], curve.nothing.quantiles[q][0]
            assert (first is None) == (without is None)
            if first is not None:
                assert first == pytest.approx(without, abs=1e-9)


def test_blocks_rise_and_fade(found):
    blocks = [c for c in found.curves if c.name.quantity is PlanQuantity.BLOCK]
    assert blocks
    for curve in blocks:
        mean = array(curve.plan.mean)
        peak = int(mean.argmax())
        assert 3 <= found.days[peak] <= 28
        assert (np.diff(mean[: peak + 1]) >= -1e-9).all()
        assert (np.diff(mean[peak:]) <= 1e-9).all()


def test_milestones_stand_in_their_order(found):
    m = found.milestones
    assert m.onset.median < m.peak.median < m.half_gone.median
    assert m.onset.low <= m.onset.median <= m.onset.high
    assert m.half_gone.median > 28
    assert m.ended.low is None or m.ended.low > m.half_gone.low
    assert m.improved_share == 1
    assert 0 < found.peak_day <= 42
    assert "day" in found.sentences[0]
    assert any("after 3 to 7 days" in one and "recall-high" in one for one in found.sentences)


def test_the_face_of_the_mean_is_a_model_and_moves_with_the_plan(found):
    for face in (found.before, found.at_peak):
        assert face.is_model
        assert set(face.meshes_mm) == set(NINE_PHOTOGRAPHS)
        assert face.forces.shape == (len(NINE_PHOTOGRAPHS), 2, 24)
        assert face.house_brackmann is not None
    smile = Expression.OPEN_SMILE
    moved = np.abs(found.before.meshes_mm[smile] - found.at_peak.meshes_mm[smile]).max()
    assert moved > 0.5
    assert (found.before.day, found.at_peak.day) == (0.0, found.peak_day)


def test_an_edit_redraws_on_the_same_patient(found):
    work = planned()
    course = course_prospect(work, KEY)
    again = forecast_on(work, course, work.plan.choices, graded=False)
    name = (PlanQuantity.SYMMETRY_INDEX,)
    assert again.curve(*name) == found.curve(*name)
    assert again.at_peak.house_brackmann is None
    nothing = forecast_on(work, course, (), graded=False)
    assert nothing.curve(*name).plan == nothing.curve(*name).nothing
    assert nothing.milestones.onset is None
    assert "no improvement" in nothing.sentences[0]
    assert forecast_plan(work, KEY, choices=(), graded=False).milestones == nothing.milestones


def test_a_mirrored_plan_has_the_mirrored_course(found):
    other = forecast_plan(planned(mirrored=True), KEY, graded=False)
    for mine in found.curves:
        name = mine.name
        side = None if name.side is None else name.side.opposite
        theirs = other.curve(name.quantity, name.part, side=side, expression=name.expression)
        sign = -1 if name.quantity is PlanQuantity.ASYMMETRY else 1
        if name.quantity in {PlanQuantity.SUNNYBROOK, PlanQuantity.SYMMETRY_INDEX}:
            continue  # steps at limits may fall either way by rounding
        np.testing.assert_allclose(sign * array(theirs.plan.mean), array(mine.plan.mean), atol=1e-4)


@pytest.mark.parametrize("days", [(0.0,), (1.0, 2.0), (0.0, 5.0, 3.0), (0.0, 3.0, 3.0)])
def test_days_begin_with_the_session_and_ascend(days):
    with pytest.raises(CannotForecastError, match="begin with 0"):
        course_prospect(planned(), KEY, days=days)


def test_a_stopped_plan_has_no_course():
    with pytest.raises(CannotForecastError, match="A rule stops the plan"):
        forecast_plan(replace(planned(), prospect=None), KEY)
