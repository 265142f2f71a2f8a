"""How far each measure moved from rest."""

import math
from dataclasses import dataclass

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.combination import MeasuresByExpression, Term, combine
from facialis.measurement.measure import Measure
from facialis.measurement.measures import MEASURES

NO_REST = "There is no photograph at rest, so movement from rest cannot be said."


@dataclass(frozen=True)
class Excursion:
    """Movement of one measure from rest. Positive as the measure is: a rising commissure is positive."""

    expression: Expression
    name: str
    """`<measure>_excursion`."""
    side: Side | None
    value: float | None
    sd: float | None
    unit: str
    reason: str | None
    ratio: float | None
    """In % of the outer intercanthal distance, also where there is no scale; None for angles."""
    ratio_sd: float | None


def excursions(by_expression: MeasuresByExpression) -> tuple[Excursion, ...]:
    """Every measure of every expression against rest, per side."""
    return tuple(
        excursion_of(by_expression, expression, name, side)
        for expression in by_expression
        if expression not in (Expression.REST, Expression.NASAL_BASE)
        for name, side in by_expression[expression]
    )


def excursion_of(
    by_expression: MeasuresByExpression, expression: Expression, name: str, side: Side | None
) -> Excursion:
    """One measure of one expression against rest."""
    full_name, unit = f"{name}_excursion", MEASURES[name].unit
    terms = excursion_terms(by_expression, expression, name, side)
    if isinstance(terms, str):
        ratio, ratio_sd = _ratio(by_expression, expression, name, side)
        return Excursion(expression, full_name, side, None, None, unit, terms, ratio, ratio_sd)
    value, sd = combine(terms)
    ratio, ratio_sd = _ratio(by_expression, expression, name, side)
    return Excursion(expression, full_name, side, value, sd, unit, None, ratio, ratio_sd)


def excursion_terms(
    by_expression: MeasuresByExpression, expression: Expression, name: str, side: Side | None
) -> list[Term] | str:
    """The expression minus rest, as terms; or the reason why that cannot be said."""
    moved = present_or_reason(by_expression, expression, name, side)
    if isinstance(moved, str):
        return moved
    if Expression.REST not in by_expression:
        return NO_REST
    rest = present_or_reason(by_expression, Expression.REST, name, side)
    if isinstance(rest, str):
        return f"At rest: {rest}"
    return [Term(1.0, expression, moved), Term(-1.0, Expression.REST, rest)]


def present_or_reason(
    by_expression: MeasuresByExpression, expression: Expression, name: str, side: Side | None
) -> Measure | str:
    """A measure that has a value, or why there is none."""
    if expression not in by_expression:
        return f"There is no photograph of '{expression.value}'."
    measure = by_expression[expression].get((name, side))
    if measure is None:
        return f"'{name}' was not measured in '{expression.value}'."
    return measure if measure.value is not None else str(measure.reason)


def _ratio(
    by_expression: MeasuresByExpression, expression: Expression, name: str, side: Side | None
) -> tuple[float | None, float | None]:
    moved = by_expression[expression].get((name, side))
    rest = by_expression.get(Expression.REST, {}).get((name, side))
    if moved is None or rest is None or moved.ratio is None or rest.ratio is None:
        return None, None
    return moved.ratio - rest.ratio, math.hypot(moved.ratio_sd or 0.0, rest.ratio_sd or 0.0)
