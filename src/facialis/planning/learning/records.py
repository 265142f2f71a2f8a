"""What was learnt: plain frozen values and finished sentences."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facialis.anatomy.expressions import Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer
from facialis.planning.estimates import Estimate
from facialis.toxins import ToxinDose


class TraitName(StrEnum):
    """What differs between people under the same toxin."""

    SENSITIVITY = "sensitivity"
    """A more sensitive patient needs less."""
    DURATION = "duration"


@dataclass(frozen=True)
class Trait:
    """One of them, as a multiple of the typical patient's."""

    name: TraitName
    before: Estimate
    after: Estimate
    sentence: str


@dataclass(frozen=True)
class ExcessChange:
    """One muscle whose overactivity is now judged otherwise, by more than was open before."""

    muscle: Muscle
    side: Side
    expression: Expression
    before: float
    """Beyond a healthy person's; 1 is a healthy muscle's strongest."""
    after: float
    sd: float
    """Of the difference."""
    sentence: str


class Direction(StrEnum):
    """Which way a measured score went."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    """Not by more than measurement error."""
    UNKNOWN = "unknown"
    """It could not be measured."""


@dataclass(frozen=True)
class Response:
    """One score from the last visit before the treatment to the follow-up."""

    score: str
    unit: str
    before: float | None
    after: float | None
    change: float | None
    sd: float | None
    """Of the change, by measurement error."""
    direction: Direction
    predicted: Estimate | None
    """Of the change, by what was known before; None where the treatment cannot be simulated."""
    sentence: str


@dataclass(frozen=True)
class DoseDifference:
    """One target, the last time and in the next plan."""

    target: InjectionTarget
    side: Side | None
    last: ToxinDose | None
    next: ToxinDose | None
    sentence: str


@dataclass(frozen=True)
class Suggestion:
    """What a clinician may enter for the last treatment, with the reason; the clinician decides."""

    helped: Answer
    adequate: Answer
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Learning:
    """What the visits since the last treatment taught."""

    treated: date
    seen_before: date | None
    seen_after: date | None
    """The follow-up on which the response is measured: the first with a full effect, else the first."""
    traits: tuple[Trait, ...]
    changed: tuple[ExcessChange, ...]
    responses: tuple[Response, ...]
    suggestion: Suggestion
    differences: tuple[DoseDifference, ...]
    sentences: tuple[str, ...]
    """All of it, in reading order."""
