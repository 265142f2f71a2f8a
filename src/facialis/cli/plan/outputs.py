"""Where a verb of a plan may write."""

import os
from collections.abc import Sequence
from pathlib import Path

import typer

from facialis.report.safe_files import check_free


def suffixed(out: Path | None, suffixes: Sequence[str], option: str = "--out") -> None:
    """Refuse a name that does not end as the content would."""
    if out is not None and out.suffix.lower() not in suffixes:
        raise typer.BadParameter(f"{option} is '{out}'. Give a name that ends in {' or '.join(suffixes)}.")


def check_outputs(out: Path | None, inputs: Sequence[Path], *, force: bool, option: str = "--out") -> None:
    """Refuse, before anything is computed, to write over what is read or, without ``force``, what is there.

    Raises
    ------
    typer.BadParameter                      The file is read as well.
    WouldOverwriteError, CannotWriteError   As `check_free`.
    """
    if out is None:
        return
    if any(os.path.realpath(path) == os.path.realpath(out) for path in inputs):
        raise typer.BadParameter(f"{option} is '{out}', which is read as well. Give another name.")
    check_free([out], force=force)
