"""What every painter needs: the picture so far, its light, the camera, the patient."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.vision.synthetic.camera import CameraSetting, Projection
from facialis.vision.synthetic.contours import FaceContours
from facialis.vision.synthetic.deformation import Deformation
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.painting import Patch, patch_over

Array = NDArray[np.float64]
Image = NDArray[np.floating]


@dataclass
class Scene:
    """A picture being painted; `image` changes, the rest does not."""

    image: Image
    """(h, w, 3) linear light."""
    light: Image
    """(h, w, 3) light that falls on the skin."""
    identity: FaceIdentity
    deformation: Deformation
    camera: CameraSetting
    projection: Projection
    contours: FaceContours

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
