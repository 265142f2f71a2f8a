"""Draw docs/figures/lopsided_face.png: one invented patient read in three ways.

The patient has a flaccid palsy and is drawn by Facialis, so the true asymmetry is known.

Usage: PYTHONPATH=. .venv/bin/python tools/draw_lopsided_face.py [--seed 3] [--expression brow_raise]
"""

import argparse
import base64
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import cv2
import numpy as np
import vl_convert
from numpy.typing import NDArray
from PIL import Image
from tools.gain_study.remedies import points_by_remedy

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.measures.view import FaceView
from facialis.measurement.points import Array, FacePoints
from facialis.measurement.raw import read_raw
from facialis.report.page.charts import FONT, INK, SOFT
from facialis.report.words import number_words
from facialis.vision.backends.choose import AUTO, choose_backend
from facialis.vision.backends.detect_each import detect_each
from facialis.vision.backends.protocol import BackendError
from facialis.vision.hemiface import side_composites
from facialis.vision.landmarks import read_meshes
from facialis.vision.moved_points import move_points
from facialis.vision.schemas.mp478 import face_points
from facialis.vision.synthetic.clinic import clinic_camera, clinic_identity
from facialis.vision.synthetic.render import render_face
from facialis.vision.synthetic.twin_patient import PalsyKind, example_patient, motions_of

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]
Drawn = tuple[FacePoints, Colour]

FIGURE = Path(__file__).resolve().parents[1] / "docs" / "figures" / "lopsided_face.png"
LEFT_PX, TOP_PX, WIDTH_PX, HEIGHT_PX = 148, 148, 344, 432
"""The part of the level crop that is shown."""
PANEL_PX, GAP_PX, WORDS_PX = 390, 20, 118
SHARPNESS = 4
"""Panels are drawn this many times larger and reduced, so that thin lines stay smooth."""
WHITE, EDGE, FOUND = (255, 255, 255), (25, 30, 38), (72, 214, 245)
COLOURS = 255
SEED = 3
CONTOURS = ("brow", "upper_lid", "lower_lid", "upper_lip_outer", "lower_lip_outer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--expression", type=Expression, default=Expression.BROW_RAISE)
    arguments = parser.parse_args()
    drawn = Image.open(
        io.BytesIO(vl_convert.svg_to_png(figure(arguments.seed, arguments.expression), scale=1.0))
    )
    drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.FLOYDSTEINBERG).save(FIGURE, optimize=True)
    print(f"{FIGURE.name}: {FIGURE.stat().st_size / 1000:.0f} kB")


def figure(seed: int, expression: Expression) -> str:
    """The four panels as SVG text."""
    people, views = np.random.default_rng(seed).spawn(2)
    motion = motions_of(example_patient(PalsyKind.FLACCID, Side.LEFT, 0.9))[expression]
    camera = replace(clinic_camera(views, 1000), yaw_deg=0.0, pitch_deg=0.0, roll_deg=0.0, noise_sd=0.5)
    photo = render_face(clinic_identity(people), motion, camera, views)
    backend = choose_backend(AUTO, os.environ).backend
    try:
        (mesh,) = read_meshes(backend, [(photo.image_rgb, backend.detect(photo.image_rgb)[0])])
        composites = side_composites(mesh.crop)
        answers = detect_each(backend, composites)
    finally:
        backend.close()
    points = points_by_remedy(mesh)
    mm_per_px = photo.mm_per_px * mesh.crop.source_px_per_crop_px
    true = move_points(photo.points, mesh.crop.from_source, 1 / mesh.crop.source_px_per_crop_px)
    image = mesh.crop.image_rgb

    def differences(named: FacePoints) -> str:
        raw = read_raw(FaceView.of(named))
        found = []
        for name, words in (("brow_height", "brow"), ("commissure_height", "lip corner")):
            left, right = raw[name, Side.LEFT].value, raw[name, Side.RIGHT].value
            if left is not None and right is not None:
                found.append(f"{words} {number_words((left - right) * mm_per_px, signed=True)}")
        return ", ".join(found)

    panels = [
        _panel(
            image,
            [(points["network"], WHITE)],
            "The network on the whole face",
            differences(points["network"]),
        ),
        *(
            _panel(
                composite,
                [(_network_of(answer), WHITE)],
                f"{side.label} completed by its mirror image",
                words,
            )
            for composite, answer, side, words in (
                (
                    composites[1],
                    answers[1],
                    Side.RIGHT,
                    f"each side from its own: {differences(points['hemiface'])}",
                ),
                (composites[0], answers[0], Side.LEFT, ""),
            )
        ),
        _panel(
            image,
            [(points["network"], WHITE), (points["both"], FOUND)],
            "The edges that the picture shows",
            differences(points["both"]),
        ),
    ]
    width = len(panels) * (PANEL_PX + GAP_PX) - GAP_PX + 2 * GAP_PX
    height = PANEL_PX * HEIGHT_PX // WIDTH_PX + WORDS_PX + GAP_PX
    body = "".join(
        f'<g transform="translate({GAP_PX + number * (PANEL_PX + GAP_PX)} {GAP_PX})">{panel}</g>'
        for number, panel in enumerate(panels)
    )
    foot = f"LEFT − RIGHT in mm, before the gain table. True: {differences(true)}. The patient is invented."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="{FONT}">'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{body}'
        f"{_text(GAP_PX, height - 14, foot, 20, SOFT)}</svg>"
    )


def _network_of(answer: object) -> FacePoints:
    if isinstance(answer, BackendError) or not isinstance(answer, list) or not answer:
        raise SystemExit("A composite of this patient was not taken for a face. Choose another seed.")
    return face_points(answer[0].points_px)


def _panel(
    image: Picture, drawn: Sequence[tuple[FacePoints, tuple[int, int, int]]], title: str, words: str
) -> str:
    scale = SHARPNESS * PANEL_PX / WIDTH_PX
    part = image[TOP_PX : TOP_PX + HEIGHT_PX, LEFT_PX : LEFT_PX + WIDTH_PX]
    size = (SHARPNESS * PANEL_PX, SHARPNESS * PANEL_PX * HEIGHT_PX // WIDTH_PX)
    canvas = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8).copy()
    for points, colour in drawn:
        thin = colour == WHITE and len(drawn) > 1
        for side in Side:
            for name in CONTOURS:
                _line(
                    canvas, (getattr(points.side(side), name) - [LEFT_PX, TOP_PX]) * scale, colour, thin=thin
                )
    small = Image.fromarray(canvas).resize((PANEL_PX, size[1] // SHARPNESS), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    small.save(stream, "PNG")
    data = base64.b64encode(stream.getvalue()).decode("ascii")
    bottom = size[1] // SHARPNESS
    return (
        f'<image href="data:image/png;base64,{data}" width="{PANEL_PX}" height="{bottom}"/>'
        f"{_text(0, bottom + 34, title, 22, INK, '600')}{_text(0, bottom + 62, words, 20, INK)}"
    )


def _line(canvas: Picture, contour: Array, colour: Colour, *, thin: bool) -> None:
    fixed = np.rint(contour * 16).astype(np.int32).reshape(-1, 1, 2)
    width = 1.2 if thin else 2.2
    cv2.polylines(canvas, [fixed], False, EDGE, round((width + 1.4) * SHARPNESS), cv2.LINE_AA, 4)
    cv2.polylines(canvas, [fixed], False, colour, round(width * SHARPNESS), cv2.LINE_AA, 4)


def _text(x: float, y: float, words: str, size: int, colour: str, weight: str = "400") -> str:
    look = f'font-size="{size}" fill="{colour}" font-weight="{weight}"'
    return f'<text x="{x}" y="{y}" {look}>{escape(words)}</text>'


if __name__ == "__main__":
    main()
