"""The exact measures of an invented patient, from the truth file that was drawn with the photographs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from facialis.measurement.measure import Measure
from facialis.measurement.noise import PointNoise
from facialis.measurement.photo import measure_photo
from facialis.measurement.points import FacePoints, Method, Region, SidePoints
from facialis.measurement.scale import Scale, ScaleSource

EXACT = dict.fromkeys(Region, Method.EXACT)


def read_truth(path: Path) -> dict[str, tuple[Measure, ...]]:
    """Measure the exact points of every photograph with the same code as the found ones.

    Parameters
    ----------
    path : Path     ``truth.json`` of a synthetic set.

    Returns
    -------
    dict            File name to its exact measures (sd 0).
    """
    document = json.loads(path.read_text("utf-8"))
    return {photo["file"]: _measures(photo) for photo in document["photos"]}


def _measures(photo: Mapping[str, Any]) -> tuple[Measure, ...]:
    return measure_photo(
        _points(photo["points"]),
        scale=Scale(photo["mm_per_px"], ScaleSource.RULER, 0.0, 0.0, "exact"),
        point_noise=PointNoise(0.0),
        frontal=_points(photo["frontal_points"]),
    )


def _points(plain: Mapping[str, Any]) -> FacePoints:
    middle = {
        name: np.array(value, dtype=np.float64) for name, value in plain.items() if isinstance(value, list)
    }
    return FacePoints(left=_side(plain["left"]), right=_side(plain["right"]), **middle)


def _side(plain: Mapping[str, Any]) -> SidePoints:
    arrays = {
        name: np.array(value, dtype=np.float64)
        for name, value in plain.items()
        if isinstance(value, list) and name != "iris_centre"
    }
    centre = plain["iris_centre"]
    return SidePoints(
        iris_centre=None if centre is None else np.array(centre, dtype=np.float64),
        iris_diameter=plain["iris_diameter"],
        methods=EXACT,
        **arrays,
    )
