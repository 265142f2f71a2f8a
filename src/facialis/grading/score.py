"""What an instrument says: a total, its parts, and everything needed to read them rightly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from facialis.grading.answers import Answers

Exact = int | Fraction
"""A number without rounding."""


class Direction(StrEnum):
    """Which end of a scale is the good one."""

    HIGHER_IS_BETTER = "higher is better"
    HIGHER_IS_WORSE = "higher is worse"


@dataclass(frozen=True)
class ScoreRange:
    """The ends of a scale, both reachable."""

    low: Exact
    high: Exact


@dataclass(frozen=True)
class Part:
    """A sub-score; None where an item of it was not assessed."""

    name: str
    label: str
    value: Exact | None
    range: ScoreRange
    direction: Direction
    grade: str | None = None


@dataclass(frozen=True)
class Completeness:
    """How much of the instrument was answered."""

    answered: int
    asked: int
    missing: tuple[str, ...]
    """Ids of the items without an answer."""

    @property
    def complete(self) -> bool:
        """Whether every item has an answer."""
        return not self.missing


@dataclass(frozen=True)
class Score:
    """The result of one assessment."""

    instrument: str
    version: str
    total: Exact | None
    """None where it cannot be known; a note says why."""
    unit: str
    range: ScoreRange | None
    """None for an instrument that has no total."""
    direction: Direction
    parts: tuple[Part, ...]
    grade: str | None
    completeness: Completeness
    notes: tuple[str, ...]
    citations: tuple[str, ...]
    """Keys of the bibliography."""
    options: Mapping[str, str | None] = field(default_factory=dict)
    """The scoring options that were used; None where none was named."""

    def part(self, name: str) -> Part:
        """The part with this name; raises `KeyError` for one that the instrument does not have."""
        return {part.name: part for part in self.parts}[name]

    def to_plain(self) -> dict[str, Any]:
        """Return the score as JSON values.

        A number that is no integer is given twice: as the nearest float, and exactly as a text
        (`exact`), "200/3" for example.
        """
        return {
            "instrument": self.instrument,
            "version": self.version,
            "total": plain_number(self.total),
            "total_exact": exact_text(self.total),
            "unit": self.unit,
            "range": _plain_range(self.range),
            "direction": self.direction.value,
            "grade": self.grade,
            "parts": [_plain_part(part) for part in self.parts],
            "completeness": {
                "answered": self.completeness.answered,
                "asked": self.completeness.asked,
                "missing": list(self.completeness.missing),
            },
            "options": dict(self.options),
            "notes": list(self.notes),
            "citations": list(self.citations),
        }


def completeness_of(answers: Answers) -> Completeness:
    """Count the answers and name the items without one."""
    asked, missing = len(answers.instrument.items), answers.missing()
    return Completeness(answered=asked - len(missing), asked=asked, missing=missing)


def missing_note(completeness: Completeness) -> tuple[str, ...]:
    """Say why there is no total, in one sentence; nothing where every item has an answer."""
    if completeness.complete:
        return ()
    names = ", ".join(completeness.missing)
    return (f"No total: {len(completeness.missing)} of {completeness.asked} items not assessed ({names}).",)


def sum_if_complete(points: Iterable[Exact | None]) -> Exact | None:
    """Add the points; None where one is missing."""
    found = list(points)
    known = [point for point in found if point is not None]
    return sum(known) if len(known) == len(found) else None


def plain_number(value: Exact | None) -> int | float | None:
    """Return an integer as such and any other number as the nearest float."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)


def exact_text(value: Exact | None) -> str | None:
    """Return the number as a text without rounding, "87" or "200/3"."""
    return None if value is None else str(Fraction(value))


def _plain_range(scale: ScoreRange | None) -> list[int | float | None] | None:
    return None if scale is None else [plain_number(scale.low), plain_number(scale.high)]


def _plain_part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "label": part.label,
        "value": plain_number(part.value),
        "exact": exact_text(part.value),
        "range": _plain_range(part.range),
        "direction": part.direction.value,
        "grade": part.grade,
    }
