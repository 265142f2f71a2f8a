"""Loss of a plan: expected terms on every day, over sixteen weeks and at full effect, and its price."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from facialis.planning.dosing.choices import DoseChoice, units_reached
from facialis.planning.dosing.weights import Weights
from facialis.planning.outcome.prospect import (
    DAY_SHARES,
    EFFECT_DAYS,
    PEAK_DAYS,
    PLACES,
    Judged,
    Prospect,
)


@dataclass(frozen=True, eq=False)
class PlanLoss:
    """What a plan loses, in the unit of the terms."""

    of_terms: Float[np.ndarray, "days terms"]
    """Expected and weighted."""
    peak: float
    """Mean over the days of full effect."""
    mean: float
    """Mean over sixteen weeks."""
    price: float
    """Of doses and needles."""
    peak_share: float

    @property
    def outcome(self) -> float:
        """Peak and mean together, without the price."""
        return self.peak_share * self.peak + (1 - self.peak_share) * self.mean

    @property
    def whole(self) -> float:
        """What is made least."""
        return self.outcome + self.price


def day_weights(weights: Weights) -> Float[np.ndarray, " days"]:
    """Share of every one of `EFFECT_DAYS` in the outcome."""
    mean = np.array(DAY_SHARES)
    peak = np.isin(EFFECT_DAYS, PEAK_DAYS) / len(PEAK_DAYS)
    share = weights.values["peak_share"]
    return np.asarray(share * peak + (1 - share) * mean)


def units_of_plan(choices: Sequence[DoseChoice]) -> Float[np.ndarray, " places"]:
    """Units that every muscle receives of a plan."""
    return np.asarray(sum((units_reached(choice) for choice in choices), np.zeros(PLACES)))


def price_of(choice: DoseChoice, weights: Weights) -> float:
    """Price of one choice: its part of the target's highest amount, and its needles."""
    part = float(choice.total.amount / choice.highest.amount)
    return weights.values["dose_price"] * part + weights.values["point_price"] * len(choice.points)


def loss_of(prospect: Prospect, judged: Judged, choices: Sequence[DoseChoice], weights: Weights) -> PlanLoss:
    """Loss of faces that were judged under a plan."""
    terms = np.asarray(judged.terms)
    arrays = prospect.arrays
    size = np.maximum(np.where(arrays.is_size, np.abs(terms), terms) - arrays.tolerance, 0.0)
    of_terms = weights.of_terms() * size.mean(axis=0)
    by_day = of_terms.sum(axis=1)
    peak = by_day[np.isin(prospect.days, PEAK_DAYS)].mean()
    price = sum(price_of(choice, weights) for choice in choices)
    return PlanLoss(
        of_terms, float(peak), float(by_day @ np.array(DAY_SHARES)), price, weights.values["peak_share"]
    )


def loss_of_plan(prospect: Prospect, choices: Sequence[DoseChoice], weights: Weights) -> PlanLoss:
    """Judge a plan in the full model."""
    return loss_of(prospect, prospect.judge(units_of_plan(choices)), choices, weights)
