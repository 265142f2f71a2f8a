"""The neutral, symmetric face mesh: where an average face has its landmarks."""

import csv
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["contour_indices", "midline_indices", "mirror_partner", "neutral_points_mm", "neutral_triangles"]


def _rows(name: str) -> list[dict[str, str]]:
    with files(__name__).joinpath(name).open("r", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def neutral_points_mm() -> NDArray[np.float64]:
    """Points of the neutral mesh, irises last.

    Returns
    -------
    (478, 3)    x toward the patient's LEFT, y upward, z toward the viewer; read-only. [mm]
    """
    rows = _rows("neutral_points.csv")
    points = np.array([[float(row[k]) for k in ("x_mm", "y_mm", "z_mm")] for row in rows])
    points.setflags(write=False)
    return points


@cache
def mirror_partner() -> NDArray[np.intp]:
    """Index of each point's partner on the other side; midline points are their own. (478,)"""
    partner = np.array([int(row["partner"]) for row in _rows("neutral_points.csv")], dtype=np.intp)
    partner.setflags(write=False)
    return partner


@cache
def neutral_triangles() -> NDArray[np.intp]:
    """Triangles of the mesh; the eyes and the mouth are holes. (n, 3) point indices."""
    rows = _rows("neutral_triangles.csv")
    triangles = np.array([[int(row[k]) for k in "abc"] for row in rows], dtype=np.intp)
    triangles.setflags(write=False)
    return triangles


@cache
def contour_indices() -> dict[str, tuple[int, ...]]:
    """Indices of the named contours of the patient's RIGHT; `mirror_partner` gives the LEFT."""
    text = files(__name__).joinpath("neutral_mesh.toml").read_text(encoding="utf-8")
    contours: dict[str, list[int]] = tomllib.loads(text)["contours"]
    return {name: tuple(indices) for name, indices in contours.items()}


@cache
def midline_indices() -> dict[str, int]:
    """Indices of the named points of the midline."""
    text = files(__name__).joinpath("neutral_mesh.toml").read_text(encoding="utf-8")
    found: dict[str, int] = tomllib.loads(text)["landmarks"]
    return found
