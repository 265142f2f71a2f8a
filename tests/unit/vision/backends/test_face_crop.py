import numpy as np
import pytest

from facialis.vision.backends.face_crop import FaceRegion, PhotoPyramid, region_around

SIZE_PX = 96


def blob_photo(at, *, width=600, height=500, sigma=12.0):
    """A bright spot whose centre is known to a fraction of a pixel."""
    y, x = np.mgrid[:height, :width]
    spot = 255 * np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * sigma**2))
    return np.repeat(np.rint(spot)[..., None], 3, axis=2).astype(np.uint8)


def centre_of_mass(picture):
    weight = picture[..., 0].astype(float)
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    return np.array([(x * weight).sum(), (y * weight).sum()]) / weight.sum()


@pytest.mark.parametrize("side_px", [80.0, 150.0, 333.0, 700.0, 2000.0])
@pytest.mark.parametrize("rotation_rad", [0.0, 0.4, -2.0])
def test_a_point_seen_in_the_crop_is_carried_back_to_where_it_was(side_px, rotation_rad):
    at = np.array([301.3, 240.6])
    scale = max(1.0, side_px / 300)
    region = FaceRegion(at + [9.0, -7.0], side_px, rotation_rad)
    crop = PhotoPyramid(blob_photo(at, sigma=12.0 * scale / 2)).crop(region, SIZE_PX, border=0)
    # The networks count from the edge of the crop, pixels from their centres.
    seen = np.append(centre_of_mass(crop) + 0.5, 0.0)
    back = region.to_image(seen[None], SIZE_PX)[0, :2]
    np.testing.assert_allclose(back, at, atol=0.25 * max(1.0, side_px / SIZE_PX / 4))


def test_depth_is_scaled_like_the_picture():
    region = FaceRegion(np.array([100.0, 100.0]), 2.0 * SIZE_PX, 0.3)
    np.testing.assert_allclose(region.to_image(np.array([[0.0, 0.0, -7.0]]), SIZE_PX)[0, 2], -14.0)


def test_fine_stripes_become_grey_and_do_not_alias():
    stripes = np.zeros((1200, 1200, 3), np.uint8)
    stripes[:, ::2] = 255
    crop = PhotoPyramid(stripes).crop(FaceRegion(np.array([600.0, 600.0]), 1000.0, 0.0), SIZE_PX)
    # Sampled without averaging the stripes would keep their full contrast of 255.
    assert np.ptp(crop.astype(int)) <= 32


@pytest.mark.parametrize("turn", [0.0, 0.3, -0.5, 3.0])
def test_a_tilted_head_gets_the_same_crop_turned(turn):
    points = np.random.default_rng(1).normal(size=(40, 2)) * [80, 110]
    eyes = np.array([[-60.0, -20.0], [60.0, -20.0]])
    cosine, sine = np.cos(turn), np.sin(turn)
    rotation = np.array([[cosine, sine], [-sine, cosine]])
    upright = region_around(points, eyes[0], eyes[1])
    tilted = region_around(points @ rotation, *(eyes @ rotation))
    assert tilted.side_px == pytest.approx(upright.side_px)
    assert tilted.rotation_rad == pytest.approx(turn)
    np.testing.assert_allclose(tilted.centre_px, upright.centre_px @ rotation, atol=1e-9)


def test_a_reduction_is_made_once():
    photo = PhotoPyramid(blob_photo((300, 250)))
    assert photo.reduced(4) is photo.reduced(4)
    assert photo.reduced(4).shape == (125, 150, 3)
