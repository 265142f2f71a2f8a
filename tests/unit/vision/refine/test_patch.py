"""Patches of both sides are seen alike."""

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.vision.refine.patch import CANTHAL_PX, FacePatch
from tests.factories.faces import Camera, make_face, mirror_points
from tests.factories.rendered import PalsyKind, rendered

pytestmark = pytest.mark.slow

LATERAL, DOWN = np.meshgrid(np.arange(20.0, 180.0, 2.0), np.arange(-60.0, 240.0, 2.0))


@pytest.fixture(scope="module")
def photo():
    return rendered(kind=PalsyKind.FLACCID)


def nothing():
    return np.zeros((8, 8, 3), np.uint8)


@pytest.mark.parametrize("side", Side)
def test_points_go_there_and_back(side):
    patch = FacePatch.of(nothing(), make_face(camera=Camera(px_per_mm=3.0, roll_deg=20.0)), side)
    points = np.random.default_rng(4).uniform(0.0, 900.0, (30, 2))
    np.testing.assert_allclose(patch.to_image(patch.from_image(points)), points, atol=1e-9)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("camera", [Camera(), Camera(px_per_mm=1.3, roll_deg=-14.0)])
def test_outer_canthus_lies_at_half_the_fixed_distance_on_both_sides(side, camera):
    points = make_face(camera=camera)
    patch = FacePatch.of(nothing(), points, side)
    assert patch.from_image(points.side(side).lateral_canthus)[0] == pytest.approx([CANTHAL_PX / 2, 0.0])
    commissure = patch.from_image(points.side(side).commissure)[0]
    assert commissure[0] > 0.0
    assert commissure[1] > 0.0


def test_left_patch_of_a_picture_is_the_right_patch_of_the_mirrored_picture(photo):
    mirror = np.ascontiguousarray(photo.image_rgb[:, ::-1])
    turned = mirror_points(photo.points, photo.image_rgb.shape[1])
    for side in Side:
        here = FacePatch.of(photo.image_rgb, photo.points, side).sample(LATERAL, DOWN)
        there = FacePatch.of(mirror, turned, side.opposite).sample(LATERAL, DOWN)
        np.testing.assert_allclose(here, there, atol=2.0)


def test_a_patch_shows_what_the_picture_has_at_its_points(photo):
    patch = FacePatch.of(photo.image_rgb, photo.points, Side.LEFT)
    iris, cheek = photo.points.left.iris_centre, photo.points.left.iris_centre + [0.0, 60.0]
    for point in (iris, cheek):
        ((lateral, down),) = patch.from_image(point)
        colour = patch.sample(np.array([[lateral]]), np.array([[down]]))[0, 0]
        x, y = np.floor(point).astype(int)
        around = photo.image_rgb[y - 1 : y + 3, x - 1 : x + 3].reshape(-1, 3).astype(float)
        assert (colour >= around.min(axis=0) - 15.0).all()
        assert (colour <= around.max(axis=0) + 15.0).all()
