"""The limits by which grades are suggested, with their sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.evidence import Citation, EvidenceError, load_rows, load_values
from facialis.grading.instrument import TABLES


class Confidence(StrEnum):
    """Words for the probability that a suggestion is right."""

    HIGH = "high"
    FAIR = "fair"
    LOW = "low"


@dataclass(frozen=True)
class PerceptionThreshold:
    """A difference that people notice."""

    feature: str
    threshold_mm: float
    citation: Citation


def limit(name: str) -> float:
    """The limit of this name that the software uses; raises `EvidenceError` for an unknown one."""
    return load_values(TABLES, "suggestion_thresholds").preferred(name).number


def limits(names: Iterable[str]) -> tuple[float, ...]:
    """Several limits, in the given order."""
    return tuple(limit(name) for name in names)


def limit_citations(names: Iterable[str]) -> tuple[Citation, ...]:
    """Every row of these limits, those that disagree too."""
    table = load_values(TABLES, "suggestion_thresholds")
    return tuple(value.citation for name in names for value in table.all_of(name))


@cache
def perception_rows(feature: str) -> tuple[PerceptionThreshold, ...]:
    """Every source's threshold of a feature, the one that is used first.

    Raises
    ------
    EvidenceError
        If the table has no such feature.
    """
    rows = [r for r in load_rows(TABLES, "perception_thresholds").rows if r.text("feature") == feature]
    if not rows:
        raise EvidenceError(f"'{feature}' is not in the table of perception thresholds. Correct the rule.")
    rows.sort(key=lambda row: row.integer("preference"))
    return tuple(PerceptionThreshold(feature, row.number("threshold_mm"), row.citation) for row in rows)


def perception_mm(feature: str) -> float:
    """The difference from which on people notice a feature. [mm]"""
    return perception_rows(feature)[0].threshold_mm


def perception_citations(features: Iterable[str]) -> tuple[Citation, ...]:
    """Every row of these features, each once."""
    return tuple(row.citation for feature in dict.fromkeys(features) for row in perception_rows(feature))


def confidence_word(probability: float) -> Confidence:
    """High, fair or low, by the table."""
    if probability >= limit("confidence_high_from"):
        return Confidence.HIGH
    return Confidence.FAIR if probability >= limit("confidence_fair_from") else Confidence.LOW
