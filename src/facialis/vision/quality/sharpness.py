"""How sharp a face is, whatever its size in the picture and the strength of its light."""

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import FacePoints
from facialis.vision.quality.geometry import eye_frame

NORMAL_CANTHI_PX = 160.0
"""Every face is brought to this outer canthal distance before its edges are judged."""

STRIP_WIDTH, STRIP_HEIGHT, STRIP_ABOVE = 1.3, 0.5, 0.275
"""The eyes and brows, in outer canthal distances: the finest edges of every face lie here."""

CONTRAST_WINDOW_PX = 15
"""Neighbourhood in which the darkest and brightest pixel give the contrast of an edge."""

NOISE_SIGMA_PX = 0.8
"""Smoothing that takes sensor noise out; noise must never pass for sharpness."""

CONTRAST_MIN = 12.0
"""Grey levels; flatter places carry noise only."""

EDGE_SHARE_PERCENTILE, STEEP_PERCENTILE = 60.0, 95.0
"""Judged are the two fifths with most contrast, and of those the steepest twentieth."""


def sharpness(image_rgb: NDArray[np.uint8], points: FacePoints) -> float:
    """Steepness of the steepest edges around the eyes.

    Parameters
    ----------
    image_rgb : (h, w, 3)   The picture.
    points : FacePoints     Named points in it. [px]

    Returns
    -------
    float                   Share of the local contrast per normalised pixel: about 0.2 for a sharp face,
                            under 0.13 when its edges are wider than 1.6 mm.
    """
    strip = cv2.GaussianBlur(_eye_strip(image_rgb, points), (0, 0), NOISE_SIGMA_PX)
    # Sobel's kernel weighs eight neighbours; divided by them it is a slope per pixel.
    slope = np.hypot(cv2.Sobel(strip, cv2.CV_32F, 1, 0), cv2.Sobel(strip, cv2.CV_32F, 0, 1)) / 8.0
    window = np.ones((CONTRAST_WINDOW_PX, CONTRAST_WINDOW_PX), np.uint8)
    contrast = cv2.dilate(strip, window) - cv2.erode(strip, window)
    judged = contrast >= max(float(np.percentile(contrast, EDGE_SHARE_PERCENTILE)), CONTRAST_MIN)
    if not judged.any():
        return 0.0
    return float(np.percentile(slope[judged] / contrast[judged], STEEP_PERCENTILE))


def _eye_strip(image_rgb: NDArray[np.uint8], points: FacePoints) -> NDArray[np.float32]:
    """The eyes, upright and at normal size, in grey."""
    origin, across, length = eye_frame(points)
    factor = NORMAL_CANTHI_PX / max(length, 1e-9)
    width, height = int(STRIP_WIDTH * NORMAL_CANTHI_PX), int(STRIP_HEIGHT * NORMAL_CANTHI_PX)
    # Only the neighbourhood is smoothed: twelve megapixels would cost more than the whole gate.
    reach = int(length) + 8
    x, y = (int(value) for value in origin)
    top, left = max(0, y - reach), max(0, x - reach)
    near = image_rgb[top : max(y + reach, top + 1), left : max(x + reach, left + 1)]
    if near.size == 0:
        return np.zeros((height, width), np.float32)
    grey = cv2.cvtColor(near, cv2.COLOR_RGB2GRAY)
    if factor < 1.0:
        grey = cv2.GaussianBlur(grey, (0, 0), 0.5 / factor)
    turn = factor * np.array([[across[0], across[1]], [-across[1], across[0]]])
    shift = np.array([width / 2.0, STRIP_ABOVE * NORMAL_CANTHI_PX]) - turn @ (origin - np.array([left, top]))
    matrix = np.column_stack([turn, shift])
    strip = cv2.warpAffine(
        grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(strip, dtype=np.float32)
