"""Good choices by small changes: quick, and without a promise; the bound comes from elsewhere."""

import numpy as np
from jaxtyping import Float, Int

from facialis.planning.programme.permitted import TOLERANCE, keeps_chance, row_size
from facialis.planning.programme.problem import Programme
from facialis.planning.programme.terms import expected_loss

NOTICEABLE = 1e-9
"""Smallest share of the objective that counts as better, so that rounding cannot go round in circles."""
FIRST_OF_PAIR = 48
"""How many changes of one group, the least harmful, are tried together with every other."""

Sums = Float[np.ndarray, "sums ..."]


class LocalSearch:
    """Improves a permitted choice until no change of one group, or of two, helps.

    Parameters
    ----------
    programme : Programme
    count : bool            Hold chance limits by counting.
    """

    def __init__(self, programme: Programme, *, count: bool) -> None:
        self._programme, self._count = programme, count
        self._group_of = np.unique(programme.group, return_inverse=True)[1]
        is_fixed = np.isin(
            programme.group, [*programme.barred_groups, *programme.group[list(programme.taken)]]
        )
        # Every way to change one group: to another of its choices, or to none, which is the last column.
        to_choice = np.flatnonzero(~is_fixed)
        to_none = np.unique(self._group_of[to_choice])
        self._group = np.concatenate([self._group_of[to_choice], to_none])
        self._choice = np.concatenate([to_choice, np.full(len(to_none), programme.count)])
        # All that is summed over what is taken, one below the other.
        terms = programme.terms
        limits = [limit.row[None] for limit in programme.limits]
        chances = [limit.effect for limit in programme.chance_limits]
        sums = np.concatenate([terms.effect, programme.cost[None], *limits, *chances])
        self._sums = np.concatenate([sums, np.zeros((len(sums), 1))], axis=1)
        samples = [limit.base for limit in programme.chance_limits]
        self._base = np.concatenate([terms.base, np.zeros(1 + len(limits)), *samples])
        self._bounds = np.array([limit.bound + TOLERANCE * row_size(limit) for limit in programme.limits])

    def improve(self, taken: Float[np.ndarray, " choices"], *, pairs: bool) -> Float[np.ndarray, " choices"]:
        """Improve a permitted choice.

        Parameters
        ----------
        taken : (choices,) array    A permitted choice.
        pairs : bool                Change two groups at once where one alone does not help.

        Returns
        -------
        (choices,) array            A permitted choice that is no worse.
        """
        chosen = np.flatnonzero(taken)
        now = np.full(int(self._group_of.max(initial=-1)) + 1, len(taken))
        now[self._group_of[chosen]] = chosen
        while len(moves := self._better(now, pairs=pairs)):
            now[self._group[moves]] = self._choice[moves]
        found = np.zeros(len(taken) + 1)
        found[now] = 1.0
        return found[:-1]

    def _better(self, now: Int[np.ndarray, " groups"], *, pairs: bool) -> Int[np.ndarray, " moves"]:
        """Give the moves of one or two groups that improve; none where none does."""
        sums = self._base + self._sums[:, now].sum(axis=1)
        known = float(self._objective(sums[:, None])[0])
        target = known - NOTICEABLE * abs(known)
        change = self._sums[:, self._choice] - self._sums[:, now[self._group]]
        objective = self._objective(sums[:, None] + change)
        one = self._best(sums, change, objective, target)
        if len(one) or not pairs:
            return one
        is_change = self._choice != now[self._group]
        for first in np.argsort(np.where(is_change, objective, np.inf), kind="stable")[:FIRST_OF_PAIR]:
            from_there = sums + change[:, first]
            objective = self._objective(from_there[:, None] + change)
            objective[self._group == self._group[first]] = np.inf
            second = self._best(from_there, change, objective, target)
            if len(second):
                return np.append(second, first)
        return one

    def _objective(self, sums: Sums) -> Float[np.ndarray, " many"]:
        terms = self._programme.terms
        count = len(terms.base)
        value: Float[np.ndarray, " many"] = terms.weight @ expected_loss(terms, sums[:count]) + sums[count]
        return value

    def _best(
        self, sums: Sums, change: Sums, objective: Float[np.ndarray, " moves"], target: float
    ) -> Int[np.ndarray, " moves"]:
        """Give the best move that reaches the target and is permitted, or none."""
        promising = np.flatnonzero(objective < target)
        promising = promising[np.argsort(objective[promising], kind="stable")]
        first = len(self._programme.terms.base) + 1
        after = sums[first:, None] + change[first:, promising]
        fits = np.all(after[: len(self._bounds)] <= self._bounds[:, None], axis=0)
        at = len(self._bounds)
        for limit in self._programme.chance_limits:
            fits &= keeps_chance(limit, after[at : at + len(limit.base)], count=self._count)
            at += len(limit.base)
        return promising[fits][:1]
