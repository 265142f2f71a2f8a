"""The identity of a picture: of its pixels, whatever its file is called."""

import hashlib

import numpy as np
from numpy.typing import NDArray


def image_digest(image_rgb: NDArray[np.uint8]) -> str:
    """sha256 of the shape and the pixels of a picture."""
    digest = hashlib.sha256(repr(image_rgb.shape).encode())
    digest.update(np.ascontiguousarray(image_rgb).data)
    return digest.hexdigest()
