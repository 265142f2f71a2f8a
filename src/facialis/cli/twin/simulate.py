"""`facialis twin simulate`: the course of a patient, as one document."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.markup import escape

from facialis import __version__
from facialis.anatomy.sides import Side
from facialis.cli.output import console, plain_table
from facialis.cli.twin.course_file import check_apart
from facialis.cli.twin.options import HistoryOptions, history_of
from facialis.report.compilation_cache import use_compilation_cache
from facialis.report.safe_files import check_free, write_whole

if TYPE_CHECKING:
    from facialis.report.twin_course import TwinCourse

LARGEST_SEED = 2**63 - 1
GLANCE_DAYS = (0.0, 14.0, 84.0, 182.0, 364.0)
"""Near these days, and on the last, the screen shows the grades."""


class Steroid(StrEnum):
    """Corticosteroid courses of the trials."""

    TAPER = "taper"
    TEN_DAYS = "10-days"


def simulate(
    *,
    out: Annotated[Path, typer.Option("--out", help="File to write, ending in .json.", show_default=False)],
    side: Annotated[Side, typer.Option(help="The patient's palsied side.", show_default=False)],
    severity: Annotated[
        float | None,
        typer.Option(help="Share of the insult that reaches every branch: 0 none, 1 all of it."),
    ] = None,
    branch_severity: Annotated[
        list[str] | None,
        typer.Option(metavar="BRANCH=SHARE", help="Another share for one branch; may be repeated."),
    ] = None,
    steroid_day: Annotated[
        float | None, typer.Option(help="Day after onset on which prednisolone began.")
    ] = None,
    steroid: Annotated[
        Steroid | None,
        typer.Option(help="Course of the Scandinavian (taper, the default) or Scottish trial."),
    ] = None,
    antiviral_day: Annotated[
        float | None, typer.Option(help="Day on which a week of valaciclovir began.")
    ] = None,
    retraining_from: Annotated[
        float | None, typer.Option(help="First day of neuromuscular retraining.")
    ] = None,
    retraining_to: Annotated[float | None, typer.Option(help="Its last day.")] = None,
    toxin: Annotated[Path | None, typer.Option(help="Toxin sessions as JSON.", metavar="PLAN.json")] = None,
    days: Annotated[float, typer.Option(help="How many days from onset are followed.")] = 728.0,
    parameters: Annotated[
        Path | None,
        typer.Option(help="Parameters of this patient in place of typical ones.", metavar="OVERRIDES.json"),
    ] = None,
    patients: Annotated[int, typer.Option(help="Patients drawn for the bands.", min=1, max=2000)] = 200,
    seed: Annotated[
        int, typer.Option(help="The same seed draws the same patients.", min=0, max=LARGEST_SEED)
    ] = 0,
    identity: Annotated[
        int, typer.Option(help="Seed of the person whom photographs will show.", min=0, max=LARGEST_SEED)
    ] = 0,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")] = False,
) -> None:
    """Compute the course of a palsy in one patient, with bands of patients who fell ill alike.

    Drive, synkinesis, contracture, toxin block, millimetres and grades over two years.
    """
    if out.suffix.lower() != ".json":
        raise typer.BadParameter(
            f"--out is '{out}'. The course is a JSON file. Give a name that ends in .json."
        )
    check_apart(out, toxin, parameters)
    check_free([out], force=force)
    use_compilation_cache()
    import jax

    from facialis.report.twin_course import TwinCourse, course_to_json
    from facialis.report.twin_history import read_toxin_plan
    from facialis.report.twin_parameters import patient_with, read_overrides
    from facialis.twin.forecast import forecast
    from facialis.twin.forecast_case import TwinCase

    sessions = () if toxin is None else read_toxin_plan(toxin)
    overrides = {} if parameters is None else read_overrides(parameters)
    options = HistoryOptions(
        side=side,
        severity=severity,
        branch_severity=tuple(branch_severity or ()),
        steroid_day=steroid_day,
        steroid=None if steroid is None else steroid.value,
        antiviral_day=antiviral_day,
        retraining_from=retraining_from,
        retraining_to=retraining_to,
    )
    patient, face = patient_with(overrides)
    case = TwinCase(history_of(options, sessions), patient, face, frozenset(overrides), days, patients)
    with console().status("Computing ..."):
        found = forecast(case, jax.random.key(seed))
    course = TwinCourse(case, seed, identity, __version__, found)
    write_whole(out, course_to_json(course).encode())
    _print(course, out)


def _print(course: "TwinCourse", out: Path) -> None:
    """Five days of the course at a glance, and what to do next."""
    grades = course.forecast.grades
    last = course.case.last_day
    graded = np.array([day.day for day in grades])
    shown = {float(graded[np.abs(graded - day).argmin()]) for day in (*GLANCE_DAYS, last)}
    table = plain_table(
        "The typical patient (model)", "day", "Sunnybrook", "House-Brackmann", "symmetry index"
    )
    for day in grades:
        if day.day in shown:
            grade = day.house_brackmann
            table.add_row(
                f"{day.day:g}",
                "—" if day.sunnybrook is None else f"{day.sunnybrook:g}",
                "—" if grade is None else " to ".join(dict.fromkeys(grade)),
                "—" if day.symmetry_index is None else f"{day.symmetry_index:.0f}",
            )
    screen = console()
    screen.print(table)
    share = course.forecast.house_brackmann_1_frac
    if share is not None:
        screen.print(
            escape(
                f"On day {last:g}, {100 * share[-1]:.0f} % of {course.case.patients} patients who fell ill "
                "alike would be called House-Brackmann I by trial raters."
            )
        )
    screen.print(escape(f"{out} written. See it: facialis twin chart {out} --out {out.with_suffix('.svg')}"))
