"""The neutral head as one smooth surface: radius over angle and height, made from the mesh."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator

from facialis.anatomy.mesh import contour_indices, neutral_points_mm

Array = NDArray[np.float64]

AXIS_Z_MM = -65.0
"""The vertical axis that angles are counted about."""
UNROLLED_RADIUS_MM = 75.0
"""Angles times this are lengths on the unrolled skin, so that textures have mm."""
SKULL_CENTRE_MM = np.array([0.0, 24.0, -84.0])
SKULL_AXES_MM = np.array([75.0, 94.0, 92.0])
SKULL_ROUNDNESS = 2.6
"""Exponent of the vertical section: above 2 the vault is flatter than an ellipse."""
CROWN_Y_MM = 117.0
HALF_ANGLE_DEG = 150.0
ANGLE_STEPS, HEIGHT_STEPS = 161, 118
SMOOTHING = 2.0
MESH_POINTS = 468
EYE_HOLE_MM = (29.7, 0.0, 16.5, 8.0)
"""Centre and half axes of the eye openings: points inside do not belong to the skin's surface."""


@dataclass(frozen=True)
class HeadSurface:
    """A grid of skin. Row 0 is the jaw's edge, the last row at the crown; columns go from RIGHT to LEFT."""

    points: Array
    """(rows, columns, 3) [mm]"""
    unrolled: Array
    """(rows, columns, 2) place on the unrolled skin: angle times radius, height. [mm]"""


def _skull_radius(angle: Array, y: Array) -> Array:
    """Distance of the skull's ellipsoid from the axis, in the direction ``angle`` at height ``y``."""
    a, b, c = SKULL_AXES_MM
    level = np.clip(1.0 - np.abs((y - SKULL_CENTRE_MM[1]) / b) ** SKULL_ROUNDNESS, 0.0, None)
    dx, dz = np.sin(angle), np.cos(angle)
    offset = AXIS_Z_MM - SKULL_CENTRE_MM[2]
    qa = (dx / a) ** 2 + (dz / c) ** 2
    qb = 2.0 * dz * offset / c**2
    qc = offset**2 / c**2 - level
    return np.asarray((-qb + np.sqrt(np.clip(qb**2 - 4.0 * qa * qc, 0.0, None))) / (2.0 * qa))


def _face_samples() -> tuple[Array, Array]:
    """Known (unrolled place, radius) pairs: the mesh, the skull, the side of the head behind the jaw."""
    mesh = neutral_points_mm()[:MESH_POINTS]
    ex, ey, ax, ay = EYE_HOLE_MM
    in_eye = ((np.abs(mesh[:, 0]) - ex) / ax) ** 2 + ((mesh[:, 1] - ey) / ay) ** 2 < 0.55
    mesh = mesh[~in_eye]
    angle = np.arctan2(mesh[:, 0], mesh[:, 2] - AXIS_Z_MM)
    places = [np.stack([angle * UNROLLED_RADIUS_MM, mesh[:, 1]], axis=1)]
    radii = [np.hypot(mesh[:, 0], mesh[:, 2] - AXIS_Z_MM)]
    for y in np.arange(70.0, CROWN_Y_MM, 11.0):
        ring = np.deg2rad(np.arange(-150.0, 151.0, 15.0))
        places.append(np.stack([ring * UNROLLED_RADIUS_MM, np.full(ring.shape, y)], axis=1))
        radii.append(_skull_radius(ring, np.full(ring.shape, y)))
    for y in (-20.0, 5.0, 30.0, 52.0):
        ring = np.deg2rad(np.array([105.0, 120.0, 135.0, 150.0]))
        ring = np.concatenate([-ring, ring])
        places.append(np.stack([ring * UNROLLED_RADIUS_MM, np.full(ring.shape, y)], axis=1))
        radii.append(_skull_radius(ring, np.full(ring.shape, max(y, 0.0))))
    return np.concatenate(places), np.concatenate(radii)


def _lower_edge(angle: Array) -> Array:
    """Height of the jaw's lower edge at each angle."""
    jaw = neutral_points_mm()[list(contour_indices()["jaw"])]
    jaw_angle = np.arctan2(-jaw[:, 0], jaw[:, 2] - AXIS_Z_MM)
    return np.asarray(np.interp(np.abs(angle), jaw_angle, jaw[:, 1] - 1.0))


@cache
def neutral_head() -> HeadSurface:
    """The neutral head's skin, symmetric, computed once."""
    places, radii = _face_samples()
    radius_at = RBFInterpolator(places, radii, smoothing=SMOOTHING)
    angle = np.deg2rad(np.linspace(-HALF_ANGLE_DEG, HALF_ANGLE_DEG, ANGLE_STEPS))
    low = _lower_edge(angle)
    share = np.linspace(0.0, 1.0, HEIGHT_STEPS)[:, None]
    y = low[None, :] + share * (CROWN_Y_MM - low[None, :])
    grid = np.stack([np.broadcast_to(angle * UNROLLED_RADIUS_MM, y.shape), y], axis=-1)
    radius = radius_at(grid.reshape(-1, 2)).reshape(y.shape)
    radius = (radius + radius[:, ::-1]) / 2
    x = radius * np.sin(angle)
    z = radius * np.cos(angle) + AXIS_Z_MM
    x = (x - x[:, ::-1]) / 2
    z = (z + z[:, ::-1]) / 2
    unrolled = np.stack([np.broadcast_to(angle * UNROLLED_RADIUS_MM, y.shape), y], axis=-1)
    return HeadSurface(points=np.stack([x, y, z], axis=-1), unrolled=unrolled)
