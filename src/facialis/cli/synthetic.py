"""`facialis synthetic`: photographs of invented patients, with their truth."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from facialis.anatomy.sides import Side
from facialis.cli.once import OnceCommand

app = typer.Typer(help="Draw invented patients whose exact measures are known.", no_args_is_help=True)


class PalsyChoice(StrEnum):
    """Kinds of palsy, repeated here so that --help needs no image library."""

    NONE = "none"
    FLACCID = "flaccid"
    SYNKINETIC = "synkinetic"


@app.callback()
def synthetic() -> None:
    """Draw invented patients whose exact measures are known."""


@app.command(cls=OnceCommand)
def render(
    out_dir: Annotated[Path, typer.Argument(help="Folder for the nine photographs and truth.json.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same patient.", min=0)] = 0,
    palsy: Annotated[PalsyChoice, typer.Option(help="What the patient has.")] = PalsyChoice.SYNKINETIC,
    side: Annotated[Side, typer.Option(help="The patient's affected side.")] = Side.LEFT,
    severity: Annotated[float, typer.Option(help="0 healthy to 1 complete.", min=0.0, max=1.0)] = 0.8,
    width: Annotated[int, typer.Option(help="Width of the photographs in px.", min=240, max=4800)] = 1200,
    force: Annotated[bool, typer.Option("--force", help="Replace the files of a former set.")] = False,
) -> None:
    """Write nine photographs of an invented patient, named by expression, and their truth."""
    from rich.console import Console

    from facialis.errors import FacialisError
    from facialis.vision.synthetic.patient_set import write_patient_set
    from facialis.vision.synthetic.twin_patient import PalsyKind

    console = Console()
    try:
        with console.status("Drawing ...") as status:
            paths = write_patient_set(
                out_dir,
                seed=seed,
                palsy=PalsyKind(palsy.value),
                side=side,
                severity=severity,
                width_px=width,
                force=force,
                on_photo=lambda expression: status.update(f"Drew {expression.value.replace('_', ' ')}"),
            )
    except FacialisError as error:
        Console(stderr=True).print(str(error), style="red", highlight=False)
        raise typer.Exit(code=1) from error
    console.print(f"{len(paths) - 1} photographs and {paths[-1].name} are in {out_dir}.", highlight=False)
    console.print("The patient is invented; no real person is shown.", highlight=False)
