"""`facialis grade form INSTRUMENT`: an empty form as JSON, or what may be answered as a table."""

from typing import Annotated

import typer
from rich.markup import escape

from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.grading.instrument import AnswerKind, Instrument, Item
from facialis.grading.registry import find_instrument


def form(
    *,
    instrument: Annotated[str, typer.Argument(help="Id of the instrument.", show_default=False)],
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Show the items and what may be answered; `--format json` prints an empty form to fill in."""
    asked = find_instrument(instrument)
    if output_format is Format.JSON:
        emit_json(
            {
                "instrument": asked.id,
                "version": asked.version,
                "answers": {item.id: None for item in asked.items},
            }
        )
    else:
        _print_items(asked)


def _print_items(instrument: Instrument) -> None:
    table = plain_table(f"{instrument.title}, version {instrument.version}", "item", "what", "allowed")
    for item in instrument.items:
        table.add_row(escape(item.id), escape(item.label), escape(_meanings(item)))
    screen = console()
    screen.print(table)
    screen.print(escape(instrument.licence_note))


def _meanings(item: Item) -> str:
    limits = [] if item.kind is AnswerKind.CHOICE else [item.allowed]
    return "\n".join([*limits, *(f"{anchor.answer}: {anchor.meaning}" for anchor in item.anchors)])
