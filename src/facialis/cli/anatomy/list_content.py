"""What `facialis anatomy list` hands to programs: the records themselves, nothing shortened."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from facialis.anatomy.commands import MuscleCommand, commands, not_photographed
from facialis.anatomy.expression_sets import expression_uses
from facialis.anatomy.muscle_records import MuscleRecord
from facialis.anatomy.muscles import antagonists_of, muscles
from facialis.anatomy.nerve import branches, early_twigs, nerve_segments, nerve_value
from facialis.anatomy.synkinesis_pairs import (
    SynkinesisPair,
    synkinesis_mechanisms,
    synkinesis_pairs,
    synkinesis_values,
)


class Topic(StrEnum):
    """What can be listed."""

    MUSCLES = "muscles"
    BRANCHES = "branches"
    EXPRESSIONS = "expressions"
    SYNKINESIS = "synkinesis"


def commands_to(record: MuscleRecord) -> tuple[MuscleCommand, ...]:
    """The expressions in which a healthy face commands one muscle."""
    return tuple(command for command in commands() if command.muscle is record.muscle)


def pairs_moving(record: MuscleRecord) -> tuple[SynkinesisPair, ...]:
    """The usual pairs in which one muscle moves unasked."""
    return tuple(pair for pair in synkinesis_pairs() if record.muscle in pair.muscles)


def content_of(topic: Topic) -> dict[str, Any]:
    """Everything about one topic, ready for JSON."""
    return {name: _plain(records) for name, records in _CONTENT[topic]().items()}


def muscle_content(record: MuscleRecord) -> dict[str, Any]:
    """Everything about one muscle, ready for JSON."""
    return {
        **_plain(record),
        "opposing_muscles": _plain(antagonists_of(record.muscle)),
        "commands": _plain(commands_to(record)),
        "moves_unasked": _plain(pairs_moving(record)),
    }


_CONTENT: dict[Topic, Callable[[], dict[str, Any]]] = {
    Topic.MUSCLES: lambda: {"muscles": muscles()},
    Topic.BRANCHES: lambda: {
        "branches": branches(),
        "segments": nerve_segments(),
        "early_twigs": early_twigs(),
        "fibre_count": nerve_value("fibre_count"),
        "path_length": nerve_value("path_length"),
    },
    Topic.EXPRESSIONS: lambda: {
        "commands": commands(),
        "not_photographed": not_photographed(),
        "uses": expression_uses(),
    },
    Topic.SYNKINESIS: lambda: {
        "pairs": synkinesis_pairs(),
        "mechanisms": synkinesis_mechanisms(),
        "values": synkinesis_values().values,
    },
}


def _plain(value: Any) -> Any:
    """Records as objects, weights as exact fractions in words ("2/3")."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if isinstance(value, StrEnum | Fraction):
        return str(value)
    return value
