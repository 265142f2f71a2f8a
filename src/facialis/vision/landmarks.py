"""From pictures to meshes that are the same for a face and its mirror image."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import Array
from facialis.vision.backends.protocol import FaceObservation, LandmarkBackend
from facialis.vision.hemiface import join_sides, side_composites
from facialis.vision.schemas.mp478 import face_points
from facialis.vision.upright import CROP_PX, UprightCrop, mirror_image, mirror_mesh


@dataclass(frozen=True)
class FaceMesh:
    """The readings of one face, all in crop pixels, (478, 3) each."""

    crop: UprightCrop
    direct: Array
    """Mean of the readings of the crop and of its mirror image."""
    hemiface: Array
    """Each side from its own composite; equals `direct` where the composites showed no face."""


def read_meshes(backend: LandmarkBackend, faces: Sequence[tuple[NDArray[np.uint8], FaceObservation]]) -> list[FaceMesh]:
    """Read faces again in level crops, as seen and mirrored, whole and as composites.

    Parameters
    ----------
    backend : LandmarkBackend
        With schema mp478.
    faces : sequence of (image_rgb, observation)
        Pictures and the face first found in each.

    Returns
    -------
    list of FaceMesh
        One per face, in order.
    """
    crops = [UprightCrop.of(image, face_points(seen.points_px)) for image, seen in faces]
    fallbacks = [crop.from_source(seen.points_px) for crop, (_, seen) in zip(crops, faces, strict=True)]
    directs = _mirror_averaged(backend, [crop.image_rgb for crop in crops], fallbacks)
    composites = [side_composites(crop) for crop in crops]
    left = _mirror_averaged(backend, [pair[0] for pair in composites], directs)
    right = _mirror_averaged(backend, [pair[1] for pair in composites], directs)
    return [
        FaceMesh(crop, direct, join_sides(of_left, of_right, direct))
        for crop, direct, of_left, of_right in zip(crops, directs, left, right, strict=True)
    ]


def _mirror_averaged(
    backend: LandmarkBackend, pictures: Sequence[NDArray[np.uint8]], fallbacks: Sequence[Array]
) -> list[Array]:
    """Mean mesh of each picture and its mirror image; the fallback where neither shows a face.

    What a network adds to one side of every picture cancels, and so does part of its noise.
    """
    both = [variant for picture in pictures for variant in (picture, mirror_image(picture))]
    answers = backend.detect_many(both)
    meshes = []
    for number, fallback in enumerate(fallbacks):
        as_seen, mirrored = answers[2 * number], answers[2 * number + 1]
        readings = [seen[0].points_px for seen in (as_seen,) if seen]
        readings += [mirror_mesh(seen[0].points_px, CROP_PX) for seen in (mirrored,) if seen]
        meshes.append(np.mean(readings, axis=0) if readings else fallback)
    return meshes
