"""`facialis doctor`: what is installed, which backend finds the landmarks, and why."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from facialis.cli.once import OnceCommand
from facialis.vision.backends.examine import BackendState, Examination, examine

app = typer.Typer(add_completion=False)

HASH_CHARACTERS = 12
PLAIN_WIDTH = 100
"""Columns where no terminal tells its width."""


class Format(StrEnum):
    """How the findings are written."""

    TABLE = "table"
    JSON = "json"


@app.command(cls=OnceCommand)
def doctor(
    output_format: Annotated[
        Format, typer.Option("--format", help="A table for people, JSON for programs.")
    ] = Format.TABLE,
) -> None:
    """Say what is installed, which detectors work here, which one is active, and why.

    Exit status: 0 if photographs can be measured, 1 if not.
    """
    raise typer.Exit(report(os.environ, as_json=output_format is Format.JSON))


def report(environment: Mapping[str, str], *, as_json: bool = False, console: Console | None = None) -> int:
    """Examine the installation and print what was found.

    Parameters
    ----------
    environment : mapping
        Settings of the backends.
    as_json : bool
        One JSON object instead of tables.
    console : Console
        Where to print; standard output by default.

    Returns
    -------
    int
        0 if a backend is active, 1 if none can measure.
    """
    found = examine(environment)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=2))
    else:
        _print(found, console or _standard_output())
    return 0 if found.active else 1


def _standard_output() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=PLAIN_WIDTH)


def _print(found: Examination, console: Console) -> None:
    console.print("[bold]Installed[/bold]")
    console.print(
        escape(", ".join(f"{name} {version or 'MISSING'}" for name, version in found.versions.items()))
    )
    table = Table(
        title="Landmark backends", title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0)
    )
    for heading in ("backend", "usable", "start", "what was found"):
        table.add_column(heading, no_wrap=heading != "what was found", overflow="fold")
    for state in found.backends:
        start = "" if state.start_s is None else f"{state.start_s:.2f} s"
        table.add_row(state.name, _word(state), start, escape(_sentence(state)))
    console.print()
    console.print(table)
    console.print()
    if found.active:
        console.print(escape(found.active_reason))
    else:
        console.print(escape(f"No backend is active, so nothing can be measured. {found.active_reason}"))


def _word(state: BackendState) -> str:
    if state.usable:
        return "yes"
    return "no" if state.configured else "not set up"


def _sentence(state: BackendState) -> str:
    if state.info is None:
        return state.reason
    model = f"version {state.info.version}, model {state.info.model_sha256[:HASH_CHARACTERS]}"
    own = ", ".join(f"{name} {version}" for name, version in (state.versions or {}).items())
    return f"{model}" + (f"; its own environment: {own}" if own else "")
