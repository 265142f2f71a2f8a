"""Proportions: from the neutral mesh to the neutral face of one identity."""

import numpy as np
from numpy.typing import NDArray

from facialis.vision.synthetic.identity import FaceIdentity

Array = NDArray[np.float64]

EYE_X_MM = 29.7
"""Lateral place of the pupils on the neutral mesh."""
MOUTH_Y_MM = -71.0
"""Height of the lip seam on the neutral mesh."""
NOSE_TIP_MM = np.array([0.0, -38.0])
CHEEK_MM = np.array([46.0, -42.0])


def smoothstep(x: Array, low: float, high: float) -> Array:
    """0 below ``low``, 1 above ``high``, smooth between."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def bump(dx: Array, dy: Array, width_mm: float, height_mm: float) -> Array:
    """A Gaussian hill of height 1; ``width_mm`` and ``height_mm`` are where it has fallen to 1/e."""
    return np.asarray(np.exp(-((dx / width_mm) ** 2) - (dy / height_mm) ** 2))


def shape_face(points: Array, identity: FaceIdentity) -> Array:
    """Give neutral points the proportions of an identity; symmetric by construction.

    Parameters
    ----------
    points : (n, 3)    Points on the neutral head. [mm]

    Returns
    -------
    (n, 3)             The same points on this person's head. [mm]
    """
    x, y, z = points[:, 0], points[:, 1], points[:, 2]
    lateral = np.abs(x)
    mouth = bump(x, y - MOUTH_Y_MM, 40.0, 16.0)
    nose = bump(x, y + 42.0, 17.0, 14.0)
    jaw = smoothstep(-y, 45.0, 95.0)
    outer = smoothstep(lateral, 40.0, 62.0)
    width = 1.0 + (identity.face_width - 1.0) * outer + (identity.jaw_width - 1.0) * jaw * (1.0 - mouth)
    width += (identity.mouth_width - 1.0) * mouth + (identity.nose_width - 1.0) * nose
    below = np.minimum(y + 50.0, 0.0)
    z_new = z + (identity.nose_projection - 1.0) * 16.0 * bump(x, y - NOSE_TIP_MM[1], 13.0, 14.0)
    cheek = bump(lateral - CHEEK_MM[0], y - CHEEK_MM[1], 18.0, 20.0)
    z_new += 3.0 * identity.cheek_fullness * cheek
    x_new = x * width + np.sign(x) * 2.0 * identity.cheek_fullness * cheek
    y_new = y + below * (identity.lower_face_length - 1.0)
    return np.stack([x_new, y_new, z_new], axis=1)
