"""Everything exact about a drawn photograph and its twin, ready for JSON."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np

from facialis.measurement.points import FacePoints, SidePoints
from facialis.twin.parameters import named
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.render import SyntheticPhoto
from facialis.vision.synthetic.twin_patient import TwinPatient

DIGITS = 6
"""Significant digits of a twin's parameters in a file."""


def truth_of(photo: SyntheticPhoto) -> dict[str, Any]:
    """Everything exact about a photograph, ready for JSON. Points in px, rounded to 0.001."""
    return {
        "pose": asdict(photo.pose),
        "mm_per_px": photo.mm_per_px,
        "points": _points_json(photo.points),
        "frontal_points": _points_json(photo.frontal_points),
    }


def motion_json(motion: FaceMotion) -> dict[str, Any]:
    """What the face shows besides its places, to be read by people."""
    sides = {"left": motion.left, "right": motion.right}
    signs = {side: {k: round(v, 3) for k, v in asdict(of).items()} for side, of in sides.items()}
    return {"signs": signs, "jaw_opening_mm": motion.jaw_opening_mm}


def twin_json(patient: TwinPatient) -> dict[str, Any]:
    """Everything that makes the twin again: what happened, the day, the parameters."""
    face = {f.name: getattr(patient.face, f.name) for f in fields(patient.face)}
    return {
        "day": patient.day,
        "history": _plain(patient.history),
        "parameters": {name: _number(value) for name, value in named(patient.parameters).items()},
        "face": {name: _number(value) for name, value in face.items()},
    }


def _number(value: Any) -> float:
    return float(f"{float(value):.{DIGITS}g}")


def _plain(value: Any) -> Any:
    """Events as JSON knows them."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return float(value) if isinstance(value, Fraction) else value


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
