"""The programme: what can be chosen, what it does, and what must hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from facialis.planning.programme.checked_arrays import numbers, places
from facialis.planning.programme.errors import ProgrammeError
from facialis.planning.programme.limits import ChanceLimit, Limit
from facialis.planning.programme.terms import Terms, expected_loss


@dataclass(frozen=True)
class Programme:
    """Choices of which each group takes one or none, so that the expected loss and the cost are least.

    Attributes
    ----------
    group : (choices,) array of int     Group of each choice, numbered from 0 in any order.
    terms : Terms                       What is lost.
    cost : (choices,) array             What each choice costs, in the unit of the loss.
    limits : sequence of Limit          Sums that must not pass a bound.
    chance_limits : sequence of ChanceLimit
        Samples of which only a share may pass a limit.
    taken : sequence of int             Choices that must be taken.
    barred_groups : collection of int   Groups of which nothing may be taken.
    units : (choices,) array, optional  Units of each choice, from 0, for the trade-off; all 0 when left out.
    choice_names : sequence of str, optional
        For messages; "choice 0", "choice 1", ... when left out.
    """

    group: Int[np.ndarray, " choices"]
    terms: Terms
    cost: Float[np.ndarray, " choices"]
    limits: Sequence[Limit] = ()
    chance_limits: Sequence[ChanceLimit] = ()
    taken: Sequence[int] = ()
    barred_groups: Collection[int] = ()
    units: Float[np.ndarray, " choices"] | None = None
    choice_names: Sequence[str] | None = None

    def __post_init__(self) -> None:
        group = places(self.group, (-1,), "groups of the choices")
        count = len(group)
        units = np.zeros(count) if self.units is None else self.units
        names = [f"choice {at}" for at in range(count)] if self.choice_names is None else self.choice_names
        object.__setattr__(self, "group", group)
        object.__setattr__(self, "cost", numbers(self.cost, (count,), "costs of the choices"))
        object.__setattr__(self, "units", numbers(units, (count,), "units of the choices", at_least=0))
        object.__setattr__(self, "choice_names", tuple(names))
        object.__setattr__(self, "limits", tuple(self.limits))
        object.__setattr__(self, "chance_limits", tuple(self.chance_limits))
        taken = places(sorted(set(self.taken)), (-1,), "choices that are taken", below=count)
        object.__setattr__(self, "taken", tuple(taken.tolist()))
        object.__setattr__(self, "barred_groups", frozenset(self.barred_groups))
        self._check_lengths(count)
        self._check_fixed()

    @property
    def count(self) -> int:
        """How many choices there are."""
        return len(self.group)

    def _check_lengths(self, count: int) -> None:
        columns = [("effects on the terms", self.terms.effect.shape[1])]
        columns += [(f"row of the limit {limit.name!r}", len(limit.row)) for limit in self.limits]
        columns += [
            (f"effects of the chance limit {limit.name!r}", limit.effect.shape[1])
            for limit in self.chance_limits
        ]
        assert self.choice_names is not None  # noqa: S101  made above
        columns.append(("names of the choices", len(self.choice_names)))
        for what, found in columns:
            if found != count:
                raise ProgrammeError(f"The {what} are of {found} choices; {count} are wanted.")
        names = [limit.name for limit in self.limits] + [limit.name for limit in self.chance_limits]
        if len(set(names)) != len(names):
            raise ProgrammeError("Two limits have the same name. Name each its own, so that one can be told.")

    def _check_fixed(self) -> None:
        groups = [int(self.group[at]) for at in self.taken]
        twice = {group for group in groups if groups.count(group) > 1}
        if twice:
            raise ProgrammeError(f"Group {min(twice)} must take two choices at once. Keep one of them.")
        both = set(groups) & set(self.barred_groups)
        if both:
            raise ProgrammeError(
                f"Group {min(both)} is barred and must take a choice. Decide for one of the two."
            )


def members(programme: Programme) -> Bool[np.ndarray, "groups choices"]:
    """Say which choices belong to each group."""
    found: Bool[np.ndarray, "groups choices"] = np.unique(programme.group)[:, None] == programme.group
    return found


def as_columns(
    programme: Programme, chosen: Sequence[int] | Int[np.ndarray, " chosen"]
) -> Float[np.ndarray, " choices"]:
    """Write what is chosen as one number for each choice: 1 or 0."""
    taken = np.zeros(programme.count)
    taken[np.asarray(chosen, dtype=np.int64)] = 1.0
    return taken


def loss_size(programme: Programme) -> float:
    """Give a number of the size of the programme's losses and costs, above 0."""
    terms = programme.terms
    loss = float(terms.weight @ expected_loss(terms, terms.base))
    return max(loss, float(np.abs(programme.cost).max(initial=0.0)), float(np.finfo(float).tiny))


def objective_of(programme: Programme, taken: Float[np.ndarray, " choices"]) -> float:
    """Expected loss of all terms, weighted, and the cost of what is taken."""
    terms = programme.terms
    loss = expected_loss(terms, terms.base + terms.effect @ taken)
    return float(terms.weight @ loss + programme.cost @ taken)
