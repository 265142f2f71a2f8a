"""`facialis cite`: the references behind a number, a table, a source or a result file."""

import json
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from facialis.cli.once import OnceCommand
from facialis.cli.output import console, emit_json, plain_table
from facialis.errors import FacialisError
from facialis.evidence.bibliography import source_keys
from facialis.evidence.catalogue import FoundRow, rows_named, rows_of_source, rows_of_table, tables
from facialis.evidence.errors import UnknownReferenceError
from facialis.evidence.provenance import Provenance
from facialis.evidence.result_references import names_in_result
from facialis.evidence.row_text import numbers_of
from facialis.evidence.sources import Source, bibtex_of, source, sources

app = typer.Typer(add_completion=False)

MAX_RESULT_BYTES = 64 * 1024 * 1024
"""Larger than any result of this software."""


class CiteFormat(StrEnum):
    """How references are written."""

    TABLE = "table"
    JSON = "json"
    BIBTEX = "bibtex"


class ResultFileError(FacialisError):
    """A file that was named as a result is none."""

    code = "result_file_invalid"


@dataclass(frozen=True)
class Found:
    """What a question led to."""

    rows: tuple[FoundRow, ...] = ()
    tables: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    """Sources that were named themselves."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source behind it, once."""
        cited = [found.row.citation.source_key for found in self.rows]
        behind = [found.row.citation.source_key for name in self.tables for found in rows_of_table(name)]
        return tuple(source(key) for key in dict.fromkeys([*self.keys, *cited, *behind]))


@app.command(cls=OnceCommand)
def cite(
    what: Annotated[
        str | None,
        typer.Argument(
            help="A number's name (iris_diameter), a table (toxins/dose_ranges), a row (TABLE:KEY), "
            "a source (House85), or a result file (RESULT.json). Without it: every table and source."
        ),
    ] = None,
    output_format: Annotated[
        CiteFormat, typer.Option("--format", help="A table, JSON, or BibTeX for a reference manager.")
    ] = CiteFormat.TABLE,
) -> None:
    """Print where a number comes from: its value, unit, population, source, place and tag."""
    found = look_up(what)
    if output_format is CiteFormat.JSON:
        emit_json(_plain(found))
    elif output_format is CiteFormat.BIBTEX:
        typer.echo(bibtex_of(item.key for item in found.sources), nl=False)
    else:
        _print(found, console())


def look_up(what: str | None) -> Found:
    """Find what a person asked for.

    Raises
    ------
    UnknownReferenceError
        If it is neither a file, a table, a row, a source nor the name of a number.
    ResultFileError
        If it is a file, but not one of JSON.
    """
    if what is None:
        return Found(tables=tuple(tables()), keys=tuple(sources()))
    if what.endswith(".json") or _is_file(what):
        return _behind_result(Path(what))
    if what in tables():
        return Found(rows=rows_of_table(what))
    if what in source_keys():
        return Found(rows=rows_of_source(what), keys=(what,))
    table, colon, key = what.partition(":")
    named = tuple(row for row in rows_of_table(table) if row.key == key) if colon else rows_named(what)
    if colon and not named:
        raise UnknownReferenceError(
            f"The table '{table}' has no row '{key}'. `facialis cite {table}` lists its rows."
        )
    if not named:
        raise UnknownReferenceError(
            f"'{what}' is neither a table, a row, a source, the name of a number nor a file. "
            "`facialis cite` alone lists every table and source."
        )
    return Found(rows=named)


def _is_file(what: str) -> bool:
    try:
        return Path(what).is_file()
    except OSError:  # such as a name that is too long for a file
        return False


def _behind_result(path: Path) -> Found:
    try:
        with path.open("rb") as stream:  # a device says that it has 0 bytes, and never ends
            content = stream.read(MAX_RESULT_BYTES + 1)
        if len(content) > MAX_RESULT_BYTES:
            raise ResultFileError(f"{path.name} is larger than any result of Facialis. Name a result file.")
        result = json.loads(content.decode("utf-8"))
    except OSError as error:
        raise ResultFileError(
            f"{path.name} cannot be read ({error.strerror}). Name a result file."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ResultFileError(f"{path.name} is not JSON. Name the JSON file of a result.") from error
    names = names_in_result(result)
    found = Found(
        tables=tuple(name for name in names if name in tables()),
        keys=tuple(name for name in names if name in source_keys()),
    )
    if not found.sources:
        raise ResultFileError(
            f"{path.name} names no source of Facialis. Name a file that `facialis measure` or `grade` wrote."
        )
    return found


def _print(found: Found, terminal: Console) -> None:
    if found.tables:
        overview = plain_table("Tables", "table", "what it holds", "rows")
        for name in found.tables:
            table = tables()[name].load()
            overview.add_row(name, escape(table.passport.title), str(len(table.rows)))
        terminal.print(overview)
        terminal.print()
    for address, rows in groupby(found.rows, key=lambda item: item.address):
        numbers = plain_table(
            f"{address.name}: {escape(address.load().passport.title)}", "row", "what it says"
        )
        for item in rows:
            numbers.add_row(escape(item.key), escape("\n".join(_lines(item))))
        terminal.print(numbers)
        terminal.print()
    references = plain_table("References", "key", "reference", "kind", "quality", "seen")
    for entry in found.sources:
        note = f" {entry.note}" if entry.note else ""
        kind = entry.kind.value.replace("_", " ")
        references.add_row(entry.key, escape(entry.reference + note), kind, entry.quality.value, entry.seen)
    terminal.print(references)
    if any(item.row.citation.provenance is Provenance.RECALL_MEDIUM for item in found.rows):
        terminal.print()
        terminal.print("recall-medium: from memory and unsure. A clinician confirms it before it is used.")


def _lines(item: FoundRow) -> list[str]:
    citation = item.row.citation
    lines = ["; ".join(numbers_of(item)), citation.population, citation.text, citation.note]
    return [line for line in lines if line]


def _plain(found: Found) -> dict[str, Any]:
    return {
        "tables": [
            {"name": name, "title": tables()[name].load().passport.title, "rows": len(rows_of_table(name))}
            for name in found.tables
        ],
        "rows": [
            {
                "table": item.address.name,
                "key": item.key,
                "cells": {name: cell for name, cell in item.row.cells.items() if cell.strip()},
                "units": dict(item.address.load().passport.units),
                "population": item.row.citation.population,
                "source": item.row.citation.source_key,
                "locator": item.row.citation.locator,
                "provenance": item.row.citation.provenance.value,
            }
            for item in found.rows
        ],
        "sources": [_plain_source(item) for item in found.sources],
    }


def _plain_source(item: Source) -> dict[str, str | None]:
    return {
        "key": item.key,
        "reference": item.reference,
        "kind": item.kind.value,
        "quality": item.quality.value,
        "seen": item.seen,
        "doi": item.doi or None,
        "pmid": item.pmid or None,
        "pmcid": item.pmcid or None,
        "note": item.note or None,
    }
