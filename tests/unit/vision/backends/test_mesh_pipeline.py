"""The search, with networks that see exactly what they are told to see."""

import numpy as np
import pytest

from facialis.vision.backends.mesh_pipeline import observe_faces
from facialis.vision.backends.networks import CropMesh, Detection
from facialis.vision.schemas.mp478_mirror import mirror_order

CROP_PX = 192
SIDE_PX = 600


def symmetric_mesh():
    """(478, 2) an upright oval whose paired points lie opposite each other, about (0, 0), 1 high."""
    rng = np.random.default_rng(3)
    points = rng.uniform(-0.4, 0.4, (478, 2))
    order = mirror_order()
    mirrored = points[order] * [-1, 1]
    points = (points + mirrored) / 2
    points[33], points[263] = [-0.3, -0.1], [0.3, -0.1]
    points[10], points[152] = [0.0, -0.5], [0.0, 0.5]
    return points


class SpotNetworks:
    """Finds red squares: the detector with a clumsy box, the mesh network by their centre and size."""

    crop_size_px = CROP_PX

    def __init__(self, *, smallest=0.15, lean=0.0, presence=0.9, offset=0.05):
        self.smallest, self.lean, self.presence, self.offset = smallest, lean, presence, offset
        self.searches, self.readings = 0, 0

    def find(self, image_rgb):
        self.searches += 1
        spot = self._spot(image_rgb)
        if spot is None or spot[1] / len(image_rgb) < self.smallest:
            return []
        centre, size = spot[0] / len(image_rgb), spot[1] / len(image_rgb)
        box = np.array([*(centre - size / 2 + self.offset * size), size, size])
        eyes = np.array([[centre[0] - 0.1, centre[1]], [centre[0] + 0.1, centre[1]]])
        return [Detection(0.8, box, np.concatenate([eyes, np.tile(centre, (4, 1))]))]

    def read(self, crops_rgb):
        self.readings += len(crops_rgb)
        meshes = []
        for crop in crops_rgb:
            spot = self._spot(crop)
            if spot is None:
                meshes.append(CropMesh(np.full((478, 3), CROP_PX / 2), 0.0))
                continue
            points = symmetric_mesh() * spot[1] + spot[0] + [self.lean, 0.0]
            meshes.append(CropMesh(np.column_stack([points, np.zeros(478)]), self.presence))
        return meshes

    @staticmethod
    def _spot(image):
        red = (image[..., 0] > 150) & (image[..., 2] < 100)
        if red.sum() < 4:
            return None
        rows, columns = np.nonzero(red)
        return np.array([columns.mean() + 0.5, rows.mean() + 0.5]), float(np.sqrt(red.sum()))


def photo_with(*spots, width=SIDE_PX, height=SIDE_PX):
    image = np.full((height, width, 3), 255, np.uint8)
    for x, y, size in spots:
        image[y - size // 2 : y + size // 2, x - size // 2 : x + size // 2] = [200, 0, 0]
    return image


def middle(face):
    return face.points_px[:, :2].min(axis=0) / 2 + face.points_px[:, :2].max(axis=0) / 2


def test_a_clumsy_detection_is_put_right_by_the_mesh():
    (face,) = observe_faces(SpotNetworks(offset=0.2), photo_with((320, 280, 240)))
    np.testing.assert_allclose(middle(face), [319.5, 279.5], atol=1.5)
    assert face.score == pytest.approx(0.9)


def test_a_network_that_leans_to_one_side_is_balanced_by_its_mirror_image():
    photo = photo_with((320, 280, 240))
    (straight,) = observe_faces(SpotNetworks(), photo)
    (leaning,) = observe_faces(SpotNetworks(lean=4.0), photo)
    np.testing.assert_allclose(leaning.points_px, straight.points_px, atol=0.5)
    assert leaning.extras["spread_px"].mean() > straight.extras["spread_px"].mean() + 2


def test_a_far_face_is_found_in_a_part_of_the_picture():
    networks = SpotNetworks(smallest=0.2)
    (face,) = observe_faces(networks, photo_with((130, 450, 60)))
    np.testing.assert_allclose(middle(face), [129.5, 449.5], atol=1.5)
    assert networks.searches > 2


def test_the_search_ends_where_a_face_was_found():
    networks = SpotNetworks()
    observe_faces(networks, photo_with((320, 280, 240)))
    assert networks.searches == 1


def test_a_crop_that_the_mesh_network_does_not_believe_is_no_face():
    assert observe_faces(SpotNetworks(presence=0.4), photo_with((320, 280, 240))) == []


def test_an_empty_picture_has_no_face_and_nothing_is_read():
    networks = SpotNetworks()
    assert observe_faces(networks, photo_with()) == []
    assert networks.readings == 0


@pytest.mark.parametrize("shape", [(1, 1), (31, 4000), (4000, 31)])
def test_a_picture_too_small_for_a_face_is_not_searched(shape):
    networks = SpotNetworks()
    assert observe_faces(networks, np.zeros((*shape, 3), np.uint8)) == []
    assert networks.searches == 0


def test_one_face_seen_twice_is_one():
    class Twice(SpotNetworks):
        def find(self, image_rgb):
            faces = super().find(image_rgb)
            return faces + [Detection(0.7, face.box + [0.4, 0, 0, 0], face.keypoints) for face in faces]

    assert len(observe_faces(Twice(), photo_with((280, 280, 200)))) == 1
