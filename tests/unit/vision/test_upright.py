"""The level crop: there and back, and the same for the same face however it lies in its picture."""

import cv2
import numpy as np
import pytest

from facialis.vision.moved_points import move_points
from facialis.vision.upright import CROP_PX, OUTER_CANTHAL_PX, UprightCrop, mirror_image
from tests.factories.faces import Camera, make_face, mirror_points
from tests.factories.rendered import rendered

pytestmark = pytest.mark.slow

SAME_PICTURE = 1.0
"""Mean difference of two resamplings of one picture, of 255."""


@pytest.fixture(scope="module")
def photo():
    return rendered()


def similarity(angle_deg, factor, shift):
    angle = np.radians(angle_deg)
    matrix = factor * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.column_stack([matrix, np.asarray(shift, float)])


def moved_photo(photo, transform, size):
    """The picture and its points after a similarity of the plane."""
    image = cv2.warpAffine(
        photo.image_rgb, transform, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    factor = float(np.hypot(*transform[:, 0]))
    return image, move_points(photo.points, lambda xy: xy @ transform[:, :2].T + transform[:, 2], factor)


def difference(one, other):
    inner = slice(CROP_PX // 5, 4 * CROP_PX // 5)
    return float(np.abs(one[inner, inner].astype(float) - other[inner, inner]).mean())


def test_points_go_there_and_back():
    crop = UprightCrop.of(
        np.zeros((40, 40, 3), np.uint8), make_face(camera=Camera(px_per_mm=0.3, roll_deg=17.0))
    )
    points = np.random.default_rng(2).uniform(-100.0, 500.0, (50, 3))
    np.testing.assert_allclose(crop.from_source(crop.to_source(points)), points, atol=1e-9)
    np.testing.assert_allclose(crop.to_source(crop.from_source(points[:, :2])), points[:, :2], atol=1e-9)


def test_depth_is_scaled_like_the_plane():
    crop = UprightCrop.of(np.zeros((40, 40, 3), np.uint8), make_face(camera=Camera(px_per_mm=4.0)))
    factor = crop.source_px_per_crop_px
    step = crop.to_source(np.array([[1.0, 0.0, 1.0]])) - crop.to_source(np.zeros((1, 3)))
    assert step[0] == pytest.approx([factor, 0.0, factor])


def test_eyes_are_level_at_their_place_and_distance(photo):
    points = photo.points
    crop = UprightCrop.of(photo.image_rgb, points)
    right, left = (crop.from_source(side.lateral_canthus[None])[0] for side in (points.right, points.left))
    assert left[1] == pytest.approx(right[1])
    assert left[0] - right[0] == pytest.approx(OUTER_CANTHAL_PX)
    assert (left[0] + right[0]) / 2 == pytest.approx((CROP_PX - 1) / 2)


def test_crop_shows_at_a_point_what_the_source_shows_there(photo):
    crop = UprightCrop.of(photo.image_rgb, photo.points)
    smooth = cv2.GaussianBlur(photo.image_rgb, (0, 0), 2.0)
    for point in (photo.points.left.iris_centre, photo.points.chin, photo.points.right.commissure):
        x, y = np.round(crop.from_source(point[None])[0]).astype(int)
        at = cv2.GaussianBlur(crop.image_rgb, (0, 0), 2.0 / crop.source_px_per_crop_px)[y, x]
        u, v = np.round(point).astype(int)
        assert np.abs(at.astype(float) - smooth[v, u]).max() < 12.0


@pytest.mark.parametrize(("angle", "factor"), [(12.0, 1.0), (-8.0, 1.4), (0.0, 2.0), (25.0, 3.0)])
def test_a_scaled_or_turned_picture_gives_the_same_crop(photo, angle, factor):
    height, width = photo.image_rgb.shape[:2]
    size = (round(1.4 * factor * width), round(1.4 * factor * height))
    centre = np.array([width, height]) / 2
    transform = similarity(angle, factor, (0.0, 0.0))
    transform[:, 2] = np.array(size) / 2 - transform[:, :2] @ centre
    one = UprightCrop.of(photo.image_rgb, photo.points)
    other = UprightCrop.of(*moved_photo(photo, transform, size))
    assert difference(one.image_rgb, other.image_rgb) < SAME_PICTURE
    # The limit can tell: a single pixel of shift is far above it.
    assert difference(one.image_rgb, np.roll(one.image_rgb, 1, axis=1)) > 2 * SAME_PICTURE


def test_a_much_larger_picture_is_averaged_and_not_picked(photo):
    """Noise of single pixels of a large picture must not survive in the crop."""
    factor = 3
    large = cv2.resize(photo.image_rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    noise = np.random.default_rng(3).normal(0.0, 30.0, large.shape)
    noisy = np.clip(large + noise, 0, 255).astype(np.uint8)
    points = move_points(photo.points, lambda xy: (xy + 0.5) * factor - 0.5, float(factor))
    clean, grainy = (UprightCrop.of(image, points).image_rgb for image in (large, noisy))
    assert difference(clean, grainy) < 0.5 * 30.0


def test_crop_of_the_mirrored_picture_is_the_mirrored_crop(photo):
    width = photo.image_rgb.shape[1]
    straight = UprightCrop.of(photo.image_rgb, photo.points)
    turned = UprightCrop.of(mirror_image(photo.image_rgb), mirror_points(photo.points, width))
    found = mirror_image(turned.image_rgb).astype(float)
    assert np.abs(found - straight.image_rgb).max() <= 2.0


def test_mirroring_a_picture_twice_gives_it_back(photo):
    np.testing.assert_array_equal(mirror_image(mirror_image(photo.image_rgb)), photo.image_rgb)
    np.testing.assert_array_equal(mirror_image(photo.image_rgb)[:, 0], photo.image_rgb[:, -1])


def test_what_lies_outside_the_picture_is_its_border():
    image = np.full((60, 60, 3), 90, np.uint8)
    points = make_face(camera=Camera(px_per_mm=0.5, centre_px=(30.0, 25.0)))
    assert (UprightCrop.of(image, points).image_rgb == 90).all()
