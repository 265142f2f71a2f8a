"""`facialis grade suggest RESULT.json`: what the measurements suggest, item by item."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from facialis.anatomy.sides import Side
from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.grading.registry import find_instrument
from facialis.grading.suggest.item import NOTICE, SuggestedItem, SuggestedRange, Suggestion
from facialis.grading.suggest.plain import suggestion_to_plain
from facialis.grading.suggest.registry import SUGGESTED
from facialis.grading.suggest.registry import suggest as suggest_grades
from facialis.grading.suggest.thresholds import limit
from facialis.report.read_measurement import read_measurement_file
from facialis.report.suggestion_words import (
    confidence_words,
    item_words,
    judged_words,
    otherwise_words,
    range_words,
)

CONFIDENCE = (
    "The confidence is the probability that the item is right as far as the uncertainty of the reading goes; "
    "whether a rater would agree is another question."
)
SHOWN_FROM = 0.05
"""Less probable answers are left to the JSON."""


def suggest(
    *,
    file: Annotated[
        Path,
        typer.Argument(help="The result of `facialis measure --format json`.", metavar="RESULT"),
    ],
    affected: Annotated[
        Side | None,
        typer.Option("--affected", help="The patient's palsied side, if the result does not say it."),
    ] = None,
    instrument: Annotated[
        list[str] | None,
        typer.Option(
            "--instrument", help=f"{', '.join(SUGGESTED)}; may be repeated. All of them without it."
        ),
    ] = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Suggest grades from measurements, each item with its reading and a confidence.

    They stand beside the clinician's grade and never take its place.
    """
    readings = read_measurement_file(file)
    found = [suggest_grades(name, readings, affected) for name in instrument or SUGGESTED]
    if output_format is Format.JSON:
        emit_json({"suggestions": [suggestion_to_plain(suggestion) for suggestion in found]})
        return
    screen = console()
    screen.print(escape(f"{NOTICE} {CONFIDENCE}"))
    for suggestion in found:
        screen.print()
        print_suggestion(suggestion, screen)


def print_suggestion(suggestion: Suggestion, screen: Console) -> None:
    """Print one instrument: what is suggested, what is not and why, and the ranges."""
    title = find_instrument(suggestion.instrument).title
    table = plain_table(
        f"{title}, affected side {suggestion.affected.label}",
        "item",
        "suggested",
        "confidence",
        "judged by",
        "else",
    )
    for item in suggestion.items:
        if item.value is not None:
            table.add_row(*map(escape, _row(item)))
    screen.print(table)
    _print_list(screen, "Not determined", [(item.item, item.reason) for item in _without(suggestion)])
    _print_ranges(screen, suggestion.ranges)
    for note in _notes(suggestion):
        screen.print(escape(f"- {note}"))
    screen.print(escape(f"Sources: {_sources(suggestion)}"), style="dim")


def _row(item: SuggestedItem) -> tuple[str, str, str, str, str]:
    return (
        item_words(item.item),
        item_words(str(item.value)),
        confidence_words(item),
        judged_words(item),
        otherwise_words(item, SHOWN_FROM),
    )


def _without(suggestion: Suggestion) -> list[SuggestedItem]:
    return [item for item in suggestion.items if item.value is None]


def _print_list(screen: Console, heading: str, rows: list[tuple[str, str | None]]) -> None:
    by_reason: dict[str, list[str]] = {}
    for item, reason in rows:
        by_reason.setdefault(str(reason), []).append(item_words(item))
    if by_reason:
        screen.print(f"[bold]{heading}[/bold]")
    for reason, items in by_reason.items():
        screen.print(escape(f"  {', '.join(items)}: {reason}"))


def _print_ranges(screen: Console, ranges: tuple[SuggestedRange, ...]) -> None:
    if ranges:
        sure = f"{limit('range_probability') * 100:.0f} %"
        screen.print(f"[bold]Likely range[/bold] ({sure}; items not determined may have any answer)")
    for found in ranges:
        screen.print(escape(f"  {range_words(found)}"))


def _notes(suggestion: Suggestion) -> list[str]:
    remarks = [remark for item in suggestion.items for remark in item.remarks]
    return list(dict.fromkeys((*suggestion.notes, *remarks)))


def _sources(suggestion: Suggestion) -> str:
    found = [citation for item in suggestion.items for citation in item.citations]
    return ", ".join(dict.fromkeys(f"{c.source_key} [{c.provenance.value}]" for c in found))
