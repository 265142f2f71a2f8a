"""The plan with the least expected loss within every limit: certified, and judged in the full model."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.effects import Around, Slope, around, linear_terms, slope_at
from facialis.planning.dosing.function_limits import (
    SURROGATE,
    closure_limits,
    event_limits,
    lost_closures,
    swallowing_limit,
)
from facialis.planning.dosing.loss import PlanLoss, loss_of, price_of, units_of_plan
from facialis.planning.dosing.weights import Weights, default_weights
from facialis.planning.outcome.prospect import Prospect
from facialis.planning.places import place_text
from facialis.planning.programme import Limit, Programme, SolverSettings, solve
from facialis.planning.programme.limits import ChanceLimit

ROUNDS = 3
"""Times the programme is set up again about the plan that it found."""
ROUGH = 4.0
"""Until the last round a gap so many times as wide will do: the programme changes anyway."""
TIGHTENINGS = (SURROGATE, SURROGATE / 2.5, SURROGATE / 6)
"""Shares of the worst samples that are held to a limit, in multiples of those that may pass it: the next
one where the full model counts too many."""


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
    rounds: int = ROUNDS


@dataclass(frozen=True, eq=False)
class Optimum:
    """The plan, what it loses in the full model, and how the search went."""

    choices: tuple[DoseChoice, ...]
    loss: PlanLoss
    do_nothing: PlanLoss
    relative_gap: float
    """Certified, of the last programme: share by which another plan could be better there. The plan is that
    programme's, or one that the full model finds better still."""
    timed_out: bool
    relaxed: tuple[str, ...]
    """Limits that the patient passes without any toxin; the plan takes them no further."""
    rounds: int
    programme: Programme | None
    """The last one, about the plan; None where there was nothing to choose from."""


@dataclass(frozen=True, eq=False)
class _Found:
    choices: tuple[DoseChoice, ...]
    loss: PlanLoss
    relative_gap: float
    timed_out: bool
    relaxed: tuple[str, ...]
    programme: Programme


def optimise(question: DoseQuestion) -> Optimum:
    """Find the doses.

    Raises
    ------
    LimitsCollideError      What a clinician has decided cannot stand beside the limits; it names them.

    Notes
    -----
    The programme is linear about a plan; it is set up again about what it found until it finds the same.
    Of all plans seen the full model decides. If more samples than allowed lose a protected function in
    it, the limits are tightened and the search is run again; the last resort is no injection.
    """
    prospect = question.prospect
    nothing = loss_of(prospect, prospect.nothing, (), question.weights)
    if not question.choices:
        return Optimum((), nothing, nothing, 0.0, timed_out=False, relaxed=(), rounds=0, programme=None)
    sums = (*event_limits(prospect, question.choices), *swallowing_limit(prospect.product, question.choices))
    start = around(prospect, (), prospect.nothing)
    slope = slope_at(prospect, start.blocks)
    rounds = 0
    best, last = None, None
    for surrogate in TIGHTENINGS:
        chance = tuple(closure_limits(prospect, question.choices, surrogate))
        found = _search(question, chance, (*question.limits, *sums), start, slope)
        rounds, last = rounds + len(found), found[-1]
        kept = [one for one in found if not lost_closures(prospect, units_of_plan(one.choices))]
        if kept or question.taken:
            best = min(kept or found, key=lambda one: one.loss.whole)
            break
    assert last is not None  # noqa: S101  there is at least one tightening
    plan, loss = ((), nothing) if best is None else (best.choices, best.loss)
    if not question.taken and nothing.whole <= loss.whole:
        plan, loss = (), nothing
    return Optimum(
        choices=plan,
        loss=loss,
        do_nothing=nothing,
        relative_gap=last.relative_gap,
        timed_out=last.timed_out,
        relaxed=last.relaxed,
        rounds=rounds,
        programme=last.programme,
    )


def _search(
    question: DoseQuestion,
    chance: tuple[ChanceLimit, ...],
    limits: tuple[Limit, ...],
    start: Around,
    slope_before: Slope,
) -> list[_Found]:
    """Plans of all rounds, the last about itself where it settled."""
    prospect, choices, weights = question.prospect, question.choices, question.weights
    found: list[_Found] = []
    here, slope = start, slope_before
    rough = replace(question.settings, relative_gap=min(ROUGH * question.settings.relative_gap, 0.5))
    settings = {False: rough, True: question.settings}
    for number in range(1, question.rounds + 1):
        programme = Programme(
            group=np.array(group_numbers(choices), dtype=int),
            terms=linear_terms(prospect, choices, weights, here, slope),
            cost=np.array([price_of(choice, weights) for choice in choices]),
            limits=limits,
            chance_limits=chance,
            taken=[choices.index(choice) for choice in question.taken],
            units=np.array([float(choice.total.amount) for choice in choices]),
            choice_names=[choice_text(choice) for choice in choices],
        )
        last = [choices.index(choice) for choice in found[-1].choices] if found else None
        solution = solve(programme, settings[number == question.rounds], start=last)
        plan = tuple(choices[int(place)] for place in solution.chosen)
        relaxed = tuple(limit.name for limit in solution.relaxed)
        known = next((one.loss for one in found if one.choices == plan), None)
        if known is not None:
            if solution.relative_gap > question.settings.relative_gap:
                # Settled, but only roughly: the same programme once more, to the gap that is asked for.
                solution = solve(programme, question.settings, start=[int(at) for at in solution.chosen])
                plan = tuple(choices[int(place)] for place in solution.chosen)
                known = loss_of(prospect, prospect.judge(units_of_plan(plan)), plan, weights)
            found.append(_Found(plan, known, solution.relative_gap, solution.timed_out, relaxed, programme))
            break
        judged = prospect.judge(units_of_plan(plan))
        loss = loss_of(prospect, judged, plan, weights)
        found.append(_Found(plan, loss, solution.relative_gap, solution.timed_out, relaxed, programme))
        here = around(prospect, plan, judged)
        slope = (slope_before + slope_at(prospect, here.blocks)) / 2
    return found


def group_numbers(choices: Sequence[DoseChoice]) -> list[int]:
    """Number of each choice's place: one amount at most for a target on a side."""
    places = list(dict.fromkeys((choice.side, choice.target) for choice in choices))
    return [places.index((choice.side, choice.target)) for choice in choices]


def choice_text(choice: DoseChoice) -> str:
    """'2.5 units onabotulinumtoxinA into mentalis, LEFT'."""
    return f"{choice.total.text} into {place_text((choice.side, choice.target))}"
