"""From pictures to meshes: the whole face as seen, and each side completed by its mirror image."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import Array
from facialis.vision.backends.detect_each import detect_each
from facialis.vision.backends.protocol import BackendError, FaceObservation, LandmarkBackend
from facialis.vision.hemiface import join_sides, side_composites
from facialis.vision.schemas.mp478 import face_points
from facialis.vision.upright import UprightCrop

Answer = list[FaceObservation] | BackendError


@dataclass(frozen=True)
class FaceMesh:
    """The readings of one face, all in crop pixels, (478, 3) each."""

    crop: UprightCrop
    direct: Array
    """The whole face, as the backend read it."""
    hemiface: Array
    """Each side from its own composite; equals `direct` where the composites showed no face."""


def read_meshes(
    backend: LandmarkBackend, faces: Sequence[tuple[NDArray[np.uint8], FaceObservation]]
) -> list[FaceMesh]:
    """Level each face and read its two composites.

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
    directs = [crop.from_source(seen.points_px) for crop, (_, seen) in zip(crops, faces, strict=True)]
    composites = [composite for crop in crops for composite in side_composites(crop)]
    answers = detect_each(backend, composites)
    return [
        FaceMesh(crop, direct, _joined(answers[2 * number], answers[2 * number + 1], direct))
        for number, (crop, direct) in enumerate(zip(crops, directs, strict=True))
    ]


def _joined(of_left: Answer, of_right: Answer, direct: Array) -> Array:
    """The mesh of both composites; the direct one where a composite is not taken for a face."""
    if isinstance(of_left, BackendError) or isinstance(of_right, BackendError) or not (of_left and of_right):
        return direct
    return join_sides(of_left[0].points_px, of_right[0].points_px, direct)
