"""What may come of doses in half a year, fast enough for every edit: the patient is posed once a plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import PRNGKeyArray

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.clinic.planner.answers import Band, Chance, Course, Curve
from facialis.clinic.planner.wording import gain_share, loss_of
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.loss import loss_of as loss_of_judged
from facialis.planning.dosing.loss import units_of_plan
from facialis.planning.dosing.weights import Weights
from facialis.planning.explain.limit_uses import function_uses
from facialis.planning.explain.words import plain
from facialis.planning.forecast.bands import PerDay, band_of
from facialis.planning.forecast.forecast import course_prospect, course_sentences, improvement_of
from facialis.planning.forecast.milestones import milestones_of
from facialis.planning.outcome.prospect import EFFECT_DAYS, PLACES, Judged, Prospect, Units
from facialis.planning.outcome.scores import scores_of
from facialis.planning.plan.make import PlanWork
from facialis.planning.schedule import follow_up
from facialis.twin.face.readings import FaceReading

WHAT_IF_DAYS = (0.0, 1.0, 3.0, *EFFECT_DAYS[:3], 42.0, *EFFECT_DAYS[3:], 140.0, 180.0)
"""After the session. Fewer than `facialis forecast` shows, so that an edit is answered at once, and those on
which a plan is judged among them, so that every face is posed once for both."""
DECIMALS = 3
ROUNDING = 1e-9

Traces = Mapping["CurveName", PerDay]


@dataclass(frozen=True)
class CurveName:
    """What a curve is of."""

    name: str
    title: str
    side: str | None
    unit: str
    less_is_better: bool | None


@dataclass(frozen=True, eq=False)
class CourseGrounds:
    """A patient on the days of a forecast, and what comes without an injection: the same in every edit."""

    work: PlanWork
    prospect: Prospect

    @cached_property
    def nothing(self) -> Mapping[CurveName, Band]:
        """Curves without another injection."""
        without: Units = np.zeros(PLACES)
        return {name: _band(values) for name, values in traces(self.prospect, self.prospect.nothing, without)}

    def course(self, choices: tuple[DoseChoice, ...]) -> Course:
        """Judge doses of the plan's product, each point once."""
        plan, prospect, of_plan = self.work.plan, self.prospect, self.work.prospect
        assert of_plan is not None  # noqa: S101  there are no grounds without it
        weights, units = Weights(plan.weights), units_of_plan(choices)
        judged = prospect.judge(units) if choices else prospect.nothing
        better = improvement_of(prospect, prospect.nothing, judged, weights)
        milestones = milestones_of(better, prospect.days)
        dates = follow_up(plan.today, plan.product)
        share = weights.values["peak_share"]
        nothing = loss_of(loss_of_judged(of_plan, of_plan.nothing, (), weights), share)
        loss = loss_of(loss_of_judged(of_plan, _on_effect_days(judged), choices, weights), share)
        return Course(
            days=tuple(map(float, prospect.days)),
            curves=tuple(
                Curve(
                    one.name,
                    one.title,
                    one.side,
                    one.unit,
                    one.less_is_better,
                    _band(values) if choices else self.nothing[one],
                    self.nothing[one],
                )
                for one, values in traces(prospect, judged, units)
            ),
            milestones=course_sentences(milestones, dates, float(prospect.days[-1])),
            loss=loss,
            nothing=nothing,
            improvement=gain_share(nothing, loss),
            chances=_chances(of_plan, choices),
        )


def course_grounds(work: PlanWork, key: PRNGKeyArray) -> CourseGrounds | None:
    """Pose the patient on the days of a forecast; None where a rule stopped the plan.

    Parameters
    ----------
    key : PRNGKeyArray      Of the plan: its draws from the posterior are drawn again.
    """
    if work.prospect is None:
        return None
    prospect = course_prospect(work, key, days=WHAT_IF_DAYS, samples=work.prospect.samples)
    grounds = CourseGrounds(work, prospect)
    assert grounds.nothing  # noqa: S101  judged here, so that the first edit need not wait for it
    return grounds


def traces(prospect: Prospect, judged: Judged, units: Units) -> Iterator[tuple[CurveName, PerDay]]:
    """What the page shows, sample by sample on every day."""
    scores = scores_of(prospect, judged, units)
    yield CurveName("symmetry_index", "Symmetry index", None, "points", False), scores.symmetry_index
    yield CurveName("sunnybrook", "Sunnybrook composite", None, "points", False), scores.sunnybrook
    readings = np.asarray(judged.readings)
    rest, smile, closed = (
        NINE_PHOTOGRAPHS.index(one)
        for one in (Expression.REST, Expression.OPEN_SMILE, Expression.GENTLE_EYE_CLOSURE)
    )
    fissure, corner = FaceReading.PALPEBRAL_FISSURE, FaceReading.COMMISSURE_HEIGHT
    for s, side in enumerate(Side):
        title = "Eye left open in gentle closure"
        yield CurveName("eye_closure", title, side.label, "mm", True), readings[:, :, closed, s, fissure]
    for s, side in enumerate(Side):
        title = "Rise of the corner of the mouth in open smile"
        moved = readings[:, :, smile, s, corner] - readings[:, :, rest, s, corner]
        yield CurveName("smile", title, side.label, "mm", None), moved
    for score, values in scores.sub_scores.items():
        title = f"Involuntary movement, {plain(score.value)}"
        label = prospect.affected.label
        yield CurveName(f"synkinesis_{score.value}", title, label, "mm", True), values


def _on_effect_days(judged: Judged) -> Judged:
    """The same faces on the days on which a plan is judged."""
    at = np.flatnonzero(np.isin(WHAT_IF_DAYS, EFFECT_DAYS))
    return Judged(judged.readings[:, at], judged.activity[:, at], judged.terms[:, at])


def _chances(prospect: Prospect, choices: tuple[DoseChoice, ...]) -> tuple[Chance, ...]:
    found = []
    for use in function_uses(prospect, choices):
        without = 0.0 if use.without is None else use.without
        is_over = use.used > max(use.most, without) + ROUNDING
        found.append(Chance(use.name, use.sentence, use.used, without, use.most, is_over))
    return tuple(found)


def _band(values: PerDay) -> Band:
    found = band_of(values).quantiles
    rows = (found[q] for q in (0.5, 0.05, 0.95, 0.25, 0.75))
    return Band(*(tuple(None if one is None else round(one, DECIMALS) + 0.0 for one in row) for row in rows))
