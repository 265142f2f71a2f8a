"""`facialis anatomy list`: what the tables of anatomy say, for people and for programs."""

from typing import Annotated

import typer

from facialis.anatomy.muscles import muscle
from facialis.cli.anatomy.list_content import Topic, content_of, muscle_content
from facialis.cli.anatomy.list_tables import muscle_tables, tables_of
from facialis.cli.output import Format, FormatOption, console, emit_json


def list_anatomy(
    topic: Annotated[Topic, typer.Argument(help="What to list.")] = Topic.MUSCLES,
    name: Annotated[
        str | None, typer.Option("--muscle", help="All about one muscle, by name or abbreviation (ZMJ).")
    ] = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """List muscles, nerve branches, expressions or usual synkinesis, each row with its source and tag.

    Both sides of a face are alike, so nothing here has a side.
    """
    if name is not None and topic is not Topic.MUSCLES:
        raise typer.BadParameter(f"--muscle goes with the topic muscles, not with {topic.value}.")
    record = None if name is None else muscle(name)
    if output_format is Format.JSON:
        emit_json(content_of(topic) if record is None else muscle_content(record))
        return
    terminal = console()
    for table in tables_of(topic) if record is None else muscle_tables(record):
        terminal.print(table)
        terminal.print()
