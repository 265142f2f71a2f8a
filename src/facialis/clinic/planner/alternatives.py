"""Other plans to be compared with the proposal: nothing, fewer units, fewer sites."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from facialis.clinic.planner.answers import Alternative, Loss
from facialis.clinic.planner.wording import chosen_of, loss_of, totals_of
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.function_limits import lost_closures
from facialis.planning.dosing.loss import PlanLoss, loss_of_plan, units_of_plan
from facialis.planning.plan.make import PlanWork
from facialis.planning.plan.record import LossSummary
from facialis.planning.programme import Limit, solve
from facialis.planning.programme.errors import LimitsCollideError
from facialis.toxins.exact import number_text, units_words

SITES_SHARE = 0.5
"""Of the proposal's needles: what fewer would bring."""
NEEDLES = "needles of this alternative"


def alternatives_of(work: PlanWork) -> tuple[Alternative, ...]:
    """Every alternative, from nothing upwards; none where a rule stops the plan or it proposes nothing."""
    if not work.plan.choices or work.plan.do_nothing is None:
        return ()
    return tuple(_alternatives(work))


def fewer_sites(work: PlanWork) -> tuple[tuple[DoseChoice, ...], PlanLoss] | None:
    """The best plan with half of the needles, by the last programme of the search, judged in the full model.

    None where there is none, or where more samples than may would lose a protected function.
    """
    optimum, question = work.optimum, work.question
    if optimum is None or question is None or optimum.programme is None or len(work.plan.injections) < 2:
        return None
    programme = optimum.programme
    needles = np.array([float(len(choice.points)) for choice in question.choices])
    most = float(np.floor(SITES_SHARE * len(work.plan.injections)))
    limits = [*programme.limits, Limit(NEEDLES, needles, most)]
    try:
        solution = solve(replace(programme, limits=limits), question.settings)
    except LimitsCollideError:
        return None
    chosen = tuple(question.choices[int(place)] for place in solution.chosen)
    if not chosen or lost_closures(question.prospect, units_of_plan(chosen)):
        return None
    return chosen, loss_of_plan(question.prospect, chosen, question.weights)


def _alternatives(work: PlanWork) -> Iterator[Alternative]:
    plan = work.plan
    assert plan.do_nothing is not None  # noqa: S101  asked for by the caller
    assert plan.loss is not None  # noqa: S101  with the choices
    share = plan.weights["peak_share"]
    nothing, proposed = loss_of(plan.do_nothing, share), loss_of(plan.loss, share)

    def made(
        kind: str, name: str, choices: tuple[DoseChoice, ...], loss: PlanLoss | LossSummary
    ) -> Alternative:
        injections = [one for choice in choices for one in choice.injections]
        (totals,) = totals_of(injections, plan.product)
        judged = loss_of(loss, share)
        kept = _kept(nothing, proposed, judged)
        return Alternative(kind, name, tuple(map(chosen_of, choices)), totals, judged, kept)

    yield made("nothing", "No injection", (), plan.do_nothing)
    offered: list[tuple[str, tuple[DoseChoice, ...], PlanLoss | LossSummary]] = [
        ("fewer_units", one.choices, one.loss) for one in plan.alternatives if one.units is not None
    ]
    fewer = fewer_sites(work)
    if fewer is not None and fewer[0] not in [choices for _, choices, _ in offered]:
        offered.append(("fewer_sites", *fewer))
    for sought, choices, judged in offered:
        named = named_by_what_is_fewer(sought, choices, plan.choices)
        if named is not None:
            yield made(*named, choices, judged)


def named_by_what_is_fewer(
    sought: str, choices: Sequence[DoseChoice], proposed: Sequence[DoseChoice]
) -> tuple[str, str] | None:
    """Kind and name of an alternative, from its own numbers; None where nothing of it is fewer.

    Where both are, it is called what was ``sought``: 'fewer_units' or 'fewer_sites'.

    The search asks for fewer units of its own plan, and what is proposed in the end may have less still.
    """
    units, sites = _units(choices), _sites(choices)
    points = f"{sites} {'point' if sites == 1 else 'points'}"
    has_fewer_units, has_fewer_sites = units < _units(proposed), sites < _sites(proposed)
    if has_fewer_units and (sought == "fewer_units" or not has_fewer_sites):
        return "fewer_units", f"Fewer units: {number_text(units)}"
    if has_fewer_sites:
        also = "" if has_fewer_units else f", {units_words(units)}"
        return "fewer_sites", f"Fewer sites: {points}{also}"
    return None


def _units(choices: Sequence[DoseChoice]) -> Fraction:
    return sum((choice.total.amount for choice in choices), Fraction(0))


def _sites(choices: Sequence[DoseChoice]) -> int:
    return sum(len(choice.points) for choice in choices)


def _kept(nothing: Loss, proposed: Loss, judged: Loss) -> float | None:
    whole = nothing.outcome - proposed.outcome
    return (nothing.outcome - judged.outcome) / whole if whole > 0 else None
