"""What every landmark backend promises, whoever finds the points."""

import numpy as np
import pytest

from facialis.vision.backends.protocol import Schema
from facialis.vision.schemas.mp478_mirror import mirror_order

pytestmark = pytest.mark.slow

MESH_SHAPE = (478, 3)
NOISE = 0.02
"""Tolerance of a network on a picture drawn anew, over the distance of the outer canthi."""
MARGIN = 0.25
"""Points may lie outside the picture by so much of its size: a forehead that is cut off."""


def plane(face):
    """All points of a face, (n, 2), from the mesh or from the named points."""
    if len(face.points_px):
        return face.points_px[:, :2]
    points = face.extras["face_points"]
    return np.concatenate([canthi(face), points.left.brow, points.right.brow, points.chin[None]])


def canthi(face):
    """(2, 2) outer corner of the patient's RIGHT and LEFT eye, of an unmirrored picture."""
    if len(face.points_px):
        return face.points_px[[33, 263], :2]
    points = face.extras["face_points"]
    return np.array([points.right.lateral_canthus, points.left.lateral_canthus])


def eye_width_px(face):
    right, left = canthi(face)
    return np.linalg.norm(left - right)


def the_face(backend, picture):
    faces = backend.detect(picture)
    assert len(faces) == 1
    return faces[0]


def test_it_says_who_it_is(backend):
    info = backend.info
    assert info.name
    assert info.version
    assert len(bytes.fromhex(info.model_sha256)) == 32


@pytest.mark.parametrize("name", ["face", "grey", "odd", "far", "filling", "doubled"])
def test_it_finds_the_face(backend, pictures, name):
    face = the_face(backend, pictures[name])
    assert 0.5 <= face.score <= 1
    if backend.info.schema is Schema.MP478:
        assert face.points_px.shape == MESH_SHAPE
    height, width = pictures[name].shape[:2]
    size = np.array([width, height])
    assert np.isfinite(plane(face)).all()
    if backend.info.schema is Schema.MP478:
        assert (plane(face) > -MARGIN * size).all()
        assert (plane(face) < (1 + MARGIN) * size).all()


@pytest.mark.parametrize("name", ["noise", "blank", "one pixel", "ribbon", "strip"])
def test_it_finds_nothing_where_there_is_nothing(backend, pictures, name):
    assert backend.detect(pictures[name]) == []


def test_patients_right_eye_lies_at_smaller_x(backend, pictures):
    right, left = canthi(the_face(backend, pictures["face"]))
    assert left[0] - right[0] > 0.1 * pictures["face"].shape[1]


def test_points_are_in_the_pixels_of_the_picture_given(backend, pictures):
    once, doubled = (the_face(backend, pictures[name]) for name in ("face", "doubled"))
    # A pixel's centre counts, so twice the size moves (0, 0) to (0.5, 0.5).
    error = np.abs(plane(doubled) - (2 * plane(once) + 0.5)).mean()
    assert error < NOISE * eye_width_px(doubled)
    if backend.info.schema is Schema.MP478:
        depth = np.abs(doubled.points_px[:, 2] - 2 * once.points_px[:, 2]).mean()
        assert depth < NOISE * eye_width_px(doubled)


def test_a_mirrored_picture_gives_the_mirrored_face(backend, pictures):
    straight, mirrored = (the_face(backend, pictures[name]) for name in ("face", "mirrored"))
    width = pictures["face"].shape[1]
    if backend.info.schema is Schema.MP478:
        back = mirrored.points_px[mirror_order(), :2]
        back = np.column_stack([width - 1 - back[:, 0], back[:, 1]])
        assert np.abs(back - plane(straight)).mean() < NOISE * eye_width_px(straight)
    else:
        back = canthi(mirrored)[::-1]
        np.testing.assert_allclose(width - 1 - back[:, 0], canthi(straight)[:, 0], atol=1e-6)


@pytest.mark.parametrize(("name", "turns"), [("quarter turn", 1), ("upside down", 2)])
def test_a_turned_picture_is_read_or_left_alone(backend, pictures, name, turns):
    faces = backend.detect(pictures[name])
    assert len(faces) <= 1
    for face in faces:
        height, width = pictures["face"].shape[:2]
        turned = canthi(the_face(backend, pictures["face"]))
        for _ in range(turns):
            turned = np.column_stack([turned[:, 1], width - 1 - turned[:, 0]])
            height, width = width, height
        assert np.abs(canthi(face) - turned).max() < 3 * NOISE * eye_width_px(face)


def test_two_faces_are_two_and_the_largest_comes_first(backend, pictures):
    faces = backend.detect(pictures["two"])
    assert len(faces) == 2
    areas = [np.prod(np.ptp(plane(face), axis=0)) for face in faces]
    assert areas[0] >= areas[1]
    middles = sorted(canthi(face)[:, 0].mean() for face in faces)
    half = pictures["two"].shape[1] / 2
    assert middles[0] < half < middles[1]


def test_many_at_once_are_the_same_as_one_by_one(backend, pictures):
    names = ["face", "blank", "two", "grey", "face"]
    together = backend.detect_many([pictures[name] for name in names])
    apart = [backend.detect(pictures[name]) for name in names]
    assert [len(faces) for faces in together] == [1, 0, 2, 1, 1]
    for many, few in zip(together, apart, strict=True):
        for one, other in zip(many, few, strict=True):
            np.testing.assert_allclose(plane(one), plane(other), atol=1e-6)


def test_no_picture_gives_no_answers(backend):
    assert backend.detect_many([]) == []


def test_the_picture_is_left_as_it_was(backend, pictures):
    kept = pictures["face"].copy()
    pictures["face"].flags.writeable = False
    try:
        backend.detect(pictures["face"])
    finally:
        pictures["face"].flags.writeable = True
    np.testing.assert_array_equal(pictures["face"], kept)


def test_closing_twice_is_harmless(backend):
    backend.close()
    backend.close()


def test_networks_agree_where_the_face_lies(worker, litert, pictures):
    one, other = (the_face(backend, pictures["face"]) for backend in (worker, litert))
    distance = np.linalg.norm(plane(one) - plane(other), axis=1).mean()
    assert distance < 0.025 * eye_width_px(one)
