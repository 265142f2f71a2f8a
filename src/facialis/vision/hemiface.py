"""Read each side from a face made of that side and its own mirror image.

A network that believes in symmetric faces is right about a symmetric one. So each half is
completed by its mirror image, and the side is read from its own composite.
"""

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.mesh import neutral_points_mm
from facialis.measurement.points import Array
from facialis.vision.upright import CROP_PX, UprightCrop


def side_composites(crop: UprightCrop) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """LEFT + mirrored LEFT, and RIGHT + mirrored RIGHT, each a picture of the crop's size."""
    image = crop.image_rgb
    mirrored = image[:, ::-1]
    shows_left = np.arange(CROP_PX)[None, :, None] >= CROP_PX / 2
    return np.where(shows_left, image, mirrored), np.where(shows_left, mirrored, image)


def join_sides(left_composite: Array, right_composite: Array, direct: Array) -> Array:
    """(478, 3) mesh whose sides come from their own composites and whose midline from the whole face.

    Parameters
    ----------
    left_composite, right_composite, direct : (478, 3)
        Meshes in crop pixels.
    """
    lateral_mm = neutral_points_mm()[:, :1]
    # The midline of a composite says nothing: it is symmetric by construction.
    return np.where(lateral_mm > 0, left_composite, np.where(lateral_mm < 0, right_composite, direct))
