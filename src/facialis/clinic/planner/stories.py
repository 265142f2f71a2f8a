"""Why each target is in the plan, or not, as the editor shows it."""

from facialis.anatomy.injection_sites import injection_target
from facialis.clinic.planner.answers import Bounds, Evidence, TargetStory, UnitRange
from facialis.clinic.planner.wording import points_of, range_of, source_of
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.explain.explain import published_words
from facialis.planning.explain.records import Explanation, LeftOutTarget, TargetExplanation
from facialis.planning.limits import TargetLimit
from facialis.planning.plan.record import Plan
from facialis.report.json_values import exact_text
from facialis.report.plan_writing import side_word
from facialis.toxins.dose_ranges import DoseInterval, DoseStatement


def stories_of(plan: Plan, explanation: Explanation) -> tuple[TargetStory, ...]:
    """Every target of every side: those of the plan in its order, then those offered, then the rest."""
    limits = {limit.place: limit for limit in plan.limits}
    choices = {(choice.side, choice.target): choice for choice in plan.choices}
    proposed = [_proposed(one, choices[one.place], limits[one.place]) for one in explanation.targets]
    left = [_left_out(one, limits[one.place]) for one in explanation.left_out]
    return (*proposed, *sorted(left, key=lambda one: not one.is_offered))


def _proposed(one: TargetExplanation, choice: DoseChoice, limit: TargetLimit) -> TargetStory:
    return TargetStory(
        target=one.target.value,
        name=injection_target(one.target).full_name,
        side=side_word(one.side),
        role=one.role.value,
        is_proposed=True,
        is_offered=True,
        units=exact_text(one.dose.amount),
        points=points_of(choice),
        why=one.reason,
        share_of_gain=one.contribution.share,
        details=one.sentences,
        hazards=tuple(hazard.sentence for hazard in one.hazards),
        drivers=tuple(driver.sentence for driver in one.drivers),
        evidence=_evidence(limit),
        bounds=_bounds(limit),
    )


def _left_out(one: LeftOutTarget, limit: TargetLimit) -> TargetStory:
    evidence = _evidence(limit)
    return TargetStory(
        target=one.target.value,
        name=injection_target(one.target).full_name,
        side=side_word(one.side),
        role=None if one.role is None else one.role.value,
        is_proposed=False,
        is_offered=limit.is_offered,
        units=None,
        points=(),
        why=one.sentence,
        share_of_gain=None,
        details=(
            one.sentence,
            *(measure.sentence for measure in one.measures),
            *(driver.sentence for driver in one.drivers),
            *(() if evidence is None else (evidence.text,)),
            *(hazard.sentence for hazard in one.hazards),
        ),
        hazards=tuple(hazard.sentence for hazard in one.hazards),
        drivers=tuple(driver.sentence for driver in one.drivers),
        evidence=evidence,
        bounds=_bounds(limit),
    )


def _evidence(limit: TargetLimit) -> Evidence | None:
    published = limit.published
    if published is None:
        return None
    is_given = published.statement is DoseStatement.GIVEN
    return Evidence(
        text=published_words(limit) if is_given else limit.sentence,
        total=_range(published.total),
        per_point=_range(published.per_site),
        points=published.points,
        source=source_of(published.citation),
        confirmed_by=limit.confirmed_by,
    )


def _range(interval: DoseInterval | None) -> UnitRange | None:
    return None if interval is None else range_of(interval.low, interval.high)


def _bounds(limit: TargetLimit) -> Bounds | None:
    bounds = limit.bounds
    if bounds is None:
        return None
    return Bounds(
        points=bounds.points,
        per_point=range_of(bounds.per_site_low, bounds.per_site_high),
        total=range_of(bounds.total_low, bounds.most_total),
        published_most=exact_text(bounds.total_high.amount),
        bound_by=bounds.bound.value,
        step=exact_text(bounds.step.amount),
    )
