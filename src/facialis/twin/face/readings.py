"""Measures of the twin's face as differentiable arrays: for populations, decoding and optimising.

The same definitions as `facialis.measurement`, which measures one face at a time and in Python. A test
holds the two together. The frame needs no search here: neither irises nor outer canthi move.
"""

from enum import IntEnum
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.anatomy.sides import Side, lateral_sign
from facialis.twin.face.geometry import contour, lower_seam
from facialis.twin.face.named_points import named_points

BROW_STATIONS = 5
LIP_PLACE = 0.5

Mesh = Float[Array, "478 3"]


class FaceReading(IntEnum):
    """Place of a measure along the last axis of `read_face`; names as in `measurement`."""

    BROW_HEIGHT = 0
    PALPEBRAL_FISSURE = 1
    ALAR_HEIGHT = 2
    COMMISSURE_HEIGHT = 3
    COMMISSURE_LATERAL = 4
    UPPER_LIP_HEIGHT = 5
    LOWER_LIP_HEIGHT = 6
    DENTAL_SHOW = 7


def read_face(mesh_mm: Mesh) -> Float[Array, "sides readings"]:
    """Measure one face: LEFT, then RIGHT; readings in the order of `FaceReading`. [mm]"""
    origin = jnp.asarray(_eye_line_height())
    return jnp.stack([_side(mesh_mm[:, :2] - jnp.array([0.0, origin]), side) for side in Side])


def read_faces(meshes_mm: Float[Array, "*faces 478 3"]) -> Float[Array, "*faces sides readings"]:
    """`read_face` for any number of faces. [mm]"""
    flat = meshes_mm.reshape(-1, *meshes_mm.shape[-2:])
    return jax.vmap(read_face)(flat).reshape(*meshes_mm.shape[:-2], len(Side), len(FaceReading))


@cache
def _eye_line_height() -> float:
    """Height of the eye line on the mesh: half way between the irises. [mm]"""
    points = named_points(neutral_points_mm())
    left, right = points.left.iris_centre, points.right.iris_centre
    assert left is not None and right is not None  # noqa: S101, PT018  the neutral face has open eyes
    return float(-(left[1] + right[1]) / 2)


@cache
def _indices(name: str, side: Side) -> Int[np.ndarray, " places"]:
    right = lower_seam() if name == "lower_seam" else contour(name)
    return right if side is Side.RIGHT else mirror_partner()[right]


def _side(points: Float[Array, "478 2"], side: Side) -> Float[Array, " readings"]:
    lateral = points * jnp.array([float(lateral_sign(side)), 1.0])

    def line(name: str) -> Float[Array, "places 2"]:
        return lateral[_indices(name, side)]

    def lip(name: str, *, ends_at_corner: bool) -> Float[Array, "places 2"]:
        """From the other corner through the midline to this one, x rising."""
        other = lateral[_indices(name, side.opposite)]
        own = line(name)
        if not ends_at_corner:
            other = jnp.concatenate([other, lateral[_indices("upper_lip_outer", side.opposite)[-1:]]])
            own = jnp.concatenate([own, line("upper_lip_outer")[-1:]])
        return jnp.concatenate([other[::-1], own[1:]])

    corner = line("upper_lip_outer")[-1]
    half_way = LIP_PLACE * corner[0]
    pupil = line("iris")[0, 0]
    upper, lower = (_height_at(line(lid), pupil) for lid in ("upper_lid", "lower_lid"))
    free_edges = [
        _height_at(lip(name, ends_at_corner=False), half_way) for name in ("lip_seam", "lower_seam")
    ]
    values = {
        FaceReading.BROW_HEIGHT: _mean_height((line("brow_upper") + line("brow_lower")) / 2),
        FaceReading.PALPEBRAL_FISSURE: jnp.maximum(upper - lower, 0.0),
        FaceReading.ALAR_HEIGHT: line("ala")[0, 1],
        FaceReading.COMMISSURE_HEIGHT: corner[1],
        FaceReading.COMMISSURE_LATERAL: corner[0],
        FaceReading.UPPER_LIP_HEIGHT: _height_at(lip("upper_lip_outer", ends_at_corner=True), half_way),
        FaceReading.LOWER_LIP_HEIGHT: _height_at(lip("lower_lip_outer", ends_at_corner=True), half_way),
        FaceReading.DENTAL_SHOW: jnp.maximum(free_edges[0] - free_edges[1], 0.0),
    }
    return jnp.stack([values[reading] for reading in FaceReading])


def _height_at(line: Float[Array, "places 2"], x: Float[Array, ""]) -> Float[Array, ""]:
    return jnp.interp(x, line[:, 0], line[:, 1])


def _mean_height(line: Float[Array, "places 2"]) -> Float[Array, ""]:
    """Mean height of stations that lie evenly along a line."""
    steps = jnp.linalg.norm(jnp.diff(line, axis=0), axis=1)
    along = jnp.concatenate([jnp.zeros(1), jnp.cumsum(steps)])
    return jnp.interp(jnp.linspace(0.0, 1.0, BROW_STATIONS) * along[-1], along, line[:, 1]).mean()
