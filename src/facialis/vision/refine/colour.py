"""Colour of skin and of what is not skin, whatever the light and the complexion.

Light falls off across a face, so brightness says little. The ratios of the channels stay the
same under more or less of the same light; they carry most of the weight here.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import Array

SMOOTHING_PX = 0.8
"""Sensor noise is averaged over about two patch pixels."""
DARK_OFFSET = 6.0
"""Added before taking ratios (of 255), so that noise in near-black pixels is not taken for colour."""
BRIGHTNESS_WEIGHT = 0.15
KEPT_SHARE = 0.8
"""Share of a sample that a class is fitted to; the rest may belong to something else."""


def shading_free_features(colours: NDArray[np.float32]) -> Array:
    """(h, w, 3) RGB to (h, w, 3): weak log brightness, log red/green, log green/blue (times ten)."""
    smooth = cv2.GaussianBlur(colours, (0, 0), SMOOTHING_PX) + DARK_OFFSET
    red, green, blue = (np.log(np.maximum(smooth[..., channel], 2.0)) for channel in range(3))
    return 10 * np.stack(
        [BRIGHTNESS_WEIGHT * (red + green + blue) / 3, red - green, green - blue], axis=-1, dtype=np.float64
    )


@dataclass(frozen=True)
class ColourClass:
    """A robust normal distribution of features."""

    mean: Array
    covariance: Array

    @classmethod
    def fit(cls, features: Array, floor_variance: tuple[float, float, float]) -> "ColourClass":
        """Fit to (n, 3) features, leaving out the fifth that lies farthest off.

        ``floor_variance`` keeps a flat region from claiming that every other shade is foreign.
        """
        deviation = features - np.median(features, axis=0)
        spread = np.median(np.abs(deviation), axis=0) + 1e-6
        distance = np.square(deviation / spread).sum(axis=1)
        kept = features[np.argsort(distance)[: max(4, int(KEPT_SHARE * len(features)))]]
        return cls(kept.mean(axis=0), np.cov(kept.T) + np.diag(floor_variance))

    def squared_distance(self, features: Array) -> Array:
        """Squared Mahalanobis distance of (..., 3) features."""
        offset = features - self.mean
        distance: Array = np.einsum("...i,ij,...j", offset, np.linalg.inv(self.covariance), offset)
        return distance

    def log_density(self, features: Array) -> Array:
        """Log density of (..., 3) features, up to a constant common to all classes."""
        return -0.5 * self.squared_distance(features) - 0.5 * float(np.linalg.slogdet(self.covariance)[1])


def separation(one: ColourClass, other: ColourClass) -> float:
    """How many standard deviations lie between two classes (d-prime)."""
    offset = one.mean - other.mean
    pooled = np.linalg.inv((one.covariance + other.covariance) / 2)
    return float(np.sqrt(offset @ pooled @ offset))
