"""Upright samples of a face: every edge search sees the two sides alike.

A patch is sampled in a frame that is level with the outer canthi and scaled so that their
distance is always `CANTHAL_PX`. Lateral positions are counted away from the midline on both
sides, so one piece of code reads LEFT and RIGHT and cannot prefer one.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side, lateral_sign
from facialis.measurement.points import Array, FacePoints

CANTHAL_PX = 300.0
"""Outer intercanthal distance in the patch: about 0.3 mm a pixel on an adult."""


@dataclass(frozen=True)
class FacePatch:
    """An image seen in the frame of one side of a face."""

    image_rgb: NDArray[np.uint8]
    origin: Array
    """(2,) midpoint of the outer canthi in the image. [px]"""
    along: Array
    """(2,) unit vector of the image along the eye line, toward lateral on this side."""
    down: Array
    """(2,) unit vector of the image downward, perpendicular to the eye line."""
    image_px_per_patch_px: float

    @classmethod
    def of(cls, image_rgb: NDArray[np.uint8], points: FacePoints, side: Side) -> "FacePatch":
        """The patch of the patient's ``side``."""
        right, left = points.right.lateral_canthus, points.left.lateral_canthus
        distance = float(np.linalg.norm(left - right))
        to_left = (left - right) / distance
        return cls(
            image_rgb=image_rgb,
            origin=(left + right) / 2,
            along=to_left * lateral_sign(side),
            down=np.array([-to_left[1], to_left[0]]),
            image_px_per_patch_px=distance / CANTHAL_PX,
        )

    def from_image(self, points_px: Array) -> Array:
        """(n, 2) image points as (lateral, down) in patch pixels."""
        offset = np.atleast_2d(points_px) - self.origin
        return np.stack([offset @ self.along, offset @ self.down], axis=-1) / self.image_px_per_patch_px

    def to_image(self, points: Array) -> Array:
        """(n, 2) patch points (lateral, down) as image pixels."""
        lateral, down = points[..., :1], points[..., 1:]
        offset = lateral * self.along + down * self.down
        moved: Array = self.origin + offset * self.image_px_per_patch_px
        return moved

    def sample(self, lateral: Array, down: Array) -> NDArray[np.float32]:
        """(h, w, 3) colours at the given patch positions, each (h, w)."""
        scale = self.image_px_per_patch_px
        x = self.origin[0] + scale * (lateral * self.along[0] + down * self.down[0])
        y = self.origin[1] + scale * (lateral * self.along[1] + down * self.down[1])
        sampled = cv2.remap(
            self.image_rgb,
            x.astype(np.float32),
            y.astype(np.float32),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return sampled.astype(np.float32)
