"""How a deformation carries the skin: smooth fields around the points that muscles move."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side, lateral_sign
from facialis.vision.synthetic.deformation import Deformation, SideDeformation
from facialis.vision.synthetic.identity import FaceIdentity, SideTraits
from facialis.vision.synthetic.shape import bump, smoothstep

Array = NDArray[np.float64]

MIDLINE_BLEND_MM = 9.0
"""Half width of the zone in which the two sides of a lip share a movement."""
UPPER_SHARE_OF_OPENING = 0.35
LIP_SEAM_ZONE_MM = 3.0
"""Half height of the zone at the seam in which skin passes from one lip's movement to the other's."""
CORNER_SHARE_OF_JAW = 0.3
"""Of the jaw's way down, the share that the corners of the mouth follow."""


@dataclass(frozen=True)
class Landmarks:
    """Places of one identity's neutral face that the fields are hung on, lateral and up. [mm]"""

    commissure: Array
    ala: Array
    brow_lateral: Array
    brow_y: Array
    seam_y: float


def lopsided_exp(distance: Array, below_mm: float, above_mm: float) -> Array:
    """A hill whose flanks differ: falls to 1/e at ``below_mm`` on one side and ``above_mm`` on the other."""
    return np.asarray(np.exp(-((distance / np.where(distance < 0.0, below_mm, above_mm)) ** 2)))


def _side_field(
    lateral: Array, y: Array, upper: Array, marks: Landmarks, move: SideDeformation, traits: SideTraits
) -> tuple[Array, Array, Array]:
    """Displacement (lateral, up, forward) that one side's movement gives to every point."""
    dx, dy = lateral - marks.commissure[0], y - marks.commissure[1]
    corner = lopsided_exp(dx, 18.0, 30.0) * lopsided_exp(dy, 24.0, 27.0)
    up = (move.commissure_up_mm + traits.commissure_up_mm) * corner
    out = (move.commissure_lateral_mm + traits.commissure_lateral_mm - move.pucker_mm) * corner
    forward = -0.25 * np.maximum(move.commissure_lateral_mm, 0.0) * bump(dx, dy, 14.0, 14.0)

    cheek = bump(lateral - 40.0, y + 38.0, 19.0, 15.0)
    up = up + move.cheek_up_mm * cheek
    forward = forward + 0.6 * move.cheek_up_mm * cheek

    brow_y = np.interp(lateral, marks.brow_lateral, marks.brow_y)
    along = smoothstep(lateral, -6.0, 14.0) * (1.0 - smoothstep(lateral, 60.0, 74.0))
    brow = along * lopsided_exp(
        np.minimum(y - brow_y + 4.0, 0.0) + np.maximum(y - brow_y - 6.0, 0.0), 8.0, 26.0
    )
    up = up + (move.brow_up_mm + traits.brow_up_mm) * brow

    wing = bump(lateral - marks.ala[0], y - marks.ala[1], 9.0, 9.0)
    up = up + move.snarl_mm * wing
    out = out + 0.25 * move.snarl_mm * wing

    half = smoothstep(lateral, -MIDLINE_BLEND_MM, MIDLINE_BLEND_MM)
    free = half * np.clip(1.0 - (lateral / marks.commissure[0]) ** 2, 0.0, None)
    above = np.exp(-((np.maximum(y - marks.seam_y - 8.0, 0.0) / 14.0) ** 2))
    below = np.exp(-((np.maximum(marks.seam_y - 10.0 - y, 0.0) / 16.0) ** 2))
    up = up + (move.upper_lip_up_mm + 0.6 * move.snarl_mm) * free * above * upper
    up = up - move.lower_lip_down_mm * free * below * (1.0 - upper)

    mouth = half * bump(lateral, y - marks.seam_y, 26.0, 16.0)
    forward = forward + 0.5 * move.pucker_mm * mouth
    up = up + 0.055 * move.pucker_mm * (y - marks.seam_y) * mouth
    return out, up, forward


def upper_share(y: Array, marks: Landmarks) -> Array:
    """How far skin at a height of the neutral face follows the upper lip (1) or the lower one (0)."""
    return smoothstep(y - marks.seam_y, -LIP_SEAM_ZONE_MM, LIP_SEAM_ZONE_MM)


def displace(
    points: Array,
    upper: Array,
    marks: Landmarks,
    identity: FaceIdentity,
    deformation: Deformation,
) -> Array:
    """Move points of the neutral face as the deformation and the natural asymmetry do.

    Parameters
    ----------
    points : (n, 3)    Points of the identity's neutral face. [mm]
    upper : (n,)       1 for what belongs to the upper lip and above, 0 for the lower lip and below.

    Returns
    -------
    (n, 3)             Moved points. [mm]
    """
    x, y = points[:, 0], points[:, 1]
    moved = points.copy()
    for side in Side:
        sign = lateral_sign(side)
        out, up, forward = _side_field(sign * x, y, upper, marks, deformation.side(side), identity.side(side))
        moved += np.stack([sign * out, up, forward], axis=1)

    across = np.abs(x) / marks.commissure[0]
    lips = np.sqrt(np.clip(1.0 - across**2, 0.0, None))
    depth = smoothstep(marks.seam_y - y, 4.0, 26.0)
    reach = np.exp(-((x / 58.0) ** 4)) * smoothstep(marks.seam_y - y, -30.0, 14.0)
    above = np.exp(-((np.maximum(y - marks.seam_y - 8.0, 0.0) / 12.0) ** 2))
    corner = bump(across - 1.0, y - marks.seam_y, 0.8, 16.0) * (1.0 - depth)
    at_lip = np.maximum(lips, CORNER_SHARE_OF_JAW * corner)
    jaw = at_lip * (1.0 - upper) * (1.0 - depth) + depth * reach
    jaw = jaw + CORNER_SHARE_OF_JAW * corner * upper
    opening = deformation.lip_opening_mm * lips
    moved[:, 1] += UPPER_SHARE_OF_OPENING * opening * above * upper
    below = np.exp(-((np.maximum(marks.seam_y - 10.0 - y, 0.0) / 14.0) ** 2))
    moved[:, 1] -= (1.0 - UPPER_SHARE_OF_OPENING) * opening * below * (1.0 - upper)
    moved[:, 1] -= deformation.jaw_opening_mm * jaw
    moved[:, 0] += deformation.philtrum_shift_mm * bump(x, y - (marks.seam_y + 12.0), 18.0, 13.0)
    moved[:, 0] += deformation.nasal_shift_mm * bump(x, y + 44.0, 18.0, 16.0)
    moved[:, 0] += deformation.chin_shift_mm * bump(x, y - (marks.seam_y - 40.0), 30.0, 24.0)
    return moved
