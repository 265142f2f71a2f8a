"""Change between two assessments: better, worse, within measurement error, or not determined."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from facialis.grading.change_words import confidence_in, error_text, no_room_notes, told_points, told_reading
from facialis.grading.errors import GradingError
from facialis.grading.readings import TOTAL, Reading, obstacle, read_scale, scales_of
from facialis.grading.score import Direction, Exact, Score, exact_text, plain_number
from facialis.grading.thresholds import Threshold, ThresholdKind, threshold


class NotComparableError(GradingError):
    """The two scores are not of one instrument in one version."""

    code = "scores_not_comparable"


class ChangeKind(StrEnum):
    """What can be said of one patient's change."""

    BETTER = "better"
    WORSE = "worse"
    WITHIN_ERROR = "within_error"
    """The difference is no larger than chance alone brings about."""
    NOT_DETERMINED = "not_determined"
    """A value or a threshold is missing; the sentence says which."""


@dataclass(frozen=True)
class Change:
    """What became of one score, with everything that the word rests on."""

    instrument: str
    version: str
    scale: str
    """`total`, or the name of a part."""
    kind: ChangeKind
    before: Exact | None
    after: Exact | None
    difference: Fraction | None
    """After minus before; None where one of them is missing."""
    direction: Direction
    threshold: Threshold | None
    """The smallest detectable change of one patient; None where none is known."""
    confidence: str
    """How far the word can be trusted."""
    sentence: str
    """The change in words, never without its measurement error."""
    notes: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the change as JSON values; numbers as in `Score.to_plain`."""
        limit = self.threshold
        return {
            "instrument": self.instrument,
            "version": self.version,
            "scale": self.scale,
            "kind": self.kind.value,
            "before": plain_number(self.before),
            "after": plain_number(self.after),
            "difference": plain_number(self.difference),
            "difference_exact": exact_text(self.difference),
            "direction": self.direction.value,
            "threshold": None if limit is None else plain_number(limit.value),
            "threshold_source": None if limit is None else limit.citation.text,
            "confidence": self.confidence,
            "sentence": self.sentence,
            "notes": list(self.notes),
        }


def compare(before: Score, after: Score, *, scale: str = TOTAL) -> Change:
    """Say what became of one scale between two assessments of one patient.

    Parameters
    ----------
    before, after : Score
        Earlier and later score of the same instrument and version.
    scale : str
        `total`, or the name of a part.

    Returns
    -------
    Change
        `better` and `worse` only where the difference is larger than the smallest detectable
        change of an individual. Minimal important changes are group figures and decide nothing.
        `not_determined` where an answer is missing, where the scoring options differ, or where
        no smallest detectable change is known.

    Raises
    ------
    NotComparableError
        If instrument or version differ.
    UnknownScaleError
        If the instrument has no such total or part.
    """
    if (before.instrument, before.version) != (after.instrument, after.version):
        raise NotComparableError(
            f"The earlier score is of '{before.instrument}' version {before.version}, the later one of "
            f"'{after.instrument}' version {after.version}. Compare two scores of one instrument and "
            "one version."
        )
    first, second = read_scale(before, scale), read_scale(after, scale)
    limit = threshold(before.instrument, scale, ThresholdKind.SDC_INDIVIDUAL)
    hindrance = obstacle(before, after, scale)
    difference = None
    if first.value is not None and second.value is not None:
        difference = Fraction(second.value) - Fraction(first.value)
    kind = ChangeKind.NOT_DETERMINED
    if difference is not None and limit is not None and hindrance is None:
        kind = _kind(difference, first.direction, limit)
    return Change(
        instrument=before.instrument,
        version=before.version,
        scale=scale,
        kind=kind,
        before=first.value,
        after=second.value,
        difference=difference,
        direction=first.direction,
        threshold=limit,
        confidence=confidence_in(limit),
        sentence=_head(first, second) + _verdict(kind, difference, limit, hindrance, before.unit),
        notes=_notes(kind, first, limit),
    )


def compare_scales(before: Score, after: Score) -> tuple[Change, ...]:
    """Compare the total, where the instrument has one, and every part; raises as `compare` does."""
    return tuple(compare(before, after, scale=scale) for scale in scales_of(before))


def _kind(difference: Fraction, direction: Direction, limit: Threshold) -> ChangeKind:
    if abs(difference) <= limit.value:
        return ChangeKind.WITHIN_ERROR
    rose = difference > 0
    return ChangeKind.BETTER if rose is (direction is Direction.HIGHER_IS_BETTER) else ChangeKind.WORSE


def _head(first: Reading, second: Reading) -> str:
    return (
        f"{first.name}: {told_reading(first.value, first.grade)} before, "
        f"{told_reading(second.value, second.grade)} after ({first.direction.value})"
    )


def _verdict(
    kind: ChangeKind, difference: Fraction | None, limit: Threshold | None, hindrance: str | None, unit: str
) -> str:
    if hindrance is not None or difference is None:
        return f". Not determined: {hindrance}."
    size = told_points(abs(difference), unit)
    if limit is None:
        return (
            f", a difference of {size}. Not determined: how much two assessments of an unchanged patient "
            "differ on this scale is not known."
        )
    if kind is ChangeKind.WITHIN_ERROR:
        return f", a difference of {size}: within {error_text(limit)}, so no change is shown."
    return f", {kind.value} by {size}: more than {error_text(limit)}."


def _notes(kind: ChangeKind, first: Reading, limit: Threshold | None) -> tuple[str, ...]:
    if limit is None:
        return ()
    room: tuple[str, ...] = ()
    if kind is ChangeKind.WITHIN_ERROR and first.value is not None:
        room = no_room_notes(first.value, first.range, first.direction, limit)
    return (*room, limit.citation.note)
