"""Composites are symmetric faces, and each side comes from its own."""

import numpy as np
import pytest

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.sides import Side
from facialis.vision.hemiface import join_sides, side_composites
from facialis.vision.schemas.mp478 import CHIN, INDICES, NASION, face_points
from facialis.vision.upright import CROP_PX, UprightCrop, mirror_image
from tests.factories.meshes import neutral_mesh_px
from tests.factories.rendered import PalsyKind, rendered


@pytest.fixture(scope="module")
def crop():
    photo = rendered(kind=PalsyKind.FLACCID, side=Side.LEFT)
    return UprightCrop.of(photo.image_rgb, photo.points)


def crop_of(image):
    return UprightCrop(image, np.zeros(2), np.array([1.0, 0.0]), 1.0)


def test_a_composite_is_exactly_mirror_symmetric(crop):
    for composite in side_composites(crop):
        np.testing.assert_array_equal(mirror_image(composite), composite)


def test_a_symmetric_picture_equals_both_of_its_composites(crop):
    symmetric = side_composites(crop)[0]
    for composite in side_composites(crop_of(symmetric)):
        np.testing.assert_array_equal(composite, symmetric)


def test_first_composite_shows_the_patients_left_and_the_second_the_right(crop):
    of_left, of_right = side_composites(crop)
    half = CROP_PX // 2
    np.testing.assert_array_equal(of_left[:, half:], crop.image_rgb[:, half:])
    np.testing.assert_array_equal(of_right[:, :half], crop.image_rgb[:, :half])
    assert (of_left != of_right).mean() > 0.2


def test_mirroring_the_crop_exchanges_the_composites(crop):
    straight = side_composites(crop)
    turned = side_composites(crop_of(mirror_image(crop.image_rgb)))
    np.testing.assert_array_equal(turned[0], straight[1])
    np.testing.assert_array_equal(turned[1], straight[0])


def test_each_side_is_read_from_its_own_composite_and_the_midline_from_the_whole_face():
    of_left, of_right, direct = (neutral_mesh_px() + shift for shift in (1000.0, 2000.0, 0.0))
    joined = join_sides(of_left, of_right, direct)
    left, right = (list(INDICES[side].upper_lid) for side in (Side.LEFT, Side.RIGHT))
    np.testing.assert_array_equal(joined[left], of_left[left])
    np.testing.assert_array_equal(joined[right], of_right[right])
    np.testing.assert_array_equal(joined[[NASION, CHIN]], direct[[NASION, CHIN]])
    points = face_points(joined)
    assert points.left.commissure[0] == of_left[INDICES[Side.LEFT].commissure, 0]
    assert points.right.commissure[0] == of_right[INDICES[Side.RIGHT].commissure, 0]


def test_every_point_beside_the_midline_belongs_to_a_side():
    of_left, of_right, direct = (neutral_mesh_px() + shift for shift in (1000.0, 2000.0, 0.0))
    source = np.round((join_sides(of_left, of_right, direct) - direct)[:, 0] / 1000).astype(int)
    lateral = neutral_points_mm()[:, 0]
    np.testing.assert_array_equal(source, np.select([lateral > 0, lateral < 0], [1, 2]))
    _, from_left, from_right = np.bincount(source)
    assert from_left == from_right
    assert from_left + from_right > 400
