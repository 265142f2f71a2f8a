"""`facialis demo`: an invented patient through the whole loop."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from facialis.cli.demo.files import PAGE, PLAN, targets, write_files
from facialis.cli.demo.invented import invented_patient
from facialis.cli.demo.last_lines import last_lines
from facialis.cli.demo.loop import run_loop
from facialis.cli.demo.outcome import outcome_of
from facialis.cli.demo.page import page_of
from facialis.cli.demo.pictures import Pictures
from facialis.cli.demo.visit import Camera
from facialis.cli.measure import EXIT_SOME_REFUSED, PLAIN_WIDTH
from facialis.cli.once import OnceCommand
from facialis.errors import FacialisError
from facialis.report.comparison import Comparison, compare_asymmetry
from facialis.report.compilation_cache import use_compilation_cache
from facialis.report.safe_files import check_free, write_whole
from facialis.report.words import KEY_MEASURES, expression_words, measure_words, number_words, unit_symbol
from facialis.vision.synthetic.patient_set import identity_of
from facialis.vision.synthetic.present_patient import person_of_state

SEED = 7
"""Of the invented patient; the same for everybody, so that people can talk about the same face."""
PHOTO_WIDTH_PX = 900

app = typer.Typer(add_completion=False)


@app.command(cls=OnceCommand)
def demo(
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for photographs, results and the page.")] = Path(
        "demo"
    ),
    force: Annotated[bool, typer.Option("--force", help="Write over a former demonstration.")] = False,
    seed: Annotated[int, typer.Option(help="Another seed invents another patient.", min=0)] = SEED,
) -> None:
    """Invent a patient; measure, plan, sign, inject, review and plan again, with the truth beside it."""
    try:
        check_free(targets(out), force=force)
    except FacialisError as error:
        raise typer.BadParameter(str(error)) from error
    use_compilation_cache()
    progress = Console(stderr=True)
    patient = invented_patient(seed)
    camera = Camera(person_of_state(patient.state, identity_of(seed)), seed, PHOTO_WIDTH_PX)
    pictures = Pictures(out / "photos", out / "annotated")
    loop = run_loop(
        patient,
        camera,
        out / "photos",
        seed=seed,
        on_step=lambda words: progress.print(f"{words} …", style="dim", highlight=False),
        on_annotated=pictures.of_visit,
    )
    asymmetries = compare_asymmetry(loop.first.result, loop.first.truth)
    outcome = outcome_of(loop)
    write_files(out, loop, seed)
    write_whole(out / PAGE, page_of(loop, pictures, asymmetries, outcome).encode())
    console = Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)
    console.print(_truth_table(asymmetries))
    for line in last_lines(loop, asymmetries, outcome, out / PLAN, out / PAGE):
        console.print(line, highlight=False, soft_wrap=True)
    if any(visit.result.refused for visit in loop.visits):
        raise typer.Exit(EXIT_SOME_REFUSED)


def _truth_table(asymmetries: list[Comparison]) -> Table:
    """LEFT minus RIGHT of what each expression is taken for, beside its truth."""
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, title="LEFT − RIGHT, measured and true", title_justify="left"
    )
    table.add_column("asked to")
    table.add_column("measure")
    for name in ("measured", "true", "error"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    last = None
    for item in asymmetries:
        if item.expression is None or item.name not in KEY_MEASURES[item.expression]:
            continue
        table.add_row(
            "" if item.expression is last else expression_words(item.expression),
            measure_words(item.name),
            number_words(item.measured, item.sd, signed=True),
            number_words(item.truth, signed=True),
            Text(number_words(item.error, signed=True), style="" if item.is_covered else "bold yellow"),
            unit_symbol(item.unit),
        )
        last = item.expression
    return table
