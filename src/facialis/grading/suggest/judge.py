"""From an estimate to an answer: steps of a scale, or the place on a slider."""

from collections.abc import Sequence
from math import inf

from facialis.evidence import Citation
from facialis.grading.suggest.estimate import INVOLUNTARY, Estimate, InvoluntaryMovement
from facialis.grading.suggest.item import AnswerValue, Judged, SuggestedItem
from facialis.grading.suggest.probability import central_interval, share_within
from facialis.grading.suggest.readings import NoReading
from facialis.grading.suggest.rules import Rule
from facialis.grading.suggest.thresholds import limit


def not_determined(item: str, rules: Sequence[Rule], reason: str) -> SuggestedItem:
    """An item without a suggestion, and why."""
    return SuggestedItem(
        item=item,
        value=None,
        measures=tuple(dict.fromkeys(name for rule in rules for name in rule.measures)),
        expressions=tuple(dict.fromkeys(e for rule in rules for e in rule.expressions)),
        citations=rule_citations(rules),
        reason=reason,
    )


def by_steps(
    item: str,
    rules: Sequence[Rule],
    estimates: Sequence[Estimate],
    chances: Sequence[tuple[AnswerValue, float]],
    citations: tuple[Citation, ...],
    *,
    remarks: tuple[str, ...] = (),
) -> SuggestedItem:
    """The most probable answer; of equally probable ones the first.

    Parameters
    ----------
    item, rules
        The item, and by what it is judged.
    estimates : sequence of Estimate
        What was compared with the limits, the deciding one first.
    chances : sequence of (answer, probability)
        In the order of the scale.
    citations
        Of the limits; those of the rules are added.
    """
    value, probability = max(chances, key=lambda chance: chance[1])
    return SuggestedItem(
        item=item,
        value=value,
        measures=tuple(
            dict.fromkeys(r.quantity.removesuffix("_excursion") for e in estimates for r in e.readings)
        ),
        expressions=tuple(dict.fromkeys(estimate.expression for estimate in estimates)),
        citations=(*rule_citations(rules), *citations),
        judged=estimates[0].judged,
        readings=tuple(dict.fromkeys(reading for estimate in estimates for reading in estimate.readings)),
        probability=probability,
        chances=tuple(chances),
        remarks=remarks,
    )


def on_slider(
    rule: Rule,
    estimate: Estimate,
    place: tuple[float, float],
    ends: tuple[float, float],
    citations: tuple[Citation, ...],
    *,
    remarks: tuple[str, ...] = (),
) -> SuggestedItem:
    """The nearest whole place on a slider.

    Parameters
    ----------
    place : (mean, sd)
        Where the reading lies on the slider's scale, before its ends.
    ends : (low, high)
        Ends of the slider; what lies beyond counts as the end.
    """
    mean, sd = place
    low, high = ends
    value = round(min(max(mean, low), high))
    tolerance = limit("slider_tolerance")
    near = (
        -inf if value - tolerance <= low else value - tolerance,
        inf if value + tolerance >= high else value + tolerance,
    )
    interval = central_interval(mean, sd, limit("range_probability"))
    return SuggestedItem(
        item=rule.item,
        value=value,
        measures=tuple(dict.fromkeys(r.quantity.removesuffix("_excursion") for r in estimate.readings)),
        expressions=(estimate.expression,),
        citations=(*rule_citations([rule]), *citations),
        judged=estimate.judged,
        readings=estimate.readings,
        probability=share_within(*near, mean, sd),
        interval=(min(max(interval[0], low), high), min(max(interval[1], low), high)),
        remarks=remarks,
    )


def strongest(cells: Sequence[InvoluntaryMovement]) -> Estimate:
    """The cell that moves most, in perception thresholds; the value of the estimate is in thresholds."""
    cell = max(cells, key=lambda candidate: candidate.in_thresholds)
    shown = cell.shown
    judged = Judged(INVOLUNTARY, shown.value, shown.sd, shown.unit)
    return Estimate(cell.in_thresholds, cell.sd_in_thresholds, judged, (shown,), shown.expression)


def remarks_on_absent(absent: Sequence[tuple[str, NoReading]]) -> tuple[str, ...]:
    """One sentence for each region that could not be judged, each once."""
    return tuple(dict.fromkeys(f"Judged without the {region}: {found.reason}" for region, found in absent))


def reasons_of_absent(absent: Sequence[tuple[str, NoReading]]) -> str:
    """The reasons why no region could be judged, each once."""
    return " ".join(dict.fromkeys(found.reason for _, found in absent))


def rule_citations(rules: Sequence[Rule]) -> tuple[Citation, ...]:
    """Where the rules come from, each once."""
    return tuple(dict.fromkeys(rule.citation for rule in rules))
