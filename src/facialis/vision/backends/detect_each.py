"""Many pictures, of which some may make a backend fail."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from facialis.vision.backends.protocol import BackendError, FaceObservation, LandmarkBackend


def detect_each(
    backend: LandmarkBackend, images_rgb: Sequence[NDArray[np.uint8]]
) -> list[list[FaceObservation] | BackendError]:
    """`detect_many`, with the error of a picture in its place instead of none of the answers.

    Only when the whole set fails are the pictures tried one at a time; so a picture that made a
    worker fail by chance gets its second attempt.
    """
    try:
        return list(backend.detect_many(images_rgb))
    except BackendError:
        return [_detect(backend, image) for image in images_rgb]


def _detect(backend: LandmarkBackend, image_rgb: NDArray[np.uint8]) -> list[FaceObservation] | BackendError:
    try:
        return backend.detect(image_rgb)
    except BackendError as error:
        return error
