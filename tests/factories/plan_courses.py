"""A forecast and a follow-up whose numbers are made up, whole in every other way."""

from datetime import date, timedelta

import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer
from facialis.planning.estimates import Estimate
from facialis.planning.forecast.records import (
    QUANTILES,
    Band,
    DayEstimate,
    Milestones,
    ModelFace,
    PlanCurve,
    PlanCurveName,
    PlanForecast,
    PlanQuantity,
)
from facialis.planning.learning.records import (
    Direction,
    DoseDifference,
    ExcessChange,
    Learning,
    Response,
    Suggestion,
    Trait,
    TraitName,
)
from facialis.planning.schedule import follow_up
from facialis.toxins import ToxinDose
from tests.factories.planning import ONA

DAYS = (0.0, 3.0, 7.0, 14.0, 28.0, 56.0, 84.0, 112.0, 140.0, 180.0)
Q, E = PlanQuantity, Expression


def _names(affected):
    yield PlanCurveName(Q.SYMMETRY_INDEX, "points")
    yield PlanCurveName(Q.SUNNYBROOK, "points", "composite", affected)
    yield PlanCurveName(Q.ASYMMETRY, "mm", "commissure_height", None, E.OPEN_SMILE)
    yield PlanCurveName(Q.SYNKINESIS, "mm", "ocular", affected)
    for side in Side:
        yield PlanCurveName(Q.SMILE_EXCURSION, "mm", None, side, E.OPEN_SMILE)
        yield PlanCurveName(Q.FISSURE_ON_CLOSURE, "mm", None, side, E.GENTLE_EYE_CLOSURE)


def _band(start, change):
    wave = start + change * np.exp(-np.array(DAYS) / 90) * (np.array(DAYS) > 0)
    return Band(tuple(wave), {q: tuple(wave + 4 * (q - 0.5)) for q in QUANTILES})


def made_forecast(plan):
    """Curves that rise at once and fade; the eye closes fully, and its index cannot be said on day 0."""
    curves = []
    for name in _names(plan.affected):
        flat = name.quantity is Q.FISSURE_ON_CLOSURE
        with_plan, without = (_band(-1e-17, 0.0), _band(0.0, 0.0)) if flat else (_band(50, 8), _band(50, 0))
        if name.quantity is Q.SYMMETRY_INDEX:
            unknown = {q: (None, *values[1:]) for q, values in with_plan.quantiles.items()}
            with_plan = Band((None, *with_plan.mean[1:]), unknown)
        curves.append(PlanCurve(name, with_plan, without))
    face = ModelFace(14.0, {}, np.zeros((9, 2, 24)), 0.06, ("II", "III"))
    day = DayEstimate(5.0, 3.0, 8.0)
    return PlanForecast(
        days=DAYS,
        dates=tuple(plan.today + timedelta(days=day) for day in DAYS),
        curves=tuple(curves),
        milestones=Milestones(day, day, day, DayEstimate(None, 150.0, None), 1.0),
        follow_up=follow_up(plan.today, plan.product),
        before=face,
        at_peak=face,
        peak_day=14.0,
        sentences=("It is greatest on day 14 [of 180].",),
    )


def made_learning(plan):
    """Sentences in every section."""
    estimate = Estimate(1.1, 0.8, 1.6, "")
    return Learning(
        treated=date(2026, 5, 4),
        seen_before=date(2026, 5, 4),
        seen_after=date(2026, 6, 1),
        traits=(Trait(TraitName.SENSITIVITY, estimate, estimate, "Sensitivity: 1.10 times the typical."),),
        changed=(
            ExcessChange(
                Muscle.MENTALIS, Side.LEFT, E.PUCKER, 0.1, 0.3, 0.05, "Mentalis, LEFT: judged anew."
            ),
        ),
        responses=(
            Response(
                "ocular",
                "mm",
                3.0,
                1.0,
                -2.0,
                0.5,
                Direction.BETTER,
                estimate,
                "The eye is better [by 2 mm].",
            ),
        ),
        suggestion=Suggestion(Answer.YES, Answer.YES, ("Measured, the treatment helped.",)),
        differences=(
            DoseDifference(
                InjectionTarget.MENTALIS,
                Side.LEFT,
                ToxinDose("2.5", ONA),
                None,
                "Mentalis, LEFT: nothing now.",
            ),
        ),
        sentences=(f"Before the plan of {plan.today}.",),
    )
