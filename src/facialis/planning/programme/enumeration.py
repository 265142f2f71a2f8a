"""The best choice of a small programme, by trying all: what the search is held to."""

from itertools import product

import numpy as np

from facialis.planning.programme.collisions import colliding
from facialis.planning.programme.errors import LimitsCollideError, ProgrammeError
from facialis.planning.programme.permitted import are_permitted, relaxed_chances
from facialis.planning.programme.problem import Programme, members
from facialis.planning.programme.settings import SolverSettings
from facialis.planning.programme.solution import Solution, describe
from facialis.planning.programme.terms import expected_loss

MOST = 200_000
"""More choices than this are not tried."""


def enumerate_best(programme: Programme, *, count_chances: bool = False) -> Solution:
    """Try every choice.

    Parameters
    ----------
    programme : Programme       A small one.
    count_chances : bool        Hold chance limits by counting, as in `SolverSettings`.

    Returns
    -------
    Solution                    Whose lower bound is its objective.

    Raises
    ------
    ProgrammeError
        If there are too many.
    LimitsCollideError
        If none is permitted.
    """
    options = [[programme.count, *np.flatnonzero(member)] for member in members(programme)]
    total = np.prod([float(len(option)) for option in options])
    if total > MOST:
        raise ProgrammeError(f"There are {total:.0f} choices, and {MOST} can be tried. Use solve.")
    ways = np.array(list(product(*options)), dtype=np.int64).reshape(int(total), len(options))
    taken = np.zeros((programme.count + 1, len(ways)))
    taken[ways.T, np.arange(len(ways))] = 1.0
    taken = taken[:-1]
    taken = taken[:, are_permitted(programme, taken, count=count_chances)]
    if not taken.shape[1]:
        raise LimitsCollideError(colliding(programme, SolverSettings(count_chances=count_chances)))
    terms = programme.terms
    loss = expected_loss(terms, terms.base[:, None] + terms.effect @ taken)
    objective = terms.weight @ loss + programme.cost @ taken
    best = int(np.argmin(objective))
    return describe(
        programme,
        taken[:, best],
        bound=float(objective[best]),
        timed_out=False,
        relaxed=relaxed_chances(programme, count=count_chances),
    )
