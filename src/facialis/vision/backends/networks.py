"""What a pair of face networks must be able to do; the search and the geometry around them are shared."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Detection:
    """A face that a detector saw, in fractions of the picture's width and height."""

    score: float
    box: Floats
    """(4,) x, y of the corner, width, height."""
    keypoints: Floats
    """(6, 2); the first two are the patient's RIGHT and LEFT eye of an unmirrored picture."""

    def overlap(self, other: "Detection") -> float:
        """Intersection over union of the two boxes. [0-1]"""
        return box_overlap(self.box, other.box)


@dataclass(frozen=True)
class CropMesh:
    """The mesh in a face crop."""

    points: Floats
    """(478, 3) in pixels of the crop, counted from its edge."""
    presence: float
    """How sure the network is that the crop holds a face. [0-1]"""


class FaceNetworks(Protocol):
    """A face detector and a mesh network, wherever they run."""

    @property
    def crop_size_px(self) -> int:
        """Side of the crops that `read` expects."""
        ...

    def find(self, image_rgb: Image) -> list[Detection]:
        """Faces in a square picture, the most trusted first; the same face may come twice."""
        ...

    def read(self, crops_rgb: NDArray[np.uint8]) -> list[CropMesh]:
        """The mesh in each of (n, size, size, 3) crops."""
        ...


def box_overlap(first: Floats, second: Floats) -> float:
    """Intersection over union of two boxes (x, y, width, height). [0-1]"""
    low = np.maximum(first[:2], second[:2])
    high = np.minimum(first[:2] + first[2:], second[:2] + second[2:])
    shared = float(np.prod(np.clip(high - low, 0, None)))
    union = float(np.prod(first[2:]) + np.prod(second[2:])) - shared
    return shared / union if union > 0 else 0.0
