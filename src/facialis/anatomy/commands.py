"""What a healthy face commands of its muscles in each expression."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from facialis.anatomy.expressions import Expression
from facialis.anatomy.lookup import find_member
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.nerve import TABLES
from facialis.evidence import Citation, load_rows


class CommandRole(StrEnum):
    """What part a muscle has in an expression."""

    LEADS = "leads"
    """The expression is the muscle's own."""
    HELPS = "helps"
    """Anatomy names the muscle for the expression."""
    ACCOMPANIES = "accompanies"
    """Moves along in a healthy face without being named."""


@dataclass(frozen=True)
class MuscleCommand:
    """How strongly a healthy face commands one muscle in one expression, on either side."""

    expression: Expression
    muscle: Muscle
    strength_frac: float
    """Share of the strongest voluntary command of that muscle. [0-1]"""
    role: CommandRole
    citation: Citation


@dataclass(frozen=True)
class NotPhotographed:
    """A muscle that leads in no photograph, so that the set shows it only in part."""

    muscle: Muscle
    own_movement: str
    reason: str
    citation: Citation


@cache
def commands() -> tuple[MuscleCommand, ...]:
    """Every command of every expression, in the order of the table."""
    found = []
    for row in load_rows(TABLES, "expression_commands").rows:
        strength = row.number("strength")
        if not 0 < strength <= 1:
            raise row.error(f"strength is {strength}; it lies above 0 and up to 1.")
        found.append(
            MuscleCommand(
                expression=row.choice("expression", Expression),
                muscle=row.choice("muscle", Muscle),
                strength_frac=strength,
                role=row.choice("role", CommandRole),
                citation=row.citation,
            )
        )
    return tuple(found)


@cache
def not_photographed() -> tuple[NotPhotographed, ...]:
    """The muscles whose own movement none of the nine photographs asks for, and why."""
    return tuple(
        NotPhotographed(
            row.choice("muscle", Muscle), row.text("own_movement"), row.text("reason"), row.citation
        )
        for row in load_rows(TABLES, "not_photographed").rows
    )


def command_of(expression: Expression | str) -> Mapping[Muscle, float]:
    """What a healthy face commands in one expression.

    Rest and the nasal base view command nothing: there all values are 0 and only resting tone
    remains. Each side of the face carries the same pattern.

    Returns
    -------
    mapping
        Strength of each of the 24 muscles of the facial nerve, from the forehead down. [0-1]

    Raises
    ------
    UnknownNameError
        If there is no such expression.
    """
    return _patterns()[find_member(Expression, expression, thing="expression")]


@cache
def _patterns() -> Mapping[Expression, Mapping[Muscle, float]]:
    patterns = {expression: dict.fromkeys(FACIAL_MUSCLES, 0.0) for expression in Expression}
    for command in commands():
        patterns[command.expression][command.muscle] = command.strength_frac
    return {expression: MappingProxyType(pattern) for expression, pattern in patterns.items()}
