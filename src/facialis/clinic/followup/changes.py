"""What changed between two measurements, and whether by more than their error."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from facialis.report.butterfly import BEYOND_ERROR_SDS
from facialis.report.words import measure_words

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One difference LEFT minus RIGHT, or one synkinesis score, before and after."""

    name: str
    expression: str
    unit: str
    before: float
    after: float
    sd: float
    """Of the change: the errors of both measurements, as if nothing were shared between them."""

    @property
    def words(self) -> str:
        """Name of the measure, as pages write it."""
        return _(measure_words(self.name))

    @property
    def toward_symmetry(self) -> float:
        """By how much its size is smaller; above 0 is better."""
        return abs(self.before) - abs(self.after)

    @property
    def is_beyond_error(self) -> bool:
        """Whether the change is outside its 90 % interval."""
        return abs(self.after - self.before) > BEYOND_ERROR_SDS * self.sd


@dataclass(frozen=True)
class ChangeSummary:
    """Changes of one expression, or of the synkinesis scores."""

    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    within_error: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing could be compared."""
        return not (self.better or self.worse or self.within_error)


def changes_of(before: Document, after: Document, expression: str) -> ChangeSummary:
    """Compare the asymmetries of one expression; what one of the two lacks is left out."""
    earlier, later = (_asymmetries(document, expression) for document in (before, after))
    return _summary(
        _change(name, expression, earlier[name], later[name]) for name in earlier.keys() & later.keys()
    )


def score_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> ChangeSummary:
    """Compare the summaries of two measurements: synkinesis scores, gaps and differences."""
    return _summary(_change(name, "", before[name], after[name]) for name in before.keys() & after.keys())


def _asymmetries(document: Document, expression: str) -> dict[str, Mapping[str, Any]]:
    entries = document.get("set", {}).get("asymmetry", [])
    return {
        entry["name"]: entry
        for entry in entries
        if entry["expression"] == expression
        and entry.get("value") is not None
        and entry.get("sd") is not None
    }


def _change(name: str, expression: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    return Change(
        name,
        expression,
        str(after.get("unit", "mm")),
        float(before["value"]),
        float(after["value"]),
        math.hypot(float(before["sd"]), float(after["sd"])),
    )


def _summary(changes: Any) -> ChangeSummary:
    found = sorted(changes, key=lambda one: (-abs(one.toward_symmetry) / one.sd if one.sd else 0.0, one.name))
    real = [one for one in found if one.is_beyond_error]
    return ChangeSummary(
        tuple(one for one in real if one.toward_symmetry > 0),
        tuple(one for one in real if one.toward_symmetry <= 0),
        len(found) - len(real),
    )
