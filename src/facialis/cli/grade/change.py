"""`facialis grade change BEFORE.json AFTER.json`: what became of a score, with its measurement error."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from facialis.cli.grade.answers_file import read_json
from facialis.cli.grade.options import read_options
from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.grading.answers import read_answers
from facialis.grading.change import Change, ChangeKind, compare_scales
from facialis.grading.errors import AnswersDocumentError
from facialis.grading.instrument import Instrument
from facialis.grading.registry import find_instrument
from facialis.grading.score import Score

WORDS = {
    ChangeKind.BETTER: "better",
    ChangeKind.WORSE: "worse",
    ChangeKind.WITHIN_ERROR: "within error",
    ChangeKind.NOT_DETERMINED: "not determined",
}


def change(
    *,
    before: Annotated[Path, typer.Argument(help="Answers of the earlier visit.", metavar="BEFORE")],
    after: Annotated[Path, typer.Argument(help="Answers of the later visit.", metavar="AFTER")],
    option: Annotated[
        list[str] | None,
        typer.Option("--option", metavar="NAME=VALUE", help="A scoring option, for both visits."),
    ] = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Compare two visits: better, worse, within measurement error, or not determined."""
    earlier, later = read_json(before), read_json(after)
    instrument = find_instrument(_instrument_of(before, earlier))
    options = read_options(instrument, option or [])
    changes = compare_scales(_scored(instrument, earlier, options), _scored(instrument, later, options))
    if output_format is Format.JSON:
        plain = [found.to_plain() for found in changes]
        emit_json({"instrument": instrument.id, "title": instrument.title, "changes": plain})
    else:
        _print(changes)


def _instrument_of(path: Path, document: Any) -> str:
    named = document.get("instrument") if isinstance(document, dict) else None
    if not isinstance(named, str):
        raise AnswersDocumentError(
            f"'{path}' names no instrument. A document of answers is an object with the keys instrument, "
            "version and answers; `facialis grade form INSTRUMENT --format json` prints one."
        )
    return named


def _scored(instrument: Instrument, document: Any, options: dict[str, str | None]) -> Score:
    return instrument.score(read_answers(instrument, document), **options)


def _print(changes: tuple[Change, ...]) -> None:
    table = plain_table("", "scale", "change", "in words")
    for found in changes:
        table.add_row(found.scale, f"[bold]{WORDS[found.kind]}[/bold]", escape(found.sentence))
    screen = console()
    screen.print(table)
    remarks = [remark for found in changes for remark in (found.confidence, *found.notes)]
    for remark in dict.fromkeys(remarks):
        screen.print(escape(f"- {remark}"))
