"""Explain a plan: every target that is in it, and every one that is not."""

from fractions import Fraction

from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.estimates import signed
from facialis.planning.explain.contributions import contribution_of
from facialis.planning.explain.drivers import drivers_of, weakest
from facialis.planning.explain.grounds import Grounds, grounds_of
from facialis.planning.explain.hazards import hazards_of
from facialis.planning.explain.left_out import not_chosen, not_offered
from facialis.planning.explain.limit_uses import function_uses, session_uses, target_uses
from facialis.planning.explain.moved import measure_changes, score_changes
from facialis.planning.explain.records import (
    Contribution,
    Driver,
    Explanation,
    ScoreChange,
    TargetExplanation,
)
from facialis.planning.explain.words import listed, percent, place_name, units_text
from facialis.planning.limits import TargetLimit
from facialis.planning.plan.make import PlanWork
from facialis.planning.plan.record import Plan, PlanOutcome
from facialis.toxins.dose_ranges import DoseInterval, PublishedDose

NOT_KNOWN = (
    "Not known: whether the patient answers to toxin as the model says; the intervals hold for what "
    "photographs leave open, not for errors of the model itself."
)


def explain(work: PlanWork) -> Explanation:
    """Explain a plan.

    Parameters
    ----------
    work : PlanWork     Of `make_plan`.

    Returns
    -------
    Explanation         Of a plan that a rule stops: only why targets are left out.
    """
    plan, grounds = work.plan, grounds_of(work)
    chosen = {(choice.side, choice.target): choice for choice in plan.choices}
    rest = [limit for limit in plan.limits if limit.place not in chosen]
    if grounds is None:
        left_out = tuple(not_offered(limit, work.decoded, plan.product) for limit in rest)
        return Explanation((), left_out, (), (), _stopped(plan))
    by_place = {limit.place: limit for limit in plan.limits}
    targets = tuple(_target(grounds, choice, by_place[place]) for place, choice in chosen.items())
    left_out = tuple(
        not_chosen(grounds, limit)
        if limit.is_offered and limit.role is not None
        else not_offered(limit, work.decoded, plan.product)
        for limit in rest
    )
    limits = (*session_uses(grounds, plan.choices), *function_uses(grounds.prospect, plan.choices))
    scores = score_changes(grounds.nothing, grounds.plan)
    return Explanation(targets, left_out, limits, scores, _summary(grounds, scores))


def _target(grounds: Grounds, choice: DoseChoice, limit: TargetLimit) -> TargetExplanation:
    without = grounds.view([other for other in grounds.plan.choices if other != choice])
    contribution = contribution_of(grounds, choice, without, grounds.plan)
    drivers = drivers_of(limit.place, grounds.work.decoded)
    measures, scores = measure_changes(without, grounds.plan), score_changes(without, grounds.plan)
    hazards = hazards_of(choice.target, choice.role, grounds.prospect.product)
    uses = target_uses(choice, limit)
    reason = _reason(grounds, limit, contribution, drivers)
    published = published_words(limit)
    return TargetExplanation(
        target=choice.target,
        side=choice.side,
        role=choice.role,
        dose=choice.total,
        points=choice.points,
        reason=reason,
        contribution=contribution,
        measures=measures,
        scores=scores,
        hazards=hazards,
        published_text=published,
        provenance=limit.provenance,
        citation=limit.citation,
        confirmed_by=limit.confirmed_by,
        limits=uses,
        drivers=drivers,
        sentences=(
            reason,
            _parts(grounds, contribution),
            *(one.sentence for one in measures),
            *(one.sentence for one in scores),
            *(driver.sentence for driver in drivers),
            published,
            *(use.sentence for use in uses),
            *(hazard.sentence for hazard in hazards),
        ),
    )


def _reason(
    grounds: Grounds, limit: TargetLimit, contribution: Contribution, drivers: tuple[Driver, ...]
) -> str:
    named, share = place_name(limit.place), contribution.share
    brings = (
        "it brings nothing by itself" if share is None else f"it brings {percent(share)} of the plan's gain"
    )
    if share is not None and share < 0:
        brings = f"without it the plan would gain {percent(-share)} more"
    balanced = weakest(limit.place, grounds.work.decoded)
    if balanced is not None:
        return f"{named}: it balances {balanced}; {brings}."
    if drivers[0].is_certain:
        said = drivers[0].sentence.split(". Photographs")[0].rstrip(".")
        return f"{named}: {brings}. {said}."
    if limit.role is SideRole.HEALTHY:
        return f"{named}: it balances the {grounds.prospect.affected.label} side; {brings}."
    return f"{named}: {brings}, though no muscle of it is surely overdriven."


def _parts(grounds: Grounds, contribution: Contribution) -> str:
    nothing = grounds.nothing.loss.outcome

    def told(value: float) -> str:
        return f"{signed(100 * value / nothing)} %" if nothing else "0 %"

    terms = listed([f"{one.words} ({told(one.gain)})" for one in contribution.most_changed])
    most = f" It changes most: {terms}." if terms else ""
    return (
        f"Of what doing nothing loses it takes {told(contribution.gain)}: symmetry "
        f"{told(contribution.symmetry)}, involuntary movement {told(contribution.synkinesis)}, tightness "
        f"{told(contribution.tightness)}, wanted movement {told(contribution.function)}; its dose and "
        f"needles are priced at {told(contribution.price)}.{most}"
    )


def published_words(limit: TargetLimit) -> str:
    """The published range of a target with its source; for a target that has one."""
    published = limit.published
    assert published is not None  # noqa: S101  what is chosen has a published range
    parts = _ranges(published)
    confirmed = "" if limit.confirmed_by is None else f" Confirmed by {limit.confirmed_by}."
    return f"Published: {', '.join(parts)} ({published.citation.text}).{confirmed}"


def _ranges(published: PublishedDose) -> list[str]:
    def told(interval: DoseInterval) -> str:
        low, high = float(interval.low.amount), float(interval.high.amount)
        units = units_text(high, interval.product)
        return units if low == high else f"{low:g} to {units}"

    parts = []
    if published.per_site is not None:
        parts.append(f"{told(published.per_site)} at a point")
    if published.total is not None:
        parts.append(f"{told(published.total)} in all")
    if published.points is not None:
        fewest, most = published.points
        parts.append(
            f"{fewest} {'point' if fewest == 1 else 'points'}"
            if fewest == most
            else f"{fewest} to {most} points"
        )
    return parts


def _stopped(plan: Plan) -> tuple[str, ...]:
    stops = [finding for finding in plan.session_findings if finding.stops_everything]
    return (
        "No plan is made: a rule stops it.",
        *(f"{finding.sentence} {finding.what_to_do}" for finding in stops),
    )


def _summary(grounds: Grounds, scores: tuple[ScoreChange, ...]) -> tuple[str, ...]:
    plan, nothing = grounds.plan.loss, grounds.nothing.loss
    if grounds.work.plan.outcome is not PlanOutcome.INJECT:
        return (
            "No injection is proposed: none would gain more than its dose and needles are priced at.",
            NOT_KNOWN,
        )
    by_side = listed(
        [
            f"{name} {units_text(units, grounds.prospect.product)}"
            for name, units in _units_by_side(grounds.plan.choices)
        ]
    )
    whole = grounds.work.plan.total
    assert whole is not None  # noqa: S101  there is an injection
    targets = len(grounds.plan.choices)
    return (
        f"{whole.text} into {targets} {'target' if targets == 1 else 'targets'}: {by_side}.",
        (
            f"Expected loss at full effect {plan.peak:.1f} instead of {nothing.peak:.1f}, over sixteen weeks "
            f"{plan.mean:.1f} instead of {nothing.mean:.1f} (weighted terms, model)."
        ),
        *(f"Two to four weeks after (model): {one.sentence}" for one in scores),
        (
            f"The search is certain to {100 * grounds.optimum.relative_gap:.1f} % of its own linear model"
            f"{'; it ran out of time' if grounds.optimum.timed_out else ''}."
        ),
        NOT_KNOWN,
    )


def _units_by_side(choices: tuple[DoseChoice, ...]) -> list[tuple[str, float]]:
    places: tuple[tuple[Side | None, str], ...] = (
        (Side.LEFT, Side.LEFT.label),
        (Side.RIGHT, Side.RIGHT.label),
        (None, "midline"),
    )
    found = []
    for side, name in places:
        units = sum((choice.total.amount for choice in choices if choice.side is side), Fraction(0))
        if units:
            found.append((name, float(units)))
    return found
