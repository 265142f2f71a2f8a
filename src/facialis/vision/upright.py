"""A level crop of a face at one size, so that every face is read under the same conditions.

Networks read a face a little differently when it is small, off centre or tilted. Reading it again
in a crop that is level with the eyes and always equally large takes that out, and makes the crop
and its mirror image exact counterparts.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import Array, FacePoints

CROP_PX = 640
OUTER_CANTHAL_PX = 200.0
"""Outer intercanthal distance in the crop; the whole head then fits with some room."""
EYES_FROM_TOP = 0.42


@dataclass(frozen=True)
class UprightCrop:
    """A square picture with the midpoint of the outer canthi on its vertical middle line."""

    image_rgb: NDArray[np.uint8]
    origin: Array
    """(2,) midpoint of the outer canthi in the source picture. [px]"""
    along: Array
    """(2,) unit vector of the source along the eye line, toward the patient's LEFT."""
    source_px_per_crop_px: float

    @classmethod
    def of(cls, image_rgb: NDArray[np.uint8], points: FacePoints) -> "UprightCrop":
        """Cut the crop out of a picture, given rough points of the face in it."""
        right, left = points.right.lateral_canthus, points.left.lateral_canthus
        distance = float(np.linalg.norm(left - right))
        along = (left - right) / distance
        crop = cls(np.empty((0, 0, 3), np.uint8), (left + right) / 2, along, distance / OUTER_CANTHAL_PX)
        rows, columns = np.mgrid[0:CROP_PX, 0:CROP_PX].astype(np.float64)
        source = crop.to_source(np.stack([columns, rows], axis=-1)).astype(np.float32)
        # A much larger source is first reduced: cubic sampling at wide steps would pick up noise.
        reduced, factor = _reduced(image_rgb, crop.source_px_per_crop_px)
        if factor != 1.0:
            source = (source + 0.5) * factor - 0.5
        sampled = cv2.remap(
            reduced, source[..., 0], source[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        return cls(sampled.astype(np.uint8), crop.origin, crop.along, crop.source_px_per_crop_px)

    def to_source(self, points: Array) -> Array:
        """(..., 2 or 3) crop points to pixels of the source; depth is scaled along."""
        centred = points[..., :2] - _crop_origin()
        down = np.array([-self.along[1], self.along[0]])
        xy = self.origin + self.source_px_per_crop_px * (
            centred[..., :1] * self.along + centred[..., 1:] * down
        )
        return np.concatenate([xy, points[..., 2:] * self.source_px_per_crop_px], axis=-1)

    def from_source(self, points: Array) -> Array:
        """(..., 2 or 3) source points to crop pixels."""
        offset = points[..., :2] - self.origin
        down = np.array([-self.along[1], self.along[0]])
        xy = np.stack([offset @ self.along, offset @ down], axis=-1) / self.source_px_per_crop_px
        return np.concatenate([xy + _crop_origin(), points[..., 2:] / self.source_px_per_crop_px], axis=-1)


def _crop_origin() -> Array:
    return np.array([(CROP_PX - 1) / 2, CROP_PX * EYES_FROM_TOP])


def _reduced(image_rgb: NDArray[np.uint8], step: float) -> tuple[NDArray[np.uint8], float]:
    if step <= 1.5:
        return image_rgb, 1.0
    height, width = image_rgb.shape[:2]
    size = (max(1, round(width / step)), max(1, round(height / step)))
    reduced = cv2.resize(image_rgb, size, interpolation=cv2.INTER_AREA)
    return np.asarray(reduced, dtype=np.uint8), size[0] / width


def mirror_image(image_rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture as in a mirror."""
    return np.ascontiguousarray(image_rgb[:, ::-1])
