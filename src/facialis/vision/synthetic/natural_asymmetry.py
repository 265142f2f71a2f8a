"""The small asymmetry that every face has at rest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side, lateral_sign
from facialis.vision.synthetic.identity import FaceIdentity, SideTraits
from facialis.vision.synthetic.shape import smoothstep

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Landmarks:
    """Places of one identity's neutral face that the asymmetry is hung on, lateral and up. [mm]"""

    commissure: Array
    brow_lateral: Array
    brow_y: Array
    seam_y: float


def lopsided_exp(distance: Array, below_mm: float, above_mm: float) -> Array:
    """A hill whose flanks differ: falls to 1/e at ``below_mm`` on one side and ``above_mm`` on the other."""
    return np.asarray(np.exp(-((distance / np.where(distance < 0.0, below_mm, above_mm)) ** 2)))


def natural_shift(points: Array, marks: Landmarks, identity: FaceIdentity) -> Array:
    """Displacement that an identity's own asymmetry gives to points of its neutral face.

    Parameters
    ----------
    points : (n, 3)    Points of the identity's neutral face. [mm]

    Returns
    -------
    (n, 3)             [mm]
    """
    shift = np.zeros(points.shape)
    for side in Side:
        sign = lateral_sign(side)
        out, up = _side_shift(sign * points[:, 0], points[:, 1], marks, identity.side(side))
        shift[:, 0] += sign * out
        shift[:, 1] += up
    return shift


def _side_shift(lateral: Array, y: Array, marks: Landmarks, traits: SideTraits) -> tuple[Array, Array]:
    dx, dy = lateral - marks.commissure[0], y - marks.commissure[1]
    corner = lopsided_exp(dx, 18.0, 30.0) * lopsided_exp(dy, 24.0, 27.0)
    brow_y = np.interp(lateral, marks.brow_lateral, marks.brow_y)
    along = smoothstep(lateral, -6.0, 14.0) * (1.0 - smoothstep(lateral, 60.0, 74.0))
    off = np.minimum(y - brow_y + 4.0, 0.0) + np.maximum(y - brow_y - 6.0, 0.0)
    brow = along * lopsided_exp(off, 8.0, 26.0)
    return traits.commissure_lateral_mm * corner, (
        traits.commissure_up_mm * corner + traits.brow_up_mm * brow
    )
