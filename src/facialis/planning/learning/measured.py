"""Scores of a visit as it was measured, with what measurement error leaves open."""

from collections.abc import Mapping

import jax
import numpy as np
from jaxtyping import Float, PRNGKeyArray

from facialis.anatomy.sides import Side
from facialis.twin.exposure import SIDES
from facialis.twin.face.readings import FaceReading
from facialis.twin.forecast_scores import sub_score_of, sub_scores, symmetry_index_of
from facialis.twin.present.visits import Visit

SYMMETRY_INDEX = "symmetry_index"
DRAWS = 400
CLOSED = (FaceReading.PALPEBRAL_FISSURE, FaceReading.DENTAL_SHOW)
"""Readings that have no values below 0."""

PerFace = Float[np.ndarray, "*faces"]


def score_names() -> tuple[str, ...]:
    """The symmetry index, then every synkinesis sub-score that a face shows."""
    return (SYMMETRY_INDEX, *(name.value for name in sub_scores()))


def scores_of_readings(
    readings: Float[np.ndarray, "*faces expressions sides readings"], affected: Side
) -> dict[str, PerFace]:
    """Scores of faces; NaN where something that is needed was not read."""
    found: dict[str, PerFace] = {SYMMETRY_INDEX: symmetry_index_of(readings)}
    found |= {name.value: sub_score_of(readings, name, affected) for name in sub_scores()}
    return found


def measured_scores(
    visit: Visit, affected: Side, key: PRNGKeyArray
) -> Mapping[str, tuple[float | None, float | None]]:
    """Value and standard deviation of every score of a visit; None where it cannot be told.

    Notes
    -----
    Errors are drawn as the measures state them: of each side, with the correlation of both, and of the
    scale of each photograph.
    """
    value = np.where(visit.is_read, visit.value_mm, np.nan)
    as_read = scores_of_readings(value, affected)
    # Drawn for the affected side first, so that a mirrored visit has mirrored errors.
    sides = [list(Side).index(affected), list(Side).index(affected.opposite)]
    of_side, of_photo = jax.random.split(key)
    both = np.asarray(jax.random.normal(of_side, (DRAWS, *visit.value_mm.shape)))
    shared = visit.side_correlation
    first, second = both[:, :, 0], both[:, :, 1]
    second = shared * first + np.sqrt(1 - shared**2) * second
    off = np.zeros((DRAWS, *visit.value_mm.shape))
    for place, drawn in zip(sides, (first, second), strict=True):
        off[:, :, place] = drawn * visit.noise_mm[:, place]
    scale = 1 + visit.photo_rel * np.asarray(jax.random.normal(of_photo, (DRAWS, len(visit.photo_rel))))
    drawn_mm = (value + off) * scale[:, :, None, None]
    drawn_mm[..., list(CLOSED)] = np.maximum(drawn_mm[..., list(CLOSED)], 0.0)
    spread = scores_of_readings(drawn_mm, affected)
    assert value.shape[1] == SIDES  # noqa: S101  a visit has both
    return {name: _told(as_read[name], spread[name]) for name in score_names()}


def _told(value: PerFace, drawn: PerFace) -> tuple[float | None, float | None]:
    known = drawn[np.isfinite(drawn)]
    if not np.isfinite(value) or 2 * len(known) < len(drawn):
        return None, None
    return float(value), float(known.std())
