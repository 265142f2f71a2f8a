"""Who asks for which expression: grading instruments and the set of photographs."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.anatomy.expressions import Expression
from facialis.anatomy.lookup import find_member
from facialis.anatomy.nerve import TABLES
from facialis.evidence import Citation, load_rows


class ExpressionUser(StrEnum):
    """Who asks a patient for expressions."""

    SUNNYBROOK = "sunnybrook"
    EFACE = "eface"
    PHOTOGRAPHS = "photographs"
    """The nine photographs and the view of the nasal base."""


@dataclass(frozen=True)
class ExpressionUse:
    """One movement that an instrument asks for, and the expression that answers it."""

    user: ExpressionUser
    number: int
    """Order in the instrument or the set, from 1."""
    movement: str
    """What it asks for, in our words."""
    expression: Expression
    citation: Citation


@cache
def expression_uses() -> tuple[ExpressionUse, ...]:
    """Every movement of every instrument, in the instrument's order."""
    return tuple(
        ExpressionUse(
            user=row.choice("user", ExpressionUser),
            number=row.integer("number"),
            movement=row.text("movement"),
            expression=row.choice("expression", Expression),
            citation=row.citation,
        )
        for row in load_rows(TABLES, "expression_users").rows
    )


def movements_of(user: ExpressionUser | str) -> tuple[ExpressionUse, ...]:
    """The movements that one instrument asks for, in its order; an unknown one raises `UnknownNameError`."""
    wanted = find_member(ExpressionUser, user, thing="instrument")
    return tuple(use for use in expression_uses() if use.user is wanted)


def expressions_used_by(user: ExpressionUser | str) -> tuple[Expression, ...]:
    """The expressions that one instrument needs, each once, in its order."""
    return tuple(dict.fromkeys(use.expression for use in movements_of(user)))


def users_of(expression: Expression | str) -> tuple[ExpressionUser, ...]:
    """Who asks for one expression."""
    wanted = find_member(Expression, expression, thing="expression")
    return tuple(dict.fromkeys(use.user for use in expression_uses() if use.expression is wanted))
