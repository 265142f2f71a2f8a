"""`facialis grade import FILE.json`: gradings of another program as documents of answers."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from facialis.cli.grade.answers_file import read_json
from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.grading.file_models import FileReading, read_file_model


def take_over(
    *,
    file: Annotated[Path, typer.Argument(help="A file of facialis-palsy-file-models 0.1.0.", metavar="FILE")],
    ignore_stored_totals: Annotated[
        bool,
        typer.Option("--ignore-stored-totals", help="Drop stored totals that contradict the items."),
    ] = False,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Read the items of another program's file; `--format json` prints documents of answers."""
    found = read_file_model(read_json(file), ignore_stored_totals=ignore_stored_totals)
    if output_format is Format.JSON:
        emit_json(_plain(found))
    else:
        _print(found)


def _plain(found: FileReading) -> dict[str, Any]:
    side, grade = found.affected_side, found.house_brackmann
    return {
        "affected_side": None if side is None else side.value,
        "sunnybrook": None if found.sunnybrook is None else found.sunnybrook.to_document(),
        "eface": None if found.eface is None else found.eface.to_document(),
        "house_brackmann_grade": None if grade is None else grade.name,
        "unmapped": [{"field": field.field, "reason": field.reason} for field in found.unmapped],
        "notes": list(found.notes),
    }


def _print(found: FileReading) -> None:
    screen = console()
    side, grade = found.affected_side, found.house_brackmann
    screen.print(f"Affected side: {'not set' if side is None else side.label}")
    screen.print(f"House-Brackmann: {'not set' if grade is None else f'grade {grade.name}'}")
    for answers in (found.sunnybrook, found.eface):
        if answers is not None:
            table = plain_table(answers.instrument.title, "item", "answer")
            for item_id, answer in answers.to_document()["answers"].items():
                table.add_row(item_id, "not assessed" if answer is None else str(answer))
            screen.print(table)
    if found.unmapped:
        table = plain_table("Not taken over", "field", "why")
        for field in found.unmapped:
            table.add_row(escape(field.field), escape(field.reason))
        screen.print(table)
    for note in found.notes:
        screen.print(escape(f"- {note}"))
