"""Other plans along units against symmetry, do nothing among them, each judged in the full model."""

import numpy as np

from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.loss import PlanLoss, loss_of_plan
from facialis.planning.dosing.optimise import DoseQuestion, Optimum
from facialis.planning.programme import trade_off

SHARES = (0.25, 0.5, 0.75)
"""Of the plan's units: what less would bring."""


def alternatives_of(
    question: DoseQuestion, optimum: Optimum
) -> tuple[tuple[tuple[DoseChoice, ...], PlanLoss], ...]:
    """Plans with fewer units than the proposed one, by rising units; the first does nothing.

    Those that the full model finds no better than one with fewer units are left out.
    """
    found: list[tuple[tuple[DoseChoice, ...], PlanLoss]] = [((), optimum.do_nothing)]
    units = sum(float(choice.total.amount) for choice in optimum.choices)
    if optimum.programme is None or not units or question.taken:
        return tuple(found)
    caps = list(np.array(SHARES) * units)
    for step in trade_off(optimum.programme, question.settings, caps=caps):
        plan = tuple(question.choices[int(place)] for place in step.solution.chosen)
        if not plan or plan == optimum.choices:
            continue
        loss = loss_of_plan(question.prospect, plan, question.weights)
        if optimum.loss.outcome < loss.outcome < found[-1][1].outcome:
            found.append((plan, loss))
    return tuple(found)
