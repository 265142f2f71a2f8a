"""The worst samples of a chance limit, one straight row at a time."""

import numpy as np
import scipy.sparse
from jaxtyping import Float

from facialis.planning.programme.frame import Rows
from facialis.planning.programme.limits import worst_shares
from facialis.planning.programme.permitted import TOLERANCE, chance_size, held_risk
from facialis.planning.programme.problem import Programme


def broken_chances(programme: Programme, taken: Float[np.ndarray, " choices"]) -> Rows:
    """Give one row for each chance limit that a choice, whole or in part, does not keep.

    The mean of the worst samples is the largest of all weighted sums in which no sample has more than its
    share. The row holds the sum whose weights are those of the samples that are worst here.

    Parameters
    ----------
    programme : Programme
    taken : (choices,) array    From 0 to 1.

    Returns
    -------
    Rows
    """
    found, bounds = [], []
    for limit in programme.chance_limits:
        values = limit.base + limit.effect @ taken
        share = np.zeros(len(values))
        share[np.argsort(-values, kind="stable")] = worst_shares(len(values), limit.probability)
        size, held = chance_size(limit), held_risk(limit, count=False)
        if share @ values > held + TOLERANCE * size:
            found.append(share @ limit.effect / size)
            bounds.append((held - share @ limit.base) / size + TOLERANCE / 2)
    matrix = np.array(found).reshape(len(found), programme.count)
    return Rows(scipy.sparse.csr_matrix(matrix), np.array(bounds))


def joined(first: Rows, second: Rows) -> Rows:
    """Put rows below others, which may have more columns."""
    more = second.matrix.copy()
    more.resize((more.shape[0], first.matrix.shape[1]))
    return Rows(
        scipy.sparse.vstack([first.matrix, more], format="csr"), np.concatenate([first.bound, second.bound])
    )
