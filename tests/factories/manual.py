"""What a clinician's file of points says, for the parametric face."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from facialis.anatomy.sides import Side
from facialis.measurement.points import Array, FacePoints, SidePoints
from facialis.vision.backends.manual_points import MIDLINE_NAMES, REGION_OF
from tests.factories.faces import make_face


def _identity(points: Array) -> Array:
    return points


def manual_photo(
    move: Callable[[Array], Array] = _identity, *, face: FacePoints | None = None, **entries: Any
) -> dict[str, Any]:
    """One entry of "photos": the whole face, with its points moved."""
    points = make_face() if face is None else face

    def written(name: str, value: Any) -> Any:
        if value is None or name == "iris_diameter":
            return value
        return np.asarray(move(np.asarray(value, float))).tolist()

    def side(of: SidePoints) -> dict[str, Any]:
        return {name: written(name, getattr(of, name)) for name in REGION_OF}

    return {
        "file": "rest.jpg",
        **entries,
        "points": {
            **{name.value: side(points.side(name)) for name in Side},
            **{name: written(name, getattr(points, name)) for name in MIDLINE_NAMES},
        },
    }
