"""From named files to one result: what `measure` and `demo` share."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.scale import Scale
from facialis.report.annotate import annotate_photo
from facialis.report.model import PhotoError, PhotoResult, SetResult
from facialis.report.photo_result import photo_result, set_result
from facialis.vision.backends.choose import choose_backend
from facialis.vision.backends.manual_points import ManualFace
from facialis.vision.backends.protocol import LandmarkBackend
from facialis.vision.files import InputFile, Photo, RefusedPhoto, load_photos
from facialis.vision.measure_photo import PhotoReading, measure_photos
from facialis.vision.moved_points import move_points
from facialis.vision.upright import mirror_image

CHUNK = 8
"""Photographs without an expression stand alone; so many at once keep memory small."""

ANNOTATED_QUALITY = 92
"""JPEG quality of annotated photographs: thin lines stay thin."""

OnPicture = Callable[[str, NDArray[np.uint8], PhotoReading], None]
"""Receives the file, the unmirrored working picture with everything drawn in it, and the reading."""


@dataclass(frozen=True)
class Request:
    """How a set is to be measured."""

    backend: str = "auto"
    mirrored: Mirrored = Mirrored.UNKNOWN
    affected: Side | None = None
    scale: Scale | None = None
    by_hand: Mapping[str, ManualFace] = field(default_factory=dict)
    """File name to points that a person placed."""


def measure_inputs(
    files: Sequence[InputFile], request: Request, *, on_annotated: OnPicture | None = None
) -> SetResult:
    """Read and measure photographs; a refused one keeps its place.

    Parameters
    ----------
    files : sequence of InputFile   From `expand_inputs`.
    request : Request               How.
    on_annotated : callable         Called with every measured photograph as drawn; None saves the drawing.

    Raises
    ------
    FacialisError                   The backend cannot be made.
    """
    backend = choose_backend(request.backend, os.environ).backend
    done: dict[str, PhotoResult] = {}
    try:
        with _progress() as progress:
            task = progress.add_task("Measuring", total=len(files))
            for chunk in _chunks(files):
                for result in _measure_chunk(chunk, backend, request, on_annotated):
                    done[result.file] = result
                progress.advance(task, len(chunk))
        info = [backend.info] if any(result.error is None for result in done.values()) else []
    finally:
        backend.close()
    return set_result([done[item.file] for item in files], info, affected=request.affected)


def annotated_name(file: str) -> str:
    """The name of an annotated photograph: never that of its original."""
    return Path(file.replace("/", "_")).stem + "_measured.jpg"


def annotation_targets(folder: Path, files: Sequence[InputFile]) -> list[Path]:
    """Where annotated photographs will lie, one for each file that may be measured."""
    return [folder / annotated_name(item.file) for item in files if item.refusal is None]


def _chunks(files: Sequence[InputFile]) -> Iterator[list[InputFile]]:
    """The photographs of the set together, because they lend each other their scale; others in chunks."""
    named = [item for item in files if item.expression is not None]
    if named:
        yield named
    alone = [item for item in files if item.expression is None]
    for start in range(0, len(alone), CHUNK):
        yield alone[start : start + CHUNK]


def _measure_chunk(
    chunk: Sequence[InputFile], backend: LandmarkBackend, request: Request, on_annotated: OnPicture | None
) -> Iterator[PhotoResult]:
    photos: list[Photo] = []
    for loaded in load_photos(chunk):
        if isinstance(loaded, RefusedPhoto):
            error = PhotoError(loaded.code, loaded.message)
            yield PhotoResult(loaded.file, loaded.expression, request.mirrored, error=error)
        else:
            photos.append(loaded)
    if not photos:
        return
    readings = measure_photos(
        photos, backend=backend, mirrored=request.mirrored, given_scale=request.scale, by_hand=request.by_hand
    )
    for photo, reading in zip(photos, readings, strict=True):
        if on_annotated is not None and reading.refusal is None:
            on_annotated(photo.file, _drawn(photo, reading), reading)
        yield photo_result(reading)


def _drawn(photo: Photo, reading: PhotoReading) -> NDArray[np.uint8]:
    """The working picture with the points that were measured in the original."""
    picture = mirror_image(photo.image_rgb) if reading.mirrored is Mirrored.YES else photo.image_rgb
    if reading.points is None:
        return picture

    def to_working(points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        return (points_px + 0.5) * photo.scale - 0.5

    points = move_points(reading.points, to_working, photo.scale)
    return annotate_photo(picture, points, reading.measures)


def _progress() -> Progress:
    """A bar on the terminal, nothing in a pipe: results on standard output stay clean."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
