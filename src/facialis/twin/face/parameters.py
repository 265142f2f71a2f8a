"""What differs between faces: how far they move, how they sag, how their lids and lips close."""

import dataclasses

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.twin.checked_numbers import is_count
from facialis.twin.errors import ParameterError
from facialis.twin.priors import Prior, PriorKind, location_of, priors_of

Parameter = Float[Array, "*faces"]


class FaceParameters(eqx.Module):
    """One face, or many along a first axis; `tables/face_parameters.csv`."""

    excursion_scale: Parameter
    saturation_steepness: Parameter
    skin_limit_mm: Parameter
    midline_pull: Parameter
    brow_sag_mm: Parameter
    commissure_sag_mm: Parameter
    commissure_medial_mm: Parameter
    ala_sag_mm: Parameter
    lower_lid_droop_mm: Parameter
    commissure_share_of_descent: Parameter
    pretarsal_closing: Parameter
    preseptal_closing: Parameter
    orbital_closing: Parameter
    relaxed_lid_resistance: Parameter
    levator_resistance: Parameter
    levator_relaxing_command: Parameter
    gravity_closing: Parameter
    brow_lid_lift_mm: Parameter
    preseptal_lower_lid_rise: Parameter
    orbital_lower_lid_rise: Parameter
    eyeball_radius_mm: Parameter
    lip_seal_force: Parameter


def typical_face() -> FaceParameters:
    """The median of every prior."""
    return face_from_scores(jnp.zeros(len(priors_of("face_parameters"))))


def sample_faces(key: PRNGKeyArray, count: int) -> FaceParameters:
    """Draw faces from the priors.

    Parameters
    ----------
    key : PRNGKeyArray      The same key draws the same faces.
    count : int             1 or more.

    Raises
    ------
    ParameterError          If ``count`` is no whole number above 0.
    """
    if not is_count(count):
        raise ParameterError(f"A cohort of {count!r} faces cannot be drawn. Give a whole number above 0.")
    return face_from_scores(jax.random.normal(key, (count, len(priors_of("face_parameters")))))


def face_from_scores(scores: Float[Array, "*faces priors"]) -> FaceParameters:
    """Turn standard normal scores into a face: 0 is the median, 1 one spread above.

    Raises
    ------
    ParameterError          If there is not one score for each row of the table.
    """
    priors = priors_of("face_parameters")
    if scores.shape[-1] != len(priors):
        raise ParameterError(
            f"There are {scores.shape[-1]} scores for {len(priors)} priors of a face. Give one for each."
        )
    values = {prior.name: _value(prior, scores[..., i]) for i, prior in enumerate(priors)}
    return FaceParameters(**{field.name: values[field.name] for field in dataclasses.fields(FaceParameters)})


def _value(prior: Prior, score: Parameter) -> Parameter:
    shifted = location_of(prior) + prior.spread * score
    return jax.nn.sigmoid(shifted) if prior.kind is PriorKind.LOGIT_NORMAL else jnp.exp(shifted)
