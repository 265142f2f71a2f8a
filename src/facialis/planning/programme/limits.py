"""Limits that no choice may pass: named sums, and samples of which only a share may pass."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from facialis.planning.programme.checked_arrays import numbers
from facialis.planning.programme.errors import ProgrammeError


@dataclass(frozen=True)
class Limit:
    """A sum over what is chosen that must not pass a bound.

    Attributes
    ----------
    name : str                  For the person who reads which limit was in the way.
    row : (choices,) array      What each choice adds.
    bound : float               The largest sum allowed.
    """

    name: str
    row: Float[np.ndarray, " choices"]
    bound: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", numbers(self.row, (-1,), f"row of the limit {self.name!r}"))
        bound = numbers(self.bound, (), f"bound of the limit {self.name!r}")
        object.__setattr__(self, "bound", float(bound))


@dataclass(frozen=True)
class ChanceLimit:
    """A quantity, known as samples, of which only a share may pass a limit.

    The samples above the limit are kept few by keeping the mean of the worst ones within it. That is linear,
    and on the safe side: whenever it holds, at most the share allowed lies above. A patient whose worst
    samples pass the limit without any choice gets no further from it: then their mean is the limit.

    Attributes
    ----------
    name : str                          For the person who reads which limit was in the way.
    base : (samples,) array             The samples when nothing is chosen.
    effect : (samples, choices) array   What each choice adds to them.
    limit : float                       What a sample should not pass.
    probability : float                 Share that may, above 0 and below 1.
    """

    name: str
    base: Float[np.ndarray, " samples"]
    effect: Float[np.ndarray, "samples choices"]
    limit: float
    probability: float

    def __post_init__(self) -> None:
        of = f"of the chance limit {self.name!r}"
        base = numbers(self.base, (-1,), f"samples {of}")
        if not len(base):
            raise ProgrammeError(f"The samples {of} are none. Give at least one.")
        object.__setattr__(self, "base", base)
        object.__setattr__(self, "effect", numbers(self.effect, (len(base), -1), f"effects {of}"))
        object.__setattr__(self, "limit", float(numbers(self.limit, (), f"bound {of}")))
        probability = float(numbers(self.probability, (), f"probability {of}"))
        if not 0 < probability < 1:
            raise ProgrammeError(f"The probability {of} is {probability:g}; it lies above 0 and below 1.")
        object.__setattr__(self, "probability", probability)


def worst_shares(samples: int, probability: float) -> Float[np.ndarray, " samples"]:
    """Weigh samples, the worst first, so that the weighted sum is the mean of the worst ``probability``."""
    worst = probability * samples
    shares: Float[np.ndarray, " samples"] = np.clip(worst - np.arange(samples), 0.0, 1.0) / worst
    return shares


def worst_mean(values: Float[np.ndarray, "samples ..."], probability: float) -> Float[np.ndarray, "..."]:
    """Mean of the largest samples that make up a share: the conditional value at risk."""
    falling = -np.sort(-values, axis=0)
    return np.tensordot(worst_shares(len(values), probability), falling, axes=1)


def allowed_count(samples: int, probability: float) -> int:
    """How many of the samples may lie above a limit."""
    return int(np.floor(probability * samples + 1e-9))
