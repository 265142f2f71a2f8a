"""Take the turn of the head out of the points, in three dimensions."""

import numpy as np

from facialis.measurement.points import Array, FacePoints
from facialis.vision.moved_points import move_points
from facialis.vision.pose import camera_axes

NEIGHBOURS = 4
"""A point takes its depth from this many mesh points around it."""
NEAR_PX = 1.0
"""Keeps the weight of a mesh point that coincides with the point finite."""


def frontal_points(points: FacePoints, mesh: Array, rotation: Array) -> FacePoints:
    """The points as a camera straight in front of the head would see them.

    Parameters
    ----------
    points : FacePoints
        In the pixels of ``mesh``. [px]
    mesh : (478, 3)
        With depth. [px]
    rotation : (3, 3)
        From `estimate_pose`.
    """
    centre = mesh.mean(axis=0)

    def unturned(xy: Array) -> Array:
        in_space = np.concatenate([xy, depth_at(xy, mesh)[:, None]], axis=1) - centre
        upright = camera_axes(in_space) @ rotation
        frontal: Array = upright[:, :2] * [1.0, -1.0] + centre[:2]
        return frontal

    return move_points(points, unturned)


def depth_at(xy: Array, mesh: Array) -> Array:
    """(n,) depth of points on the surface of the mesh, from the nearest mesh points. [px]"""
    distance = np.linalg.norm(xy[:, None, :] - mesh[None, :, :2], axis=2)
    nearest = np.argsort(distance, axis=1)[:, :NEIGHBOURS]
    weight = 1 / (np.take_along_axis(distance, nearest, axis=1) + NEAR_PX)
    depth: Array = (mesh[nearest, 2] * weight).sum(axis=1) / weight.sum(axis=1)
    return depth
