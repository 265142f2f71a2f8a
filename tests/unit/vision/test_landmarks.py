"""Composites are read once for each face, and nothing is lost where they are no faces."""

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.vision.backends.image_digest import image_digest
from facialis.vision.backends.protocol import BackendError, FaceObservation
from facialis.vision.hemiface import join_sides, side_composites
from facialis.vision.landmarks import read_meshes
from facialis.vision.schemas.mp478 import face_points
from facialis.vision.upright import UprightCrop
from tests.factories.meshes import KnownFacesBackend, mesh_of, mirrored_mesh
from tests.factories.rendered import PalsyKind, rendered


@pytest.fixture(scope="module")
def face():
    photo = rendered(kind=PalsyKind.FLACCID, side=Side.LEFT)
    return photo.image_rgb, FaceObservation(mesh_of(photo.points, photo.pose), 1.0)


@pytest.fixture(scope="module")
def crop(face):
    return UprightCrop.of(face[0], face_points(face[1].points_px))


def answering(crop, of_left, of_right):
    """A backend that sees faces in the two composites of a crop."""
    left, right = side_composites(crop)
    return KnownFacesBackend({image_digest(left): of_left, image_digest(right): of_right})


def test_the_whole_face_is_carried_into_the_crop(face, crop):
    mesh = read_meshes(KnownFacesBackend({}), [face])[0]
    np.testing.assert_allclose(mesh.direct, crop.from_source(face[1].points_px))
    np.testing.assert_allclose(crop.to_source(mesh.direct), face[1].points_px)


def test_sides_are_joined_from_both_composites(face, crop):
    direct = crop.from_source(face[1].points_px)
    of_left, of_right = direct + [0.0, 5.0, 0.0], direct + [0.0, -5.0, 0.0]
    mesh = read_meshes(answering(crop, of_left, of_right), [face])[0]
    np.testing.assert_allclose(mesh.hemiface, join_sides(of_left, of_right, direct))
    assert (mesh.hemiface != mesh.direct).any()


@pytest.mark.parametrize("failed", [0, 1])
def test_a_composite_that_is_no_face_leaves_the_whole_face(face, crop, failed):
    """Half a reading would fake an asymmetry."""
    answers = [crop.from_source(face[1].points_px) + 5.0] * 2
    answers[failed] = BackendError("The worker died. Try again.")
    mesh = read_meshes(answering(crop, *answers), [face])[0]
    np.testing.assert_array_equal(mesh.hemiface, mesh.direct)


def test_faces_keep_their_order(face):
    width = face[0].shape[1]
    mirrored = (
        np.ascontiguousarray(face[0][:, ::-1]),
        FaceObservation(mirrored_mesh(face[1].points_px, width), 1.0),
    )
    one, other = read_meshes(KnownFacesBackend({}), [face, mirrored])
    np.testing.assert_allclose(one.crop.to_source(one.direct), face[1].points_px)
    np.testing.assert_allclose(other.crop.to_source(other.direct), mirrored[1].points_px)
    assert read_meshes(KnownFacesBackend({}), []) == []
