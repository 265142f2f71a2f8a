"""`facialis demo`: invent a patient, measure the set, show it beside the truth."""

import sys
from pathlib import Path
from typing import Annotated

import cv2
import jax
import numpy as np
import typer
from numpy.typing import NDArray
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from facialis import __version__
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.sides import Mirrored, Side
from facialis.cli.compilation_cache import use_compilation_cache
from facialis.cli.measure import EXIT_SOME_REFUSED, PLAIN_WIDTH
from facialis.cli.measurement import ANNOTATED_QUALITY, Request, annotated_name, measure_inputs
from facialis.cli.once import OnceCommand
from facialis.errors import FacialisError
from facialis.grading.registry import find_instrument
from facialis.grading.suggest.registry import suggest
from facialis.report.annotate import encode_jpeg
from facialis.report.comparison import Comparison, compare_asymmetry
from facialis.report.document import to_document, to_json
from facialis.report.model import SetResult
from facialis.report.page.build import PageCourse, PagePhoto, PageText, build_page
from facialis.report.read_measurement import read_measurement
from facialis.report.safe_files import check_free, write_whole
from facialis.report.suggestion_words import range_words
from facialis.report.truth_measures import read_truth
from facialis.report.twin_chart import course_svg
from facialis.report.twin_course import TwinCourse, course_to_json
from facialis.report.words import KEY_MEASURES, expression_words, measure_words, number_words, unit_symbol
from facialis.twin.forecast import forecast
from facialis.twin.forecast_case import TwinCase
from facialis.twin.forecast_replay import replay
from facialis.vision.files import expand_inputs
from facialis.vision.measure_photo import PhotoReading
from facialis.vision.synthetic.patient_set import STATEMENT, TRUTH_FILE, file_name, photograph_twin
from facialis.vision.synthetic.truth_json import twin_json
from facialis.vision.synthetic.twin_patient import (
    SEVERE_SCORES,
    PalsyKind,
    TwinPatient,
    example_patient,
    motions_of_course,
)

SEED = 7
"""Of the invented patient; the same for everybody, so that people can talk about the same face."""

AFFECTED = Side.LEFT

PAGE_WIDTH_PX = 900
"""Photographs in the page: sharp on a screen, and the page stays under 3 MB."""

TITLE = "An invented patient with a LEFT synkinetic palsy"
LEAD = (
    "A model of nerve, muscles and face fell ill a year and a half ago. Nine photographs of it were drawn by "
    "a computer, so the truth is known to the pixel. Facialis measured them as it would measure a real "
    "patient's, and here both stand side by side."
)
DAY, SEVERITY, LAST_DAY = 540.0, 0.8, 728.0
"""When the photographs are taken, what share of the insult reached the nerve, and how far the chart looks."""
BAND_PATIENTS, BAND_SEED = 100, 0

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
    """Invent a patient with a LEFT synkinetic palsy, measure nine photographs, compare with the truth."""
    photos, annotated = out / "photos", out / "annotated"
    names = [file_name(expression) for expression in NINE_PHOTOGRAPHS]
    targets = [photos / name for name in [*names, TRUTH_FILE]]
    targets += [annotated / annotated_name(name) for name in names]
    targets += [out / name for name in ("course.json", "course.svg", "measurement.json", "index.html")]
    try:
        check_free(targets, force=force)
    except FacialisError as error:
        raise typer.BadParameter(str(error)) from error
    use_compilation_cache()
    course = _course(seed)
    _photograph(course, photos, force=force)
    files = expand_inputs([photos / name for name in names])
    shown: list[PagePhoto] = []

    def keep(file: str, picture: NDArray[np.uint8], reading: PhotoReading) -> None:
        write_whole(annotated / annotated_name(file), encode_jpeg(picture, ANNOTATED_QUALITY))
        shown.append(PagePhoto(file, reading.expression, encode_jpeg(_reduced(picture), 85)))

    request = Request(mirrored=Mirrored.NO, affected=AFFECTED)
    result = measure_inputs(files, request, on_annotated=keep)
    asymmetries = compare_asymmetry(result, read_truth(photos / TRUTH_FILE))
    write_whole(out / "measurement.json", to_json(result).encode())
    chart = course_svg(course, photographed_day=DAY)
    write_whole(out / "course.json", course_to_json(course).encode())
    write_whole(out / "course.svg", chart.encode())
    page = build_page(
        PageText(TITLE, LEAD, STATEMENT),
        result,
        shown,
        asymmetries,
        PageCourse(chart, course.forecast.grades),
    )
    write_whole(out / "index.html", page.encode())
    console = Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)
    console.print(_truth_table(asymmetries))
    for line in _last_lines(result, asymmetries, out):
        console.print(line, highlight=False, soft_wrap=True)
    if result.refused:
        raise typer.Exit(EXIT_SOME_REFUSED)


def _course(seed: int) -> TwinCourse:
    """The course of a patient whose nerve suffers badly, to be photographed a year and a half later."""
    patient = example_patient(PalsyKind.SYNKINETIC, AFFECTED, SEVERITY)
    case = TwinCase(
        patient.history,
        patient.parameters,
        patient.face,
        frozenset(SEVERE_SCORES),
        LAST_DAY,
        BAND_PATIENTS,
    )
    return TwinCourse(case, BAND_SEED, seed, __version__, forecast(case, jax.random.key(BAND_SEED)))


def _photograph(course: TwinCourse, folder: Path, *, force: bool) -> None:
    case = course.case
    motions = motions_of_course(case.parameters, case.face, replay(case, np.array([DAY])))[0]
    twin = TwinPatient(case.parameters, case.face, case.history, DAY)
    about = {
        "palsy": {"kind": PalsyKind.SYNKINETIC.value, "side": AFFECTED.value, "severity": SEVERITY},
        "twin": twin_json(twin),
    }
    photograph_twin(folder, motions, about, seed=course.identity_seed, force=force)


def _reduced(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    if width <= PAGE_WIDTH_PX:
        return picture
    size = (PAGE_WIDTH_PX, round(height * PAGE_WIDTH_PX / width))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


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


def _last_lines(result: SetResult, asymmetries: list[Comparison], out: Path) -> list[str]:
    """What was invented, what was measured against the truth, and where the page is."""
    in_mm = [item for item in asymmetries if item.unit == "mm"]
    errors = sorted(abs(item.error) for item in in_mm)
    lines = [
        f"Invented: {TITLE[0].lower()}{TITLE[1:]}, a twin on day {DAY:g}, nine photographs with exact points."
    ]
    if in_mm:
        covered = sum(item.is_covered for item in in_mm)
        lines.append(
            f"Measured: {len(result.photos) - len(result.refused)} of {len(result.photos)} photographs; "
            "LEFT − RIGHT "
            f"is right to {errors[len(errors) // 2]:.1f} mm (median of {len(in_mm)} values), "
            f"{100 * covered / len(in_mm):.0f} % of the 90 % intervals hold the truth."
        )
    lines += [f"Refused: {photo.file}. {photo.error.message}" for photo in result.refused if photo.error]
    lines.append(_suggested(result, out))
    film_it = f"{Path(sys.argv[0])} twin film {out / 'course.json'} --out smile.gif"
    lines.append(f"Course: {out / 'course.svg'}. Film it: {film_it}")
    lines.append(f"Page: {out / 'index.html'}")
    return lines


def _suggested(result: SetResult, out: Path) -> str:
    """What the measurements suggest, as ranges, and the command that shows each item."""
    readings = read_measurement(to_document(result))
    ranges = [
        f"{find_instrument(name).title}, {range_words(found)}"
        for name, part in (("sunnybrook", "composite"), ("house_brackmann", "grade"))
        for found in suggest(name, readings).ranges
        if found.name == part
    ]
    return (
        f"Suggested beside a clinician's grade (90 %): {'; '.join(ranges)}. "
        f"Item by item: {Path(sys.argv[0])} grade suggest {out / 'measurement.json'}"
    )
