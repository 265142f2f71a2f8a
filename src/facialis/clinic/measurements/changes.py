"""What changed between two visits, and whether it is more than measuring explains.

Of the errors of two visits only the patient's iris is shared: it stretches both values alike, so that a
change carries it in proportion to the change itself. Scatter and the scale of each photograph are not shared.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.combination import MeasuresByExpression
from facialis.measurement.measure import Measure
from facialis.report.butterfly import BEYOND_ERROR_SDS


@dataclass(frozen=True)
class Change:
    """A value minus that of the earlier visit."""

    before: float
    value: float
    sd: float

    @property
    def is_beyond_error(self) -> bool:
        """Whether it lies outside of its own 90 % interval about no change."""
        return abs(self.value) > BEYOND_ERROR_SDS * self.sd


def change_of(now: MeasuresByExpression, before: MeasuresByExpression, place: "Place") -> Change | None:
    """Change of one value between two visits; None where it is missing in one of them.

    Parameters
    ----------
    now, before     Averaged measures of the two visits, from `average_repeats`.
    place : Place   Which value.
    """
    terms = [
        (sign, visit, expression, measure)
        for sign, visit, measures in ((1.0, 1, now), (-1.0, 0, before))
        for factor, expression, measure in _terms(measures, place)
        for sign in (sign * factor,)
    ]
    if len(terms) != 2 * len(place.expressions):
        return None
    earlier = -sum(c * _value(m) for c, visit, _, m in terms if visit == 0)
    value = sum(c * _value(m) for c, _, _, m in terms)
    return Change(earlier, value, _sd(terms))


@dataclass(frozen=True)
class Place:
    """A measure of a side in an expression, or its movement from rest."""

    expression: Expression
    name: str
    side: Side | None
    of_movement: bool = False

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The photographs that it needs."""
        return (self.expression, Expression.REST) if self.of_movement else (self.expression,)


def _terms(measures: MeasuresByExpression, place: Place) -> list[tuple[float, Expression, Measure]]:
    found = []
    for factor, expression in zip((1.0, -1.0), place.expressions, strict=False):
        measure = measures.get(expression, {}).get((place.name, place.side))
        if measure is not None and measure.value is not None and measure.parts is not None:
            found.append((factor, expression, measure))
    return found


def _sd(terms: Sequence[tuple[float, int, Expression, Measure]]) -> float:
    variance, shared = 0.0, 0.0
    of_photo: dict[tuple[int, Expression], float] = {}
    for coefficient, visit, expression, measure in terms:
        parts, value = measure.parts, _value(measure)
        if parts is None:
            continue
        variance += (coefficient * parts.noise) ** 2
        key = (visit, expression)
        of_photo[key] = of_photo.get(key, 0.0) + coefficient * value * parts.photo_rel
        shared += coefficient * value * parts.common_rel
    return math.sqrt(variance + sum(part**2 for part in of_photo.values()) + shared**2)


def _value(measure: Measure) -> float:
    return 0.0 if measure.value is None else measure.value


def change_of_index(now: Mapping[str, float | None], before: Mapping[str, float | None]) -> Change | None:
    """Change of a number whose error at each visit is its own, such as the symmetry index."""
    value, sd, earlier, earlier_sd = now["value"], now["sd"], before["value"], before["sd"]
    if value is None or sd is None or earlier is None or earlier_sd is None:
        return None
    return Change(earlier, value - earlier, math.hypot(sd, earlier_sd))
