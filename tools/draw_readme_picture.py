"""Draw docs/figures/readme.png: a measured photograph of an invented patient beside its numbers.

The patient is the one that `facialis synthetic render` invents, so everybody can make the same picture.

Usage: PYTHONPATH=. .venv/bin/python tools/draw_readme_picture.py [--expression open_smile]
"""

import argparse
import base64
import io
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
import vl_convert
from numpy.typing import NDArray
from PIL import Image

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.cli.measurement import Request, measure_inputs
from facialis.report.butterfly import ButterflyRow, butterfly_rows
from facialis.report.page.charts import ACCENT, FAINT, FONT, INK, SOFT
from facialis.report.truth_measures import read_truth
from facialis.report.words import expression_words, measure_words, number_words
from facialis.vision.files import expand_inputs
from facialis.vision.measure_photo import PhotoReading
from facialis.vision.synthetic.patient_set import STATEMENT, TRUTH_FILE, file_name, write_patient_set

FIGURE = Path(__file__).resolve().parents[1] / "docs" / "figures" / "readme.png"
SEED, AFFECTED = 7, Side.LEFT
WIDTH_PX, HEIGHT_PX = 1600, 900
PHOTO_PX = 720
FACE_FROM_TOP = 0.12
"""Share of the photograph above the crop: less hair, and the shoulders still say that it is a person."""
PALE = "#b9c2cd"
SHOWN = (
    "brow_height",
    "palpebral_fissure",
    "alar_height",
    "commissure_height",
    "commissure_lateral",
    "upper_lip_height",
    "lower_lip_height",
    "dental_show",
)
SHADES = 3
"""Channels are rounded to multiples of this: nobody sees it, and the file shrinks by a fifth."""


@dataclass(frozen=True)
class Shown:
    """What the picture is made of."""

    photo_rgb: NDArray[np.uint8]
    rows: list[ButterflyRow]
    true_differences: dict[str, float | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--expression", type=Expression, default=Expression.OPEN_SMILE)
    expression = parser.parse_args().expression
    picture = Image.open(
        io.BytesIO(vl_convert.svg_to_png(figure(measured(expression), expression), scale=1.0))
    )
    FIGURE.parent.mkdir(parents=True, exist_ok=True)
    shades = np.rint(np.asarray(picture.convert("RGB")) / SHADES) * SHADES
    Image.fromarray(shades.astype(np.uint8)).save(FIGURE, optimize=True)
    print(f"{FIGURE.name}: {FIGURE.stat().st_size / 1000:.0f} kB")


def measured(expression: Expression) -> Shown:
    """Invent the patient, measure the set, keep one photograph."""
    pictures: dict[Expression | None, NDArray[np.uint8]] = {}

    def keep(_: str, picture: NDArray[np.uint8], reading: PhotoReading) -> None:
        pictures[reading.expression] = picture

    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder)
        write_patient_set(photos, seed=SEED, side=AFFECTED)
        request = Request(mirrored=Mirrored.NO, affected=AFFECTED)
        result = measure_inputs(expand_inputs([photos]), request, on_annotated=keep)
        truth = read_truth(photos / TRUTH_FILE)[file_name(expression)]
    photo = next(item for item in result.photos if item.expression is expression)
    return Shown(
        pictures[expression],
        [row for row in butterfly_rows(photo.measures) if row.name in SHOWN],
        {row.name: row.asymmetry for row in butterfly_rows(truth)},
    )


def figure(shown: Shown, expression: Expression) -> str:
    """The whole picture as SVG text."""
    photo = f"data:image/png;base64,{_photo(shown.photo_rgb)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_PX}" height="{HEIGHT_PX}" '
        f'font-family="{FONT}"><rect width="{WIDTH_PX}" height="{HEIGHT_PX}" fill="#ffffff"/>'
        f'<image href="{photo}" width="{PHOTO_PX}" height="{HEIGHT_PX}"/>{_panel(shown, expression)}</svg>'
    )


def _photo(picture: NDArray[np.uint8]) -> str:
    height, width = picture.shape[:2]
    kept = round(width * HEIGHT_PX / PHOTO_PX)
    top = min(round(height * FACE_FROM_TOP), height - kept)
    cropped = Image.fromarray(picture[top : top + kept]).resize(
        (PHOTO_PX, HEIGHT_PX), Image.Resampling.LANCZOS
    )
    stream = io.BytesIO()
    cropped.save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode("ascii")


LEFT_EDGE, RIGHT_EDGE = PHOTO_PX + 60, WIDTH_PX - 48
NAME_X, AXIS_X, BAR_PX = LEFT_EDGE, 1178, 96
RIGHT_VALUE_X, LEFT_VALUE_X = AXIS_X - BAR_PX - 14, AXIS_X + BAR_PX + 14
DIFFERENCE_X, TRUE_X = 1488, RIGHT_EDGE
FIRST_ROW_Y, ROW_PX, BAR_HEIGHT_PX = 318, 62, 18


def _panel(shown: Shown, expression: Expression) -> str:
    title = expression_words(expression).capitalize()
    lead = "Millimetres from the eye line or the midline; ± is one standard deviation."
    parts = [
        _text(LEFT_EDGE, 118, title, 46, weight="600"),
        _text(LEFT_EDGE, 162, lead, 22, colour=SOFT),
        _text(AXIS_X - 12, FIRST_ROW_Y - 58, "RIGHT", 20, colour=SOFT, anchor="end"),
        _text(AXIS_X + 12, FIRST_ROW_Y - 58, "LEFT", 20, colour=SOFT),
        _text(DIFFERENCE_X, FIRST_ROW_Y - 58, "LEFT − RIGHT", 20, colour=SOFT, anchor="end"),
        _text(TRUE_X, FIRST_ROW_Y - 58, "true", 20, colour=SOFT, anchor="end"),
        _rule(FIRST_ROW_Y - 40),
    ]
    for number, row in enumerate(shown.rows):
        parts += _row(row, shown.true_differences.get(row.name), FIRST_ROW_Y + number * ROW_PX)
    last = FIRST_ROW_Y + (len(shown.rows) - 1) * ROW_PX
    axis = f'x1="{AXIS_X}" y1="{FIRST_ROW_Y - 40}" x2="{AXIS_X}" y2="{last + 24}"'
    parts += [
        f'<line {axis} stroke="{INK}" stroke-width="1.5"/>',
        _text(
            LEFT_EDGE,
            HEIGHT_PX - 68,
            "In colour: sides that differ beyond measurement error.",
            20,
            colour=ACCENT,
        ),
        _text(LEFT_EDGE, HEIGHT_PX - 38, STATEMENT, 18, colour=SOFT),
    ]
    return "".join(parts)


def _row(row: ButterflyRow, true: float | None, y: float) -> list[str]:
    colour = ACCENT if row.is_beyond_error else PALE
    lengths = {side: row.share(side) * BAR_PX for side in Side}
    top = y - 6 - BAR_HEIGHT_PX / 2
    return [
        _rule(y + 24),
        _text(NAME_X, y, measure_words(row.name), 20),
        _text(RIGHT_VALUE_X, y, _value(row, Side.RIGHT), 20, anchor="end"),
        _bar(AXIS_X - lengths[Side.RIGHT], top, lengths[Side.RIGHT], colour),
        _bar(AXIS_X, top, lengths[Side.LEFT], colour),
        _text(LEFT_VALUE_X, y, _value(row, Side.LEFT), 20),
        _text(
            DIFFERENCE_X,
            y,
            number_words(row.asymmetry, row.asymmetry_sd, signed=True),
            20,
            colour=ACCENT if row.is_beyond_error else INK,
            weight="600" if row.is_beyond_error else "400",
            anchor="end",
        ),
        _text(TRUE_X, y, number_words(true, signed=True), 20, colour=SOFT, anchor="end"),
    ]


def _value(row: ButterflyRow, side: Side) -> str:
    measure = row.left if side is Side.LEFT else row.right
    return number_words(None if measure is None else measure.value)


def _bar(x: float, y: float, length: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{length:.1f}" height="{BAR_HEIGHT_PX}" fill="{colour}"/>'


def _rule(y: float) -> str:
    return f'<line x1="{LEFT_EDGE}" y1="{y}" x2="{RIGHT_EDGE}" y2="{y}" stroke="{FAINT}" stroke-width="1.5"/>'


def _text(
    x: float,
    y: float,
    words: str,
    size: int,
    *,
    colour: str = INK,
    weight: str = "400",
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


if __name__ == "__main__":
    main()
