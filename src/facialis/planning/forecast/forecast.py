"""Forecast a plan: curves with bands, milestones, dates, and the face of the model at the peak."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from jaxtyping import Float, PRNGKeyArray

from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.loss import units_of_plan
from facialis.planning.dosing.weights import Weights
from facialis.planning.errors import PlanningError
from facialis.planning.forecast.curves import curves_of
from facialis.planning.forecast.milestones import milestones_of
from facialis.planning.forecast.model_face import model_face
from facialis.planning.forecast.records import Milestones, PlanForecast
from facialis.planning.outcome.prospect import Judged, Prospect, prospect_of
from facialis.planning.outcome.scores import blocks_under, scores_of
from facialis.planning.plan.make import PlanWork
from facialis.planning.plan.patient import days_since_onset
from facialis.planning.schedule import FollowUp, follow_up
from facialis.toxins.pharmacology import pharmacology

FORECAST_DAYS = (
    *(0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 21.0, 28.0, 42.0, 56.0),
    *(70.0, 84.0, 98.0, 112.0, 126.0, 140.0, 154.0, 168.0, 180.0),
)
SAMPLES = 40


class CannotForecastError(PlanningError):
    """A plan without a course: a rule stopped it, or its product cannot be simulated."""

    code = "plan_cannot_be_forecast"


def forecast_plan(
    work: PlanWork,
    key: PRNGKeyArray,
    *,
    choices: Sequence[DoseChoice] | None = None,
    days: Sequence[float] = FORECAST_DAYS,
    samples: int = SAMPLES,
    graded: bool = True,
) -> PlanForecast:
    """Compute the course under a plan, and without another injection.

    Parameters
    ----------
    work : PlanWork         Of `make_plan`.
    key : PRNGKeyArray      Draws from the posterior; equal keys give equal forecasts.
    choices : sequence      Other doses than the plan's, as a clinician edits them.
    days : sequence         After the session: ascending, from 0.
    samples : int           Even.
    graded : bool           Whether House-Brackmann is suggested for the faces of the model.

    Returns
    -------
    PlanForecast
        Its bands are what the patient's photographs leave open; the palsy itself is taken to stay as it is.

    Raises
    ------
    CannotForecastError     The plan was stopped, or the days do not ascend from 0.
    """
    prospect = course_prospect(work, key, days=days, samples=samples)
    doses = tuple(work.plan.choices if choices is None else choices)
    return forecast_on(work, prospect, doses, graded=graded)


def course_prospect(
    work: PlanWork,
    key: PRNGKeyArray,
    *,
    days: Sequence[float] = FORECAST_DAYS,
    samples: int = SAMPLES,
) -> Prospect:
    """The patient on the days of a forecast: made once, judged again with every edit of the doses."""
    if work.prospect is None:
        raise CannotForecastError("A rule stops the plan, so that it has no course. Read its findings.")
    given = list(map(float, days))
    if len(given) < 2 or given[0] != 0 or given != sorted(set(given)):
        raise CannotForecastError("The days of a forecast begin with 0 and ascend. Give at least two.")
    session_day = days_since_onset(work.case, work.plan.today)
    return prospect_of(
        work.patient.posterior, key, work.plan.product, session_day, samples=samples, days=given
    )


def forecast_on(
    work: PlanWork, prospect: Prospect, choices: tuple[DoseChoice, ...], *, graded: bool = True
) -> PlanForecast:
    """The forecast of some doses on a prospect of `course_prospect`."""
    units = units_of_plan(choices)
    faces = (prospect.judge(units) if choices else prospect.nothing, prospect.nothing)
    scores = (scores_of(prospect, faces[0], units), scores_of(prospect, faces[1], np.zeros_like(units)))
    weights = Weights(work.plan.weights)
    better = improvement_of(prospect, faces[1], faces[0], weights)
    peak = int(better.mean(axis=0).argmax())
    blocks = blocks_under(prospect, units).mean(axis=0)
    before = blocks_under(prospect, np.zeros_like(units)).mean(axis=0)
    milestones = milestones_of(better, prospect.days)
    dates = follow_up(work.plan.today, work.plan.product)
    return PlanForecast(
        days=tuple(map(float, prospect.days)),
        dates=tuple(work.plan.today + timedelta(days=round(float(day))) for day in prospect.days),
        curves=curves_of(prospect, faces, scores, units, _injected(choices)),
        milestones=milestones,
        follow_up=dates,
        before=model_face(prospect, before[0], 0.0, graded=graded),
        at_peak=model_face(prospect, blocks[peak], float(prospect.days[peak]), graded=graded),
        peak_day=float(prospect.days[peak]),
        sentences=course_sentences(milestones, dates, float(prospect.days[-1])),
    )


def improvement_of(
    prospect: Prospect, nothing: Judged, plan: Judged, weights: Weights
) -> Float[np.ndarray, "samples days"]:
    """Weighted terms without the plan less those with it, sample by sample."""
    arrays = prospect.arrays

    def lost(judged: Judged) -> Float[np.ndarray, "samples days"]:
        terms = np.asarray(judged.terms)
        size = np.maximum(np.where(arrays.is_size, np.abs(terms), terms) - arrays.tolerance, 0.0)
        return np.asarray(size @ weights.of_terms())

    return np.asarray(lost(nothing) - lost(plan))


def _injected(choices: Sequence[DoseChoice]) -> frozenset[tuple[Side, str]]:
    return frozenset(
        (side, muscle.value)
        for choice in choices
        for side in ((choice.side,) if choice.side is not None else tuple(Side))
        for muscle in injection_target(choice.target).muscles
    )


def course_sentences(milestones: Milestones, dates: FollowUp, last: float) -> tuple[str, ...]:
    """When it begins, is greatest and ends, and the next dates.

    Parameters
    ----------
    last : float        Last day of the forecast.
    """
    review = f"Review from {dates.review_from.isoformat()} to {dates.review_to.isoformat()}."
    repeat = f"Repeat about {dates.repeat.isoformat()}, never before {dates.earliest_repeat.isoformat()}."
    if milestones.onset is None:
        return ("The model expects no improvement under these doses.", review, repeat)
    assert milestones.peak is not None  # noqa: S101  all are known together
    assert milestones.half_gone is not None  # noqa: S101
    assert milestones.ended is not None  # noqa: S101
    return (
        f"Half of the improvement is there on {milestones.onset.text_until(last)}.",
        _published_onset(),
        f"It is greatest on {milestones.peak.text_until(last)}.",
        f"Half of it is gone on {milestones.half_gone.text_until(last)}.",
        f"Less than a tenth of it is left on {milestones.ended.text_until(last)}.",
        review,
        repeat,
    )


def _published_onset() -> str:
    """What sources say of the first days, in which the model is too quick."""
    known = pharmacology().preferred("onset_clinical")
    assert known.interval is not None  # noqa: S101  the table gives a range
    first, full = known.interval
    return (
        f"Published for type A: noticed after {first:g} to {full:g} days ({known.citation.text}). The model "
        "sets in sooner than that; do not read its first week."
    )
