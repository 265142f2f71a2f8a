"""Draw docs/figures/twin_expressions.svg: the nine expressions of a twin, healthy and with a LEFT palsy.

Prints a table of what moves in each. Usage: python tools/draw_twin_expressions.py [--png PREVIEW.png]
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import vl_convert
from jaxtyping import Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.mesh import contour_indices, mirror_partner, neutral_points_mm
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.twin.events import History, Onset
from facialis.twin.face.expressions import faces_of_course
from facialis.twin.face.geometry import FIRST_IRIS_POINT, lower_seam
from facialis.twin.face.parameters import typical_face
from facialis.twin.parameters import all_priors, parameters_from_scores
from facialis.twin.simulate import simulate_patient

FIGURE = Path(__file__).resolve().parents[1] / "docs" / "figures" / "twin_expressions.svg"
CASES = (("healthy", None), ("LEFT, flaccid", 8.0), ("LEFT, synkinetic", 540.0))
"""Name, and days since a complete insult of the LEFT nerve without treatment."""
LOSING = {"insult_strength", "degeneration_rate_per_day"}
"""One spread above the usual: the typical nerve keeps most of its fibres, and its face recovers."""
CELL_WIDTH, CELL_HEIGHT, SCALE = 172, 222, 1.0
MESH_COLOUR, LINE_COLOUR = "#c9c2b6", "#222222"
TEMPLE = (127, 162, 21, 54, 103, 67, 109, 10)
"""Rim of the mesh above the jaw line, RIGHT, up to the middle of the forehead."""
NOSE_RIDGE, NOSE_BASE = (168, 6, 197, 195, 5, 4), (129, 64, 98, 97, 2, 326, 327, 294, 358)
Face = Float[np.ndarray, "478 3"]


def faces_of(day: float | None) -> Float[np.ndarray, "9 478 3"]:
    """The nine expressions of a patient, healthy or so many days after a complete insult."""
    severe = jnp.array([float(prior.name in LOSING) for prior in all_priors()])
    parameters = parameters_from_scores(severe)
    onsets = () if day is None else (Onset(Side.LEFT, dict.fromkeys(NerveBranch, 1.0)),)
    course = simulate_patient(parameters, History(onsets=onsets), np.array([0.0, day or 1.0]))
    chosen = [list(Expression).index(expression) for expression in NINE_PHOTOGRAPHS]
    return np.asarray(faces_of_course(parameters, typical_face(), course)[-1, chosen])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--png", type=Path, help="also write a picture to look at")
    chosen = parser.parse_args()
    faces = {name: faces_of(day) for name, day in CASES}
    print("\n".join(table_lines(faces)))
    figure = draw(faces)
    FIGURE.write_text(figure, encoding="utf-8")
    if chosen.png:
        chosen.png.write_bytes(vl_convert.svg_to_png(figure, scale=1.0))


def table_lines(faces: dict[str, Float[np.ndarray, "9 478 3"]]) -> Iterator[str]:
    """Movement from the healthy face at rest, and openings, in mm: LEFT / RIGHT."""
    columns = ("brow up", "fissure", "corner up", "corner lateral", "upper lip up", "lower lip up", "ala up")
    yield f"{'':18}{'':20}" + "".join(f"{c:>16}" for c in columns) + f"{'mouth open':>12}{'philtrum':>10}"
    neutral = neutral_points_mm()
    contours, partner = contour_indices(), mirror_partner()
    brow = np.array([*contours["brow_upper"], *contours["brow_lower"]])
    upper_lid, lower_lid = contours["upper_lid"][4], contours["lower_lid"][4]
    corner, upper_lip, lower_lip = (
        contours[n][i] for n, i in (("upper_lip_outer", 5), ("upper_lip_outer", 2), ("lower_lip_outer", 2))
    )
    for name, nine in faces.items():
        for expression, face in zip(NINE_PHOTOGRAPHS, nine, strict=True):
            moved = face - neutral
            cells = []
            for pick, sign in ((partner, 1), (np.arange(len(partner)), -1)):
                cells.append(
                    (
                        moved[pick[brow], 1].mean(),
                        np.linalg.norm(face[pick[upper_lid]] - face[pick[lower_lid]]),
                        moved[pick[corner], 1],
                        sign * moved[pick[corner], 0],
                        moved[pick[upper_lip], 1],
                        moved[pick[lower_lip], 1],
                        moved[pick[contours["ala"][0]], 1],
                    )
                )
            pairs = "".join(f"{left:8.1f}/{right:5.1f}  " for left, right in zip(*cells, strict=True))
            mouth = face[contours["lip_seam"][0], 1] - face[lower_seam()[0], 1]
            philtrum = moved[contours["upper_lip_outer"][0], 0]
            yield f"{name:18}{expression.value:20}{pairs}{mouth:12.1f}{philtrum:10.1f}"


def draw(faces: dict[str, Float[np.ndarray, "9 478 3"]]) -> str:
    """Line faces in a grid; the patient's RIGHT lies on the left, as in a photograph."""
    width, height = CELL_WIDTH * len(NINE_PHOTOGRAPHS), CELL_HEIGHT * len(faces) + 24
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">'
        ),
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for column, expression in enumerate(NINE_PHOTOGRAPHS):
        parts.append(
            f'<text x="{(column + 0.5) * CELL_WIDTH:.0f}" y="15" text-anchor="middle">'
            f"{expression.value.replace('_', ' ')}</text>"
        )
    for row, (name, nine) in enumerate(faces.items()):
        parts.append(f'<text x="4" y="{24 + row * CELL_HEIGHT + 10}" font-weight="bold">{name}</text>')
        for column, face in enumerate(nine):
            parts += _face(face, (column + 0.5) * CELL_WIDTH, 24 + row * CELL_HEIGHT + 76)
    return "\n".join([*parts, "</svg>", ""])


def _face(face: Face, x: float, y: float) -> Iterator[str]:
    def path(indices: list[int] | tuple[int, ...], *, closed: bool = False) -> str:
        places = [f"{x + SCALE * face[i, 0]:.1f} {y - SCALE * face[i, 1]:.1f}" for i in indices]
        return "M" + " L".join(places) + (" Z" if closed else "")

    mesh = "".join(f"M{x + SCALE * p[0]:.1f} {y - SCALE * p[1]:.1f}h0" for p in face[:FIRST_IRIS_POINT])
    yield (f'<path d="{mesh}" fill="none" stroke="{MESH_COLOUR}" stroke-width="1.3" stroke-linecap="round"/>')
    contours, partner = contour_indices(), mirror_partner()
    for side, pick in ((Side.RIGHT, np.arange(len(partner))), (Side.LEFT, partner)):
        lines = {n: [int(pick[i]) for i in indices] for n, indices in contours.items()}
        iris = face[lines["iris"][0]]
        opening = path([*lines["upper_lid"], *lines["lower_lid"][::-1]], closed=True)
        name = f"eye{x:.0f}-{y:.0f}-{side.value}"
        yield f'<clipPath id="{name}"><path d="{opening}"/></clipPath>'
        yield f'<path d="{opening}" fill="white" stroke="{LINE_COLOUR}" stroke-width="0.9"/>'
        yield (
            f'<circle cx="{x + SCALE * iris[0]:.1f}" cy="{y - SCALE * iris[1]:.1f}" r="{5.85 * SCALE:.1f}" '
            f'fill="#7a8fa6" clip-path="url(#{name})"/>'
        )
        brow = path([*lines["brow_upper"], *lines["brow_lower"][::-1]], closed=True)
        yield f'<path d="{brow}" fill="#8a7a66" stroke="none"/>'
        lower = [int(pick[i]) for i in lower_seam()]
        mouth = path([*lines["lip_seam"], *lower[::-1]], closed=True)
        yield f'<path d="{mouth}" fill="#5a2f2f" stroke="none"/>'
        for border in (
            lines["upper_lip_outer"],
            lines["lower_lip_outer"],
            [*lines["lip_seam"], lines["upper_lip_outer"][-1]],
            lower,
        ):
            yield f'<path d="{path(border)}" fill="none" stroke="#a04848" stroke-width="0.9"/>'
        outline = [*lines["jaw"], *(int(pick[i]) for i in TEMPLE)]
        for border in (outline, lines["nasolabial"]):
            yield f'<path d="{path(border)}" fill="none" stroke="{LINE_COLOUR}" stroke-width="0.6"/>'
        letter = x + (-1 if side is Side.RIGHT else 1) * CELL_WIDTH * 0.33
        yield (
            f'<text x="{letter:.0f}" y="{y + 132:.0f}" text-anchor="middle" font-size="8" fill="#666">'
            f"{side.label}</text>"
        )
    nose = path(NOSE_RIDGE)
    yield f'<path d="{nose}" fill="none" stroke="{LINE_COLOUR}" stroke-width="0.5"/>'
    wings = path(NOSE_BASE)
    yield f'<path d="{wings}" fill="none" stroke="{LINE_COLOUR}" stroke-width="0.7"/>'


if __name__ == "__main__":
    main()
