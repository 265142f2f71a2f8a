"""Lips: one ring over the midline, sealed by the orbicularis oris, never through each other."""

from functools import cache

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.twin.face.fields import displacement_fields
from facialis.twin.face.geometry import (
    contour,
    free_of_lids,
    lower_seam,
    right_side,
    shape_number,
)
from facialis.twin.face.parameters import FaceParameters
from facialis.twin.face.saturation import closing_share

RING = np.array(
    [
        FACIAL_MUSCLES.index(Muscle.ORBICULARIS_ORIS_SUPERIOR),
        FACIAL_MUSCLES.index(Muscle.ORBICULARIS_ORIS_INFERIOR),
    ]
)
SIDEWAYS = np.array([1.0, 0.0, 0.0])
PRESSED_MM = 0.1
"""Lips that press on each other overlap by less than this: the skin gives."""


class LipGeometry(eqx.Module):
    """The seam from the RIGHT corner to the LEFT one, and what follows the midline."""

    upper: Int[np.ndarray, " seam"]
    lower: Int[np.ndarray, " seam"]
    at_upper: Float[np.ndarray, "seam 478"]
    """1 where a place of the seam is a point of the mesh."""
    at_lower: Float[np.ndarray, "seam 478"]
    left_share: Float[np.ndarray, " seam"]
    """How far a place of the seam obeys the LEFT half of the ring."""
    corners: Int[np.ndarray, "2"]
    """Commissures, LEFT and RIGHT."""
    ring_at_corner: Float[np.ndarray, "sides ring"]
    """Shift of its commissure along x by each half of the ring. [mm]"""
    midline: Float[np.ndarray, " 478"]
    """How far a point follows the shift of the philtrum."""


@cache
def lip_geometry() -> LipGeometry:
    """What the lips need of the neutral mesh, built once."""
    partner, points = mirror_partner(), neutral_points_mm()
    halves = [contour("lip_seam")[:-1], lower_seam()[:-1]]
    upper, lower = (np.concatenate([half[::-1], partner[half[1:]]]) for half in halves)
    corner = contour("upper_lip_outer")[-1]
    height = points[contour("upper_lip_outer")[0], 1]
    midline = np.exp(
        -((points[:, 0] / shape_number("philtrum_width_mm")) ** 2)
        - ((points[:, 1] - height) / shape_number("philtrum_height_mm")) ** 2
    )
    corners = np.array([partner[corner], corner])
    return LipGeometry(
        upper=upper,
        lower=lower,
        at_upper=np.eye(len(points))[upper],
        at_lower=np.eye(len(points))[lower],
        left_share=1.0 - right_side()[upper],
        corners=corners,
        ring_at_corner=np.stack([displacement_fields()[s, RING, corners[s], 0] for s in range(2)]),
        midline=midline * free_of_lids(),
    )


def couple_midline(
    displacement: Float[Array, "478 3"],
    gained: Float[Array, "sides muscles"],
    parameters: FaceParameters,
) -> Float[Array, "478 3"]:
    """Let the philtrum and the middle of the lips follow the side that pulls more. [mm]

    Parameters
    ----------
    displacement : array    By all muscles and by sag.
    gained : array          Contraction of each muscle beyond its healthy tone.

    Notes
    -----
    Shift = share x (pull of the LEFT - pull of the RIGHT). A side's pull is the lateral shift of its
    corner of the mouth. The ring draws the corner medially, yet it draws the midline toward its own side
    too, because it shortens between both: its part of the shift counts with the other sign. So lips that
    pucker on one side only go to that side.
    """
    geometry = lip_geometry()
    by_ring = parameters.excursion_scale * jnp.einsum("sm,sm->s", gained[:, RING], geometry.ring_at_corner)
    # In the face's frame lateral is +x on the LEFT and -x on the RIGHT: the difference is a sum of x.
    shift = parameters.midline_pull * (displacement[geometry.corners, 0] - 2.0 * by_ring).sum()
    return displacement + shift * jnp.asarray(geometry.midline)[:, None] * SIDEWAYS


def meet_lips(
    face: Float[Array, "478 3"],
    parameters: FaceParameters,
    forces: Float[Array, "sides muscles"],
    healthy_tone: Float[Array, ""],
) -> Float[Array, "478 3"]:
    """Seal lips that the orbicularis oris holds together, and stop them at each other. [mm]

    Notes
    -----
    Both inner borders move sideways together. A gap closes by the share c(x) of `closing_share`, x the
    ring's force beyond its tone relative to the sealing force, per side, blended over the midline. An
    overlap g becomes -p tanh(g / p), under the width p = 0.1 mm by which pressed skin gives.
    """
    geometry = lip_geometry()
    seal = closing_share(
        jnp.maximum(forces[:, RING].mean(axis=-1) - healthy_tone, 0.0) / parameters.lip_seal_force
    )
    sealed = geometry.left_share * seal[0] + (1.0 - geometry.left_share) * seal[1]
    upper, lower = face[geometry.upper], face[geometry.lower]
    middle = (upper + lower) / 2.0
    gap = upper[:, 1] - lower[:, 1]
    opened = (1.0 - sealed) * jnp.maximum(gap, 0.0)
    kept = jnp.where(gap > 0, opened, PRESSED_MM * jnp.tanh(gap / PRESSED_MM))
    still = jnp.zeros_like(kept)
    to_upper = jnp.stack([middle[:, 0], middle[:, 1] + kept / 2.0, still], axis=1)
    to_lower = jnp.stack([middle[:, 0], middle[:, 1] - kept / 2.0, still], axis=1)
    in_plane = jnp.array([1.0, 1.0, 0.0])
    # Products with a matrix of ones and zeros: scattered writes are slow over many faces.
    return (
        face
        + jnp.einsum("pv,pk->vk", jnp.asarray(geometry.at_upper), to_upper - upper * in_plane)
        + jnp.einsum("pv,pk->vk", jnp.asarray(geometry.at_lower), to_lower - lower * in_plane)
    )
