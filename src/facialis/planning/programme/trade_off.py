"""Fewer units for a larger loss: the choices between nothing and the best."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from facialis.planning.programme.checked_arrays import numbers
from facialis.planning.programme.errors import LimitsCollideError
from facialis.planning.programme.limits import Limit
from facialis.planning.programme.permitted import are_permitted, relaxed_chances
from facialis.planning.programme.problem import Programme
from facialis.planning.programme.settings import SolverSettings
from facialis.planning.programme.solution import Solution, describe
from facialis.planning.programme.solve import solve

CAP_NAME = "units of this alternative"
DEFAULT_CAPS = 6


@dataclass(frozen=True)
class Alternative:
    """One choice that no other beats in both units and loss.

    Attributes
    ----------
    solution : Solution     The choice; its bound and gap are those among choices within the cap.
    units : float           Of what is taken.
    loss : float            Weighted expected loss of all terms, without costs.
    cap : float             Units it had to keep within; infinite for the best without a cap.
    """

    solution: Solution
    units: float
    loss: float
    cap: float


def trade_off(
    programme: Programme, settings: SolverSettings | None = None, *, caps: Sequence[float] | None = None
) -> tuple[Alternative, ...]:
    """Find the choices that no other found beats in both units and loss.

    Parameters
    ----------
    programme : Programme                   With units.
    settings : SolverSettings, optional     For each search.
    caps : sequence of float, optional      Units to keep within; without them, some below the best's.

    Returns
    -------
    tuple of Alternative
        Units rising and loss falling; the first takes nothing wherever that is permitted. A cap within
        which nothing is permitted has no alternative.

    Raises
    ------
    LimitsCollideError
        If nothing is permitted without a cap.
    """
    best = solve(programme, settings)
    found = [_alternative(programme, best, np.inf), *_nothing(programme, settings or SolverSettings())]
    if caps is None:
        chosen_caps = np.linspace(0.0, found[0].units, DEFAULT_CAPS + 1, endpoint=False)[1:]
    else:
        chosen_caps = numbers(caps, (-1,), "caps of the trade-off", at_least=0)
    start = best.chosen
    for cap in np.sort(chosen_caps)[::-1]:
        assert programme.units is not None  # noqa: S101  made by the programme
        limit = Limit(CAP_NAME, programme.units, float(cap))
        try:
            solution = solve(
                replace(programme, limits=[*programme.limits, limit]), settings, start=start.tolist()
            )
        except LimitsCollideError:
            break
        found.append(_alternative(programme, solution, float(cap)))
        start = solution.chosen
    return _not_beaten(found)


def _alternative(programme: Programme, solution: Solution, cap: float) -> Alternative:
    assert programme.units is not None  # noqa: S101  made by the programme
    units = float(programme.units[solution.chosen].sum())
    return Alternative(solution, units, float(solution.contributions.sum()), cap)


def _nothing(programme: Programme, settings: SolverSettings) -> list[Alternative]:
    nothing: Float[np.ndarray, " choices"] = np.zeros(programme.count)
    if not are_permitted(programme, nothing[:, None], count=settings.count_chances)[0]:
        return []
    relaxed = relaxed_chances(programme, count=settings.count_chances)
    solution = describe(programme, nothing, bound=np.inf, timed_out=False, relaxed=relaxed)
    return [_alternative(programme, solution, 0.0)]


def _not_beaten(found: list[Alternative]) -> tuple[Alternative, ...]:
    kept: list[Alternative] = []
    for one in sorted(found, key=lambda one: (one.units, one.loss, len(one.solution.chosen))):
        if not kept or one.loss < kept[-1].loss:
            kept.append(one)
    return tuple(kept)
