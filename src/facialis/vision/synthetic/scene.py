"""What every painter needs: the picture so far, its light, the camera, the patient."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.vision.synthetic.camera import CameraSetting, Projection
from facialis.vision.synthetic.contours import FaceContours
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.painting import Patch, patch_over

Array = NDArray[np.float64]
Image = NDArray[np.floating]

PARTS = ("hair_behind", "hair_before", "lips", "iris", "upper_lashes", "lower_lashes", "brow")
"""Parts with single hairs or grains; each has chances of its own, so that no movement stirs another part."""


@dataclass
class Scene:
    """A picture being painted; `image` changes, the rest does not."""

    image: Image
    """(h, w, 3) linear light."""
    light: Image
    """(h, w, 3) light that falls on the skin."""
    identity: FaceIdentity
    motion: FaceMotion
    camera: CameraSetting
    projection: Projection
    contours: FaceContours

    def chances(self, part: str, side: Side | None = None) -> np.random.Generator:
        """Where single hairs lie: the same in every picture of a person, and mirrored with the person."""
        drawn = side.opposite if side is not None and self.identity.texture_mirrored else side
        of_side = 0 if drawn is None else 1 + list(Side).index(drawn)
        return np.random.default_rng([self.identity.texture_seed, 3, PARTS.index(part), of_side])

    def project(self, points_mm: Array) -> Array:
        """Image points of head points. [px]"""
        return self.projection.project(points_mm)

    def patch(self, points_mm: Array, margin_mm: float, wanted_px_per_mm: float) -> Patch | None:
        """A finer canvas over head points."""
        return patch_over(
            self.project(points_mm),
            margin_mm,
            self.camera.mm_per_px,
            (self.camera.height_px, self.camera.width_px),
            wanted_px_per_mm,
        )
