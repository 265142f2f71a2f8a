"""Turn drawn positions into places on the face mesh: the tables of muscles and injection points.

Positions stand in tools/anatomy_positions.toml, in millimetres from the midline and above the eye line
of the neutral mesh. Each becomes three mesh points and their weights, so that it can be found again on
any face. Writes injection_sites.csv, muscle_shapes.csv and surface_landmarks.csv.

Usage: python tools/place_injection_sites.py [--check]
"""

import argparse
import csv
import io
import sys
import tomllib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.mesh import contour_indices, neutral_points_mm
from facialis.anatomy.mesh.barycentric import BarycentricPoint
from facialis.anatomy.mesh.surface import locate
from facialis.anatomy.muscle_names import FACIAL_MUSCLES

POSITIONS = Path(__file__).with_name("anatomy_positions.toml")
TABLES = Path(__file__).resolve().parents[1] / "src" / "facialis" / "anatomy" / "tables"
CORNERS = ("corner_a", "corner_b", "corner_c", "weight_a", "weight_b", "weight_c")
DESIGN = ("Facialis", "positions drawn on the neutral mesh from written rules", "design")
STANDARD_COURSE = ("AnatomyTexts", "origins and insertions; the course on the mesh is drawn", "design")
RING_STEPS = 32
"""Places around the eye."""

RING_GUIDES = 3
"""Guiding fibres of one part of a ring: its inner edge, its middle, its outer edge."""

Pairs = Sequence[Sequence[float]]


def on_mesh(lateral_mm: float, height_mm: float) -> BarycentricPoint:
    return locate(np.array([-lateral_mm, height_mm]), neutral_points_mm())


def decimal_weights(point: BarycentricPoint) -> list[str]:
    weights = [str(Decimal(str(weight)).quantize(Decimal("0.0001"))) for weight in point.weights]
    if sum(map(Decimal, weights)) != 1:
        raise ValueError(f"weights {weights} do not add up to 1")
    return weights


def place_cells(point: BarycentricPoint) -> list[str]:
    return [*map(str, point.corners), *decimal_weights(point)]


def lid_margin() -> NDArray[np.float64]:
    """The lid margin from the inner canthus over the upper lid and back, without its first point again."""
    points, contours = neutral_points_mm(), contour_indices()
    upper, lower = (points[list(contours[name]), :2] * (-1.0, 1.0) for name in ("upper_lid", "lower_lid"))
    half = RING_STEPS // 2
    return np.vstack([_evenly(upper, half + 1)[:-1], _evenly(lower, half + 1)[:0:-1]])


def _evenly(line: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    smooth = CubicSpline(lengths, line)
    return np.asarray(smooth(np.linspace(0.0, lengths[-1], count)))


def _closed(edge: Pairs) -> NDArray[np.float64]:
    """A smooth closed line through the drawn points. (RING_STEPS, 2)"""
    around = np.array([*edge, edge[0]], dtype=float)
    smooth = CubicSpline(np.arange(len(around)), around, bc_type="periodic")
    return np.asarray(smooth(np.linspace(0.0, len(edge), RING_STEPS, endpoint=False)))


def ring_guides(ring: dict[str, float], outer_edge: Pairs) -> list[Pairs]:
    """Guides of a part of the ring muscle, between the lid margin (0) and its outer edge (1)."""
    inner, outer = lid_margin(), _closed(outer_edge)
    first, last = (int(ring[end] / len(outer_edge) * RING_STEPS) for end in ("first", "last"))
    steps = range(first, last + 1) if first < last else range(first, last - 1, -1)
    around = [step % RING_STEPS for step in steps]
    shares = np.linspace(ring["from"], ring["to"], RING_GUIDES)
    return [((1 - share) * inner + share * outer)[around].tolist() for share in shares]


def muscle_rows(data: dict[str, Any]) -> Iterable[list[str]]:
    for muscle in FACIAL_MUSCLES:
        for bundle, drawn in data[muscle.value].items():
            outer_edge = data["orbicularis_oculi_outer_edge"]["points"]
            guides = drawn.get("guides") or ring_guides(drawn["ring"], outer_edge)
            for number, guide in enumerate(guides, start=1):
                path = ";".join(" ".join(place_cells(on_mesh(*pair))) for pair in guide)
                yield [muscle.value, bundle, str(number), path, *STANDARD_COURSE, ""]


def site_rows(data: dict[str, Any]) -> Iterable[list[str]]:
    for target in InjectionTarget:
        drawn = data["sites"][target.value]
        for number, site in enumerate(drawn["points"], start=1):
            point = on_mesh(*site["at"])
            midline, outside = ("yes" if yes else "no" for yes in (site["at"][0] == 0, point.is_extrapolated))
            cells = [target.value, str(number), midline, *place_cells(point), outside, site["depth"]]
            yield [*cells, *DESIGN, drawn["rule"]]


def landmark_rows(data: dict[str, Any]) -> Iterable[list[str]]:
    for name, landmark in data["landmarks"].items():
        yield [name, *place_cells(on_mesh(*landmark["at"])), *DESIGN, landmark["note"]]


def table_text(header: Sequence[str], rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*header, "source_key", "locator", "provenance", "note"])
    writer.writerows(rows)
    return text.getvalue()


def tables() -> dict[str, str]:
    """File name and content of every table."""
    data = tomllib.loads(POSITIONS.read_text(encoding="utf-8"))
    return {
        "injection_sites.csv": table_text(
            ("target", "number", "midline", *CORNERS, "outside_mesh", "depth"), site_rows(data)
        ),
        "muscle_shapes.csv": table_text(("muscle", "bundle", "guide", "path"), muscle_rows(data)),
        "surface_landmarks.csv": table_text(("landmark", *CORNERS), landmark_rows(data)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a table would change")
    chosen = parser.parse_args()
    stale = (
        [name for name, text in tables().items() if (TABLES / name).read_text("utf-8") != text]
        if chosen.check
        else []
    )
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}. Run tools/place_injection_sites.py.")
    if not chosen.check:
        for name, text in tables().items():
            (TABLES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
