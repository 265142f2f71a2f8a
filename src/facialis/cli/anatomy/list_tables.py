"""What `facialis anatomy list` shows to people."""

from collections.abc import Callable, Iterable

from rich.markup import escape
from rich.table import Table

from facialis.anatomy.commands import commands, not_photographed
from facialis.anatomy.expression_sets import ExpressionUser, expression_uses, users_of
from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscle_records import LandmarkMovement, MuscleRecord
from facialis.anatomy.muscles import antagonists_of, muscle, muscles
from facialis.anatomy.nerve import branches, early_twigs, nerve_segments, nerve_value
from facialis.anatomy.synkinesis_pairs import synkinesis_mechanisms, synkinesis_pairs, synkinesis_values
from facialis.cli.anatomy.list_content import Topic, commands_to, pairs_moving
from facialis.cli.output import plain_table
from facialis.evidence import Citation, CitedValue

NOT_STATED = "not stated"


def tables_of(topic: Topic) -> list[Table]:
    """The tables of one topic."""
    return _TABLES[topic]()


def muscle_tables(record: MuscleRecord) -> list[Table]:
    """Everything about one muscle."""
    about = plain_table(f"{record.full_name} ({record.abbreviation})", "", "", "source")
    about.show_header = False
    number = "" if record.number is None else f", number {record.number}"
    _add(about, "muscle", f"{record.muscle}{number}", record.citation)
    _add(about, "nerve", record.nerve, record.citation)
    for share in record.branches:
        _add(about, "branch", f"{_words(share.branch)} {share.weight} of its drive", share.citation)
    _add(about, "origin", record.origin, record.citation)
    _add(about, "insertion", record.insertion, record.citation)
    _add(about, "fibres", record.fibre_type, record.fibre_citation)
    for move in record.movements:
        part = "" if move.part is None else f" ({move.part})"
        way = move.direction
        vector = f"up {way.superior:g}, lateral {way.lateral:g}, forward {way.anterior:g}"
        where = f"{_words(move.landmark)}{part}: {_in_words(move)}"
        _add(about, "moves", f"{where} ({vector})", move.citation)
    _add(about, "serves", "; ".join(record.expressions), record.citation)
    for antagonist in record.antagonists:
        _add(about, "against it", antagonist.label, antagonist.citation)
    opposing = ", ".join(_words(name) for name in antagonists_of(record.muscle))
    about.add_row("against it, from either side", opposing or NOT_STATED, "")
    _add(about, "zone", ", ".join(record.zones), record.citation)
    _add(about, "weakened too much", record.if_weakened or NOT_STATED, record.citation)
    _add(about, "may be a target", "yes" if record.is_target else "NEVER", record.citation)
    if record.citation.note:
        about.add_row("note", escape(record.citation.note), "")
    for command in commands_to(record):
        told = f"{command.expression} {command.strength_frac:g} ({command.role})"
        _add(about, "commanded in", told, command.citation)
    for pair in pairs_moving(record):
        _add(about, "moves unasked in", f"{pair.expression} ({pair.sign})", pair.citation)
    return [about]


def _muscles() -> list[Table]:
    table = plain_table(
        "Muscles of one half of the face", "no.", "abbr.", "muscle", "branches", "moves", "source"
    )
    for record in muscles():
        driven_by = ", ".join(_words(share.branch) for share in record.branches)
        main = record.movements[0]
        table.add_row(
            "" if record.number is None else str(record.number),
            record.abbreviation,
            record.full_name + ("" if record.is_target else " (NEVER a target)"),
            driven_by or f"{record.nerve} nerve",
            escape(f"{_words(main.landmark)}: {_in_words(main)}"),
            _source(record.citation),
        )
    return [table]


def _branches() -> list[Table]:
    table = plain_table("Terminal branches", "branch", "zone", "course", "path", "source of the path")
    joined = plain_table("How often neighbours are joined", "branches", "joined", "recovery", "source")
    for record in branches():
        length = record.path_length
        _add(table, _words(record.branch), record.zone, record.course, _number(length), length.citation)
    seen = dict.fromkeys(overlap for record in branches() for overlap in record.overlaps)
    for overlap in seen:
        share = "" if overlap.share_frac is None else f" ({_range(overlap.share_frac)} of people)"
        pair = " and ".join(_words(each) for each in overlap.branches)
        _add(joined, pair, f"{overlap.frequency}{share}", overlap.recovery, overlap.citation)
    way = plain_table("The way of the nerve", "stretch", "where", "why it matters", "source")
    for segment in nerve_segments():
        _add(way, _words(segment.stretch), segment.where, segment.relevance, segment.citation)
    twigs = plain_table("Early twigs", "twig", "carries", "leaves at", "supplies", "sign", "source")
    for twig in early_twigs():
        cells = (_words(twig.name), twig.kind, _words(twig.leaves_at), twig.supplies, twig.sign or NOT_STATED)
        _add(twigs, *cells, twig.citation)
    return [
        table,
        joined,
        way,
        twigs,
        _values("Numbers", [nerve_value("fibre_count"), nerve_value("path_length")]),
    ]


def _expressions() -> list[Table]:
    table = plain_table(
        "What a healthy face commands, 0 to 1, both sides alike", "expression", "muscles", "asked for by"
    )
    for expression in Expression:
        told = [
            f"{muscle(c.muscle).abbreviation} {c.strength_frac:g}"
            for c in commands()
            if c.expression is expression
        ]
        table.add_row(
            expression, ", ".join(told) or "nothing: resting tone only", ", ".join(users_of(expression))
        )
    table.caption = f"Strengths: {_source(commands()[0].citation)}"
    unseen = plain_table(
        "Muscles whose own movement is not photographed", "muscle", "own movement", "why", "source"
    )
    for row in not_photographed():
        _add(unseen, _words(row.muscle), row.own_movement, row.reason, row.citation)
    uses = plain_table(
        "What the instruments ask for", "instrument", "no.", "movement", "expression", "source"
    )
    for use in expression_uses():
        if use.user is not ExpressionUser.PHOTOGRAPHS:
            _add(uses, use.user, str(use.number), use.movement, use.expression, use.citation)
    return [table, unseen, uses]


def _synkinesis() -> list[Table]:
    table = plain_table(
        "Usual synkinesis", "intended", "moves unasked", "what is seen", "sub-score", "source"
    )
    for pair in synkinesis_pairs():
        who = f"{pair.region}: {_abbreviations(pair.muscles)}"
        _add(table, pair.expression, who, pair.sign, pair.kind, pair.citation)
    table.caption = "That each occurs is known; how often was not verified."
    why = plain_table("How it comes about; all contribute", "mechanism", "what happens", "source")
    for record in synkinesis_mechanisms():
        _add(why, _words(record.mechanism), record.meaning, record.citation)
    return [table, why, _values("Numbers", synkinesis_values().values)]


_TABLES: dict[Topic, Callable[[], list[Table]]] = {
    Topic.MUSCLES: _muscles,
    Topic.BRANCHES: _branches,
    Topic.EXPRESSIONS: _expressions,
    Topic.SYNKINESIS: _synkinesis,
}


def _add(table: Table, *cells: str | Citation) -> None:
    """Add a row whose citations are shown as source and tag."""
    table.add_row(*(_source(cell) if isinstance(cell, Citation) else escape(cell) for cell in cells))


def _source(citation: Citation) -> str:
    return escape(f"{citation.source_key} [{citation.provenance.value}]")


def _in_words(move: LandmarkMovement) -> str:
    return move.citation.note[:1].lower() + move.citation.note[1:]


def _words(name: str) -> str:
    return name.replace("_", " ")


def _abbreviations(names: Iterable[Muscle]) -> str:
    return ", ".join(muscle(name).abbreviation for name in names)


def _range(interval: tuple[float, float]) -> str:
    return f"{interval[0]:g} to {interval[1]:g}"


def _number(value: CitedValue) -> str:
    shown = _range(value.interval) if value.value is None and value.interval else f"{value.number:g}"
    return shown if value.unit == "1" else f"{shown} {value.unit}"


def _values(title: str, values: Iterable[CitedValue]) -> Table:
    table = plain_table(title, "name", "value", "whom", "source", "note")
    for value in values:
        _add(table, _words(value.name), _number(value), value.population, value.citation, value.note)
    return table
