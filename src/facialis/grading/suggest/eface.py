"""Suggested places on the eFACE sliders."""

from collections.abc import Sequence
from math import hypot

from facialis.anatomy.sides import Side
from facialis.evidence import Citation
from facialis.grading.eface import INSTRUMENT, PARTS
from facialis.grading.scoring_table import load_scoring
from facialis.grading.suggest.estimate import (
    closed_share,
    difference_at_rest,
    involuntary_movements,
    movement_share,
)
from facialis.grading.suggest.item import SuggestedItem, SuggestedRange, Suggestion
from facialis.grading.suggest.judge import (
    not_determined,
    on_slider,
    reasons_of_absent,
    remarks_on_absent,
    strongest,
)
from facialis.grading.suggest.readings import NoReading, Readings
from facialis.grading.suggest.rules import Rule, RuleKind, rules_of
from facialis.grading.suggest.thresholds import (
    limit,
    limit_citations,
    perception_citations,
    perception_mm,
)

MOVEMENT_CITED = ("slider_tolerance",)
DIFFERENCE_CITED = ("slider_full_scale", "slider_tolerance")


def suggest_eface(readings: Readings, affected: Side) -> Suggestion:
    """Suggest a place on each of the fifteen sliders.

    Dynamic items: share of the healthy movement times 100, between 0 and 100. Static items: 100
    when the sides are alike, below on the flaccid side and above on the overactive side, the end
    at the table's multiple of the perception threshold. Synkinesis: 100 when there is none.

    Parameters
    ----------
    readings : Readings
        What was measured.
    affected : Side
        The palsied side.

    Returns
    -------
    Suggestion
        Its ranges are those of the three sub-scores; a total is left to the rule of the user.
    """
    items = tuple(_item(readings, rule, affected) for rule in rules_of(INSTRUMENT.id))
    notes = (
        (
            "The confidence of a slider is the probability that its true place lies within "
            f"{limit('slider_tolerance'):g} points of the suggested one."
        ),
        "No total: sources disagree on its rule.",
    )
    return Suggestion(INSTRUMENT.id, INSTRUMENT.version, affected, items, _ranges(items), notes)


def _item(readings: Readings, rule: Rule, affected: Side) -> SuggestedItem:
    if rule.reason is not None:
        return not_determined(rule.item, [rule], rule.reason)
    if rule.kind is RuleKind.REST:
        return _static(readings, rule, affected)
    if rule.kind is RuleKind.SYNKINESIS:
        return _synkinesis(readings, rule, affected)
    share = movement_share if rule.kind is RuleKind.MOVEMENT else closed_share
    estimate = share(readings, rule, affected)
    if isinstance(estimate, NoReading):
        return not_determined(rule.item, [rule], estimate.reason)
    full = _balanced()
    place = (estimate.value * full, estimate.sd * full)
    return on_slider(rule, estimate, place, _ends(rule.item), limit_citations(MOVEMENT_CITED))


def _static(readings: Readings, rule: Rule, affected: Side) -> SuggestedItem:
    estimate = difference_at_rest(readings, rule, affected)
    if isinstance(estimate, NoReading):
        return not_determined(rule.item, [rule], estimate.reason)
    per_mm = _balanced() / (limit("slider_full_scale") * perception_mm(rule.features[0]))
    place = (_balanced() + rule.direction * estimate.value * per_mm, estimate.sd * per_mm)
    return on_slider(rule, estimate, place, _ends(rule.item), _difference_citations(rule))


def _synkinesis(readings: Readings, rule: Rule, affected: Side) -> SuggestedItem:
    cells, absent = involuntary_movements(readings, rule, affected)
    if not cells:
        return not_determined(rule.item, [rule], reasons_of_absent(absent))
    estimate = strongest(cells)
    per_threshold = _balanced() / limit("slider_full_scale")
    place = (_balanced() - estimate.value * per_threshold, estimate.sd * per_threshold)
    return on_slider(
        rule,
        estimate,
        place,
        _ends(rule.item),
        _difference_citations(rule),
        remarks=remarks_on_absent(absent),
    )


def _difference_citations(rule: Rule) -> tuple[Citation, ...]:
    return (*limit_citations(DIFFERENCE_CITED), *perception_citations(rule.features))


def _balanced() -> float:
    return float(load_scoring(INSTRUMENT.id).number("balanced"))


def _ends(item_id: str) -> tuple[float, float]:
    item = INSTRUMENT.item(item_id)
    assert item.low is not None and item.high is not None  # noqa: S101, PT018  every slider has two ends
    return float(item.low), float(item.high)


def _ranges(items: tuple[SuggestedItem, ...]) -> tuple[SuggestedRange, ...]:
    """Sub-scores: what was judged within its uncertainty, and what was not anywhere at all."""
    by_id = {item.item: item for item in items}
    return tuple(
        _sub_score(part, [by_id[item.id] for item in INSTRUMENT.items if item.part == part]) for part in PARTS
    )


def _sub_score(part: str, items: Sequence[SuggestedItem]) -> SuggestedRange:
    total = below = above = 0.0
    missing = []
    for item in items:
        if item.interval is None:
            missing.append(item.item)
            continue
        value, low, high = _counted(item)
        total += value
        # Independent errors: the half-widths of the intervals are added as standard deviations are.
        below, above = hypot(below, value - low), hypot(above, high - value)
    low_end = (total - below) / len(items)
    high_end = (total + above + len(missing) * _balanced()) / len(items)
    return SuggestedRange(part, round(low_end), round(high_end), tuple(missing))


def _counted(item: SuggestedItem) -> tuple[float, float, float]:
    """Value and ends of its interval as they enter a mean: the overactive half of a slider is mirrored."""
    assert item.interval is not None and isinstance(item.value, int)  # noqa: S101, PT018  asked before
    balanced = _balanced()
    value, *ends = (balanced - abs(balanced - place) for place in (item.value, *item.interval))
    crosses = item.interval[0] <= balanced <= item.interval[1]
    return value, min(ends), balanced if crosses else max(ends)
