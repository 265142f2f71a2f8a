"""What is known so far: the best permitted choice, a bound on all of them, and how to get on."""

import numpy as np
from jaxtyping import Float

from facialis.planning.programme.cuts import broken_chances, joined
from facialis.planning.programme.frame import Frame, reach
from facialis.planning.programme.highs import run_highs
from facialis.planning.programme.local_search import LocalSearch
from facialis.planning.programme.permitted import are_permitted
from facialis.planning.programme.problem import objective_of
from facialis.planning.programme.settings import SolverSettings
from facialis.planning.programme.solution import relative_gap
from facialis.planning.programme.tangents import first_tangents, pieces_between, with_tangents
from facialis.planning.programme.terms import TermKind, expected_loss


class Search:
    """A search in progress.

    Parameters
    ----------
    frame : Frame
    settings : SolverSettings

    Attributes
    ----------
    best : (choices,) array or None     The best permitted choice so far.
    objective : float                   Its objective; infinite where there is none.
    bound : float                       No permitted choice has a smaller objective.
    seconds : float                     Solver's time so far. [s]
    is_late : bool                      The time ran out.
    is_impossible : bool                Nothing is permitted.
    """

    def __init__(self, frame: Frame, settings: SolverSettings) -> None:
        self._frame, self._settings = frame, settings
        self._programme = frame.programme
        self._rows = frame.rows
        self._tangents = first_tangents(frame.programme.terms)
        self._local = LocalSearch(frame.programme, count=settings.count_chances)
        self.best: Float[np.ndarray, " choices"] | None = None
        self.objective, self.bound = np.inf, least_thinkable(frame)
        self.seconds = 0.0
        self.is_late = self.is_impossible = False

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to find, or no time for it."""
        return self.is_late or self.is_impossible or self.gap <= self._settings.relative_gap

    @property
    def gap(self) -> float:
        """Share by which the best there is can be smaller."""
        return relative_gap(self._programme, self.objective, self.bound) if self.best is not None else np.inf

    def try_from(self, taken: Float[np.ndarray, " choices"], *, pairs: bool = False) -> None:
        """Improve a choice and keep it, if it is permitted and better."""
        if not are_permitted(self._programme, taken[:, None], count=self._settings.count_chances)[0]:
            return
        found = self._local.improve(taken, pairs=pairs)
        objective = objective_of(self._programme, found)
        if objective < self.objective:
            self.best, self.objective = found, objective

    def step(self, *, whole: bool) -> bool:
        """Run the solver once, keep its bound and its choice, and teach it what it did not know there.

        Parameters
        ----------
        whole : bool    Whole choices; else parts of them, which is quick and gives a bound.

        Returns
        -------
        bool            Whether it was taught something: the same run again would give something else.
        """
        if whole and self.best is not None:
            self._learn(self.best)  # so that the solver scores its start as it is
        pieces = pieces_between(self._tangents, self._frame.low, self._frame.high)
        left = self._settings.time_limit_s - self.seconds
        run = run_highs(
            self._frame,
            pieces,
            self._rows,
            self._settings,
            whole=whole,
            seconds=left,
            start=self.best if whole else None,
        )
        self.seconds += run.seconds
        self.is_late, self.is_impossible = run.is_late, run.is_impossible
        self.bound = max(self.bound, run.bound)
        if run.taken is None:
            return False
        self.try_from(run.taken if whole else self._rounded(run.taken))
        return self._learn(run.taken)

    def _learn(self, taken: Float[np.ndarray, " choices"]) -> bool:
        terms = self._programme.terms
        tangents = with_tangents(self._tangents, terms, terms.base + terms.effect @ taken)
        is_more = len(tangents.term) > len(self._tangents.term)
        self._tangents = tangents
        if not self._settings.count_chances:
            cuts = broken_chances(self._programme, taken)
            is_more |= len(cuts.bound) > 0
            self._rows = joined(self._rows, cuts)
        return is_more

    def _rounded(self, parts: Float[np.ndarray, " choices"]) -> Float[np.ndarray, " choices"]:
        """Take the largest part of each group, groups with the most taken first, while it is permitted."""
        programme = self._programme
        taken = np.zeros(programme.count)
        taken[list(programme.taken)] = 1.0
        for at in np.argsort(-parts, kind="stable"):
            if parts[at] < 1 / 3:
                break
            more = taken.copy()
            more[at] = 1.0
            if are_permitted(programme, more[:, None], count=self._settings.count_chances)[0]:
                taken = more
        return taken


def least_thinkable(frame: Frame) -> float:
    """Give the objective if every term and cost were at its least at once: a bound without a solver."""
    terms = frame.programme.terms
    nearest = np.clip(0.0, frame.low, frame.high)
    least = expected_loss(terms, np.where(terms.kind == TermKind.EXCESS, frame.low, nearest))
    cost, _ = reach(frame.programme, np.zeros(1), frame.programme.cost[None])
    return float(terms.weight @ least + cost[0])
