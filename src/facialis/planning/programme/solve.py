"""Solve a programme to a certified gap."""

from collections.abc import Sequence

from facialis.planning.programme.collisions import colliding
from facialis.planning.programme.errors import LimitsCollideError, NoChoiceInTimeError
from facialis.planning.programme.frame import frame_of
from facialis.planning.programme.permitted import relaxed_chances
from facialis.planning.programme.problem import Programme, as_columns
from facialis.planning.programme.search import Search
from facialis.planning.programme.settings import SolverSettings
from facialis.planning.programme.solution import Solution, describe

SETTLED = 1e-3
"""Once the bound rises by less than this share of the gap wanted, parts of choices told what they can."""


def solve(
    programme: Programme, settings: SolverSettings | None = None, *, start: Sequence[int] | None = None
) -> Solution:
    """Find a permitted choice whose expected loss and cost are within a gap of the least there is.

    The losses enter the solver as straight lines below them, more of them where they matter, so that its
    bound holds for the true losses. Choices are found by rounding and small changes, and where the bound is
    still too far from them, by branch and bound. What is returned is always scored with the true losses.

    Parameters
    ----------
    programme : Programme
    settings : SolverSettings, optional     Gap, time and seed.
    start : sequence of int, optional       Choices to begin from, if permitted.

    Returns
    -------
    Solution

    Raises
    ------
    LimitsCollideError
        If nothing is permitted; names a smallest set of limits and fixed choices that collide.
    NoChoiceInTimeError
        If the time ran out before anything permitted was found.
    """
    settings = settings or SolverSettings()
    relaxed = relaxed_chances(programme, count=settings.count_chances)
    search = Search(frame_of(programme, settings), settings)
    search.try_from(as_columns(programme, programme.taken))
    if start is not None:
        search.try_from(as_columns(programme, start))
    _search(search, settings)
    if search.is_impossible and search.best is None:
        raise LimitsCollideError(colliding(programme, settings))
    if search.best is None:
        raise NoChoiceInTimeError(
            f"Nothing permitted was found in {settings.time_limit_s:g} s. Give more time or fix less."
        )
    late = search.is_late and search.gap > settings.relative_gap
    return describe(programme, search.best, bound=search.bound, timed_out=late, relaxed=relaxed)


def _search(search: Search, settings: SolverSettings) -> None:
    is_more = True
    while is_more and not search.is_over:
        before = search.bound
        is_more = search.step(whole=False)
        if search.bound - before < SETTLED * settings.relative_gap * abs(search.bound):
            break
    if not search.is_over and search.best is not None:
        search.try_from(search.best, pairs=True)
    is_more = True
    while is_more and not search.is_over:
        is_more = search.step(whole=True)
