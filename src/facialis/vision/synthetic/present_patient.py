"""Photograph a patient whose present state is known: what the face does, and who it is."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.twin.face.pose import check_forces
from facialis.twin.face.readings import FaceReading
from facialis.twin.present.reading import present_points
from facialis.twin.present.state import PresentState
from facialis.vision.synthetic.identity import FaceIdentity, SideTraits
from facialis.vision.synthetic.motion import FaceMotion, motion_of

LOWER_FACE_MM, HALF_MOUTH_MM, FISSURE_MM = 68.0, 26.0, 10.0
"""Eye line to the corner of the mouth, midline to the corner, lid to lid, of the average drawn face."""
LARGEST_LID_MM, LARGEST_TRAIT_MM = 0.8, 2.5
"""Beyond these a drawn face no longer looks like one; a place is drawn up to here."""


def motions_of_state(
    state: PresentState, forces: Float[np.ndarray, "expressions sides muscles"]
) -> dict[Expression, FaceMotion]:
    """What a face of known present state does in the nine photographs.

    Parameters
    ----------
    state : PresentState    Of one patient.
    forces : (9, 2, 24)     Of `present_forces`, toxin taken off; in the order of `NINE_PHOTOGRAPHS`, sides
                            LEFT then RIGHT.

    Returns
    -------
    dict                    Every photographed expression and its motion.

    Raises
    ------
    FaceForceError          Forces that no face can have.
    """
    pull = np.asarray(forces, dtype=float)
    check_forces(pull)
    meshes = np.asarray(_compiled()(state, jnp.asarray(pull)))
    tone = float(state.healthy_tone)
    return {
        expression: motion_of(meshes[e], pull[e], expression, healthy_tone=tone)
        for e, expression in enumerate(NINE_PHOTOGRAPHS)
    }


def person_of_state(state: PresentState, identity: FaceIdentity) -> FaceIdentity:
    """Give a drawn person the feature places of a patient, where they can be drawn.

    Parameters
    ----------
    state : PresentState        Of one patient.
    identity : FaceIdentity     Whose colours, age, hair and other proportions are kept.

    Returns
    -------
    FaceIdentity

    Notes
    -----
    What both sides share moves the brows, opens the eyes, widens the mouth and lengthens the lower face; what
    differs between sides is the person's natural asymmetry. Lips, alae and teeth have no place of their own
    here: they go with the corners of the mouth.
    """
    place = np.asarray(state.place_mm, dtype=float)
    both, apart = place.mean(axis=0), (place[0] - place[1]) / 2

    def trait(reading: FaceReading, sign: float, most: float = LARGEST_TRAIT_MM) -> float:
        return float(np.clip(sign * apart[reading], -most, most))

    def scaled(reading: FaceReading, size_mm: float, low: float, high: float) -> float:
        return float(np.clip(1.0 + both[reading] / size_mm, low, high))

    left, right = (
        SideTraits(
            brow_up_mm=trait(FaceReading.BROW_HEIGHT, sign),
            upper_lid_up_mm=trait(FaceReading.PALPEBRAL_FISSURE, sign, LARGEST_LID_MM),
            commissure_up_mm=trait(FaceReading.COMMISSURE_HEIGHT, sign),
            commissure_lateral_mm=trait(FaceReading.COMMISSURE_LATERAL, sign),
        )
        for sign in (1.0, -1.0)
    )
    return replace(
        identity,
        brow_up_mm=float(np.clip(both[FaceReading.BROW_HEIGHT], -3.0, 3.0)),
        eye_opening=scaled(FaceReading.PALPEBRAL_FISSURE, FISSURE_MM, 0.8, 1.2),
        mouth_width=scaled(FaceReading.COMMISSURE_LATERAL, HALF_MOUTH_MM, 0.88, 1.12),
        # A corner that lies lower belongs to a longer face.
        lower_face_length=scaled(FaceReading.COMMISSURE_HEIGHT, -LOWER_FACE_MM, 0.9, 1.08),
        left=left,
        right=right,
    )


@cache
def _compiled() -> Callable[..., jax.Array]:
    return jax.jit(present_points)
