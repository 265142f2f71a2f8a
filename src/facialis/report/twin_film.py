"""A film of one expression over the course of a palsy: the same face untreated and treated, side by side."""

import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont

from facialis.anatomy.expressions import Expression
from facialis.errors import FacialisError
from facialis.report.picture_words import Font, plate
from facialis.report.twin_chart_panels import DAYS_PER_MONTH
from facialis.report.twin_chart_treatments import DRUG, TOXIN, TRAINING, TreatmentRow, treatment_rows
from facialis.report.twin_course import TwinCourse
from facialis.report.words import expression_words
from facialis.twin.forecast_case import Comparison
from facialis.twin.forecast_replay import replay
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.patient_set import film
from facialis.vision.synthetic.twin_patient import motions_of_course

Picture = NDArray[np.uint8]

FACE_PX, GAP_PX, HEAD_PX, FOOT_PX, MARGIN_PX = 360, 16, 62, 84, 20
WHITE, INK_RGB, SOFT_RGB, FAINT_RGB = (255, 255, 255), (28, 36, 48), (92, 103, 120), (214, 220, 227)
ACCENT_RGB = (194, 87, 26)
FRAMES, FRAMES_PER_SECOND = 60, 10
HELD_FRAMES = 15
"""The last picture stays, so that it can be looked at."""
EARLY_POWER = 1.6
"""Days lie denser at first, when the face changes by the day; the time line below shows where the film is."""
TOXIN_WORDS_DAYS = 120.0
"""How long a session is named after it: about as long as it works."""
COLOURS = 248
"""Of a GIF, beside those of words and marks; 256 is the most."""


class FilmError(FacialisError):
    """A film that cannot be written."""

    code = "film_failed"


def film_days(last_day: float, frames: int = FRAMES) -> NDArray[np.float64]:
    """The days of the frames, denser at first. [d]"""
    return np.unique(np.round(last_day * np.linspace(0.0, 1.0, frames) ** EARLY_POWER, 1))


def film_frames(
    course: TwinCourse,
    expression: Expression,
    days: Sequence[float],
    *,
    seed: int | None = None,
    on_frame: Callable[[int], None] | None = None,
) -> Iterator[Picture]:
    """Draw the frames of the film.

    Parameters
    ----------
    course : TwinCourse
    expression : Expression     What the patient tries to do on every day.
    days : sequence of float    Ascending, within the course. [d]
    seed : int, optional        Of another person than the course names.
    on_frame : callable         Called with the number of frames that are done.

    Yields
    ------
    (height, width, 3)          Pictures with captions, LEFT and RIGHT written in them.
    """
    case = course.case
    person = course.identity_seed if seed is None else seed
    at = np.asarray(days, dtype=float)
    which: list[tuple[Comparison | None, str]] = [(None, "untreated")]
    if Comparison.UNTREATED in case.comparisons:
        which = [(Comparison.UNTREATED, "untreated"), (None, "treated")]
    takes = [
        film(_motions(course, expression, at, comparison), seed=person, width_px=FACE_PX)
        for comparison, _ in which
    ]
    rows = treatment_rows(case.history)
    for i, (day, *photos) in enumerate(zip(at, *takes, strict=True), start=1):
        faces = [photo.image_rgb for photo in photos]
        yield _frame(faces, [words for _, words in which], float(day), case.last_day, expression, rows)
        if on_frame is not None:
            on_frame(i)


def gif_of(frames: Sequence[Picture]) -> bytes:
    """Code the frames as an animated GIF that runs without end."""
    palette = _palette([frames[0], frames[len(frames) // 2], frames[-1]])
    coded = [
        Image.fromarray(frame).quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
        for frame in frames
    ]
    times = [1000 // FRAMES_PER_SECOND] * (len(coded) - 1) + [1000 * HELD_FRAMES // FRAMES_PER_SECOND]
    stream = io.BytesIO()
    coded[0].save(
        stream, "GIF", save_all=True, append_images=coded[1:], duration=times, loop=0, optimize=False
    )
    return stream.getvalue()


def _palette(samples: Sequence[Picture]) -> Image.Image:
    """One palette for all frames, so that colours do not flicker; those of words and marks are in it."""
    found = Image.fromarray(np.concatenate(samples)).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    marks = [ImageColor.getrgb(colour) for colour in (DRUG, TRAINING, TOXIN)]
    own = [*marks, ACCENT_RGB, INK_RGB, SOFT_RGB, FAINT_RGB, WHITE]
    colours = (found.getpalette() or [])[: 3 * COLOURS] + [part for rgb in own for part in rgb[:3]]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return palette


def mp4_of(frames: Sequence[Picture]) -> bytes:
    """Code the frames as MP4.

    Raises
    ------
    FilmError       This machine's OpenCV cannot write MP4.
    """
    height, width = frames[0].shape[:2]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        writer = cv2.VideoWriter(
            str(path), cv2.VideoWriter.fourcc(*"mp4v"), FRAMES_PER_SECOND, (width, height)
        )
        if not writer.isOpened():
            raise FilmError("OpenCV cannot write MP4 on this machine. Give a name that ends in .gif.")
        for frame in [*frames, *[frames[-1]] * HELD_FRAMES]:
            writer.write(np.ascontiguousarray(frame[..., ::-1]))
        writer.release()
        return path.read_bytes()


def _motions(
    course: TwinCourse, expression: Expression, days: NDArray[np.float64], comparison: Comparison | None
) -> list[FaceMotion]:
    case = course.case
    states = replay(case, days, comparison)
    return [motions[expression] for motions in motions_of_course(case.parameters, case.face, states)]


def _frame(
    faces: Sequence[Picture],
    words: Sequence[str],
    day: float,
    last_day: float,
    expression: Expression,
    rows: Sequence[TreatmentRow],
) -> Picture:
    face_height, face_width = faces[0].shape[:2]
    width = 2 * MARGIN_PX + len(faces) * face_width + (len(faces) - 1) * GAP_PX
    # MP4 wants even numbers of pixels.
    width, height = width + width % 2, HEAD_PX + face_height + FOOT_PX
    picture = Image.new("RGB", (width, height + height % 2), WHITE)
    pen = ImageDraw.Draw(picture, "RGBA")
    large, usual, small = (ImageFont.load_default(size) for size in (20.0, 15.0, 12.5))
    month = day / DAYS_PER_MONTH
    pen.text((MARGIN_PX, 9), expression_words(expression).capitalize(), INK_RGB, large)
    pen.text((width - MARGIN_PX, 9), f"month {month:.0f}, day {day:.0f}", INK_RGB, large, anchor="ra")
    for i, (face, name) in enumerate(zip(faces, words, strict=True)):
        left = MARGIN_PX + i * (face_width + GAP_PX)
        picture.paste(Image.fromarray(face), (left, HEAD_PX))
        pen.text((left, HEAD_PX - 22), name, ACCENT_RGB if name == "treated" else SOFT_RGB, usual)
        # The patient's RIGHT is on the left of the picture.
        plate(pen, (left + 8, HEAD_PX + 8), "RIGHT", small, "l")
        plate(pen, (left + face_width - 8, HEAD_PX + 8), "LEFT", small, "r")
        plate(pen, (left + 8, HEAD_PX + face_height - 28), "model", small, "l")
    now = _words_now(rows, day)
    if now:
        pen.text((width - MARGIN_PX, HEAD_PX - 21), now, ACCENT_RGB, small, anchor="ra")
    _time_line(pen, HEAD_PX + face_height + 26, width, day, last_day, rows, small)
    return np.asarray(picture, dtype=np.uint8).copy()


def _words_now(rows: Sequence[TreatmentRow], day: float) -> str:
    """The latest treatment that is under way, in words short enough for one face."""
    begun = [
        (start, row)
        for row in rows
        for start, end in row.spans
        if start <= day <= (end + TOXIN_WORDS_DAYS if row.is_moment else end)
    ]
    return max(begun, key=lambda pair: pair[0])[1].words.split(" (")[0] if begun else ""


def _time_line(
    pen: ImageDraw.ImageDraw,
    y: int,
    width: int,
    day: float,
    last_day: float,
    rows: Sequence[TreatmentRow],
    font: Font,
) -> None:
    """Months with treatments, and where the film is."""
    room = width - 2 * MARGIN_PX

    def at(when: float) -> float:
        return MARGIN_PX + room * min(when, last_day) / last_day

    pen.line([(MARGIN_PX, y), (width - MARGIN_PX, y)], FAINT_RGB, 4)
    pen.line([(MARGIN_PX, y), (at(day), y)], SOFT_RGB, 4)
    for row in rows:
        for start, end in row.spans:
            if row.is_moment:
                x = at(start)
                pen.polygon([(x, y - 17), (x + 6, y - 11), (x, y - 5), (x - 6, y - 11)], row.colour)
            else:
                pen.line([(at(start), y - 11), (max(at(end), at(start) + 3), y - 11)], row.colour, 6)
    months = int((last_day + 5) / DAYS_PER_MONTH)
    step = 3 if months <= 36 else 12
    for month in range(0, months + 1, step):
        x = at(month * DAYS_PER_MONTH)
        pen.line([(x, y + 4), (x, y + 9)], SOFT_RGB, 1)
        pen.text((x, y + 11), str(month), SOFT_RGB, font, anchor="ma")
    pen.text((MARGIN_PX, y + 29), "months after the onset of the palsy", SOFT_RGB, font)
    pen.text(
        (width - MARGIN_PX, y + 29),
        "An invented patient: a model, no prognosis.",
        SOFT_RGB,
        font,
        anchor="ra",
    )
    pen.ellipse([at(day) - 6, y - 6, at(day) + 6, y + 6], ACCENT_RGB)
