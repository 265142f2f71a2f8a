"""What a search returns, and what each choice contributes to it."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from facialis.planning.programme.permitted import RelaxedChance
from facialis.planning.programme.problem import Programme, as_columns, loss_size
from facialis.planning.programme.terms import expected_loss

NEGLIGIBLE = 1e-6
"""An objective below this share of the programme's losses counts as it where a gap is a share of it."""


@dataclass(frozen=True)
class Solution:
    """A permitted choice, and how far from the best it can be.

    Attributes
    ----------
    chosen : (chosen,) array of int     Choices that are taken, ascending.
    objective : float                   Weighted expected loss and cost of what is taken.
    lower_bound : float                 No permitted choice has a smaller objective.
    timed_out : bool                    The time ran out before the gap that was asked for.
    relaxed : tuple of RelaxedChance    Chance limits that are passed before anything is chosen.
    means : (terms,) array              Mean of each term.
    contributions : (terms,) array      Weighted expected loss of each term.
    cost : float                        Of what is taken; with the contributions, the objective.
    relative_gap : float                Share of the objective by which the best there is can be smaller.
    """

    chosen: Int[np.ndarray, " chosen"]
    objective: float
    lower_bound: float
    timed_out: bool
    relaxed: tuple[RelaxedChance, ...]
    means: Float[np.ndarray, " terms"]
    contributions: Float[np.ndarray, " terms"]
    cost: float
    relative_gap: float


def relative_gap(programme: Programme, objective: float, bound: float) -> float:
    """Give the distance to the bound as a share of the objective; 0 where there is none."""
    return max(objective - bound, 0.0) / max(abs(objective), NEGLIGIBLE * loss_size(programme))


def describe(
    programme: Programme,
    taken: Float[np.ndarray, " choices"],
    *,
    bound: float,
    timed_out: bool,
    relaxed: tuple[RelaxedChance, ...],
) -> Solution:
    """Compute what a solution says about a choice."""
    terms = programme.terms
    means = terms.base + terms.effect @ taken
    contributions = terms.weight * expected_loss(terms, means)
    cost = float(programme.cost @ taken)
    objective = float(contributions.sum()) + cost
    return Solution(
        np.flatnonzero(taken),
        objective,
        min(bound, objective),
        timed_out,
        relaxed,
        means,
        contributions,
        cost,
        relative_gap(programme, objective, bound),
    )


def gain_of_each(
    programme: Programme, chosen: Int[np.ndarray, " chosen"]
) -> Float[np.ndarray, "chosen terms"]:
    """Give by how much each term's contribution would rise if one choice alone were left out.

    Parameters
    ----------
    programme : Programme
    chosen : (chosen,) array of int

    Returns
    -------
    (chosen, terms) array       Above 0 where the choice helps; its own cost is not in it.
    """
    terms = programme.terms
    means = terms.base + terms.effect @ as_columns(programme, chosen)
    without = expected_loss(terms, means[:, None] - terms.effect[:, chosen])
    gain: Float[np.ndarray, "chosen terms"] = (
        terms.weight * (without - expected_loss(terms, means)[:, None]).T
    )
    return gain
