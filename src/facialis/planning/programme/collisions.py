"""Which limits and fixed choices cannot be kept together."""

from dataclasses import replace

from facialis.planning.programme.cuts import broken_chances, joined
from facialis.planning.programme.frame import frame_of
from facialis.planning.programme.highs import run_highs
from facialis.planning.programme.problem import Programme
from facialis.planning.programme.settings import SolverSettings


def colliding(programme: Programme, settings: SolverSettings) -> tuple[str, ...]:
    """Name a smallest set of limits and fixed choices that nothing satisfies.

    Each is left out in turn; it stays out if what remains still collides.

    Parameters
    ----------
    programme : Programme       Of which nothing is permitted.
    settings : SolverSettings

    Returns
    -------
    tuple of str                Limits, chance limits, then fixed choices, in the programme's order.
    """
    now = programme
    for limit in programme.limits:
        fewer = replace(now, limits=[kept for kept in now.limits if kept is not limit])
        now = now if _is_possible(fewer, settings) else fewer
    for chance in programme.chance_limits:
        fewer = replace(now, chance_limits=[kept for kept in now.chance_limits if kept is not chance])
        now = now if _is_possible(fewer, settings) else fewer
    for at in programme.taken:
        fewer = replace(now, taken=[kept for kept in now.taken if kept != at])
        now = now if _is_possible(fewer, settings) else fewer
    assert now.choice_names is not None  # noqa: S101  made by the programme
    limits = [limit.name for limit in now.limits] + [limit.name for limit in now.chance_limits]
    return (*limits, *(now.choice_names[at] for at in now.taken))


def _is_possible(programme: Programme, settings: SolverSettings) -> bool:
    """Say whether anything at all is permitted."""
    frame = frame_of(programme, settings)
    rows = frame.rows
    while (run := run_highs(frame, None, rows, settings, whole=True)).taken is not None:
        cuts = broken_chances(programme, run.taken)
        if settings.count_chances or not len(cuts.bound):
            return True
        rows = joined(rows, cuts)
    return False
