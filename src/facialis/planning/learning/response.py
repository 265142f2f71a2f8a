"""Whether the face changed after a treatment beyond measurement error, and as far as was predicted."""

from collections.abc import Sequence

import jax
import numpy as np
from jaxtyping import PRNGKeyArray

from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer
from facialis.planning.estimates import Estimate, estimate_of, signed
from facialis.planning.explain.words import plain
from facialis.planning.learning.measured import (
    SYMMETRY_INDEX,
    measured_scores,
    score_names,
    scores_of_readings,
)
from facialis.planning.learning.records import Direction, Response, Suggestion
from facialis.planning.outcome.prospect import prospect_of
from facialis.twin.calibrate import Posterior
from facialis.twin.events import ToxinSession
from facialis.twin.junction.sessions import doses_reached
from facialis.twin.present.visits import Visit

CERTAIN_SDS = 1.96
"""A change counts beyond so many of its standard deviations."""

Predicted = dict[str, Estimate | None]


def predicted_changes(
    before: Posterior, session: ToxinSession, seen_after: float, key: PRNGKeyArray
) -> Predicted:
    """What was to be expected of a treatment on the day of the follow-up, by what was known before it.

    Parameters
    ----------
    before : Posterior      Of the visits up to the treatment.
    session : ToxinSession  The treatment.
    seen_after : float      Day of the follow-up, from onset.
    key : PRNGKeyArray
    """
    (reached,) = doses_reached([session])
    units = reached.doses_units.sum(axis=-1).ravel()
    prospect = prospect_of(
        before, key, reached.product, session.day, days=(0.0, float(seen_after - session.day))
    )
    faces = np.asarray(prospect.judge(units).readings)
    scores = scores_of_readings(faces, before.affected)
    return {name: estimate_of(values[:, 1] - values[:, 0], unit_of(name)) for name, values in scores.items()}


def responses_of(
    before: Visit, after: Visit, affected: Side, predicted: Predicted, key: PRNGKeyArray
) -> tuple[Response, ...]:
    """Compare two visits, score by score."""
    first, second = jax.random.split(key)
    was, now = measured_scores(before, affected, first), measured_scores(after, affected, second)
    return tuple(_response(name, was[name], now[name], predicted.get(name)) for name in score_names())


def unit_of(score: str) -> str:
    """Points for the index, millimetres for involuntary movement."""
    return "points" if score == SYMMETRY_INDEX else "mm"


def suggestion_of(
    responses: Sequence[Response], days_after: float | None, window: tuple[float, float]
) -> Suggestion:
    """What may be entered for the treatment.

    Parameters
    ----------
    responses : sequence    Empty where no visit before, or none after, was measured.
    days_after : float      Of the follow-up, after the treatment; None where there is none.
    window : pair           Days after a treatment within which its effect can be judged.
    """
    if days_after is None or not responses:
        return Suggestion(Answer.UNKNOWN, Answer.UNKNOWN, ("No follow-up was measured that could tell.",))
    low, high = window
    if not low <= days_after <= high:
        sentence = (
            f"The follow-up lies {days_after:.0f} days after the treatment; whether it helped is told "
            f"between {low:.0f} and {high:.0f} days."
        )
        return Suggestion(Answer.UNKNOWN, Answer.UNKNOWN, (sentence,))
    better = [r.score for r in responses if r.direction is Direction.BETTER]
    worse = [r.score for r in responses if r.direction is Direction.WORSE]
    adequate = _adequate(responses)
    if better and not worse:
        helped = Answer.YES
    elif not better and (worse or adequate is Answer.YES):
        helped = Answer.NO
    else:
        # Nothing to be seen where nothing could be seen says nothing.
        helped = Answer.UNKNOWN
    return Suggestion(helped, adequate, (_helped_text(helped), _adequate_text(adequate)))


def _adequate(responses: Sequence[Response]) -> Answer:
    """Whether help was to be expected; not known where it was, and less than the measures can show."""
    told = [r for r in responses if r.predicted is not None and r.sd is not None]
    if any(_was_expected(r) for r in told):
        return Answer.YES
    helps = any(
        r.predicted.is_certain and _good(r.score) * r.predicted.value > 0 for r in told if r.predicted
    )
    return Answer.UNKNOWN if helps or not told else Answer.NO


def _was_expected(response: Response) -> bool:
    """Whether a change for the better beyond measurement error was to be expected."""
    if response.predicted is None or response.sd is None:
        return False
    return _good(response.score) * response.predicted.value > CERTAIN_SDS * response.sd


def _response(
    name: str,
    was: tuple[float | None, float | None],
    now: tuple[float | None, float | None],
    predicted: Estimate | None,
) -> Response:
    unit, words = unit_of(name), _words(name)
    expected = "" if predicted is None else f" Predicted was {predicted.text}."
    if was[0] is None or now[0] is None or was[1] is None or now[1] is None:
        sentence = f"{words} could not be measured on both days.{expected}"
        return Response(name, unit, was[0], now[0], None, None, Direction.UNKNOWN, predicted, sentence)
    change, sd = now[0] - was[0], float(np.hypot(was[1], now[1]))
    if abs(change) <= CERTAIN_SDS * sd:
        direction, said = Direction.UNCHANGED, "did not change beyond measurement error"
    elif _good(name) * change > 0:
        direction, said = Direction.BETTER, "is better, beyond measurement error"
    else:
        direction, said = Direction.WORSE, "is worse, beyond measurement error"
    values = f"{was[0]:.1f} to {now[0]:.1f} {unit} ({signed(change)} {unit}, sd {sd:.1f} {unit})"
    sentence = f"{words} {said}: {values}.{expected}"
    return Response(name, unit, was[0], now[0], change, sd, direction, predicted, sentence)


def _good(score: str) -> float:
    """1 where more is better."""
    return 1.0 if score == SYMMETRY_INDEX else -1.0


def _words(score: str) -> str:
    return "The symmetry index" if score == SYMMETRY_INDEX else f"Involuntary movement, {plain(score)},"


def _helped_text(helped: Answer) -> str:
    return {
        Answer.YES: "Measured, the treatment helped: something is better beyond error, and nothing is worse.",
        Answer.NO: "Measured, the treatment did not help: nothing is better beyond error.",
        Answer.UNKNOWN: "The measures do not tell whether the treatment helped. Ask the patient.",
    }[helped]


def _adequate_text(adequate: Answer) -> str:
    return {
        Answer.YES: "By the model, doses and muscles were such that help could be measured.",
        Answer.NO: "By the model, doses and muscles were not such that help could be expected.",
        Answer.UNKNOWN: "Whether doses and muscles were adequate the measures do not tell.",
    }[adequate]
