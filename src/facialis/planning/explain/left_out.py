"""Why a target is not in the plan."""

import numpy as np

from facialis.anatomy.side_roles import SideRole
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.explain.contributions import contribution_of
from facialis.planning.explain.drivers import drivers_of
from facialis.planning.explain.grounds import Grounds, View
from facialis.planning.explain.hazards import hazards_of
from facialis.planning.explain.limit_uses import function_uses, session_uses
from facialis.planning.explain.moved import measure_changes
from facialis.planning.explain.records import (
    Contribution,
    Driver,
    HazardNote,
    LeftOutTarget,
    MeasureChange,
    WhyNot,
)
from facialis.planning.explain.words import listed, place_name
from facialis.planning.limits import TargetLimit
from facialis.planning.programme.problem import as_columns, objective_of
from facialis.toxins import ToxinProduct
from facialis.twin.decode import Decoded

ROUNDING = 1e-9


def not_offered(limit: TargetLimit, decoded: Decoded, product: ToxinProduct) -> LeftOutTarget:
    """A target that could not be chosen, or any target of a plan that a rule stops."""
    sentence = limit.sentence
    if limit.is_offered:
        sentence = f"{place_name(limit.place)}: a rule stops the whole plan."
    return LeftOutTarget(
        target=limit.target,
        side=limit.side,
        role=limit.role,
        not_offered=limit.reason,
        not_chosen=None,
        best_dose=None,
        contribution=None,
        measures=(),
        hazards=hazards_of(limit.target, limit.role, product),
        breaks=(),
        drivers=drivers_of(limit.place, decoded),
        sentence=sentence,
    )


def not_chosen(grounds: Grounds, limit: TargetLimit) -> LeftOutTarget:
    """A target that was offered: its best amount, judged beside the plan in the full model."""
    product, drivers = grounds.prospect.product, drivers_of(limit.place, grounds.work.decoded)
    hazards = hazards_of(limit.target, limit.role, product)
    best = _best(grounds, limit)
    if best is None:
        assert limit.bounds is not None  # noqa: S101  it is offered
        sentence = (
            f"{place_name(limit.place)}: no amount on the step of {limit.bounds.step.text} lies within the "
            "published range and today's limit."
        )
        return _left_out(limit, WhyNot.DOSE_LIMIT, None, None, (), hazards, (), drivers, sentence)
    with_it = grounds.view((*grounds.plan.choices, best))
    contribution = contribution_of(grounds, best, grounds.plan, with_it)
    breaks = _broken(grounds, with_it)
    why = _why(contribution, breaks, limit, drivers)
    sentence = _sentence(grounds, limit, best, contribution, why, breaks, drivers)
    measures = measure_changes(grounds.plan, with_it)
    return _left_out(limit, why, best, contribution, measures, hazards, breaks, drivers, sentence)


def _best(grounds: Grounds, limit: TargetLimit) -> DoseChoice | None:
    """The amount that the linear model likes most beside the plan."""
    programme, choices = grounds.optimum.programme, grounds.question.choices
    if programme is None:
        return None
    mine = [j for j, choice in enumerate(choices) if (choice.side, choice.target) == limit.place]
    taken = as_columns(programme, [choices.index(choice) for choice in grounds.plan.choices])
    objectives = []
    for j in mine:
        tried = taken.copy()
        tried[j] = 1.0
        objectives.append(objective_of(programme, tried))
    return choices[mine[int(np.argmin(objectives))]] if mine else None


def _broken(grounds: Grounds, with_it: View) -> tuple[str, ...]:
    """Limits that adding it passes, and the plan does not."""
    uses = (
        *session_uses(grounds, with_it.choices),
        *function_uses(grounds.prospect, with_it.choices),
    )
    return tuple(
        use.sentence
        for use in uses
        if use.used > max(use.most, 0.0 if use.without is None else use.without) + ROUNDING
    )


def _why(
    contribution: Contribution,
    breaks: tuple[str, ...],
    limit: TargetLimit,
    drivers: tuple[Driver, ...],
) -> WhyNot:
    helps = contribution.gain > contribution.price
    if helps and breaks:
        return WhyNot.FUNCTION_LIMIT if any("Chance" in one for one in breaks) else WhyNot.DOSE_LIMIT
    if helps:
        return WhyNot.WITHIN_GAP
    if limit.role is not SideRole.HEALTHY and not any(driver.is_certain for driver in drivers):
        return WhyNot.NOT_OVERDRIVEN
    return WhyNot.COSTS_MORE if contribution.gain > 0 else WhyNot.MAKES_WORSE


def _sentence(
    grounds: Grounds,
    limit: TargetLimit,
    best: DoseChoice,
    contribution: Contribution,
    why: WhyNot,
    breaks: tuple[str, ...],
    drivers: tuple[Driver, ...],
) -> str:
    named, nothing = place_name(limit.place), grounds.nothing.loss.outcome
    size = 100 * contribution.gain / nothing if nothing else 0.0
    price = 100 * contribution.price / nothing if nothing else 0.0
    would = f"{best.total.text} beside the plan would lower the expected loss by {size:.1f} %"
    if why is WhyNot.FUNCTION_LIMIT or why is WhyNot.DOSE_LIMIT:
        return f"{named}: {would}, but pass a limit: {' '.join(breaks)}"
    if why is WhyNot.WITHIN_GAP:
        return (
            f"{named}: {would} at a price of {price:.1f} %: less than the search tells apart, or less than "
            "it can do beside limits that it holds with a margin."
        )
    change = contribution.most_changed
    mostly = f", mostly {listed([f'{one.words}' for one in change[:2]])}" if change else ""
    worse = f"{best.total.text} beside the plan would raise the expected loss by {-size:.1f} %{mostly}"
    if why is WhyNot.MAKES_WORSE:
        return f"{named}: {worse}."
    costs = f"{would} and would cost {price:.1f} % in dose and needles{mostly}"
    if contribution.gain <= 0:
        costs = worse
    if why is WhyNot.NOT_OVERDRIVEN:
        return f"{drivers[0].sentence} {costs}."
    return f"{named}: would gain less than it costs: {costs}."


def _left_out(
    limit: TargetLimit,
    why: WhyNot,
    best: DoseChoice | None,
    contribution: Contribution | None,
    measures: tuple[MeasureChange, ...],
    hazards: tuple[HazardNote, ...],
    breaks: tuple[str, ...],
    drivers: tuple[Driver, ...],
    sentence: str,
) -> LeftOutTarget:
    return LeftOutTarget(
        target=limit.target,
        side=limit.side,
        role=limit.role,
        not_offered=None,
        not_chosen=why,
        best_dose=None if best is None else best.total,
        contribution=contribution,
        measures=measures,
        hazards=hazards,
        breaks=breaks,
        drivers=drivers,
        sentence=sentence,
    )
