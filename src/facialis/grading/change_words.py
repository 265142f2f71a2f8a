"""How a change is told: never without its measurement error."""

from fractions import Fraction

from facialis.grading.score import Direction, Exact, ScoreRange
from facialis.grading.thresholds import Threshold


def told(value: Exact) -> str:
    """Write a number for people, with at most one decimal: 60, 26.7."""
    rounded = f"{float(value):.1f}"
    return rounded.removesuffix(".0")


def told_reading(value: Exact | None, grade: str | None) -> str:
    """Write a value with its grade, where there is one: "4 (grade IV)"."""
    shown = "no value" if value is None else told(value)
    return shown if grade is None else f"{shown} (grade {grade})"


def told_points(value: Exact, unit: str) -> str:
    """Write a number with its unit in the singular or plural: "1 point", "2 grades"."""
    singular = unit.removesuffix("s")
    return f"{told(value)} {singular}" if value == 1 else f"{told(value)} {singular}s"


def error_text(limit: Threshold) -> str:
    """Write the measurement error as part of a sentence."""
    provisional = "provisional " if limit.provisional else ""
    return f"the {provisional}measurement error of one patient, {told_points(limit.value, limit.unit)}"


def confidence_in(limit: Threshold | None) -> str:
    """Say how far a word that rests on this threshold can be trusted."""
    if limit is None:
        return "No measurement error of one patient is known for this scale, so no word can be given."
    if limit.provisional:
        return (
            "Provisional: the measurement error was put together from figures of different groups of "
            f"patients and may be too small ({limit.citation.text})."
        )
    return (
        f"Of patients whose state does not change, about 1 in 20 differs by more than "
        f"{told_points(limit.value, limit.unit)} between two assessments ({limit.citation.text}; "
        f"{limit.citation.population})."
    )


def no_room_notes(start: Exact, scale: ScoreRange, direction: Direction, limit: Threshold) -> tuple[str, ...]:
    """Warn where an end of the scale is too near for a change to be shown.

    Parameters
    ----------
    start : int or Fraction
        The earlier value.
    scale : ScoreRange
        Ends of the scale.
    direction : Direction
        Which end is the good one.
    limit : Threshold
        Smallest detectable change of one patient.
    """
    upwards, downwards = "improvement", "deterioration"
    if direction is Direction.HIGHER_IS_WORSE:
        upwards, downwards = downwards, upwards
    rooms = ((upwards, Fraction(scale.high) - start), (downwards, start - Fraction(scale.low)))
    return tuple(
        f"From {told(start)} the scale leaves room for {told_points(room, limit.unit)} of {word} only, so no "
        f"{word} larger than the measurement error can be shown."
        for word, room in rooms
        if room <= limit.value
    )
