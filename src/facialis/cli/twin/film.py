"""`facialis twin film`: one expression over the course, untreated and treated side by side."""

from pathlib import Path
from typing import Annotated

import typer

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.cli.output import console
from facialis.cli.twin.course_file import CourseArgument, check_apart
from facialis.report.compilation_cache import use_compilation_cache
from facialis.report.safe_files import check_free, write_whole

SUFFIXES = (".gif", ".mp4")
FRAMES = 60


def film(
    *,
    course: CourseArgument,
    out: Annotated[
        Path, typer.Option("--out", help="Film to write, ending in .gif or .mp4.", show_default=False)
    ],
    expression: Annotated[
        Expression, typer.Option(help="What the patient tries to do on every day.")
    ] = Expression.OPEN_SMILE,
    frames: Annotated[int, typer.Option(help="Pictures; early days lie denser.", min=8, max=600)] = FRAMES,
    seed: Annotated[
        int | None, typer.Option(help="Seed of another person than the course names.", min=0)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")] = False,
) -> None:
    """Film an expression from the onset on: the same face untreated and treated, with day and treatment.

    Where nothing was done there is one face.
    """
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        raise typer.BadParameter(
            f"--out is '{out}'. A film is a GIF or an MP4 file. Give a name that ends in "
            f"{' or '.join(SUFFIXES)}."
        )
    if expression not in NINE_PHOTOGRAPHS:
        raise typer.BadParameter(
            f"--expression is '{expression.value}', which is a view from below. Give one of "
            f"{', '.join(NINE_PHOTOGRAPHS)}."
        )
    check_apart(out, course)
    check_free([out], force=force)
    use_compilation_cache()
    from facialis.report.twin_course import read_course_file
    from facialis.report.twin_film import film_days, film_frames, gif_of, mp4_of

    found = read_course_file(course)
    days = film_days(found.case.last_day, frames)
    with console().status("Computing ...") as status:
        pictures = list(
            film_frames(
                found,
                expression,
                days.tolist(),
                seed=seed,
                on_frame=lambda done: status.update(f"Drew {done} of {len(days)} pictures ..."),
            )
        )
        content = gif_of(pictures) if suffix == ".gif" else mp4_of(pictures)
    write_whole(out, content)
    typer.echo(f"{out} written: {len(pictures)} days of {expression.value.replace('_', ' ')}.")
