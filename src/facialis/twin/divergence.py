"""A course that leaves the finite numbers: which patient, by which day, and what is unusual about them."""

import math
from typing import Any, NamedTuple

import equinox as eqx
import jax
import numpy as np
from jaxtyping import Bool, Float

from facialis.twin.errors import DivergedError
from facialis.twin.parameters import TwinParameters, all_priors, named, scores_of
from facialis.twin.priors import Prior, PriorKind

ROUNDING = 1e-6
"""A parameter that all patients share differs from its median by no more."""


class _Unusual(NamedTuple):
    prior: Prior
    value: float
    spreads: float
    """How far from the median; infinite where all patients should have the same."""


def diverged(
    found: Any, days: Float[np.ndarray, " days"], parameters: TwinParameters, *, first_patient: int
) -> DivergedError:
    """Describe a result that is not finite everywhere.

    Parameters
    ----------
    found : pytree                  Courses or summaries, patients first where the parameters are of many.
    days : array                    Of the courses. [d]
    parameters : TwinParameters     Of the same patients, or of the one.
    first_patient : int             Number of the first of them, counted from 1.

    Returns
    -------
    DivergedError
        To be raised. Names the first patient that has such a number, the first day, where the result has
        days, and the parameter that lies farthest from its median.
    """
    bad = [~np.isfinite(np.asarray(leaf)) for leaf in jax.tree.leaves(eqx.filter(found, eqx.is_array))]
    is_cohort = parameters.count is not None
    row = 0
    if is_cohort:
        row = min(
            int(np.flatnonzero(leaf.reshape(len(leaf), -1).any(axis=1))[0]) for leaf in bad if leaf.any()
        )
        bad, parameters = [leaf[row] for leaf in bad], parameters.of(row)
    day = _first_day(bad, days)
    unusual = _most_unusual(parameters)
    far = (
        "and is the same in all patients"
        if math.isinf(unusual.spreads)
        else f"{unusual.spreads:.1f} spreads away"
    )
    return DivergedError(
        f"The course of patient {first_patient + row} left the finite numbers by day {day:g}. Its most "
        f"unusual parameter is {unusual.prior.name} = {unusual.value:g} {unusual.prior.unit}; the usual is "
        f"{unusual.prior.median:g}, {far}. Correct it, or leave the patient out."
    )


def _first_day(bad: list[Bool[np.ndarray, "..."]], days: Float[np.ndarray, " days"]) -> float:
    """The first day of any state; the last of the course where the result has no days."""
    firsts = [
        int(np.flatnonzero(leaf.reshape(len(days), -1).any(axis=1))[0])
        for leaf in bad
        if leaf.any() and leaf.ndim and len(leaf) == len(days)
    ]
    return float(days[min(firsts, default=len(days) - 1)])


def _most_unusual(parameters: TwinParameters) -> _Unusual:
    found = [
        _Unusual(prior, value, _spreads(prior, value, float(score)))
        for prior, value, score in zip(
            all_priors(),
            map(float, named(parameters).values()),
            np.asarray(scores_of(parameters)),
            strict=True,
        )
    ]
    return max(found, key=lambda unusual: unusual.spreads)


def _spreads(prior: Prior, value: float, score: float) -> float:
    if prior.kind is PriorKind.FIXED:
        return 0.0 if math.isclose(value, prior.median, rel_tol=ROUNDING) else math.inf
    return abs(score)
