"""Weights of the objective: defaults from the table, changed by wishes and by clinicians."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Float

from facialis.evidence import load_rows
from facialis.planning.errors import PlanningError
from facialis.planning.outcome.terms import TABLES, outcome_terms


class WeightError(PlanningError):
    """A weight that is unknown or outside its range."""

    code = "weight_invalid"


@dataclass(frozen=True)
class Weights:
    """Factors on the terms, and prices, by name."""

    values: Mapping[str, float]

    def of_terms(self) -> Float[np.ndarray, " terms"]:
        """Weight of every term."""
        return np.array(
            [
                term.weight * self.values[term.domain.value] * self.values.get(term.kind.value, 1.0)
                for term in outcome_terms()
            ]
        )


@cache
def default_weights() -> Weights:
    """The table's."""
    return Weights(
        {row.text("weight"): row.number("value") for row in load_rows(TABLES, "objective_weights").rows}
    )


def weights_with(changes: Mapping[str, float]) -> Weights:
    """Defaults with some weights changed.

    Raises
    ------
    WeightError     An unknown name, or a value outside the table's range.
    """
    rows = {row.text("weight"): row for row in load_rows(TABLES, "objective_weights").rows}
    for name, value in changes.items():
        if name not in rows:
            raise WeightError(f"'{name}' is no weight. Give one of {', '.join(rows)}.")
        least, most = rows[name].number("least"), rows[name].number("most")
        if not (np.isfinite(value) and least <= value <= most):
            raise WeightError(f"The weight {name} is {value:g}; it lies from {least:g} to {most:g}.")
    return Weights({**default_weights().values, **{name: float(value) for name, value in changes.items()}})
