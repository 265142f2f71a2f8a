"""What was measured of one patient, looked up by expression, measure and side."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.errors import ReadingError

ROUNDING = 1e-4
"""The last digit that a document of measurements keeps."""


@dataclass(frozen=True)
class Reading:
    """A measured value with its uncertainty."""

    value: float
    sd: float
    """Standard deviation, same unit, 0 or more."""
    unit: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and math.isfinite(self.sd)) or self.sd < 0:
            raise ReadingError(
                f"A reading is {self.value} with sd {self.sd}; both must be finite and the sd 0 or more. "
                "Where nothing was measured, give the reason instead."
            )


@dataclass(frozen=True)
class NoReading:
    """Why a value is not there."""

    reason: str


Found = Reading | NoReading
SidedKey = tuple[Expression, str, Side | None]
"""Expression, name and side; the side is None for measures that have none."""
PairKey = tuple[Expression, str]


@dataclass(frozen=True)
class Readings:
    """All readings of one set of photographs, or of a simulated face.

    The look-ups never fail: what is not there comes back as a reason.
    """

    measures: Mapping[SidedKey, Found] = field(default_factory=dict)
    """One photograph's values; repeats of an expression are already averaged."""
    excursions: Mapping[SidedKey, Found] = field(default_factory=dict)
    """Expression minus rest, under the measure's own name."""
    asymmetries: Mapping[PairKey, Found] = field(default_factory=dict)
    """LEFT minus RIGHT of a measure."""
    excursion_asymmetries: Mapping[PairKey, Found] = field(default_factory=dict)
    """LEFT minus RIGHT of an excursion, under the measure's own name."""
    involuntary: Mapping[SidedKey, Found] = field(default_factory=dict)
    """Entries of the synkinesis matrix, by region: movement beyond the other side's. [mm]"""
    refused: Mapping[Expression, str] = field(default_factory=dict)
    """Why photographs of an expression could not be measured."""
    affected: Side | None = None
    """The palsied side as it was given when the photographs were measured."""

    @cached_property
    def photographed(self) -> frozenset[Expression]:
        """The expressions of which anything was read."""
        return frozenset(expression for expression, _, _ in self.measures)

    def value(self, expression: Expression, measure: str, side: Side | None) -> Found:
        """A value of one expression."""
        return self._sided(self.measures, expression, measure, side)

    def excursion(self, expression: Expression, measure: str, side: Side | None) -> Found:
        """How far a measure moved from rest."""
        return self._sided(self.excursions, expression, measure, side)

    def asymmetry(self, expression: Expression, measure: str) -> Found:
        """LEFT minus RIGHT."""
        return self._pair(self.asymmetries, expression, measure)

    def excursion_asymmetry(self, expression: Expression, measure: str) -> Found:
        """LEFT minus RIGHT of the movement from rest."""
        return self._pair(self.excursion_asymmetries, expression, measure)

    def involuntary_movement(self, expression: Expression, region: str, side: Side) -> Found:
        """Involuntary movement of a region of ``side`` beyond the other side's. [mm]"""
        # The matrix has a cell for every expression; a missing photograph is the better reason.
        if expression not in self.photographed:
            return self._absent(expression, region)
        return self._sided(self.involuntary, expression, region, side)

    def affected_minus_healthy(self, expression: Expression, measure: str, affected: Side) -> Found:
        """The difference of the sides, seen from the affected one."""
        found = self.asymmetry(expression, measure)
        if isinstance(found, NoReading) or affected is Side.LEFT:
            return found
        return Reading(-found.value, found.sd, found.unit)

    def _sided(
        self, table: Mapping[SidedKey, Found], expression: Expression, name: str, side: Side | None
    ) -> Found:
        return table.get((expression, name, side)) or self._absent(expression, name)

    def _pair(self, table: Mapping[PairKey, Found], expression: Expression, name: str) -> Found:
        return table.get((expression, name)) or self._absent(expression, name)

    def _absent(self, expression: Expression, name: str) -> NoReading:
        if expression in self.photographed:
            return NoReading(f"'{name}' was not read in '{expression.value}'.")
        if expression in self.refused:
            return NoReading(
                f"The photograph of '{expression.value}' was refused: {self.refused[expression]}"
            )
        return NoReading(f"There is no photograph of '{expression.value}'.")


def mean_of_repeats(repeats: Iterable[Found]) -> Found:
    """One value for several photographs of the same expression.

    Repeats are weighted by inverse variance. They share the scale and the detector, so the mean
    is taken to be no surer than its members; where they differ by more, their scatter counts.

    Parameters
    ----------
    repeats : iterable of Reading or NoReading
        At least one. All of the same unit.

    Returns
    -------
    Reading or NoReading
        The first reason where none has a value.
    """
    every = list(repeats)
    known = [found for found in every if isinstance(found, Reading)]
    if not known:
        return every[0]
    # A reading without any error would take all the weight; its rounding stands in.
    weighted = [(1 / max(reading.sd, ROUNDING) ** 2, reading) for reading in known]
    total = sum(weight for weight, _ in weighted)
    mean = sum(weight * reading.value for weight, reading in weighted) / total
    of_members = sum(weight * reading.sd**2 for weight, reading in weighted) / total
    scatter = sum(weight * (reading.value - mean) ** 2 for weight, reading in weighted) / total
    return Reading(mean, math.sqrt(max(of_members, scatter)), known[0].unit)
