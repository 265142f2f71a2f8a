"""Photographs of an invented patient with their exact points, drawn once per process."""

from functools import cache
from pathlib import Path

import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.vision.files import Photo
from facialis.vision.synthetic import (
    CameraSetting,
    FaceIdentity,
    FaceMotion,
    PalsyKind,
    SyntheticPhoto,
    example_patient,
    motions_of,
    render_face,
)

CAMERA = CameraSetting(
    width_px=480,
    height_px=600,
    mm_per_px=0.52,
    distance_mm=1500.0,
    light_direction=(0.0, 0.5, 0.85),
    ambient=0.5,
    noise_sd=1.0,
)
"""Small and evenly lit: drawn in a fraction of a second, and large enough to be measured."""
PERSON = FaceIdentity(brow_density=1.0, brow_contrast=1.0, lip_colour_depth=0.9)
"""No natural asymmetry: what is lopsided is the palsy."""


@cache
def rendered(
    expression: Expression = Expression.REST,
    kind: PalsyKind = PalsyKind.NONE,
    side: Side = Side.LEFT,
    severity: float = 1.0,
    camera: CameraSetting = CAMERA,
    person: FaceIdentity = PERSON,
) -> SyntheticPhoto:
    """The typical twin in one expression; shared, so nobody may write into the picture."""
    return drawn(motions(kind, side, severity)[expression], camera, person)


@cache
def motions(
    kind: PalsyKind = PalsyKind.NONE, side: Side = Side.LEFT, severity: float = 1.0
) -> dict[Expression, FaceMotion]:
    """What the typical twin's face does; shared, so nobody may change it."""
    return motions_of(example_patient(kind, side, severity))


def drawn(
    motion: FaceMotion, camera: CameraSetting = CAMERA, person: FaceIdentity = PERSON
) -> SyntheticPhoto:
    """The patient with one movement."""
    photo = render_face(person, motion, camera, np.random.default_rng(0))
    photo.image_rgb.setflags(write=False)
    return photo


def as_photo(
    image_rgb: np.ndarray, expression: Expression | None = None, file: str = "photo.png", scale: float = 1.0
) -> Photo:
    """A picture as it comes from a file; ``scale`` is working pixels per original pixel."""
    height, width = image_rgb.shape[:2]
    return Photo(Path(file), file, image_rgb, round(width / scale), round(height / scale), scale, expression)
