"""How the skin between the points of the mesh follows them."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator

from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.twin.face.geometry import FIRST_IRIS_POINT, contour
from facialis.twin.face.lids import lid_geometry, lid_indices
from facialis.vision.synthetic.head_surface import AXIS_Z_MM, UNROLLED_RADIUS_MM, neutral_head
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.shape import smoothstep

Array = NDArray[np.float64]

SMOOTHING = 1.0
"""Points of the nose lie close together on the unrolled head; without it they would quarrel."""
STILL_ANGLE_DEG = (92.0, 106.0)
STILL_HEIGHT_MM = (-95.0, 100.0)
CROWN_MM = (86.0, 102.0)
LIP_DEPTH_MM = 17.0
"""Height of the part of a lip, from the seam, that the other lip's skin must not hear of."""
SEAM_HALF_HEIGHT_MM, SEAM_WIDENING = 3.0, 0.6
FRONT_Z_MM = (-55.0, -25.0)
"""Skin behind these depths stays with the skull."""


def unrolled(points: Array) -> Array:
    """Places on the unrolled head: angle times radius, height. (n, 2) [mm]"""
    angle = np.arctan2(points[:, 0], points[:, 2] - AXIS_Z_MM)
    return np.stack([angle * UNROLLED_RADIUS_MM, points[:, 1]], axis=1)


def skin_displacement(motion: FaceMotion) -> Array:
    """Displacement of the mesh without what the lids carry along. (478, 3) [mm]

    Lids are drawn by their margins; skin that followed a closing lid would be torn from the cheek.
    """
    moved = motion.displacement_mm
    upper, lower = lid_indices()
    rest = moved.copy()
    for margins, skin in zip(np.concatenate([upper, lower], axis=1), lid_geometry().skin, strict=True):
        rest -= skin.T @ moved[margins]
    return rest


def head_displacement(motion: FaceMotion) -> Array:
    """Displacement of the head's grid. (rows, columns, 3) [mm]"""
    place, weights = _head_weights()
    moved = np.zeros(neutral_head().points.shape)
    moved.reshape(-1, 3)[place] = weights @ skin_displacement(motion)[:FIRST_IRIS_POINT]
    return moved


def displacement_at(points: Array, motion: FaceMotion) -> Array:
    """Displacement of a few places of the neutral skin. (n, 3) [mm]"""
    key = np.ascontiguousarray(points, dtype=np.float64)
    weights = _weights_at(key.tobytes())
    return np.asarray(weights @ skin_displacement(motion)[:FIRST_IRIS_POINT])


@cache
def _weights_at(places: bytes) -> Array:
    return _weights(np.frombuffer(places).reshape(-1, 3))


@cache
def _head_weights() -> tuple[NDArray[np.intp], Array]:
    """Grid points that can move, and their weights of the points of the mesh."""
    grid = neutral_head().points.reshape(-1, 3)
    front = smoothstep(grid[:, 2], *FRONT_Z_MM)
    place = np.flatnonzero(front > 0.0)
    return place, _weights(grid[place]) * front[place, None]


def _weights(points: Array) -> Array:
    """How far places follow each point of the mesh, irises left out. (n, 468)

    Two smooth interpolations: one that knows nothing of the lower lip, one that knows nothing of the
    upper. At the seam skin passes from one to the other; lateral of the mouth they are the same.
    """
    upper = _follows_upper_lip(points)
    found = np.zeros((len(points), FIRST_IRIS_POINT))
    for share, left_out in ((upper, _lip_points(upper=False)), (1.0 - upper, _lip_points(upper=True))):
        used = share > 0.0
        if used.any():
            found[used] += share[used, None] * _interpolated(points[used], left_out)
    return found


def _interpolated(points: Array, left_out: NDArray[np.bool_]) -> Array:
    mesh = neutral_points_mm()[:FIRST_IRIS_POINT]
    kept = np.flatnonzero(~left_out)
    still = _still_places()
    nodes = np.concatenate([unrolled(mesh[kept]), still])
    spread = RBFInterpolator(nodes, np.eye(len(nodes))[:, : len(kept)], smoothing=SMOOTHING)
    found = np.zeros((len(points), FIRST_IRIS_POINT))
    found[:, kept] = spread(unrolled(points))
    return found


def _still_places() -> Array:
    """Places of the unrolled head beyond the mesh that no expression moves. (n, 2) [mm]"""
    heights = np.linspace(*STILL_HEIGHT_MM, 12)
    sides = [
        [sign * np.deg2rad(a) * UNROLLED_RADIUS_MM, y]
        for a in STILL_ANGLE_DEG
        for sign in (-1, 1)
        for y in heights
    ]
    across = np.linspace(-95.0, 95.0, 13)
    crown = [[u, y] for y in CROWN_MM for u in across]
    return np.array([*sides, *crown])


def _seam_height(points: Array) -> tuple[Array, Array]:
    """Height of the closed lips' seam across the face, and the distance lateral of the corner. [mm]"""
    mesh = neutral_points_mm()
    corner = mesh[contour("upper_lip_outer")[-1]]
    seam = np.concatenate([mesh[contour("lip_seam")[:-1]], corner[None]])
    lateral = np.abs(points[:, 0])
    return np.interp(lateral, -seam[:, 0], seam[:, 1]), np.maximum(lateral + corner[0], 0.0)


def _follows_upper_lip(points: Array) -> Array:
    """1 for what belongs to the upper lip and above, 0 for the lower lip and below. (n,)"""
    height, beyond = _seam_height(points)
    width = SEAM_HALF_HEIGHT_MM + SEAM_WIDENING * beyond
    return smoothstep((points[:, 1] - height) / width, -1.0, 1.0)


@cache
def _lip_points(*, upper: bool) -> NDArray[np.bool_]:
    """Points of the mesh that one lip only moves. (468,)"""
    mesh = neutral_points_mm()[:FIRST_IRIS_POINT]
    height, _ = _seam_height(mesh)
    # At the corner both lips are one: its points belong to both.
    corner_x = mesh[contour("lip_seam")[-1], 0]
    near = (np.abs(mesh[:, 0]) < -corner_x - 0.1) & (np.abs(mesh[:, 1] - height) < LIP_DEPTH_MM)
    above = mesh[:, 1] > height
    seam = contour("lip_seam")[:-1]
    on_seam = np.concatenate([seam, mirror_partner()[seam]])
    above[np.abs(mesh[:, 1] - height) < 0.5] = False
    above[on_seam] = True
    return np.asarray(near & (above if upper else ~above))
