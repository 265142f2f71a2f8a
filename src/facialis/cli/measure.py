"""`facialis measure`: photographs in; a table, JSON or CSV out."""

import io
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console

from facialis.anatomy.sides import Mirrored, Side
from facialis.cli.measurement import (
    ANNOTATED_QUALITY,
    Request,
    annotated_name,
    annotation_targets,
    measure_inputs,
)
from facialis.cli.once import OnceCommand
from facialis.errors import FacialisError
from facialis.measurement.scale import Scale, scale_from_distance, scale_from_ruler
from facialis.report.annotate import encode_jpeg
from facialis.report.csv_table import to_csv
from facialis.report.document import to_json
from facialis.report.model import SetResult
from facialis.report.safe_files import check_free, write_whole
from facialis.report.text_table import print_result
from facialis.vision.backends.manual_points import ManualFace, read_manual_points
from facialis.vision.files import InputFile, expand_inputs
from facialis.vision.files.expression_names import read_manifest

EXIT_SOME_REFUSED = 3
"""Some photographs were refused; the result is whole all the same."""

PLAIN_WIDTH = 112
"""Columns of the table where no terminal tells its width."""

app = typer.Typer(add_completion=False)


class Format(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class KnownMirrored(StrEnum):
    """What a person can say about mirroring; silence is the third answer."""

    YES = "yes"
    NO = "no"


class BackendChoice(StrEnum):
    """Where the points come from; `facialis doctor` says which can be used. By hand: `--points`."""

    AUTO = "auto"
    FACE_MESH_WORKER = "face_mesh_worker"
    LITERT = "litert"
    RECORDED = "recorded"


@app.command(cls=OnceCommand)
def measure(
    *,
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE|DIR",
            help="Photographs of ONE patient, or folders of them; sub-folders are not searched.",
            show_default=False,
        ),
    ],
    output_format: Annotated[
        Format, typer.Option("--format", help="A table for people, JSON or CSV for programs.")
    ] = Format.TABLE,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write to this file instead of the screen.", show_default=False),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over results that are already there.")
    ] = False,
    expressions: Annotated[
        Path | None,
        typer.Option(
            "--expressions",
            help='A JSON file such as {"IMG_0001.jpg": "rest"}. Without it the file names tell: rest.jpg, '
            "open_smile_2.png; other names are measured as single photographs.",
            show_default=False,
        ),
    ] = None,
    mirrored: Annotated[
        KnownMirrored | None,
        typer.Option(
            help="Whether the pictures show the patient as a mirror does (most selfies do).",
            show_default=False,
        ),
    ] = None,
    affected: Annotated[
        Side | None, typer.Option(help="The patient's palsied side, if known.", show_default=False)
    ] = None,
    backend: Annotated[
        BackendChoice, typer.Option(help="Which detector finds the points.")
    ] = BackendChoice.AUTO,
    points: Annotated[
        Path | None,
        typer.Option(
            "--points",
            help="A JSON file of points placed by hand; they replace the automatic ones.",
            show_default=False,
        ),
    ] = None,
    ruler_mm: Annotated[
        float | None,
        typer.Option(
            help="Millimetres of a length that is visible in the plane of the face; with --ruler-px. "
            "Holds for every photograph given.",
            show_default=False,
        ),
    ] = None,
    ruler_px: Annotated[
        float | None,
        typer.Option(help="The same length in pixels of the original photograph.", show_default=False),
    ] = None,
    distance_mm: Annotated[
        float | None,
        typer.Option(help="From camera to face, in millimetres; with --focal-px.", show_default=False),
    ] = None,
    focal_px: Annotated[
        float | None,
        typer.Option(help="Focal length in pixels of the original photograph.", show_default=False),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            help="Write every measured photograph into this folder, with points, lines and mm in it.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Measure photographs of one patient: signed, in mm, per side, each value with its uncertainty.

    LEFT and RIGHT are the patient's. Millimetres come from the iris, unless a ruler or a distance is
    given. Exit status: 0 all measured, 3 some refused (the result is whole), 2 wrong usage, 1 fault.
    """
    try:
        manifest = read_manifest(expressions) if expressions is not None else None
        files = expand_inputs(inputs, manifest)
        originals = [item.path for item in files]
        targets = [] if out is None else [out]
        if annotate is not None:
            targets += annotation_targets(annotate, files)
        check_free(targets, force=force, inputs=originals)
        request = Request(
            backend=backend.value,
            mirrored=Mirrored.UNKNOWN if mirrored is None else Mirrored(mirrored.value),
            affected=affected,
            scale=_given_scale(ruler_mm, ruler_px, distance_mm, focal_px),
            by_hand={} if points is None else _placed_points(points, files),
        )
    except FacialisError as error:
        raise typer.BadParameter(str(error)) from error

    def write_annotated(folder: Path, file: str, picture: NDArray[np.uint8]) -> None:
        write_whole(folder / annotated_name(file), encode_jpeg(picture, ANNOTATED_QUALITY))

    on_annotated = (
        None if annotate is None else lambda file, picture, _: write_annotated(annotate, file, picture)
    )
    result = measure_inputs(files, request, on_annotated=on_annotated)
    _emit(result, output_format, out)
    if result.refused:
        raise typer.Exit(EXIT_SOME_REFUSED)


def _placed_points(path: Path, files: Sequence[InputFile]) -> dict[str, ManualFace]:
    """Points by file name; those of a photograph that is not measured are a mistake."""
    faces = {face.file: face for face in read_manual_points(path)}
    given = sorted(item.file for item in files)
    strange = sorted(faces.keys() - set(given))
    if strange:
        raise typer.BadParameter(
            f"{path.name} holds points of {', '.join(strange)}, which is not among the photographs given: "
            f"{', '.join(given)}. Correct the file name in it."
        )
    return faces


def _given_scale(
    ruler_mm: float | None, ruler_px: float | None, distance_mm: float | None, focal_px: float | None
) -> Scale | None:
    """The scale that a person gave; half a pair, or two pairs, is wrong usage."""
    ruler, distance = (ruler_mm, ruler_px), (distance_mm, focal_px)
    for pair, names in ((ruler, ("--ruler-mm", "--ruler-px")), (distance, ("--distance-mm", "--focal-px"))):
        if (pair[0] is None) != (pair[1] is None):
            missing = names[0] if pair[0] is None else names[1]
            raise typer.BadParameter(f"{names[0]} and {names[1]} belong together; {missing} is missing.")
    if ruler_mm is not None and distance_mm is not None:
        raise typer.BadParameter("Give either a ruler or a distance: two scales may contradict each other.")
    if ruler_mm is not None and ruler_px is not None:
        return scale_from_ruler(ruler_mm, ruler_px)
    if distance_mm is not None and focal_px is not None:
        return scale_from_distance(distance_mm, focal_px)
    return None


def _emit(result: SetResult, output_format: Format, out: Path | None) -> None:
    """Write the result where it was asked for."""
    if output_format is Format.TABLE and out is None:
        # A pipe has no width of its own; 80 columns would cost the bars.
        print_result(Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH), result)
        return
    if output_format is Format.TABLE:
        page = io.StringIO()
        print_result(Console(file=page, width=PLAIN_WIDTH, force_terminal=False), result)
        text = page.getvalue()
    else:
        text = to_json(result) if output_format is Format.JSON else to_csv(result)
    if out is None:
        # Bytes: JSON and CSV are UTF-8 whatever the terminal believes.
        typer.echo(text.encode(), nl=False)
    else:
        write_whole(out, text.encode())
        typer.echo(f"Written: {out}", err=True)
