"""What a face is like apart from its muscles' forces."""

from typing import Self

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.twin.face.parameters import FaceParameters
from facialis.twin.face.saturation import closing_share
from facialis.twin.priors import priors_of

SIDES = 2
MUSCLES = len(FACIAL_MUSCLES)
PRETARSAL = FACIAL_MUSCLES.index(Muscle.ORBICULARIS_OCULI_PRETARSAL)


class RestingFace(eqx.Module):
    """State of one face besides forces; sides are LEFT, then RIGHT."""

    healthy_tone: Float[Array, ""]
    """Force at rest of a healthy muscle of this patient: with it the face is the neutral one. [0-1]"""
    contracture_shortening: Float[Array, "sides muscles"]
    """Force-equivalent of stiff, short muscle beyond what the forces hold already. The twin's `force`
    includes the passive force of contracture; leave 0 there. [0-1]"""
    descent_mm: Float[Array, " sides"]
    """Descent of the fat pads of the cheek."""
    levator_tone: Float[Array, " sides"]
    """1 an eye held open, 0 a levator palpebrae that has relaxed. [0-1]"""
    strength: Float[Array, "sides muscles"] | None = None
    """Movement of each muscle relative to the mean of both sides; None where both are alike."""

    @classmethod
    def healthy(cls) -> Self:
        """No contracture, no descent, eyes held open, the median tone of the priors."""
        tone = next(prior.median for prior in priors_of("muscle_parameters") if prior.name == "resting_tone")
        return cls(
            healthy_tone=jnp.asarray(tone),
            contracture_shortening=jnp.zeros((SIDES, MUSCLES)),
            descent_mm=jnp.zeros(SIDES),
            levator_tone=jnp.ones(SIDES),
        )


def levator_tone(
    commands: Float[Array, "*expressions muscles"], parameters: FaceParameters
) -> Float[Array, "*expressions sides"]:
    """Tone of the levator palpebrae of both eyes in expressions. [0-1]

    Parameters
    ----------
    commands : array    What the patient intends; the healthy command of each muscle. [0-1]

    Notes
    -----
    The third nerve relaxes both levators when the eyes are to close, whether or not the facial nerve
    obeys; what arrives by a wrong route does not relax them.
    """
    intended = commands[..., PRETARSAL] / parameters.levator_relaxing_command
    return jnp.repeat((1.0 - closing_share(intended))[..., None], SIDES, axis=-1)
