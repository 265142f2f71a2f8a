"""`facialis twin chart`: the course of a twin as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from facialis.cli.twin.course_file import CourseArgument, check_apart
from facialis.report.safe_files import check_free, write_whole

SUFFIXES = (".svg", ".png")


def chart(
    *,
    course: CourseArgument,
    out: Annotated[
        Path, typer.Option("--out", help="Picture to write, ending in .svg or .png.", show_default=False)
    ],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")] = False,
) -> None:
    """Draw the course: nerve, muscles, toxin, movement, synkinesis and grades on one time axis.

    Bands are patients of the model who fell ill and were treated alike; treatments run through all panels.
    """
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        raise typer.BadParameter(
            f"--out is '{out}'. The picture is an SVG or a PNG file. Give a name that ends in "
            f"{' or '.join(SUFFIXES)}."
        )
    check_apart(out, course)
    check_free([out], force=force)
    from facialis.report.twin_chart import course_png, course_svg
    from facialis.report.twin_course import read_course_file

    found = read_course_file(course)
    write_whole(out, course_svg(found).encode() if suffix == ".svg" else course_png(found))
    typer.echo(f"{out} written.")
