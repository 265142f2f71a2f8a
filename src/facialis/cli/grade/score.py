"""`facialis grade INSTRUMENT FILE.json`: the score, its parts, and how to read them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from facialis.cli.grade.answers_file import read_json
from facialis.cli.grade.options import read_options
from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.grading.answers import read_answers
from facialis.grading.instrument import Instrument
from facialis.grading.registry import INSTRUMENTS, find_instrument
from facialis.grading.score import Exact, Score, ScoreRange

DECIMALS = 1
"""Of a number on the screen; JSON has the exact one."""


def score(
    *,
    instrument: Annotated[str, typer.Argument(help=f"One of {', '.join(INSTRUMENTS)}.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="Answers as JSON.", metavar="FILE", show_default=False)],
    total_rule: Annotated[
        str | None,
        typer.Option("--total-rule", help="Rule of the eFACE total: mean_items or weighted_1_2_1."),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option("--option", metavar="NAME=VALUE", help="Any scoring option of the instrument."),
    ] = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Score the answers in FILE; `score` itself may be left out."""
    asked = find_instrument(instrument)
    named = [*(option or []), *([] if total_rule is None else [f"total_rule={total_rule}"])]
    options = read_options(asked, named)
    result = asked.score(read_answers(asked, read_json(file)), **options)
    if output_format is Format.JSON:
        emit_json({**result.to_plain(), "title": asked.title, "licence_note": asked.licence_note})
    else:
        print_score(asked, result)


def print_score(instrument: Instrument, result: Score) -> None:
    """Print the result as a table for people."""
    screen = console()
    screen.print(f"[bold]{escape(instrument.title)}[/bold] {escape(_headline(result))}")
    if result.parts:
        table = plain_table("", "part", "value", "range", "grade", "direction")
        for part in result.parts:
            table.add_row(
                escape(part.label),
                shown(part.value),
                _span(part.range),
                part.grade or "",
                part.direction.value,
            )
        screen.print(table)
    screen.print(f"{result.completeness.answered} of {result.completeness.asked} items answered.")
    for note in result.notes:
        screen.print(escape(f"- {note}"))
    screen.print(escape(f"Sources: {', '.join(result.citations)}. {instrument.licence_note}"))


def shown(value: Exact | None) -> str:
    """Return a number as the screen shows it; a missing one is never 0."""
    if value is None:
        return "not known"
    return str(value) if isinstance(value, int) else f"{float(value):.{DECIMALS}f}"


def _headline(result: Score) -> str:
    if result.total is None or result.range is None:
        return "no total"
    grade = f"grade {result.grade}" if result.grade else ""
    if result.unit == "grade":
        return grade
    total = f"{shown(result.total)} {result.unit} ({_span(result.range)}, {result.direction.value})"
    return f"{total}, {grade}" if grade else total


def _span(scale: ScoreRange) -> str:
    return f"{shown(scale.low)} to {shown(scale.high)}"
