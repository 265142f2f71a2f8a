"""The part of the loss that photographs show by themselves: asymmetry and synkinesis, without the model."""

import numpy as np
from jaxtyping import Float

from facialis.anatomy.sides import Side
from facialis.planning.dosing.weights import Weights
from facialis.planning.outcome.terms import TermKind, outcome_terms, term_arrays

SEEN_KINDS = (TermKind.ASYMMETRY, TermKind.SYNKINESIS)


def seen_loss(
    readings_mm: Float[np.ndarray, "faces expressions sides readings"], affected: Side, weights: Weights
) -> Float[np.ndarray, " faces"]:
    """Weighted terms of asymmetry and synkinesis, from measures alone.

    Parameters
    ----------
    readings_mm : array     Measured, or of a model; in the order of `NINE_PHOTOGRAPHS`, `Side` and
                            `FaceReading`. [mm]
    affected : Side
    weights : Weights       Of the plan that is judged.

    Notes
    -----
    Tightness is felt and not seen, and the loss of function needs a face without toxin beside it: neither is
    counted here.
    """
    arrays = term_arrays(affected)
    terms = np.einsum("tesr,fesr->ft", arrays.of_readings, readings_mm)
    size = np.maximum(np.where(arrays.is_size, np.abs(terms), terms) - arrays.tolerance, 0.0)
    is_seen = np.array([term.kind in SEEN_KINDS for term in outcome_terms()])
    return np.asarray(size @ (weights.of_terms() * is_seen))
