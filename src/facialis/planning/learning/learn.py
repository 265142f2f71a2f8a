"""Learn from a follow-up: what changed in what is known, and in the face."""

from dataclasses import replace
from datetime import date, timedelta

import jax
from jaxtyping import PRNGKeyArray

from facialis.planning.case.answers import Answer
from facialis.planning.case.case import Case
from facialis.planning.case.treatments import ToxinTreatment
from facialis.planning.errors import PlanningError
from facialis.planning.learning.differences import differences_of
from facialis.planning.learning.muscles import changed_muscles
from facialis.planning.learning.records import ExcessChange, Learning, Response, Suggestion, Trait
from facialis.planning.learning.response import (
    Predicted,
    predicted_changes,
    responses_of,
    suggestion_of,
)
from facialis.planning.learning.traits import traits_of
from facialis.planning.plan.patient import Patient, days_since_onset
from facialis.planning.plan.record import Plan
from facialis.toxins.pharmacology import pharmacology
from facialis.toxins.procedure_rules import procedure_rule
from facialis.twin.calibrate import Posterior, calibrate
from facialis.twin.decode import decode
from facialis.twin.present.visits import Visit

DAYS_IN_WEEK = 7


class NothingToLearnError(PlanningError):
    """No treatment is on record."""

    code = "nothing_to_learn"


def learn(case: Case, patient: Patient, key: PRNGKeyArray, next_plan: Plan | None = None) -> Learning:
    """Say what the visits since the last treatment taught.

    Parameters
    ----------
    case : Case             With the treatment.
    patient : Patient       Of `patient_of`: all visits, all treatments.
    key : PRNGKeyArray
    next_plan : Plan        To be compared with the last treatment.

    Returns
    -------
    Learning

    Raises
    ------
    NothingToLearnError     The case has no treatment.
    """
    if not case.treatments:
        raise NothingToLearnError("The case has no toxin treatment yet, so that no response can be learnt.")
    last = case.treatments[-1]
    day = days_since_onset(case, last.day)
    before = [visit for visit in patient.visits if visit.day <= day]
    after = [visit for visit in patient.visits if visit.day > day]
    window = judged_within()
    seen = _follow_up(after, day, window)
    of_before, of_muscles, of_response = jax.random.split(key, 3)
    known: Posterior | None = None
    traits: tuple[Trait, ...] = ()
    changed: tuple[ExcessChange, ...] = ()
    predicted: Predicted = {}
    if before:
        sessions = [session for session in patient.sessions if session.day < day]
        known = calibrate(before, sessions, patient.posterior.affected)
    if known is not None and seen is not None:
        # The same draws for both, and the same visit's efforts, so that only knowledge differs.
        at = len(before) - 1
        changed = changed_muscles(decode(known, of_muscles), decode(patient.posterior, of_muscles, visit=at))
        session = next((one for one in patient.sessions if one.day == day), None)
        if session is not None:
            product = session.injections[0].dose.product
            traits = traits_of(known, patient.posterior, product)
            predicted = predicted_changes(known, session, seen.day, of_before)
    responses: tuple[Response, ...] = ()
    if before and seen is not None:
        responses = responses_of(before[-1], seen, patient.posterior.affected, predicted, of_response)
    suggestion = suggestion_of(responses, None if seen is None else seen.day - day, window)
    differences = () if next_plan is None else differences_of(last, next_plan)
    return Learning(
        treated=last.day,
        seen_before=_date(case, before[-1]) if before else None,
        seen_after=None if seen is None else _date(case, seen),
        traits=traits,
        changed=changed,
        responses=responses,
        suggestion=suggestion,
        differences=differences,
        sentences=(
            _head(last, None if seen is None else _date(case, seen)),
            *(one.sentence for one in responses),
            *suggestion.sentences,
            *(one.sentence for one in traits),
            *(one.sentence for one in changed),
            *(one.sentence for one in differences),
        ),
    )


def with_suggestion(case: Case, suggestion: Suggestion) -> Case:
    """The case with the suggestion entered for its last treatment, where nothing was entered before."""
    last = case.treatments[-1]
    helped = suggestion.helped if last.helped is Answer.UNKNOWN else last.helped
    adequate = suggestion.adequate if last.adequate is Answer.UNKNOWN else last.adequate
    return replace(case, treatments=(*case.treatments[:-1], replace(last, helped=helped, adequate=adequate)))


def judged_within() -> tuple[float, float]:
    """Days after a treatment within which its effect is judged: from the review until it wanes."""
    review, wanes = procedure_rule("review").low, pharmacology().preferred("effect_wanes").interval
    assert review is not None  # noqa: S101  the tables give both numbers
    assert wanes is not None  # noqa: S101
    return float(review) * DAYS_IN_WEEK, float(wanes[0]) * DAYS_IN_WEEK


def _follow_up(after: list[Visit], day: float, window: tuple[float, float]) -> Visit | None:
    """The first visit on which the effect can be judged; else the first."""
    low, high = window
    within = [visit for visit in after if low <= visit.day - day <= high]
    return next(iter(within or after), None)


def _date(case: Case, visit: Visit) -> date:
    return case.palsy.onset + timedelta(days=round(visit.day))


def _head(last: ToxinTreatment, seen: date | None) -> str:
    if seen is None:
        return f"Since the treatment on {last.day.isoformat()} nothing was measured."
    days = (seen - last.day).days
    return f"Treated on {last.day.isoformat()}, seen again on {seen.isoformat()}, after {days} days."
