"""The turn of a rigid head is taken out of its points."""

from dataclasses import replace

import numpy as np
import pytest

from facialis.measurement.points import HeadPose
from facialis.vision.frontal import depth_at, frontal_points
from facialis.vision.pose import estimate_pose
from facialis.vision.quality.geometry import all_points
from facialis.vision.schemas.mp478 import face_points
from tests.factories.meshes import neutral_mesh_px

PX_PER_MM = 2.0
TOLERANCE_MM = 0.3
"""Depth is taken from the mesh points around: 0.3 mm sideways at 10 degrees is 1.7 mm of depth."""


def in_middle_and_lower_face(points):
    """Every point whose lateral place is ever measured; of a brow only the height is."""
    sides = (points.left, points.right)
    return np.concatenate(
        [
            np.atleast_2d(contour)
            for contour in (points.nasion, points.subnasale, points.philtrum, points.chin)
        ]
        + [np.atleast_2d(contour) for side in sides for contour in (side.upper_lid, side.lower_lid)]
        + [np.atleast_2d(contour) for side in sides for contour in (side.ala, side.nasolabial)]
        + [contour for side in sides for contour in (side.upper_lip_outer, side.lower_lip_outer)]
    )


def unturned(mesh):
    _, rotation = estimate_pose(mesh)
    return frontal_points(face_points(mesh), mesh, rotation)


@pytest.mark.parametrize("turn", [(10, 0, 0), (-10, 0, 0), (0, 8, 0), (6, -5, 4)])
def test_unturning_a_turned_head_gives_the_frontal_points(turn):
    frontal = face_points(neutral_mesh_px(px_per_mm=PX_PER_MM))
    turned = neutral_mesh_px(HeadPose(*turn), px_per_mm=PX_PER_MM)
    expected = in_middle_and_lower_face(frontal)
    before = np.abs(in_middle_and_lower_face(face_points(turned)) - expected).max()
    after = np.abs(in_middle_and_lower_face(unturned(turned)) - expected).max()
    assert after < TOLERANCE_MM * PX_PER_MM
    assert after < before / 5


def test_an_unturned_head_stays_as_it_is():
    mesh = neutral_mesh_px()
    np.testing.assert_allclose(all_points(unturned(mesh)), all_points(face_points(mesh)), atol=1e-9)


def test_points_that_are_no_mesh_points_are_turned_too():
    turned = neutral_mesh_px(HeadPose(9.0, 0.0, 0.0), px_per_mm=PX_PER_MM)
    _, rotation = estimate_pose(turned)
    points = face_points(turned)

    def between(line):
        return (line[1:] + line[:-1]) / 2

    refined = replace(points, left=replace(points.left, lower_lip_outer=between(points.left.lower_lip_outer)))
    moved = frontal_points(refined, turned, rotation).left.lower_lip_outer
    expected = between(face_points(neutral_mesh_px(px_per_mm=PX_PER_MM)).left.lower_lip_outer)
    assert np.abs(moved - expected).max() < TOLERANCE_MM * PX_PER_MM


def test_depth_of_a_slanted_plane_is_found_between_its_points():
    x, y = np.meshgrid(np.arange(0.0, 50.0, 5.0), np.arange(0.0, 50.0, 5.0))
    mesh = np.stack([x, y, 0.4 * x - 0.2 * y], axis=-1).reshape(-1, 3)
    inside = np.array([[12.5, 22.5], [27.5, 17.5], [20.0, 25.0]])
    expected = 0.4 * inside[:, 0] - 0.2 * inside[:, 1]
    np.testing.assert_allclose(depth_at(inside, mesh), expected, atol=1.0)
