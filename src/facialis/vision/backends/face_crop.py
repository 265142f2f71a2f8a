"""The square around a face that a mesh network looks at, and the way there and back.

Image coordinates follow `measurement.points`: the centre of the top-left pixel is (0, 0).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]

MARGIN = 1.5
"""Side of the crop over the long side of the face box: what the public mesh networks were trained with."""
FINEST_OVERSAMPLING = 2
"""Crops are drawn up to so many times finer than the network needs and averaged down: a reduced
picture that is sampled more coarsely would alias lashes and lip edges into the network's input."""


@dataclass(frozen=True)
class FaceRegion:
    """A rotated square in the image. [px]"""

    centre_px: Floats
    """(2,) x, y."""
    side_px: float
    rotation_rad: float
    """Angle of the eye line; positive when the eye on the right of the picture is lower."""

    def axes(self) -> Floats:
        """(2, 2) rotation from region axes to image axes."""
        cosine, sine = np.cos(self.rotation_rad), np.sin(self.rotation_rad)
        return np.array([[cosine, -sine], [sine, cosine]])

    def to_image(self, points: Floats, crop_size_px: int) -> Floats:
        """Carry mesh points (n, 3) of a crop over to image pixels.

        The networks count from the edge of the crop, so its middle lies at half its size; depth is
        scaled alike. MediaPipe's own graphs sample the crop without that half pixel, and so report
        every point half a crop pixel too far right and down (1 px for a face of 320 px): ours do not.
        """
        scale = self.side_px / crop_size_px
        centred = (points - [crop_size_px / 2, crop_size_px / 2, 0.0]) * scale
        return np.column_stack([centred[:, :2] @ self.axes().T + self.centre_px, centred[:, 2]])

    def distance_from(self, other: "FaceRegion") -> float:
        """How far the centre has moved, or the side has changed, over the side."""
        shift_px = float(np.linalg.norm(self.centre_px - other.centre_px))
        return max(shift_px, abs(self.side_px - other.side_px)) / self.side_px

    def moved(self, *, shift: Sequence[float], scale: float, turn_rad: float) -> "FaceRegion":
        """A slightly different look at the same face; the shift is in sides of the square."""
        centre = self.centre_px + self.axes() @ np.asarray(shift, float) * self.side_px
        return FaceRegion(centre, self.side_px * scale, self.rotation_rad + turn_rad)


def region_around(points_px: Floats, eye_line_from: Floats, eye_line_to: Floats) -> FaceRegion:
    """The square around points (n, 2), turned with the line from one eye to the other.

    The box is taken along the turned axes, so that a tilted head gets the same crop as an upright one.
    """
    across, down = eye_line_to - eye_line_from
    rotation_rad = float(np.arctan2(down, across))
    axes = FaceRegion(np.zeros(2), 1.0, rotation_rad).axes()
    turned = points_px @ axes
    low, high = turned.min(axis=0), turned.max(axis=0)
    return FaceRegion(axes @ ((low + high) / 2), float((high - low).max()) * MARGIN, rotation_rad)


class PhotoPyramid:
    """A photograph and its reductions to a half, a quarter, ..., each made once when it is asked for."""

    def __init__(self, image_rgb: Image) -> None:
        self._levels: dict[int, Image] = {1: image_rgb}

    def reduced(self, factor: int) -> Image:
        """The photograph with ``factor`` x ``factor`` pixels averaged into one; a power of two.

        What remains at the right and lower edge is cut off, so (0, 0) of each level stays in place.
        """
        if factor not in self._levels:
            finer = self.reduced(factor // 2)
            height, width = finer.shape[0] // 2, finer.shape[1] // 2
            cut = finer[: height * 2, : width * 2]
            self._levels[factor] = _uint8(cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA))
        return self._levels[factor]

    def crop(self, region: FaceRegion, size_px: int, border: int = cv2.BORDER_REPLICATE) -> Image:
        """Draw ``region`` as an upright square picture of ``size_px`` without aliasing."""
        largest_factor = max(1, min(self._levels[1].shape[:2]))
        wanted = np.clip(region.side_px / (size_px * FINEST_OVERSAMPLING), 1, largest_factor)
        factor = 2 ** int(np.log2(wanted))
        source = self.reduced(factor)
        finer = int(np.clip(np.ceil(region.side_px / factor / size_px), 1, FINEST_OVERSAMPLING))
        drawn_px = size_px * finer
        step = region.axes() * (region.side_px / factor / drawn_px)
        centre = (region.centre_px + 0.5) / factor - 0.5
        matrix = np.column_stack([step, centre - step @ np.full(2, (drawn_px - 1) / 2)])
        drawn = cv2.warpAffine(
            source,
            matrix,
            (drawn_px, drawn_px),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=border,
        )
        return _uint8(cv2.resize(drawn, (size_px, size_px), interpolation=cv2.INTER_AREA))


def _uint8(picture: object) -> Image:
    return np.ascontiguousarray(picture, dtype=np.uint8)
