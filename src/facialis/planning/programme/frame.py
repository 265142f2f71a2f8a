"""The part of the linear programme that stays, however many tangents and cuts are added."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse
from jaxtyping import Float

from facialis.planning.programme.limits import ChanceLimit
from facialis.planning.programme.permitted import TOLERANCE, chance_size, held_risk, row_size
from facialis.planning.programme.problem import Programme, loss_size, members
from facialis.planning.programme.settings import SolverSettings

WORKING_LOSS = 100.0
"""What the loss of choosing nothing is inside the solver, so that its tolerances fit any unit."""


@dataclass(frozen=True)
class Rows:
    """Sums of the solver's columns that must not pass a bound; each of about the size of 1."""

    matrix: scipy.sparse.csr_matrix
    bound: Float[np.ndarray, " rows"]


@dataclass(frozen=True)
class Frame:
    """Columns of the choices, and of samples that are counted; the rows on them; how far each mean can go.

    Attributes
    ----------
    programme : Programme
    lower, upper : (columns,) array     Bounds of the columns: choices first, then samples that may lie above.
    rows : Rows                         Groups, limits, and counted samples.
    low, high : (terms,) array          The lowest and the highest mean that any choice can reach.
    scale : float                       The solver's loss for one of the programme's.
    """

    programme: Programme
    lower: Float[np.ndarray, " columns"]
    upper: Float[np.ndarray, " columns"]
    rows: Rows
    low: Float[np.ndarray, " terms"]
    high: Float[np.ndarray, " terms"]
    scale: float


def frame_of(programme: Programme, settings: SolverSettings) -> Frame:
    """Build what stays of a programme."""
    counted = programme.chance_limits if settings.count_chances else ()
    samples = sum(len(limit.base) for limit in counted)
    lower, upper = np.zeros(programme.count + samples), np.ones(programme.count + samples)
    lower[list(programme.taken)] = 1.0
    upper[: programme.count][np.isin(programme.group, list(programme.barred_groups))] = 0.0
    member = members(programme)
    matrices = [scipy.sparse.csr_matrix(member.astype(float))]
    bounds = [np.ones(len(member))]
    for limit in programme.limits:
        size = row_size(limit)
        matrices.append(scipy.sparse.csr_matrix(limit.row[None] / size))
        bounds.append(np.array([limit.bound / size + TOLERANCE / 2]))
    rows = scipy.sparse.vstack(matrices, format="csr")
    rows.resize((rows.shape[0], len(lower)))
    first = programme.count
    for chance in counted:
        block, bound = _counted(programme, chance, first, len(lower))
        rows = scipy.sparse.vstack([rows, block], format="csr")
        bounds.append(bound)
        first += len(chance.base)
    low, high = reach(programme, programme.terms.base, programme.terms.effect)
    scale = WORKING_LOSS / loss_size(programme)
    return Frame(programme, lower, upper, Rows(rows, np.concatenate(bounds)), low, high, scale)


def reach(
    programme: Programme, base: Float[np.ndarray, " rows"], effect: Float[np.ndarray, "rows choices"]
) -> tuple[Float[np.ndarray, " rows"], Float[np.ndarray, " rows"]]:
    """Give the lowest and the highest that each sum can become, one choice or none of each group."""
    low, high = base.copy(), base.copy()
    for group, member in zip(np.unique(programme.group), members(programme), strict=True):
        fixed = [at for at in programme.taken if member[at]]
        if int(group) in programme.barred_groups:
            continue
        options = effect[:, fixed or member]
        least, most = options.min(axis=1), options.max(axis=1)
        low += least if fixed else np.minimum(least, 0.0)
        high += most if fixed else np.maximum(most, 0.0)
    return low, high


def _counted(
    programme: Programme, limit: ChanceLimit, first: int, columns: int
) -> tuple[scipy.sparse.csr_matrix, Float[np.ndarray, " rows"]]:
    """Rows that let a sample pass the limit only where its own column is 1, and that count those columns."""
    size = chance_size(limit)
    samples = len(limit.base)
    _, high = reach(programme, limit.base, limit.effect)
    beyond = np.maximum(high - limit.limit, 0.0) / size
    own = np.arange(first, first + samples)
    rows = np.zeros((samples + 1, columns))
    rows[:samples, : programme.count] = limit.effect / size
    rows[np.arange(samples), own] = -beyond
    rows[samples, own] = 1.0
    bound = np.append((limit.limit - limit.base) / size + TOLERANCE / 2, held_risk(limit, count=True))
    return scipy.sparse.csr_matrix(rows), bound
