"""A plan that was read must be one that could have been made."""

from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.places import mentioned, place_text
from facialis.planning.plan.record import Plan, PlanOutcome
from facialis.planning.rules.findings import PlanFindingKind
from facialis.report.twin_json import Place, TwinFileError

REMEDY = "Make the plan again with `facialis plan`."


def refuse_contradictions(plan: Plan, place: Place) -> None:
    """Refuse a plan whose parts contradict each other.

    Raises
    ------
    TwinFileError
        Its outcome does not fit its doses or findings; a target has two limits; or a dose lies outside
        the limits that stand beside it and no finding says so: then somebody has changed it by hand.
    """
    if (plan.outcome is PlanOutcome.INJECT) is not bool(plan.choices):
        _refuse(place, f"the outcome '{plan.outcome.value}' and {len(plan.choices)} chosen targets")
    if (plan.outcome is PlanOutcome.STOPPED) is plan.assessment.may_plan:
        stopped = "no finding that stops it" if plan.assessment.may_plan else "a finding that stops it"
        _refuse(place, f"the outcome '{plan.outcome.value}' and {stopped}")
    parts = (plan.loss, plan.do_nothing, plan.search)
    if any((part is None) is not (plan.outcome is PlanOutcome.STOPPED) for part in parts):
        _refuse(place, "a search or a loss although it is stopped, or none although it is not")
    places = [limit.place for limit in plan.limits]
    twice = next((one for one in places if places.count(one) > 1), None)
    if twice is not None:
        _refuse(place, f"two limits of {place_text(twice)}")
    for choice in plan.choices:
        if not _is_within(choice, plan) and not _is_told(choice, plan):
            named = place_text((choice.side, choice.target))
            _refuse(place, f"{choice.total.text} in {named}, outside its limits, and no finding about it")


def _is_within(choice: DoseChoice, plan: Plan) -> bool:
    limits = {limit.place: limit for limit in plan.limits}
    limit = limits.get((choice.side, choice.target))
    if limit is None or limit.bounds is None:
        return False
    bounds = limit.bounds
    return (
        choice.highest == bounds.total_high
        and bounds.total_low <= choice.total <= bounds.most_total
        and all(
            number in bounds.points and bounds.per_site_low <= dose <= bounds.per_site_high
            for number, dose in choice.points
        )
    )


def _is_told(choice: DoseChoice, plan: Plan) -> bool:
    here = (choice.side, choice.target)
    return any(
        here in mentioned(target)
        for finding in plan.session_findings
        if finding.kind is PlanFindingKind.LIMIT
        for target in finding.targets
    )


def _refuse(place: Place, found: str) -> None:
    raise TwinFileError(f"{place.where} has {found}; these contradict each other. {REMEDY}")
