"""What the limits permit: the one test that every choice passes, however it was found."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from facialis.planning.programme.limits import ChanceLimit, Limit, allowed_count, worst_mean
from facialis.planning.programme.problem import Programme, members

TOLERANCE = 1e-7
"""Share of the largest number in a limit by which a sum may pass it: far below any step of a dose."""


@dataclass(frozen=True)
class RelaxedChance:
    """A chance limit that is passed before anything is chosen.

    Attributes
    ----------
    name : str          Of the limit.
    wanted : float      What was asked: the limit, or the number of samples that may lie above it.
    held : float        What holds instead: the same when nothing is chosen.
    """

    name: str
    wanted: float
    held: float


def row_size(limit: Limit) -> float:
    """Largest number in a limit, for what is negligible beside it."""
    return max(abs(limit.bound), float(np.abs(limit.row).max(initial=0.0)), np.finfo(float).tiny)


def chance_size(limit: ChanceLimit) -> float:
    """Largest number in a chance limit, for what is negligible beside it."""
    most = max(float(np.abs(limit.base).max()), float(np.abs(limit.effect).max(initial=0.0)))
    return max(abs(limit.limit), most, np.finfo(float).tiny)


def samples_above(limit: ChanceLimit, values: Float[np.ndarray, "samples ..."]) -> Float[np.ndarray, "..."]:
    """Count the samples that pass the limit."""
    passes = values > limit.limit + TOLERANCE * chance_size(limit)
    return np.asarray(np.sum(passes, axis=0), dtype=float)


def risk(
    limit: ChanceLimit, values: Float[np.ndarray, "samples ..."], *, count: bool
) -> Float[np.ndarray, "..."]:
    """What must not be large: samples above the limit, or the mean of the worst."""
    return samples_above(limit, values) if count else worst_mean(values, limit.probability)


def wanted_risk(limit: ChanceLimit, *, count: bool) -> float:
    """Give the risk that the limit asks for."""
    return float(allowed_count(len(limit.base), limit.probability)) if count else limit.limit


def held_risk(limit: ChanceLimit, *, count: bool) -> float:
    """Give the risk that is held: the one asked for, or that of choosing nothing where that is larger."""
    return max(wanted_risk(limit, count=count), float(risk(limit, limit.base, count=count)))


def relaxed_chances(programme: Programme, *, count: bool) -> tuple[RelaxedChance, ...]:
    """List the chance limits that are passed before anything is chosen."""
    both = [
        (limit, wanted_risk(limit, count=count), held_risk(limit, count=count))
        for limit in programme.chance_limits
    ]
    return tuple(
        RelaxedChance(limit.name, wanted, held)
        for limit, wanted, held in both
        if held > wanted + (0 if count else TOLERANCE * chance_size(limit))
    )


def are_permitted(
    programme: Programme, taken: Float[np.ndarray, "choices many"], *, count: bool
) -> Bool[np.ndarray, " many"]:
    """Say of many ways to choose whether each keeps every limit and what was fixed.

    Parameters
    ----------
    programme : Programme
    taken : (choices, many) array   1 where taken, else 0; one way to choose in each column.
    count : bool                    Hold chance limits by counting.

    Returns
    -------
    (many,) array of bool
    """
    fits = np.ones(taken.shape[1], dtype=bool)
    fits &= np.all(members(programme) @ taken <= 1, axis=0)
    fits &= np.all(taken[list(programme.taken)] == 1, axis=0)
    fits &= ~np.any(taken[np.isin(programme.group, list(programme.barred_groups))] == 1, axis=0)
    for limit in programme.limits:
        fits &= limit.row @ taken <= limit.bound + TOLERANCE * row_size(limit)
    for chance in programme.chance_limits:
        fits &= keeps_chance(chance, chance.base[:, None] + chance.effect @ taken, count=count)
    return fits


def keeps_chance(
    limit: ChanceLimit, values: Float[np.ndarray, "samples ..."], *, count: bool
) -> Bool[np.ndarray, "..."]:
    """Say whether samples keep the chance limit, or where it is relaxed, what is held instead."""
    slack = 0.5 if count else TOLERANCE * chance_size(limit)
    return np.asarray(risk(limit, values, count=count) <= held_risk(limit, count=count) + slack)
