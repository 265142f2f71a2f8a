"""Places on the neutral mesh that the fields are built on, and the shapes they take."""

from functools import cache

import numpy as np
from jaxtyping import Float, Int

from facialis.anatomy.mesh import contour_indices, mirror_partner, neutral_points_mm, neutral_triangles
from facialis.evidence import load_rows
from facialis.twin.priors import TABLES

FIRST_IRIS_POINT = 468

Points = Float[np.ndarray, "478 3"]
Weights = Float[np.ndarray, " 478"]


@cache
def shape_number(name: str) -> float:
    """A number of `tables/face_geometry.csv`."""
    return {row.text("name"): row.number("value") for row in load_rows(TABLES, "face_geometry").rows}[name]


def smoothstep(values: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    """0 up to -1, 1 from 1 on, smooth between."""
    t = np.clip((values + 1.0) / 2.0, 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def fade(share: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    """1 at 0, 0 from 1 on, smooth at both ends."""
    return np.where(share < 1.0, np.cos(np.pi / 2.0 * np.clip(share, 0.0, 1.0)) ** 2, 0.0)


def contour(name: str) -> Int[np.ndarray, " places"]:
    """Indices of a named contour of the patient's RIGHT."""
    return np.array(contour_indices()[name], dtype=np.intp)


@cache
def right_side() -> Weights:
    """How far a point belongs to the patient's RIGHT: 1 there, 1/2 on the midline, 0 on the LEFT."""
    return smoothstep(-neutral_points_mm()[:, 0] / shape_number("midline_blend_mm"))


@cache
def lower_seam() -> Int[np.ndarray, " places"]:
    """Points of the lower lip's inner border, each under its partner of the contour `lip_seam`.

    The mouth is a hole of the mesh; its rim runs once around, so the rim's other points, in the order of
    their distance from the midline, belong to the lower lip. The corner is shared.
    """
    upper = contour("lip_seam")
    rim = _rim_around(int(upper[0]))
    mirrored = mirror_partner()[upper]
    points = neutral_points_mm()
    lower = [i for i in rim if i not in set(upper) | set(mirrored) and points[i, 0] <= 0.0]
    ordered = sorted(lower, key=lambda i: -points[i, 0])
    return np.array([*ordered, upper[-1]], dtype=np.intp)


def _rim_around(start: int) -> set[int]:
    """The points of the hole's rim that a point lies on: edges that belong to one triangle only."""
    triangles = neutral_triangles()
    edges = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1
    )
    single, counts = np.unique(edges, axis=0, return_counts=True)
    rim = single[counts == 1]
    found, size = {start}, 0
    while len(found) > size:
        size = len(found)
        found |= {int(i) for edge in rim if set(edge.tolist()) & found for i in edge}
    return found


@cache
def upper_share() -> Weights:
    """How far a point follows the upper lip (1) rather than the lower one (0).

    Above the seam 1, below 0; toward the corner of the mouth, where both lips are bound to one knot of
    muscle, and lateral of it one passes smoothly into the other.
    """
    points = neutral_points_mm()
    lateral, height = np.abs(points[:, 0]), points[:, 1]
    seam = points[contour("lip_seam")]
    corner = points[contour("upper_lip_outer")[-1]]
    seam_height = np.interp(lateral, [*-seam[:, 0], -corner[0]], [*seam[:, 1], corner[1]])
    beyond = np.maximum(lateral + corner[0], 0.0)
    width = shape_number("seam_width_mm") + shape_number("seam_widening") * beyond
    share = smoothstep((height - seam_height) / width)
    share[_both(contour("lip_seam")[:-1])] = 1.0
    share[_both(lower_seam()[:-1])] = 0.0
    off = np.hypot(lateral + corner[0], height - corner[1]) / shape_number("modiolus_reach_mm")
    share = 0.5 + (share - 0.5) * (1.0 - fade(off))
    return np.asarray(share)


@cache
def free_of_lids() -> Weights:
    """0 on the lid margins and the irises, which only the lids' own muscles move; 1 away from them."""
    margin = np.unique(_both(np.concatenate([contour("upper_lid"), contour("lower_lid")])))
    points = neutral_points_mm()
    distance = np.linalg.norm(points[:, None] - points[margin], axis=-1).min(axis=1)
    free = 1.0 - np.exp(-((distance / shape_number("lid_margin_free_mm")) ** 2))
    free[FIRST_IRIS_POINT:] = 0.0
    return np.asarray(free)


def hill(vertex: int, reach_mm: float) -> Weights:
    """1 at a point, 0 from a distance on."""
    points = neutral_points_mm()
    return fade(np.linalg.norm(points - points[vertex], axis=1) / reach_mm)


def mirrored(field: Float[np.ndarray, "... 478 3"]) -> Float[np.ndarray, "... 478 3"]:
    """The field of the patient's LEFT from that of the RIGHT, or back."""
    return np.asarray(field[..., mirror_partner(), :] * np.array([-1.0, 1.0, 1.0]))


def _both(indices: Int[np.ndarray, " some"]) -> Int[np.ndarray, " twice"]:
    return np.concatenate([indices, mirror_partner()[indices]])
