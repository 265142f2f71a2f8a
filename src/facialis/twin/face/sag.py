"""How a face hangs where tone is lost and where the fat pads descend."""

from functools import cache

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.mesh import contour_indices
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.twin.face.geometry import contour, free_of_lids, hill, mirrored, right_side, shape_number
from facialis.twin.face.parameters import FaceParameters
from facialis.twin.face.saturation import lost_share
from facialis.twin.soft_tissue import cheek_support

FRONTALIS = FACIAL_MUSCLES.index(Muscle.FRONTALIS)
MID_CHEEK = 205
DOWN, MEDIAL = (0.0, -1.0, 0.0), (1.0, 0.0, 0.0)
"""On the patient's RIGHT, where x is negative."""


class SagFields(eqx.Module):
    """Displacement of every point per mm of sag of a landmark; LEFT, then RIGHT."""

    brow: Float[np.ndarray, "2 478 3"]
    commissure: Float[np.ndarray, "2 478 3"]
    commissure_medial: Float[np.ndarray, "2 478 3"]
    ala: Float[np.ndarray, "2 478 3"]
    cheek: Float[np.ndarray, "2 478 3"]


@cache
def sag_fields() -> SagFields:
    """The fields on the neutral mesh, built once."""
    brow = contour("brow_upper")
    corner = contour("upper_lip_outer")[-1]
    ala = contour_indices()["ala"][0]
    reach = shape_number

    return SagFields(
        brow=_both_sides(np.maximum.reduce([hill(int(i), reach("brow_sag_reach_mm")) for i in brow]), DOWN),
        commissure=_both_sides(hill(int(corner), reach("commissure_sag_reach_mm")), DOWN),
        commissure_medial=_both_sides(hill(int(corner), reach("commissure_sag_reach_mm")), MEDIAL),
        ala=_both_sides(hill(ala, reach("ala_sag_reach_mm")), DOWN),
        cheek=_both_sides(hill(MID_CHEEK, reach("cheek_reach_mm")), DOWN),
    )


def _both_sides(
    weight: Float[np.ndarray, " 478"], direction: tuple[float, float, float]
) -> Float[np.ndarray, "2 478 3"]:
    right = (weight * free_of_lids() * right_side())[:, None] * np.array(direction)
    return np.stack([mirrored(right), right])


def sagging(
    parameters: FaceParameters,
    support: Float[Array, "sides muscles"],
    descent_mm: Float[Array, " sides"],
) -> Float[Array, "478 3"]:
    """Displacement of the whole face by lost tone and descended cheeks. [mm]

    Parameters
    ----------
    support : array     Force of each muscle relative to its healthy tone; 1 holds the tissue up.
    descent_mm : array  Of the fat pads, per side.

    Notes
    -----
    The frontalis holds the brow, the muscles of the cheek hold the corner of the mouth and the ala. Each
    sags by its greatest amount times `lost_share` of its support.
    """
    fields = sag_fields()
    brow = parameters.brow_sag_mm * lost_share(support[:, FRONTALIS])
    lost = lost_share(support @ jnp.asarray(cheek_support()))
    corner = parameters.commissure_sag_mm * lost + parameters.commissure_share_of_descent * descent_mm
    return (
        jnp.einsum("s,svk->vk", brow, fields.brow)
        + jnp.einsum("s,svk->vk", corner, fields.commissure)
        + jnp.einsum("s,svk->vk", parameters.commissure_medial_mm * lost, fields.commissure_medial)
        + jnp.einsum("s,svk->vk", parameters.ala_sag_mm * lost, fields.ala)
        + jnp.einsum("s,svk->vk", descent_mm, fields.cheek)
    )
