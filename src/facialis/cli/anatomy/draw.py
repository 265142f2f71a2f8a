"""`facialis anatomy draw`: the face with its muscles and injection points, as a picture."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from facialis.anatomy.muscles import muscle
from facialis.anatomy.sides import Side
from facialis.report.safe_files import check_free, write_whole


class SideChoice(StrEnum):
    """Which of the patient's sides is drawn."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


def draw(
    *,
    out: Annotated[Path, typer.Option("--out", help="File to write, ending in .svg.", show_default=False)],
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--muscle",
            help="Draw one muscle strongly and name its antagonists; by name or abbreviation (ZMJ). "
            "May be given several times. Without it all muscles are drawn alike.",
        ),
    ] = None,
    sites: Annotated[
        bool, typer.Option("--sites/--no-sites", help="Draw injection points as numbered circles.")
    ] = True,
    side: Annotated[SideChoice, typer.Option(help="The patient's side.")] = SideChoice.BOTH,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")] = False,
) -> None:
    """Draw muscles and injection points on the face, patient's RIGHT on the left of the picture.

    On both sides without --muscle, the RIGHT shows the superficial muscles and the LEFT the deep ones.
    Positions are decisions of this software, drawn from written rules: confirm them on the patient.
    """
    if out.suffix.lower() != ".svg":
        raise typer.BadParameter(
            f"--out is '{out}'. The picture is an SVG file. Give a name that ends in .svg."
        )
    chosen = [muscle(name).muscle for name in names or ()]
    check_free([out], force=force)
    # Drawing needs the mesh and its arrays; a wrong name is told without them.
    from facialis.report.face_figure import draw_face_figure

    only = None if side is SideChoice.BOTH else Side(side.value)
    write_whole(out, draw_face_figure(chosen, side=only, with_sites=sites).encode())
    typer.echo(f"{out} written.")
