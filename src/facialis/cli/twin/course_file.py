"""What the verbs that read a course share."""

import os
from pathlib import Path
from typing import Annotated

import typer

CourseArgument = Annotated[
    Path,
    typer.Argument(
        help="The course that `facialis twin simulate` wrote.", metavar="COURSE.json", show_default=False
    ),
]


def check_apart(out: Path, *inputs: Path | None) -> None:
    """Refuse to write over what is read, with --force as well."""
    for path in inputs:
        if path is not None and os.path.realpath(path) == os.path.realpath(out):
            raise typer.BadParameter(f"--out is '{out}', which is read as well. Give another name.")
