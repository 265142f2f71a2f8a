"""Left minus right."""

import math
from dataclasses import dataclass

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.combination import MeasuresByExpression, Term, combine
from facialis.measurement.excursion import excursion_terms, present_or_reason
from facialis.measurement.measure import Measure
from facialis.measurement.measures import MEASURES

MIN_HEALTHY_SDS = 2.0
"""A healthy side's value nearer to zero than this many of its sds is no base for a percentage."""


@dataclass(frozen=True)
class Asymmetry:
    """Patient's LEFT minus RIGHT of one measure, or of its excursion, in one expression."""

    expression: Expression
    name: str
    """Name of the measure, or `<measure>_excursion`."""
    value: float | None
    """LEFT minus RIGHT."""
    sd: float | None
    unit: str
    reason: str | None
    affected_minus_healthy: float | None
    """The same difference seen from the affected side; None while that side is not known."""
    percent_of_healthy: float | None
    """`affected_minus_healthy` in % of the size of the healthy side's value."""
    ratio: float | None
    """LEFT minus RIGHT in % of the outer intercanthal distance, also where there is no scale."""
    ratio_sd: float | None


def asymmetries(by_expression: MeasuresByExpression, affected: Side | None = None) -> tuple[Asymmetry, ...]:
    """Every sided measure of every expression, and every excursion, left minus right."""
    names = [name for name, definition in MEASURES.items() if definition.sided]
    found = [asymmetry_of(by_expression, e, name, affected) for e in by_expression for name in names]
    moved = [
        asymmetry_of(by_expression, e, name, affected, of_excursion=True)
        for e in by_expression
        if e not in (Expression.REST, Expression.NASAL_BASE)
        for name in names
    ]
    return (*found, *moved)


def asymmetry_of(
    by_expression: MeasuresByExpression,
    expression: Expression,
    name: str,
    affected: Side | None = None,
    *,
    of_excursion: bool = False,
) -> Asymmetry:
    """One measure of one expression, or its excursion, left minus right.

    The sd counts the errors that both sides share (scale, and their common reading noise) only
    as far as they do not cancel.
    """
    terms = {side: _terms(by_expression, expression, name, side, of_excursion=of_excursion) for side in Side}
    full_name = f"{name}_excursion" if of_excursion else name
    ratio, ratio_sd = _ratio(by_expression, expression, name, of_excursion=of_excursion)
    unit = MEASURES[name].unit
    left, right = terms[Side.LEFT], terms[Side.RIGHT]
    if isinstance(left, str) or isinstance(right, str):
        reason = next(
            f"{side.label} side: {found}" for side, found in terms.items() if isinstance(found, str)
        )
        return Asymmetry(expression, full_name, None, None, unit, reason, None, None, ratio, ratio_sd)
    value, sd = combine([*left, *negated(right)])
    toward_affected = percent = None
    if affected is not None:
        toward_affected = value if affected is Side.LEFT else -value
        healthy, healthy_sd = combine(right if affected is Side.LEFT else left)
        if abs(healthy) > MIN_HEALTHY_SDS * healthy_sd:
            percent = toward_affected / abs(healthy) * 100
    return Asymmetry(expression, full_name, value, sd, unit, None, toward_affected, percent, ratio, ratio_sd)


def negated(terms: list[Term]) -> list[Term]:
    """The same terms with the opposite sign."""
    return [Term(-term.coefficient, term.expression, term.measure) for term in terms]


def _terms(
    by_expression: MeasuresByExpression, expression: Expression, name: str, side: Side, *, of_excursion: bool
) -> list[Term] | str:
    if of_excursion:
        return excursion_terms(by_expression, expression, name, side)
    measure = present_or_reason(by_expression, expression, name, side)
    return measure if isinstance(measure, str) else [Term(1.0, expression, measure)]


def _ratio(
    by_expression: MeasuresByExpression, expression: Expression, name: str, *, of_excursion: bool
) -> tuple[float | None, float | None]:
    photos = [(1.0, expression)] + ([(-1.0, Expression.REST)] if of_excursion else [])
    value = variance = 0.0
    for sign, photo in photos:
        sides = [by_expression.get(photo, {}).get((name, side)) for side in Side]
        left, right = sides
        if left is None or right is None or left.ratio is None or right.ratio is None:
            return None, None
        value += sign * (left.ratio - right.ratio)
        variance += _ratio_variance(left, right)
    return value, math.sqrt(max(variance, 0.0))


def _ratio_variance(left: Measure, right: Measure) -> float:
    left_sd, right_sd = left.ratio_sd or 0.0, right.ratio_sd or 0.0
    correlation = 0.0 if left.parts is None else left.parts.side_correlation
    return left_sd**2 + right_sd**2 - 2 * correlation * left_sd * right_sd
