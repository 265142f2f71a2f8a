"""Photographs whose exact measures are known."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.measurement.measures.view import FaceView
from facialis.measurement.raw import read_raw
from facialis.vision.synthetic.camera import random_camera
from facialis.vision.synthetic.identity import random_identity
from facialis.vision.synthetic.render import render_face
from facialis.vision.synthetic.twin_patient import PalsyKind, example_patient, motions_of

Key = tuple[str, Side | None]

SYNTHETIC_WIDTH_PX = 700
SYNTHETIC_HEIGHT_PX = 875
MAX_YAW_DEG = 9.0
"""The capture gate refuses more; photographs that will never be measured teach nothing."""


@dataclass(frozen=True)
class KnownPhoto:
    """A photograph and its truth, in % of the outer intercanthal distance (degrees for angles)."""

    source: str
    identity: str
    condition: str
    image_rgb: NDArray[np.uint8]
    truth: dict[Key, float]
    outer_canthal_px: float
    """The true distance that truth and readings are given in percent of."""
    frontal_canthal_px: float
    """The same with the turn of the head taken out, for measures that a turned head falsifies."""
    iris_px: float | None = None
    """True mean diameter of both irises; None where an eye is closed or nobody knows."""


def renders(folder: Path) -> Iterator[KnownPhoto]:
    """Rendered 3-D faces with 68 exact points each; nothing where the folder is absent."""
    truth_file = folder / "truth.json"
    if not truth_file.is_file():
        return
    for name, entry in sorted(json.loads(truth_file.read_text()).items()):
        image = cv2.imread(str(folder / name))
        if image is None:
            continue
        points = np.array(entry["landmarks_68_px"])
        canthal_px = float(np.linalg.norm(points[45] - points[36]))
        yield KnownPhoto(
            source="renders",
            identity=str(entry["identity"]),
            condition=entry["condition"],
            image_rgb=np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8),
            truth=truth_of_68_points(points),
            outer_canthal_px=canthal_px,
            frontal_canthal_px=canthal_px,
        )


def truth_of_68_points(points: NDArray[np.float64]) -> dict[Key, float]:
    """The measures that 68 points (iBUG order) define, level with the outer canthi."""
    right, left = points[36], points[45]
    length = float(np.linalg.norm(left - right))
    along = (left - right) / length
    up = np.array([along[1], -along[0]])
    high = (points - (left + right) / 2) @ up / length * 100
    pairs = {
        ("brow_height", Side.RIGHT): high[17:22].mean(),
        ("brow_height", Side.LEFT): high[22:27].mean(),
        ("commissure_height", Side.RIGHT): high[48],
        ("commissure_height", Side.LEFT): high[54],
        ("palpebral_fissure", Side.RIGHT): (high[37] + high[38] - high[40] - high[41]) / 2,
        ("palpebral_fissure", Side.LEFT): (high[43] + high[44] - high[46] - high[47]) / 2,
    }
    return {key: float(value) for key, value in pairs.items()}


def synthetic(count: int, seed: int) -> Iterator[KnownPhoto]:
    """Invented patients, each a person of their own with one random expression and palsy."""
    for number, rng in enumerate(np.random.default_rng(seed).spawn(count)):
        expression = list(NINE_PHOTOGRAPHS)[number % len(NINE_PHOTOGRAPHS)]
        kind = [PalsyKind.FLACCID, PalsyKind.SYNKINETIC, PalsyKind.NONE][number // len(NINE_PHOTOGRAPHS) % 3]
        yield synthetic_photo(f"{seed}-{number}", expression, kind, rng)


def synthetic_photo(
    name: str, expression: Expression, kind: PalsyKind, rng: np.random.Generator
) -> KnownPhoto:
    """One invented patient in one expression: a twin drawn from the priors."""
    side = Side.LEFT if rng.random() < 0.5 else Side.RIGHT
    patient = example_patient(kind, side, float(rng.uniform(0.2, 1.0)), seed=int(rng.integers(2**31)))
    camera = random_camera(rng, width_px=SYNTHETIC_WIDTH_PX, height_px=SYNTHETIC_HEIGHT_PX)
    camera = replace(camera, yaw_deg=float(np.clip(camera.yaw_deg, -MAX_YAW_DEG, MAX_YAW_DEG)))
    photo = render_face(random_identity(rng), motions_of(patient)[expression], camera, rng)
    values = read_raw(FaceView.of(photo.points), FaceView.of(photo.frontal_points))
    truth = {key: raw.percent for key, raw in values.items() if raw.percent is not None}
    irises = [side.iris_diameter for side in (photo.points.left, photo.points.right)]
    known = [diameter for diameter in irises if diameter is not None]
    iris_px = sum(known) / 2 if len(known) == 2 else None
    return KnownPhoto(
        source="synthetic",
        identity=name,
        condition=expression.value,
        image_rgb=photo.image_rgb,
        truth=truth,
        outer_canthal_px=FaceView.of(photo.points).frame.outer_canthal_px,
        frontal_canthal_px=FaceView.of(photo.frontal_points).frame.outer_canthal_px,
        iris_px=iris_px,
    )
