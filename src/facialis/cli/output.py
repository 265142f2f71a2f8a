"""How every verb prints: tables for people, JSON for programs."""

import json
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

PLAIN_WIDTH = 110
"""Columns where no terminal tells its width."""

LEAST_WIDTH = 80
"""A table squeezed into less loses whole columns; the terminal may fold its lines instead."""


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="A table for people, JSON for programs.")]


def emit_json(value: Any) -> None:
    """Print one JSON value; NaN and infinity are faults and stop the program."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def console() -> Console:
    """Return the terminal; a steady width where there is none, so that a redirected table keeps its shape.

    A narrow terminal is treated as one of 80 columns: a number must not vanish with its column.
    """
    terminal = Console(highlight=False)
    if not terminal.is_terminal:
        return Console(width=PLAIN_WIDTH, highlight=False)
    return terminal if terminal.width >= LEAST_WIDTH else Console(width=LEAST_WIDTH, highlight=False)


def plain_table(title: str, *headings: str) -> Table:
    """Make an empty table in the style of the house: a bold title, no rules, room between columns."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
