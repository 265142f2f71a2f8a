"""One face, read: which points are used, how they were found, and how the head is turned."""

from dataclasses import replace

import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.points import HeadPose, Method, Region
from facialis.vision.backends.protocol import FaceObservation
from facialis.vision.face_reading import MAX_HEMIFACE_YAW_DEG, read_face, read_faces
from facialis.vision.landmarks import read_meshes
from facialis.vision.quality.geometry import all_points
from facialis.vision.schemas.mp478 import INDICES
from tests.factories.meshes import KnownFacesBackend, mesh_of, neutral_mesh_px
from tests.factories.rendered import PalsyKind, rendered

SILENT = KnownFacesBackend({})


def reading_of(photo, mesh=None):
    seen = FaceObservation(mesh_of(photo.points, photo.pose) if mesh is None else mesh, 1.0)
    return read_faces(SILENT, [(photo.image_rgb, seen)])[0]


@pytest.fixture(scope="module")
def photo():
    return rendered(Expression.REST, PalsyKind.FLACCID)


@pytest.fixture(scope="module")
def reading(photo):
    return reading_of(photo)


def test_points_come_back_in_the_pixels_of_the_picture(photo, reading):
    for points in (reading.points, reading.network, reading.frontal, reading.network_frontal):
        assert np.linalg.norm(points.chin - photo.points.chin) < 2.0
        assert np.linalg.norm(points.left.commissure - photo.points.left.commissure) < 4.0
        assert points.left.iris_diameter == pytest.approx(photo.points.left.iris_diameter, rel=0.01)


def test_what_the_network_drew_is_kept_beside_what_is_used(photo, reading):
    np.testing.assert_allclose(reading.network.left.commissure, photo.points.left.commissure, atol=1e-6)
    assert all(
        reading.network.side(side).method(region) is Method.NETWORK for side in Side for region in Region
    )
    assert reading.points.left.method(Region.BROW) is Method.REFINED


def test_roll_of_the_head_in_the_picture_is_told_although_the_crop_is_level():
    mesh = neutral_mesh_px(HeadPose(2.0, -3.0, 9.0), px_per_mm=1.0)
    image = np.full((640, 640, 3), 120, np.uint8)
    pose = read_faces(SILENT, [(image, FaceObservation(mesh, 1.0))])[0].pose
    assert (pose.yaw_deg, pose.pitch_deg, pose.roll_deg) == pytest.approx((2.0, -3.0, 9.0), abs=1e-6)


def test_a_picture_without_edges_leaves_the_networks_points():
    """Nothing is invented where nothing can be seen."""
    mesh = neutral_mesh_px(px_per_mm=1.0)
    image = np.full((640, 640, 3), 120, np.uint8)
    found = read_faces(SILENT, [(image, FaceObservation(mesh, 1.0))])[0]
    np.testing.assert_allclose(all_points(found.points), all_points(found.network), atol=1e-6)
    for side in Side:
        assert Method.REFINED not in set(found.points.side(side).methods.values())


def test_composites_of_a_turned_head_are_not_used():
    for yaw, used in ((MAX_HEMIFACE_YAW_DEG - 1, True), (MAX_HEMIFACE_YAW_DEG + 1, False)):
        mesh = neutral_mesh_px(HeadPose(yaw, 0.0, 0.0), px_per_mm=1.0)
        image = np.full((640, 640, 3), 120, np.uint8)
        read = read_meshes(SILENT, [(image, FaceObservation(mesh, 1.0))])[0]
        lowered = read.hemiface.copy()
        lowered[INDICES[Side.LEFT].commissure, 1] += 12.0
        found = read_face(replace(read, hemiface=lowered))
        moved = found.points.left.commissure[1] - found.network.left.commissure[1]
        assert bool(moved > 1.0) is used


def test_the_iris_of_a_closed_eye_is_not_given():
    found = reading_of(rendered(Expression.GENTLE_EYE_CLOSURE))
    for side in Side:
        assert found.network.side(side).iris_centre is None
        assert found.points.side(side).iris_diameter is None
