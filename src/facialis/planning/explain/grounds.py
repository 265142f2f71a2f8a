"""What every explanation starts from: the plan judged, and any other plan judged beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float

from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.loss import PlanLoss, day_weights, loss_of, price_of, units_of_plan
from facialis.planning.dosing.optimise import DoseQuestion, Optimum
from facialis.planning.outcome.prospect import PEAK_DAYS, Judged, Prospect, Units
from facialis.planning.outcome.scores import FaceScores, scores_of
from facialis.planning.plan.make import PlanWork


@dataclass(frozen=True, eq=False)
class View:
    """One plan, as the full model judges it."""

    choices: tuple[DoseChoice, ...]
    units: Units
    judged: Judged
    loss: PlanLoss
    prospect: Prospect

    @cached_property
    def scores(self) -> FaceScores:
        """Of every sample on every day."""
        return scores_of(self.prospect, self.judged, self.units)

    @cached_property
    def peak_mm(self) -> Float[np.ndarray, "samples expressions sides readings"]:
        """Readings between two and four weeks."""
        return np.asarray(np.asarray(self.judged.readings)[:, at_peak(self.prospect)].mean(axis=1))


@dataclass(frozen=True, eq=False)
class Grounds:
    """The plan, doing nothing, and the means to judge another."""

    work: PlanWork
    prospect: Prospect
    question: DoseQuestion
    optimum: Optimum
    plan: View
    nothing: View

    def view(self, choices: Sequence[DoseChoice]) -> View:
        """Judge another plan."""
        return _view(self.prospect, self.question, choices)

    def term_losses(self, view: View) -> Float[np.ndarray, " terms"]:
        """Loss by every term; their sum is the plan's outcome."""
        return np.asarray(day_weights(self.question.weights) @ view.loss.of_terms)

    def price(self, choice: DoseChoice) -> float:
        """Of one choice."""
        return price_of(choice, self.question.weights)

    @property
    def whole_gain(self) -> float:
        """What the plan gains against doing nothing, without prices."""
        return self.nothing.loss.outcome - self.plan.loss.outcome


def grounds_of(work: PlanWork) -> Grounds | None:
    """Judge the plan and doing nothing; None where a rule stopped the plan."""
    if work.prospect is None or work.question is None or work.optimum is None:
        return None
    plan = _view(work.prospect, work.question, work.plan.choices)
    nothing = _view(work.prospect, work.question, ())
    return Grounds(work, work.prospect, work.question, work.optimum, plan, nothing)


def at_peak(prospect: Prospect) -> Bool[np.ndarray, " days"]:
    """Which days lie between two and four weeks."""
    return np.asarray(np.isin(prospect.days, PEAK_DAYS))


def _view(prospect: Prospect, question: DoseQuestion, choices: Sequence[DoseChoice]) -> View:
    units = units_of_plan(choices)
    judged = prospect.judge(units) if choices else prospect.nothing
    loss = loss_of(prospect, judged, choices, question.weights)
    return View(tuple(choices), units, judged, loss, prospect)
