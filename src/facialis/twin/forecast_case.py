"""One patient whose course is wanted: history, parameters, and how far to look."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import jax.numpy as jnp
import numpy as np

from facialis.anatomy.sides import Side
from facialis.twin.checked_numbers import checked_number, history_limits, is_count
from facialis.twin.errors import CourseRequestError, ParameterError
from facialis.twin.events import History
from facialis.twin.face.parameters import FaceParameters, typical_face
from facialis.twin.parameters import TwinParameters, check_parameters, typical_parameters
from facialis.twin.priors import PriorKind, priors_of

LEAST_DAYS = 28.0
"""A shorter course has hardly begun."""
USUAL_DAYS = 728.0
USUAL_PATIENTS = 200
MOST_PATIENTS = 2000
"""Of a forecast: the quantiles of so many hardly move any more."""


class Comparison(StrEnum):
    """The same patient, had less been done."""

    UNTREATED = "untreated"
    WITHOUT_TOXIN = "without_toxin"


@dataclass(frozen=True, eq=False)
class TwinCase:
    """A patient: what happened, what the patient is like, and until when the course is wanted."""

    history: History
    parameters: TwinParameters = dataclasses.field(default_factory=typical_parameters)
    face: FaceParameters = dataclasses.field(default_factory=typical_face)
    held: frozenset[str] = frozenset()
    """Names of parameters that are known of this patient: those who are drawn beside share them."""
    last_day: float = USUAL_DAYS
    patients: int = USUAL_PATIENTS
    """How many are drawn for the bands."""

    def __post_init__(self) -> None:
        if not is_count(self.patients) or self.patients > MOST_PATIENTS:
            raise CourseRequestError(
                f"Bands of {self.patients!r} patients cannot be drawn. Give a whole number from 1 to "
                f"{MOST_PATIENTS}."
            )
        longest = history_limits().preferred("longest_course").number
        last = checked_number(
            self.last_day,
            "The last day of the course",
            LEAST_DAYS,
            longest,
            why="a course runs from four weeks to ten years",
        )
        object.__setattr__(self, "last_day", last)
        check_parameters(self.parameters)
        check_face(self.face)
        if self.parameters.count is not None:
            raise ParameterError(f"The parameters are of {self.parameters.count} patients. Take one of them.")
        _check_within(self.history, last)

    @property
    def affected(self) -> Side | None:
        """The palsied side; None where no side, or each, has an onset."""
        sides = [onset.side for onset in self.history.onsets]
        return sides[0] if len(sides) == 1 else None

    @property
    def comparisons(self) -> dict[Comparison, History]:
        """What the history would be had less been done; nothing where nothing was done."""
        history = self.history
        found = {}
        drugs = (*history.corticosteroids, *history.antivirals, *history.retraining)
        if drugs or history.toxin_sessions:
            found[Comparison.UNTREATED] = History(onsets=history.onsets)
        if drugs and history.toxin_sessions:
            found[Comparison.WITHOUT_TOXIN] = replace(history, toxin_sessions=())
        return found


def check_face(face: FaceParameters) -> None:
    """Refuse a face that nobody can have.

    Raises
    ------
    ParameterError
        If a parameter is not finite, not above 0, or, as a share, not up to 1.
    """
    for prior in priors_of("face_parameters"):
        value = float(np.asarray(getattr(face, prior.name)))
        most = 1.0 if prior.kind is PriorKind.LOGIT_NORMAL else np.inf
        if not (np.isfinite(value) and 0 < value <= most):
            allowed = "above 0 and up to 1" if most == 1.0 else "finite and above 0"
            raise ParameterError(
                f"{prior.name} of the face is {value:g} {prior.unit}; it must be {allowed}. A typical value "
                f"is {prior.median:g} ({prior.citation.text})."
            )


def with_values(parameters: TwinParameters, values: Mapping[str, Any]) -> TwinParameters:
    """The same patient with some parameters as given; names as in the tables."""
    changed = {}
    for field in dataclasses.fields(parameters):
        part = getattr(parameters, field.name)
        own = {item.name for item in dataclasses.fields(part)}
        changed[field.name] = replace(
            part, **{name: jnp.asarray(value, dtype=float) for name, value in values.items() if name in own}
        )
    return TwinParameters(**changed)


def face_with_values(face: FaceParameters, values: Mapping[str, Any]) -> FaceParameters:
    """The same face with some parameters as given."""
    return replace(face, **{name: jnp.asarray(value, dtype=float) for name, value in values.items()})


def _check_within(history: History, last_day: float) -> None:
    """Refuse what would begin after the course has ended, where it could show no effect."""
    begins = [
        *(("Corticosteroids", course.start_day) for course in history.corticosteroids),
        *(("The antiviral", course.start_day) for course in history.antivirals),
        *(("Retraining", period.start_day) for period in history.retraining),
        *(("A toxin session", session.day) for session in history.toxin_sessions),
    ]
    late = next(((what, day) for what, day in begins if day >= last_day), None)
    if late is not None:
        raise CourseRequestError(
            f"{late[0]} would begin on day {late[1]:g}, but the course ends on day {last_day:g}. "
            "Let the course run longer, or leave it out."
        )
