"""A plan as what JSON knows: sides in words, units as exact text with their product, every citation."""

import math
from typing import Any

from facialis.anatomy.sides import Side
from facialis.evidence import Citation
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.limits import DoseBounds, TargetLimit
from facialis.planning.places import Place, is_midline
from facialis.planning.plan.record import AlternativePlan, LossSummary, Plan, SearchSummary
from facialis.planning.rules.findings import PlanFinding
from facialis.report.json_values import exact_text
from facialis.toxins.amounts import total
from facialis.toxins.dose_ranges import DoseInterval, PublishedDose
from facialis.toxins.exact import exact_number

MIDLINE, BOTH = "midline", "both"


def plan_to_plain(plan: Plan) -> dict[str, Any]:
    """A plan ready for JSON; `plan_from` makes the same of it again."""
    return {
        "case_id": plan.case_id,
        "affected_side": None if plan.affected is None else plan.affected.label,
        "day": plan.today.isoformat(),
        "product": plan.product.value,
        "outcome": plan.outcome.value,
        "phase": plan.assessment.phase.value,
        "choices": [_choice(choice) for choice in plan.choices],
        "totals": totals_to_plain(plan.choices),
        "loss": _loss(plan.loss),
        "do_nothing": _loss(plan.do_nothing),
        "alternatives": [_alternative(alternative) for alternative in plan.alternatives],
        "search": None if plan.search is None else _search(plan.search),
        "weights": dict(plan.weights),
        "findings": [_finding(finding) for finding in plan.session_findings],
        "findings_of_case": [_finding(finding) for finding in plan.assessment.findings],
        "limits": [_limit(limit) for limit in plan.limits],
    }


def totals_to_plain(choices: tuple[DoseChoice, ...]) -> dict[str, str]:
    """Units on each side and of the session; for reading, and checked when a plan is read."""
    found = {
        word: [choice.total for choice in choices if side_word(choice.side) == word]
        for word in (Side.RIGHT.label, Side.LEFT.label, MIDLINE)
    }
    found["session"] = [choice.total for choice in choices]
    return {word: exact_text(total(doses).amount) if doses else "0" for word, doses in found.items()}


def side_word(side: Side | None) -> str:
    """LEFT or RIGHT; the midline in small letters."""
    return MIDLINE if side is None else side.label


def _choice(choice: DoseChoice) -> dict[str, Any]:
    return {
        "target": choice.target.value,
        "side": side_word(choice.side),
        "role": choice.role.value,
        "points": [
            {
                "point": injection.point,
                "units": exact_text(injection.dose.amount),
                "product": injection.dose.product.value,
                "volume_ml": exact_text(exact_number(injection.volume_ml, "The volume")),
            }
            for injection in choice.injections
        ],
        "total_units": exact_text(choice.total.amount),
        "highest_published_units": exact_text(choice.highest.amount),
    }


def _alternative(alternative: AlternativePlan) -> dict[str, Any]:
    return {
        "choices": [_choice(choice) for choice in alternative.choices],
        "totals": totals_to_plain(alternative.choices),
        "loss": _loss(alternative.loss),
    }


def _loss(loss: LossSummary | None) -> dict[str, float] | None:
    if loss is None:
        return None
    return {"peak": loss.peak, "mean_16_weeks": loss.mean_16_weeks, "price": loss.price}


def _search(search: SearchSummary) -> dict[str, Any]:
    return {
        "relative_gap": search.relative_gap if math.isfinite(search.relative_gap) else None,
        "timed_out": search.timed_out,
        "relaxed": list(search.relaxed),
        "samples": search.samples,
        "rounds": search.rounds,
    }


def _finding(finding: PlanFinding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "action": finding.action.value,
        "kind": finding.kind.value,
        "sentence": finding.sentence,
        "what_to_do": finding.what_to_do,
        "targets": [_place(place) for place in finding.targets],
        "citation": _citation(finding.citation),
    }


def _place(place: Place) -> dict[str, str]:
    side, target = place
    word = side_word(side) if side is not None or is_midline(target) else BOTH
    return {"target": target.value, "side": word}


def _limit(limit: TargetLimit) -> dict[str, Any]:
    return {
        "target": limit.target.value,
        "side": side_word(limit.side),
        "role": None if limit.role is None else limit.role.value,
        "left_out": None if limit.reason is None else limit.reason.value,
        "sentence": limit.sentence,
        "closed_by": list(limit.closed_by),
        "bounds": None if limit.bounds is None else _bounds(limit.bounds),
        "published": None if limit.published is None else _published(limit.published),
        "confirmed_by": limit.confirmed_by,
    }


def _bounds(bounds: DoseBounds) -> dict[str, Any]:
    return {
        "points": list(bounds.points),
        "per_site_low": exact_text(bounds.per_site_low.amount),
        "per_site_high": exact_text(bounds.per_site_high.amount),
        "total_low": exact_text(bounds.total_low.amount),
        "total_high": exact_text(bounds.total_high.amount),
        "most_total": exact_text(bounds.most_total.amount),
        "bound": bounds.bound.value,
        "step": exact_text(bounds.step.amount),
    }


def _published(published: PublishedDose) -> dict[str, Any]:
    return {
        "target": None if published.target is None else published.target.value,
        "role": None if published.role is None else published.role.value,
        "product": published.product.value,
        "statement": published.statement.value,
        "points": None if published.points is None else list(published.points),
        "per_site": _interval(published.per_site),
        "total": _interval(published.total),
        "is_outlier": published.is_outlier,
        "preference": published.preference,
        "citation": _citation(published.citation),
    }


def _interval(interval: DoseInterval | None) -> dict[str, str] | None:
    if interval is None:
        return None
    return {"low": exact_text(interval.low.amount), "high": exact_text(interval.high.amount)}


def _citation(citation: Citation) -> dict[str, str]:
    return {
        "source_key": citation.source_key,
        "locator": citation.locator,
        "provenance": citation.provenance.value,
        "population": citation.population,
        "note": citation.note,
    }
