"""Movements that the patient did not intend.

Rows are the intended expressions, columns regions and sides. An entry is the involuntary
movement of a side beyond that of the other side, in mm:

    entry = max(d E_side, 0) - max(d E_other, 0)

with E the excursion from rest and d the involuntary direction (`tables/synkinesis_movements.csv`).
Movement against d counts as none: a healthy eye that widens while the other stays still shows
weakness of that other side, not synkinesis.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.evidence import load_rows
from facialis.measurement.asymmetry import negated
from facialis.measurement.combination import MeasuresByExpression, Term, combine
from facialis.measurement.excursion import excursion_terms

NECK_REASON = "Platysma does not show in the contours of a face photograph; look at the neck."
INTENDED_REASON = (
    "What is measured here takes part in the intended movement; an involuntary part cannot be told from it."
)


class SynkinesisRegion(StrEnum):
    """Columns of the matrix."""

    BROW = "brow"
    EYE = "eye"
    CHEEK = "cheek"
    COMMISSURE = "commissure"
    CHIN = "chin"
    NECK = "neck"


class SubScoreName(StrEnum):
    """Where synkinesis is summed up."""

    OCULAR = "ocular"
    MIDFACIAL = "midfacial"
    MENTALIS = "mentalis"
    PLATYSMAL = "platysmal"


@dataclass(frozen=True)
class InvoluntaryMovement:
    """A row of the table."""

    expression: Expression
    region: SynkinesisRegion
    measure: str
    direction: int
    sub_score: SubScoreName | None


@dataclass(frozen=True)
class SynkinesisEntry:
    """One cell: involuntary movement of `side` beyond the other side's, in mm."""

    expression: Expression
    region: SynkinesisRegion
    side: Side
    value: float | None
    """Signed: negative when the other side moves more."""
    sd: float | None
    z: float | None
    """`value` in sds; None where the sd is 0."""
    reason: str | None


@dataclass(frozen=True)
class SubScore:
    """Mean of the cells of one kind, in mm."""

    name: SubScoreName
    side: Side
    value: float | None
    sd: float | None
    z: float | None
    cells: int
    """How many cells it is the mean of."""
    reason: str | None


@dataclass(frozen=True)
class Synkinesis:
    """The matrix and its sub-scores. With a known affected side only that side's; else both sides'."""

    affected: Side | None
    entries: tuple[SynkinesisEntry, ...]
    sub_scores: tuple[SubScore, ...]


def synkinesis(by_expression: MeasuresByExpression, affected: Side | None = None) -> Synkinesis:
    """The whole matrix over a set of photographs.

    Parameters
    ----------
    by_expression : MeasuresByExpression
        One averaged set of measures per expression.
    affected : Side, optional
        The palsied side. If not known, each side is given against the other.
    """
    sides = tuple(Side) if affected is None else (affected,)
    return Synkinesis(
        affected,
        tuple(
            _entry(by_expression, expression, region, side)
            for expression in NINE_PHOTOGRAPHS
            if expression is not Expression.REST
            for region in SynkinesisRegion
            for side in sides
        ),
        tuple(_sub_score(by_expression, name, side) for name in SubScoreName for side in sides),
    )


@cache
def involuntary_movements() -> tuple[InvoluntaryMovement, ...]:
    """The table of what is involuntary in which expression."""
    return tuple(
        InvoluntaryMovement(
            row.choice("expression", Expression),
            row.choice("region", SynkinesisRegion),
            row.text("measure"),
            row.integer("direction"),
            None if row.text("sub_score") == "none" else row.choice("sub_score", SubScoreName),
        )
        for row in load_rows("facialis.measurement.tables", "synkinesis_movements").rows
    )


def _entry(
    by_expression: MeasuresByExpression, expression: Expression, region: SynkinesisRegion, side: Side
) -> SynkinesisEntry:
    def unsaid(reason: str) -> SynkinesisEntry:
        return SynkinesisEntry(expression, region, side, None, None, None, reason)

    if region is SynkinesisRegion.NECK:
        return unsaid(NECK_REASON)
    movement = next(
        (m for m in involuntary_movements() if m.expression is expression and m.region is region), None
    )
    if movement is None:
        return unsaid(INTENDED_REASON)
    found = _beyond_other_side(by_expression, movement, side)
    if isinstance(found, str):
        return unsaid(found)
    value, terms = found
    _, sd = combine(terms)
    return SynkinesisEntry(expression, region, side, value, sd, _z(value, sd), None)


def _sub_score(by_expression: MeasuresByExpression, name: SubScoreName, side: Side) -> SubScore:
    if name is SubScoreName.PLATYSMAL:
        return SubScore(name, side, None, None, None, 0, NECK_REASON)
    movements = [movement for movement in involuntary_movements() if movement.sub_score is name]
    found = [_beyond_other_side(by_expression, movement, side) for movement in movements]
    known = [cell for cell in found if not isinstance(cell, str)]
    if not known:
        reasons = dict.fromkeys(cell for cell in found if isinstance(cell, str))
        return SubScore(name, side, None, None, None, 0, " ".join(reasons))
    value = sum(cell_value for cell_value, _ in known) / len(known)
    # All cells share the photograph at rest: their errors are added term by term.
    _, sd = combine(
        [Term(t.coefficient / len(known), t.expression, t.measure) for _, terms in known for t in terms]
    )
    return SubScore(name, side, value, sd, _z(value, sd), len(known), None)


def _beyond_other_side(
    by_expression: MeasuresByExpression, movement: InvoluntaryMovement, side: Side
) -> tuple[float, list[Term]] | str:
    own = excursion_terms(by_expression, movement.expression, movement.measure, side)
    other = excursion_terms(by_expression, movement.expression, movement.measure, side.opposite)
    for found, whose in ((own, side), (other, side.opposite)):
        if isinstance(found, str):
            return f"{whose.label} side: {found}"
    if isinstance(own, str) or isinstance(other, str):
        return "One side was not measured."
    moved = [max(movement.direction * combine(terms)[0], 0.0) for terms in (own, other)]
    # The sd is that of the whole difference, also where a side counts as still: it may not be.
    return moved[0] - moved[1], [*own, *negated(other)]


def _z(value: float, sd: float) -> float | None:
    return value / sd if sd > 0 and math.isfinite(value / sd) else None
