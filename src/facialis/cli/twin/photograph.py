"""`facialis twin photograph`: nine photographs of a twin on one day of its course."""

from pathlib import Path
from typing import Annotated

import typer

from facialis.cli.output import console
from facialis.cli.twin.course_file import CourseArgument
from facialis.report.compilation_cache import use_compilation_cache


def photograph(
    *,
    course: CourseArgument,
    day: Annotated[float, typer.Option(help="Day after the onset of the palsy.", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", help="Folder for the photographs and truth.json.", show_default=False)
    ],
    untreated: Annotated[
        bool, typer.Option("--untreated", help="The same patient on that day, had nothing been done.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(help="Seed of another person than the course names.", min=0)
    ] = None,
    width: Annotated[int, typer.Option(help="Width of the photographs in px.", min=240, max=4800)] = 1200,
    force: Annotated[bool, typer.Option("--force", help="Replace the files of a former set.")] = False,
) -> None:
    """Write nine photographs of the patient on one day, named by expression, and their truth.

    They can be measured like anybody's: facialis measure FOLDER.
    """
    use_compilation_cache()
    import numpy as np

    from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
    from facialis.report.safe_files import check_free
    from facialis.report.twin_course import read_course_file
    from facialis.twin.events import History
    from facialis.twin.forecast_case import Comparison
    from facialis.twin.forecast_replay import replay
    from facialis.vision.synthetic.patient_set import STATEMENT, TRUTH_FILE, file_name, photograph_twin
    from facialis.vision.synthetic.truth_json import twin_json
    from facialis.vision.synthetic.twin_patient import TwinPatient, motions_of_course

    found = read_course_file(course)
    names = [*(file_name(expression) for expression in NINE_PHOTOGRAPHS), TRUTH_FILE]
    check_free([out / name for name in names], force=force, inputs=[course])
    case = found.case
    with console().status("Computing ...") as status:
        states = replay(case, np.array([day]), Comparison.UNTREATED if untreated else None)
        motions = motions_of_course(case.parameters, case.face, states)[0]
        history = History(onsets=case.history.onsets) if untreated else case.history
        paths = photograph_twin(
            out,
            motions,
            {"twin": twin_json(TwinPatient(case.parameters, case.face, history, day))},
            seed=found.identity_seed if seed is None else seed,
            width_px=width,
            force=force,
            on_photo=lambda expression: status.update(f"Drew {expression.value.replace('_', ' ')}"),
        )
    typer.echo(f"{len(paths) - 1} photographs of day {day:g} and {paths[-1].name} are in {out}.")
    typer.echo(STATEMENT)
