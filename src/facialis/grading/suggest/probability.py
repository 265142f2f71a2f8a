"""How likely each step of a scale is, given a reading and its uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import NormalDist


def share_below(limit: float, mean: float, sd: float) -> float:
    """Probability that a normal quantity lies below a limit; a value on the limit does not.

    Parameters
    ----------
    limit, mean, sd : float
        Same unit; ``sd`` 0 means that the quantity is known exactly.
    """
    if sd == 0:
        return 1.0 if mean < limit else 0.0
    return NormalDist(mean, sd).cdf(limit)


def share_within(low: float, high: float, mean: float, sd: float) -> float:
    """Probability that a normal quantity lies from ``low`` up to, not including, ``high``."""
    below_high = 1.0 if high == inf else share_below(high, mean, sd)
    below_low = 0.0 if low == -inf else share_below(low, mean, sd)
    return below_high - below_low


def central_interval(mean: float, sd: float, probability: float) -> tuple[float, float]:
    """The interval about the mean that holds a normal quantity with this probability (below 1)."""
    half = NormalDist().inv_cdf((1 + probability) / 2) * sd
    return mean - half, mean + half


def shares_of_steps(limits: Sequence[float], mean: float, sd: float) -> tuple[float, ...]:
    """Probability of each step between ascending limits; the first and the last step are open."""
    below = [0.0, *(share_below(limit, mean, sd) for limit in limits), 1.0]
    return tuple(high - low for low, high in pairwise(below))


def shares_of_greatest(limits: Sequence[float], members: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """Probability of each step of the greatest of several independent quantities.

    Parameters
    ----------
    limits : sequence of float
        Ascending; in the unit of the members.
    members : sequence of (mean, sd)
        At least one.
    """
    below = [0.0]
    for limit in limits:
        product = 1.0
        for mean, sd in members:
            product *= share_below(limit, mean, sd)
        below.append(product)
    return tuple(high - low for low, high in pairwise([*below, 1.0]))


@dataclass(frozen=True)
class Spread:
    """A distribution over whole numbers of points."""

    chances: dict[int, float]

    def plus(self, other: "Spread") -> "Spread":
        """Distribution of the sum of two independent quantities."""
        total: dict[int, float] = {}
        for own, own_chance in self.chances.items():
            for added, added_chance in other.chances.items():
                total[own + added] = total.get(own + added, 0.0) + own_chance * added_chance
        return Spread(total)

    def times(self, factor: int) -> "Spread":
        """Distribution of the quantity times a factor other than 0."""
        return Spread({points * factor: chance for points, chance in self.chances.items()})

    def central_interval(self, probability: float) -> tuple[int, int]:
        """Ends of the points between which at least this probability lies, equal tails left out."""
        tail = (1 - probability) / 2
        ascending = sorted(self.chances)
        return self._first_beyond(ascending, tail), self._first_beyond(ascending[::-1], tail)

    def _first_beyond(self, points: Sequence[int], tail: float) -> int:
        passed = 0.0
        for point in points:
            passed += self.chances[point]
            if passed > tail:
                return point
        return points[-1]
