"""Write the nine photographs of an invented patient, with their truth."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.measurement.points import FacePoints, SidePoints
from facialis.vision.synthetic.camera import CameraSetting, random_camera
from facialis.vision.synthetic.identity import FaceIdentity, random_identity
from facialis.vision.synthetic.palsy import PalsyKind, expression_of, palsy_pattern
from facialis.vision.synthetic.render import SyntheticPhoto, render_face

TRUTH_FILE = "truth.json"
STATEMENT = "The patient is invented and was drawn by a computer; no real person is shown."
FORMAT = "facialis-synthetic-truth/1"
JPEG_QUALITY = 93
WALL_GREY, WALL_TINT = 186.0, 0.3
"""A clinic's wall is light and nearly grey."""
ASPECT = 1.25
"""Height of a photograph over its width."""


class SyntheticSetError(FacialisError):
    """The set cannot be written where it was asked for."""

    code = "synthetic_set_refused"


def file_name(expression: Expression) -> str:
    """File name of an expression's photograph in a set."""
    return f"{expression.value}.jpg"


def clinic_camera(rng: np.random.Generator, width_px: int) -> CameraSetting:
    """A clinic's standard view: good light, a still camera, a nearly straight head."""
    drawn = random_camera(rng, width_px=width_px, height_px=round(width_px * ASPECT))
    red, green, blue = (WALL_GREY + WALL_TINT * (channel - WALL_GREY) for channel in drawn.background)
    return replace(
        drawn,
        background=(red, green, blue),
        yaw_deg=drawn.yaw_deg * 0.3,
        pitch_deg=drawn.pitch_deg * 0.4,
        roll_deg=drawn.roll_deg * 0.5,
        mm_per_px=265.0 / width_px,
        shift_x_px=0.0,
        shift_y_px=0.0,
        distance_mm=1500.0,
        light_direction=(0.18, 0.5, 0.85),
        ambient=0.5,
        light_intensity=1.0,
        blur_px=0.4 * width_px / 1000.0,
        noise_sd=1.2,
        jpeg_quality=None,
    )


def clinic_identity(rng: np.random.Generator) -> FaceIdentity:
    """A random person as a clinic would photograph: brows and eyes uncovered."""
    drawn = random_identity(rng)
    return replace(
        drawn,
        glasses=False,
        fringe_over_brow=False,
        brow_density=max(drawn.brow_density, 0.65),
        brow_contrast=max(drawn.brow_contrast, 0.65),
    )


def write_patient_set(
    folder: Path,
    *,
    seed: int,
    palsy: PalsyKind = PalsyKind.SYNKINETIC,
    side: Side = Side.LEFT,
    severity: float = 0.8,
    width_px: int = 1200,
    force: bool = False,
    on_photo: Callable[[Expression], None] | None = None,
) -> list[Path]:
    """Render the nine photographs of one invented patient and their truth.

    Parameters
    ----------
    folder : Path          Made if absent.
    seed : int             The same seed gives the same patient and the same pictures.
    palsy, side, severity  What the patient has; severity 0 to 1.
    width_px : int         Width of each photograph; the height is 1.25 times as much.
    force : bool           Overwrite files of a former set.
    on_photo               Called after each photograph is written.

    Returns
    -------
    list of Path           The photographs in the order of `NINE_PHOTOGRAPHS`, then the truth file.

    Raises
    ------
    SyntheticSetError      If files of a set are there already, or the folder cannot be written.
    """
    pattern = palsy_pattern(palsy, side, severity)
    paths = [folder / file_name(e) for e in NINE_PHOTOGRAPHS] + [folder / TRUTH_FILE]
    present = [path.name for path in paths if path.exists()]
    if present and not force:
        raise SyntheticSetError(
            f"{folder} already holds {', '.join(present)}. Nothing was overwritten. "
            "Choose another folder, or give --force to replace them."
        )
    people, views = np.random.default_rng(seed).spawn(2)
    identity = clinic_identity(people)
    standard = clinic_camera(views, width_px)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        entries = []
        for expression in NINE_PHOTOGRAPHS:
            head = clinic_camera(views, width_px)
            camera = replace(standard, yaw_deg=head.yaw_deg, pitch_deg=head.pitch_deg, roll_deg=head.roll_deg)
            deformation = expression_of(expression, pattern)
            photo = render_face(identity, deformation, camera, views)
            _write_jpeg(folder / file_name(expression), photo)
            entries.append(
                {
                    "file": file_name(expression),
                    "expression": expression.value,
                    **truth_of(photo),
                    "deformation": asdict(deformation),
                }
            )
            if on_photo is not None:
                on_photo(expression)
        truth = {
            "format": FORMAT,
            "statement": STATEMENT,
            "seed": seed,
            "palsy": {
                "kind": palsy.value,
                "side": side.value,
                "severity": severity,
                "pattern": asdict(pattern),
            },
            "identity": asdict(identity),
            "mirrored": "no",
            "photos": entries,
        }
        (folder / TRUTH_FILE).write_text(
            json.dumps(truth, indent=1, allow_nan=False) + "\n", encoding="utf-8"
        )
    except OSError as error:
        raise SyntheticSetError(
            f"The set could not be written to {folder}: {error.strerror}. "
            "Choose a folder that you may write to."
        ) from error
    return paths


def _write_jpeg(path: Path, photo: SyntheticPhoto) -> None:
    _, coded = cv2.imencode(".jpg", photo.image_rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    path.write_bytes(coded.tobytes())


def truth_of(photo: SyntheticPhoto) -> dict[str, Any]:
    """Everything exact about a photograph, ready for JSON. Points in px, rounded to 0.001."""
    return {
        "pose": asdict(photo.pose),
        "mm_per_px": photo.mm_per_px,
        "points": _points_json(photo.points),
        "frontal_points": _points_json(photo.frontal_points),
    }


SIDE_FIELDS = (
    "brow",
    "upper_lid",
    "lower_lid",
    "medial_canthus",
    "lateral_canthus",
    "iris_centre",
    "iris_diameter",
    "ala",
    "commissure",
    "upper_lip_outer",
    "upper_lip_inner",
    "lower_lip_inner",
    "lower_lip_outer",
    "nasolabial",
)
MIDLINE_FIELDS = ("nasion", "nose_tip", "subnasale", "philtrum", "chin")


def _rounded(value: Any) -> Any:
    return None if value is None else np.round(value, 3).tolist()


def _side_json(points: SidePoints) -> dict[str, Any]:
    return {name: _rounded(getattr(points, name)) for name in SIDE_FIELDS}


def _points_json(points: FacePoints) -> dict[str, Any]:
    midline = {name: _rounded(getattr(points, name)) for name in MIDLINE_FIELDS}
    return {"left": _side_json(points.left), "right": _side_json(points.right), **midline}
