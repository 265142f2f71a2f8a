"""What the patient wants, what not, and what is expected of the treatment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.planning.case.answers import Answer, is_whole
from facialis.planning.errors import CaseError

HIGHEST_WEIGHT = 10


class Goal(StrEnum):
    """What may matter to a patient."""

    SMILE = "smile"
    EYE_COMFORT = "eye_comfort"
    CHIN = "chin"
    REST_SYMMETRY = "rest_symmetry"
    TIGHTNESS = "tightness"
    SPEECH_AND_EATING = "speech_and_eating"


class Expectation(StrEnum):
    """What toxin cannot give; the talk with the patient comes first."""

    PERMANENT_RESULT = "permanent_result"
    PERFECT_SYMMETRY = "perfect_symmetry"
    MOVEMENT_OF_A_FLACCID_SIDE = "movement_of_a_flaccid_side"
    RESULT_ON_THE_SAME_DAY = "result_on_the_same_day"


@dataclass(frozen=True)
class Wishes:
    """Of the patient, in the words of the rules."""

    weights: Mapping[Goal, int] = field(default_factory=dict)
    """From 0, does not matter, to 10; a goal that is missing was not asked."""
    refused_muscles: frozenset[Muscle] = frozenset()
    """Never injected, on either side."""
    no_permanent_change: Answer = Answer.UNKNOWN
    """Whether the patient wants nothing that stays, such as an operation."""
    expectations: frozenset[Expectation] = frozenset()

    def __post_init__(self) -> None:
        for goal, weight in self.weights.items():
            if not is_whole(weight) or not 0 <= weight <= HIGHEST_WEIGHT:
                raise CaseError(
                    f"The weight of {goal.value} is {weight!r}; it is a whole number from 0 to "
                    f"{HIGHEST_WEIGHT}. Correct it."
                )
        if Muscle.LEVATOR_PALPEBRAE in self.refused_muscles:
            raise CaseError(
                "The patient is said to refuse levator_palpebrae, which is never injected. Give one of "
                f"{', '.join(FACIAL_MUSCLES)}."
            )
        if self.no_permanent_change is Answer.YES and Expectation.PERMANENT_RESULT in self.expectations:
            raise CaseError(
                "The patient is said to want no permanent change and to expect a permanent result. Ask "
                "again, and correct one of them."
            )
