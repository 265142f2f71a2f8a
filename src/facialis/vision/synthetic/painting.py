"""Paint smooth-edged shapes on a picture in linear light."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Image = NDArray[np.floating]
Mask = NDArray[np.floating]

SUBPIXEL_BITS = 5
DISPLAY_GAMMA = 2.2


def linear(colour: Sequence[float] | Array) -> NDArray[np.float32]:
    """A displayed colour (0-255) in linear light (0-1)."""
    return np.asarray((np.asarray(colour, dtype=np.float64) / 255.0) ** DISPLAY_GAMMA, dtype=np.float32)


def fixed_point(points: Array) -> NDArray[np.int32]:
    """Pixel coordinates for OpenCV's drawing functions, with sub-pixel bits."""
    return np.round(np.asarray(points) * (1 << SUBPIXEL_BITS)).astype(np.int32)


@dataclass
class Patch:
    """A finer canvas over a part of the picture: `fineness` pixels for each pixel of the picture."""

    x0: int
    y0: int
    width: int
    height: int
    fineness: int
    px_per_mm: float
    """Of this canvas."""

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the canvas."""
        return self.height * self.fineness, self.width * self.fineness

    def local(self, points_px: Array) -> Array:
        """Picture coordinates on this canvas."""
        return (points_px - [self.x0, self.y0] + 0.5) * self.fineness - 0.5

    def polygon(self, points_px: Array) -> Mask:
        """Coverage (0-1) of a filled outline given in picture coordinates."""
        canvas = np.zeros(self.size, dtype=np.uint8)
        cv2.fillPoly(canvas, [fixed_point(self.local(points_px))], 255, cv2.LINE_AA, SUBPIXEL_BITS)
        return canvas.astype(np.float32) / 255.0

    def stroke(self, points_px: Array, thickness_mm: float) -> Mask:
        """Coverage of a line of even thickness."""
        canvas = np.zeros(self.size, dtype=np.uint8)
        thickness = max(1, round(thickness_mm * self.px_per_mm))
        cv2.polylines(
            canvas, [fixed_point(self.local(points_px))], False, 255, thickness, cv2.LINE_AA, SUBPIXEL_BITS
        )
        return canvas.astype(np.float32) / 255.0

    def polygons(self, outlines_px: Array) -> Mask:
        """Coverage of many outlines (n, points, 2) that do not overlap."""
        canvas = np.zeros(self.size, dtype=np.uint8)
        cv2.fillPoly(canvas, list(fixed_point(self.local(outlines_px))), 255, cv2.LINE_AA, SUBPIXEL_BITS)
        return canvas.astype(np.float32) / 255.0

    def hairs(self, strands_px: Array, thickness_mm: float) -> Mask:
        """Coverage of many fine curves. (n, points, 2)"""
        canvas = np.zeros(self.size, dtype=np.uint8)
        thickness = max(1, round(thickness_mm * self.px_per_mm))
        lines = list(fixed_point(self.local(strands_px)))
        cv2.polylines(canvas, lines, False, 255, thickness, cv2.LINE_AA, SUBPIXEL_BITS)
        fade = min(1.0, thickness_mm * self.px_per_mm)
        return canvas.astype(np.float32) * (fade / 255.0)

    def soften(self, mask: Mask, radius_mm: float) -> Mask:
        """Blur by a Gaussian of the given standard deviation."""
        sigma = radius_mm * self.px_per_mm
        if sigma < 0.3:
            return mask
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma), dtype=np.float32)

    def cut(self, image: Image) -> Image:
        """The picture under this canvas, enlarged to it."""
        part = image[self.y0 : self.y0 + self.height, self.x0 : self.x0 + self.width]
        height, width = self.size
        return np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)

    def paste(self, image: Image, canvas: Image, coverage: Mask) -> None:
        """Lay the canvas over the picture where it covers; changes `image`."""
        both = np.dstack([canvas * coverage[..., None], coverage])
        small = cv2.resize(both, (self.width, self.height), interpolation=cv2.INTER_AREA)
        part = image[self.y0 : self.y0 + self.height, self.x0 : self.x0 + self.width]
        part *= 1.0 - small[..., 3:]
        part += small[..., :3]


def patch_over(
    points_px: Array, margin_mm: float, mm_per_px: float, size: tuple[int, int], wanted_px_per_mm: float
) -> Patch | None:
    """A canvas over the points and a margin, fine enough; None when it lies outside the picture."""
    height, width = size
    margin = margin_mm / mm_per_px
    x0, y0 = np.floor(points_px.min(axis=0) - margin).astype(int)
    x1, y1 = np.ceil(points_px.max(axis=0) + margin).astype(int)
    x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return None
    fineness = int(np.clip(round(wanted_px_per_mm * mm_per_px), 1, 5))
    return Patch(int(x0), int(y0), int(x1 - x0), int(y1 - y0), fineness, fineness / mm_per_px)


def over(below: Image, colour: Image, coverage: Mask) -> Image:
    """Lay a colour (or picture) over a picture."""
    return below + (colour - below) * coverage[..., None]


def covered_part(coverage: Mask) -> tuple[slice, slice]:
    """Rows and columns outside which nothing is covered."""
    rows, columns = (np.flatnonzero(coverage.max(axis=axis) > 0.0) for axis in (1, 0))
    if rows.size == 0:
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def lay(image: Image, colour: Image, coverage: Mask) -> None:
    """Lay a picture of the same size over ``image``, which changes, where it covers."""
    part = covered_part(coverage)
    image[part] += (colour[part] - image[part]) * coverage[part][..., None]
