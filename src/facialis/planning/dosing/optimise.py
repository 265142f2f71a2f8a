"""The plan with the least expected loss within every limit: a certified programme, judged in the full model."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.effects import around, linear_terms, slope_at
from facialis.planning.dosing.function_limits import closure_limits, event_limits, swallowing_limit
from facialis.planning.dosing.loss import PlanLoss, loss_of, price_of, units_of_plan
from facialis.planning.dosing.weights import Weights, default_weights
from facialis.planning.outcome.prospect import Prospect
from facialis.planning.programme import Limit, Programme, SolverSettings, solve
from facialis.planning.programme.limits import ChanceLimit

ROUNDS = 3
"""Times the programme is set up again about the plan that it found."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """The plan, what it loses in the full model, and how the search went."""

    choices: tuple[DoseChoice, ...]
    loss: PlanLoss
    do_nothing: PlanLoss
    relative_gap: float
    """Certified, of the programme about the plan: share by which another plan could be better there."""
    timed_out: bool
    relaxed: tuple[str, ...]
    """Limits that the patient passes without any toxin; the plan takes them no further."""
    rounds: int


@dataclass(frozen=True, eq=False)
class DoseQuestion:
    """What may be chosen for one patient, and what must hold."""

    prospect: Prospect
    choices: tuple[DoseChoice, ...]
    weights: Weights = field(default_factory=default_weights)
    limits: tuple[Limit, ...] = ()
    """Caps of a session and over time; functions are added to them."""
    taken: tuple[DoseChoice, ...] = ()
    """What a clinician has decided."""
    settings: SolverSettings = field(default_factory=SolverSettings)


def optimise(question: DoseQuestion) -> Optimum:
    """Find the doses.

    Raises
    ------
    LimitsCollideError      What a clinician has decided cannot stand beside the limits; it names them.
    """
    prospect, choices, weights = question.prospect, question.choices, question.weights
    assert prospect.nothing is not None  # noqa: S101  made by `prospect_of`
    nothing = loss_of(prospect, prospect.nothing, (), weights)
    chance, limits = protecting_limits(prospect, choices)
    start = around(prospect, (), prospect.nothing)
    slope_before = slope_at(prospect, start.blocks)
    slope, here = slope_before, start
    best: tuple[tuple[DoseChoice, ...], PlanLoss] | None = None
    seen: list[Collection[int]] = []
    solution = None
    rounds = 0
    for rounds in range(1, ROUNDS + 1):
        terms = linear_terms(prospect, choices, weights, here, slope)
        solution = solve(
            Programme(
                group=np.array(group_numbers(choices), dtype=int),
                terms=terms,
                cost=np.array([price_of(choice, weights) for choice in choices]),
                limits=(*question.limits, *limits),
                chance_limits=chance,
                taken=[choices.index(choice) for choice in question.taken],
                choice_names=[_name(choice) for choice in choices],
            ),
            question.settings,
        )
        chosen = tuple(int(place) for place in solution.chosen)
        plan = tuple(choices[place] for place in chosen)
        judged = prospect.judge(units_of_plan(plan))
        loss = loss_of(prospect, judged, plan, weights)
        if best is None or loss.whole < best[1].whole:
            best = (plan, loss)
        if chosen in seen:
            break
        seen.append(chosen)
        here = around(prospect, plan, judged)
        slope = (slope_before + slope_at(prospect, here.blocks)) / 2
    assert best is not None  # noqa: S101  at least one round
    assert solution is not None  # noqa: S101
    if not question.taken and nothing.whole <= best[1].whole:
        best = ((), nothing)
    return Optimum(
        *best,
        do_nothing=nothing,
        relative_gap=solution.relative_gap,
        timed_out=solution.timed_out,
        relaxed=tuple(relaxed.name for relaxed in solution.relaxed),
        rounds=rounds,
    )


def protecting_limits(
    prospect: Prospect, choices: Sequence[DoseChoice]
) -> tuple[tuple[ChanceLimit, ...], tuple[Limit, ...]]:
    """Limits that protect wanted functions."""
    sums = [*event_limits(prospect, choices), *swallowing_limit(prospect.product, choices)]
    return tuple(closure_limits(prospect, choices)), tuple(sums)


def group_numbers(choices: Sequence[DoseChoice]) -> list[int]:
    """Number of each choice's place: one amount at most for a target on a side."""
    places = list(dict.fromkeys((choice.side, choice.target) for choice in choices))
    return [places.index((choice.side, choice.target)) for choice in choices]


def _name(choice: DoseChoice) -> str:
    side = "midline" if choice.side is None else choice.side.label
    return f"{choice.total.text} into {choice.target.value.replace('_', ' ')}, {side}"
