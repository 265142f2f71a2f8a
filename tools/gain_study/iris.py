"""How large a detector reads irises whose size is known."""

from collections.abc import Iterable

import numpy as np
from tools.gain_study.sources import KnownPhoto

from facialis.vision.backends.protocol import LandmarkBackend
from facialis.vision.schemas.mp478 import face_points

MIN_PHOTOS = 10


def iris_gain(backend: LandmarkBackend, photos: Iterable[KnownPhoto]) -> tuple[float, float]:
    """Mean and spread between people of the diameter as read over the true one.

    Parameters
    ----------
    backend : LandmarkBackend
        With schema mp478.
    photos : iterable of KnownPhoto
        One a person; those with a closed eye are passed over.
    """
    ratios = []
    for photo in photos:
        faces = backend.detect(photo.image_rgb) if photo.iris_px is not None else []
        if not faces or photo.iris_px is None:
            continue
        points = face_points(faces[0].points_px)
        read = [side.iris_diameter for side in (points.left, points.right) if side.iris_diameter is not None]
        if len(read) == 2:
            ratios.append(sum(read) / 2 / photo.iris_px)
    if len(ratios) < MIN_PHOTOS:
        raise SystemExit(
            f"Only {len(ratios)} photographs show both irises; {MIN_PHOTOS} are needed. Render more."
        )
    return float(np.mean(ratios)), float(np.std(ratios, ddof=1))
