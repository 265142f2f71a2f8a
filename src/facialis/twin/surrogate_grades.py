"""Stand-ins for House-Brackmann I and Sunnybrook, from states alone, until a twin has a face to be graded.

They are no grades: nobody looks at a face here. They map activation and force to the same distinctions, by
thresholds in `tables/surrogate_grades.csv`, so that a population can be held against published tables.
"""

from collections.abc import Mapping
from functools import cache

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float

from facialis.anatomy.expressions import Expression
from facialis.evidence import load_rows
from facialis.twin.course import Course
from facialis.twin.muscle import activation, force
from facialis.twin.parameters import TwinParameters
from facialis.twin.priors import TABLES
from facialis.twin.routing import healthy_commands

SCORED = (
    Expression.BROW_RAISE,
    Expression.GENTLE_EYE_CLOSURE,
    Expression.OPEN_SMILE,
    Expression.SNARL,
    Expression.PUCKER,
)
"""The five movements that Sunnybrook scores."""

PerDay = Float[Array, " days"]


class SurrogateGrades(eqx.Module):
    """What the stand-ins say of the affected side of one patient, on each day."""

    movement: Float[Array, "days expressions"]
    """Force of the muscles of an expression, as a share of the healthy side's."""
    is_house_brackmann_1: Bool[Array, " days"]
    sunnybrook: PerDay
    """Composite, up to 100."""
    synkinesis: PerDay
    """Sunnybrook's synkinesis score, 0 to 15."""
    is_obviously_synkinetic: Bool[Array, " days"]
    """Whether any expression scores 2 or more."""


@cache
def thresholds() -> Mapping[str, float]:
    """Thresholds by name."""
    return {row.text("name"): row.number("value") for row in load_rows(TABLES, "surrogate_grades").rows}


def surrogate_grades(
    parameters: TwinParameters, course: Course, limits: Mapping[str, float] | None = None
) -> SurrogateGrades:
    """Grade one patient's course without a face.

    Parameters
    ----------
    parameters : TwinParameters     Of the patient.
    course : Course                 Of the patient.
    limits : mapping, optional      In place of `thresholds`.

    Notes
    -----
    movement(e) = sum u F / sum u F of the healthy side, at most 1. Synkinesis of an expression = mean
    activation beyond rest of the muscles that it does not command, less the healthy side's. At rest, what
    counts is the change of tone of eye, cheek and mouth. The affected side is the one that lost more drive.
    """
    used = thresholds() if limits is None else limits
    commands = healthy_commands()[[list(Expression).index(e) for e in SCORED]]
    active = activation(course.muscles, commands)
    pull = force(parameters.muscle, course.muscles, active, course.blocked_share)
    drive = course.muscles.own_drive.sum(axis=2).min(axis=0)
    ill = jnp.argmin(drive)
    movement = _movement(pull, commands, ill)
    beyond_rest = active - course.muscles.tone[:, :, None, :]
    uncommanded = jnp.asarray(commands == 0)
    foreign = (beyond_rest * uncommanded).sum(axis=3) / uncommanded.sum(axis=1)
    unasked = foreign[:, ill] - foreign[:, 1 - ill]
    involuntary = _steps(unasked, used, "synkinesis_slight", "synkinesis_obvious", "synkinesis_gross")
    voluntary = 1 + _steps(
        movement,
        used,
        "movement_initiated",
        "movement_with_effort",
        "movement_almost_complete",
        "movement_complete",
    )
    tone = course.muscles.tone[:, ill] - course.muscles.tone[:, 1 - ill]
    at_rest = sum((jnp.abs(tone @ region) > used["resting_tone_change"]) for region in _regions())
    synkinesis = involuntary.sum(axis=1)
    return SurrogateGrades(
        movement=movement,
        is_house_brackmann_1=(movement.min(axis=1) >= used["movement_house_brackmann_1"])
        & (unasked.max(axis=1) < used["synkinesis_obvious"]),
        sunnybrook=4.0 * voluntary.sum(axis=1) - 5.0 * at_rest - synkinesis,
        synkinesis=synkinesis,
        is_obviously_synkinetic=involuntary.max(axis=1) >= 2,
    )


def _movement(
    pull: Float[Array, "days sides expressions muscles"],
    commands: Float[np.ndarray, "expressions muscles"],
    ill: Array,
) -> Float[Array, "days expressions"]:
    total = (pull * jnp.asarray(commands)).sum(axis=3)
    return jnp.minimum(1.0, total[:, ill] / total[:, 1 - ill])


def _steps(
    values: Float[Array, "days expressions"], limits: Mapping[str, float], *names: str
) -> Float[Array, "days expressions"]:
    reached = [jnp.asarray(values >= limits[name], dtype=float) for name in names]
    return jnp.sum(jnp.stack(reached), axis=0)


@cache
def _regions() -> Float[np.ndarray, "regions muscles"]:
    """Mean over the muscles that lead gentle closure (eye), a smile (cheek) and a pucker (mouth)."""
    chosen = [Expression.GENTLE_EYE_CLOSURE, Expression.OPEN_SMILE, Expression.PUCKER]
    weights = healthy_commands()[[list(Expression).index(e) for e in chosen]]
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
