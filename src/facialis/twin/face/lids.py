"""Lids: the levator holds the eye open, the orbicularis oculi shuts it."""

from functools import cache

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.twin.face.geometry import FIRST_IRIS_POINT, contour, shape_number
from facialis.twin.face.parameters import FaceParameters
from facialis.twin.face.saturation import closing_share, contraction, lost_share

PRETARSAL = FACIAL_MUSCLES.index(Muscle.ORBICULARIS_OCULI_PRETARSAL)
PRESEPTAL = FACIAL_MUSCLES.index(Muscle.ORBICULARIS_OCULI_PRESEPTAL)
ORBITAL_SUPERIOR = FACIAL_MUSCLES.index(Muscle.ORBICULARIS_OCULI_ORBITAL_SUPERIOR)
ORBITAL_INFERIOR = FACIAL_MUSCLES.index(Muscle.ORBICULARIS_OCULI_ORBITAL_INFERIOR)
FRONTALIS = FACIAL_MUSCLES.index(Muscle.FRONTALIS)
UP = np.array([0.0, 1.0, 0.0])
FORWARD = np.array([0.0, 0.0, 1.0])

Margin = Float[Array, "sides places 3"]


class LidGeometry(eqx.Module):
    """Margins without the canthi, from medial to lateral; LEFT, then RIGHT."""

    upper: Float[np.ndarray, "2 places 3"]
    lower: Float[np.ndarray, "2 places 3"]
    eyeball_centre: Float[np.ndarray, "2 1 3"]
    profile: Float[np.ndarray, "places 1"]
    """Share of a lid's greatest movement: 0 at the canthi, 1 in the middle."""
    skin: Float[np.ndarray, "2 margins 478"]
    """How far each point of the face follows each point of the margins, upper ones first."""


@cache
def lid_indices() -> tuple[Int[np.ndarray, "2 places"], Int[np.ndarray, "2 places"]]:
    """Points of the upper and of the lower margins without the canthi; LEFT, then RIGHT."""
    partner = mirror_partner()
    upper, lower = (contour(name)[1:-1] for name in ("upper_lid", "lower_lid"))
    return np.stack([partner[upper], upper]), np.stack([partner[lower], lower])


@cache
def lid_geometry() -> LidGeometry:
    """What the lids need of the neutral mesh, built once."""
    points = neutral_points_mm()
    (_, upper), (_, lower) = lid_indices()
    iris = points[contour("iris")[0]]
    pupil_margin = points[upper][np.argmin(np.abs(points[upper, 0] - iris[0]))]
    centre = np.array([iris[0], iris[1], pupil_margin[2] - shape_number("eyeball_behind_lid_mm")])
    canthi = points[contour("upper_lid")[[0, -1]], 0]
    share = (points[upper, 0] - canthi[0]) / (canthi[1] - canthi[0])
    skin = _skin(np.concatenate([upper, lower]))
    flip = np.array([-1.0, 1.0, 1.0])
    return LidGeometry(
        upper=np.stack([points[upper] * flip, points[upper]]),
        lower=np.stack([points[lower] * flip, points[lower]]),
        eyeball_centre=np.stack([centre * flip, centre])[:, None],
        profile=np.sin(np.pi * share)[:, None],
        skin=np.stack([skin[:, mirror_partner()], skin]),
    )


def _skin(margin: Int[np.ndarray, " margins"]) -> Float[np.ndarray, "margins 478"]:
    points = neutral_points_mm()
    distance = np.linalg.norm(points[margin][:, None] - points, axis=-1)
    near = np.exp(-((distance / shape_number("lid_skin_width_mm")) ** 2)) + 1e-300
    follow = np.exp(-((distance.min(axis=0) / shape_number("lid_skin_reach_mm")) ** 2))
    weights = near / near.sum(axis=0) * follow
    weights[:, contour("upper_lid")[[0, -1]]] = 0.0
    weights[:, FIRST_IRIS_POINT:] = 0.0
    weights[:, margin] = np.eye(len(margin))
    return np.asarray(weights)


def upper_lid_closure(
    parameters: FaceParameters,
    forces: Float[Array, "sides muscles"],
    healthy_tone: Float[Array, ""],
    levator_tone: Float[Array, " sides"],
) -> Float[Array, " sides"]:
    """Share of the way to the lower lid that each upper lid has come; 1 closed, below 0 retracted.

    Notes
    -----
    The pull x = (O - O_0 l) / (r + l R) with O the weighted contraction of the pretarsal, preseptal and
    upper orbital parts, O_0 the same at healthy tone, l the levator's tone. When the levator relaxes, the
    lid falls by its weight over the share g of the way: closure = g (1 - l) + (1 - g (1 - l)) c(x).
    """

    def pull(values: Float[Array, "*any muscles"]) -> Float[Array, "*any"]:
        s = contraction(values, parameters.saturation_steepness)
        return (
            parameters.pretarsal_closing * s[..., PRETARSAL]
            + parameters.preseptal_closing * s[..., PRESEPTAL]
            + parameters.orbital_closing * s[..., ORBITAL_SUPERIOR]
        )

    at_rest = pull(jnp.full(forces.shape[-1], healthy_tone))
    resistance = parameters.relaxed_lid_resistance + parameters.levator_resistance * levator_tone
    fallen = parameters.gravity_closing * (1.0 - levator_tone)
    return fallen + (1.0 - fallen) * closing_share((pull(forces) - at_rest * levator_tone) / resistance)


def move_lids(
    face: Float[Array, "478 3"],
    parameters: FaceParameters,
    forces: Float[Array, "sides muscles"],
    healthy_tone: Float[Array, ""],
    levator_tone: Float[Array, " sides"],
) -> Float[Array, "478 3"]:
    """Move the lid margins of a face, and the skin around them with them. [mm]

    Notes
    -----
    The lower lid rises with the preseptal and the lower orbital part and droops when both lose their
    tone. The upper one lies between its open place and the lower one, so they never cross; on its way it
    follows the eyeball's roundness. The frontalis lifts it a little.
    """
    geometry = lid_geometry()
    gained = contraction(forces, parameters.saturation_steepness) - contraction(
        healthy_tone, parameters.saturation_steepness
    )
    rise = (
        parameters.preseptal_lower_lid_rise * gained[:, PRESEPTAL]
        + parameters.orbital_lower_lid_rise * gained[:, ORBITAL_INFERIOR]
    )[:, None, None]
    kept = (forces[:, PRESEPTAL] + forces[:, ORBITAL_INFERIOR]) / (2.0 * healthy_tone)
    droop = (parameters.lower_lid_droop_mm * lost_share(kept))[:, None, None] * geometry.profile * UP
    lower = jnp.asarray(geometry.lower) + rise * (geometry.upper - geometry.lower) - droop

    lift = (parameters.brow_lid_lift_mm * gained[:, FRONTALIS])[:, None, None] * geometry.profile * UP
    open_lid = jnp.asarray(geometry.upper) + lift
    closure = upper_lid_closure(parameters, forces, healthy_tone, levator_tone)[:, None, None]
    upper = open_lid + closure * (lower - open_lid)
    upper = upper + _bulge(parameters, geometry, upper, open_lid, lower, closure)[..., None] * FORWARD

    moved = jnp.concatenate([upper - geometry.upper, lower - geometry.lower], axis=1)
    return face + jnp.einsum("smk,smv->vk", moved, jnp.asarray(geometry.skin))


def _bulge(
    parameters: FaceParameters,
    geometry: LidGeometry,
    upper: Margin,
    open_lid: Margin,
    lower: Margin,
    closure: Float[Array, "sides 1 1"],
) -> Float[Array, "sides places"]:
    """How far the eyeball lifts the upper margin in front of the straight way between its two ends."""

    def front(place: Margin) -> Float[Array, "sides places"]:
        beside = ((place - geometry.eyeball_centre)[..., :2] ** 2).sum(axis=-1)
        inside = parameters.eyeball_radius_mm**2 - beside
        # Lateral of the eyeball the lids lie on the orbit's rim: no bulge there, and no root of 0.
        return jnp.sqrt(jnp.maximum(inside, 1.0))

    ends = front(open_lid) + closure[..., 0] * (front(lower) - front(open_lid))
    return front(upper) - ends
