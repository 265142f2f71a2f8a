"""What the treatment achieved, as the photographs show it."""

from dataclasses import dataclass

import numpy as np

from facialis.cli.demo.loop import Loop
from facialis.cli.demo.visit import KnownVisit
from facialis.planning.dosing.loss import units_of_plan
from facialis.planning.dosing.weights import Weights
from facialis.planning.outcome.prospect import EFFECT_DAYS
from facialis.planning.outcome.seen import seen_loss
from facialis.twin.present.visits import visit_from_measures

REVIEW_DAYS = 14.0


@dataclass(frozen=True)
class Outcome:
    """Weighted asymmetry and involuntary movement that photographs show; less is better."""

    before: float
    review: float
    later: float
    true_before: float
    true_review: float
    predicted_before: float
    predicted_review: float

    @property
    def measured_share(self) -> float:
        """Part of the loss that is gone at two weeks, as measured."""
        return (self.before - self.review) / self.before

    @property
    def true_share(self) -> float:
        """The same, of the exact points of the photographs."""
        return (self.true_before - self.true_review) / self.true_before

    @property
    def predicted_share(self) -> float:
        """The same, as the model expected it."""
        return (self.predicted_before - self.predicted_review) / self.predicted_before


def outcome_of(loop: Loop) -> Outcome:
    """Judge the visits of a loop."""
    plan, prospect = loop.work.plan, loop.work.prospect
    weights, affected = Weights(plan.weights), loop.patient.affected

    def seen(visit: KnownVisit, *, exact: bool = False) -> float:
        photographs = visit.exact if exact else visit.measured.photographs
        read = visit_from_measures(0.0, photographs)
        return float(seen_loss(read.value_mm[None], affected, weights)[0])

    assert prospect is not None  # noqa: S101  a signed plan was not stopped
    at = EFFECT_DAYS.index(REVIEW_DAYS)
    judged = prospect.judge(units_of_plan(plan.choices))
    predicted = [
        float(seen_loss(np.asarray(one.readings)[:, at], affected, weights).mean())
        for one in (prospect.nothing, judged)
    ]
    return Outcome(
        *(seen(visit) for visit in loop.visits),
        *(seen(visit, exact=True) for visit in loop.visits[:2]),
        *predicted,
    )
