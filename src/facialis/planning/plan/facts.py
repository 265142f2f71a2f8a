"""What the rules ask about a face, answered from the decoded photographs."""

from functools import cache

import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.evidence import load_values
from facialis.planning.case.case import Case
from facialis.planning.dosing.function_limits import PEAK, missing_closure
from facialis.planning.outcome.prospect import Prospect
from facialis.planning.plan.patient import Patient
from facialis.planning.rules.facts import FaceFacts
from facialis.twin.decode import Decoded, synkinesis_map
from facialis.twin.face.readings import FaceReading
from facialis.twin.routing import branch_shares

TABLES = "facialis.planning.tables"
CERTAIN = 0.95
"""A muscle is flaccid when so large a share of the samples says so."""


def facts_of(case: Case, patient: Patient, decoded: Decoded, prospect: Prospect) -> FaceFacts:
    """Answer from the last visit.

    Parameters
    ----------
    case : Case             What was asked: the mouth.
    patient : Patient
    decoded : Decoded       Of the last visit.
    prospect : Prospect     Of the planned session.
    """
    side = list(Side).index(decoded.affected)
    own = np.asarray(prospect.state.own_drive)[:, side]
    reached = own + np.asarray(prospect.state.foreign_routes)[:, side].sum(axis=-1)
    flaccid = load_values(TABLES, "plan_values").preferred("flaccid_drive").number
    is_flaccid = (reached <= flaccid).mean(axis=0) >= CERTAIN
    certain = [cell.is_certain for cell in synkinesis_map(decoded)]
    visit = patient.visits[-1]
    fissure = _gentle_fissure(visit.value_mm[:, side], visit.is_read[:, side])
    return FaceFacts(
        affected_drive_by_branch=_by_branch(own.mean(axis=0)),
        flaccid_muscles=frozenset(m for m, so in zip(FACIAL_MUSCLES, is_flaccid, strict=True) if so),
        eye_closes_probability=_closes(prospect, side),
        fissure_on_closure_mm=fissure,
        synkinesis_present=any(certain),
        mirrored_known=all(one.mirrored_known for one in patient.measured),
        missing_expressions=visit.missing,
        oral_competence=case.holds_liquids,
    )


def _by_branch(of_muscles: Float[np.ndarray, " muscles"]) -> dict[NerveBranch, float]:
    shares = branch_shares()
    mean = shares.T @ of_muscles / shares.sum(axis=0)
    return {branch: float(np.clip(value, 0, 1)) for branch, value in zip(NerveBranch, mean, strict=True)}


def _closes(prospect: Prospect, side: int) -> float:
    """Share of the samples in which the lids of the affected side meet in gentle closure."""
    missing = missing_closure(prospect, prospect.residual[:, PEAK])[:, 0, side]
    return float((missing <= closed_share()).mean())


@cache
def closed_share() -> float:
    """Missing share of the closing pull at which the fissure stays as wide as still counts as closed."""
    widest = load_values(TABLES, "plan_values").preferred("largest_closed_fissure").number
    open_mm = load_values("facialis.measurement.tables", "norms").preferred("palpebral_fissure").number
    # The lid has come the share 1 - missing^(3/2) of its way (`twin.face.saturation.closing_share`).
    return float((widest / open_mm) ** (2 / 3))


def _gentle_fissure(
    values: Float[np.ndarray, "expressions readings"], is_read: Float[np.ndarray, "expressions readings"]
) -> float | None:
    at = (NINE_PHOTOGRAPHS.index(Expression.GENTLE_EYE_CLOSURE), int(FaceReading.PALPEBRAL_FISSURE))
    return max(float(values[at]), 0.0) if is_read[at] else None
