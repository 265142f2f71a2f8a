"""Suggested answers to Sunnybrook."""

from collections.abc import Mapping

from facialis.anatomy.sides import Side
from facialis.grading.instrument import Item
from facialis.grading.scoring_table import load_scoring
from facialis.grading.suggest.estimate import (
    closed_share,
    difference_at_rest,
    involuntary_movements,
    movement_share,
)
from facialis.grading.suggest.item import AnswerValue, SuggestedItem, SuggestedRange, Suggestion
from facialis.grading.suggest.judge import (
    by_steps,
    not_determined,
    reasons_of_absent,
    remarks_on_absent,
    strongest,
)
from facialis.grading.suggest.probability import Spread, shares_of_greatest, shares_of_steps
from facialis.grading.suggest.readings import NoReading, Readings
from facialis.grading.suggest.rules import Rule, RuleKind, rules_of
from facialis.grading.suggest.thresholds import (
    limit,
    limit_citations,
    limits,
    perception_citations,
    perception_mm,
)
from facialis.grading.sunnybrook import INSTRUMENT, EyeRest, MouthRest

MOVEMENT_LIMITS = (
    "movement_starts_from",
    "movement_mild_from",
    "movement_almost_from",
    "movement_complete_from",
)
SYNKINESIS_LIMITS = ("synkinesis_mild_from", "synkinesis_moderate_from", "synkinesis_severe_from")
REST_ANSWERS = {
    "eye_rest": (EyeRest.NARROW, EyeRest.NORMAL, EyeRest.WIDE),
    "mouth_rest": (MouthRest.CORNER_DROOPED, MouthRest.NORMAL, MouthRest.CORNER_PULLED_UP_OR_OUT),
}
"""Lower on the affected side, alike, higher."""

SIGNS = {"rest_symmetry": -1, "voluntary_movement": 1, "synkinesis": -1}
"""How the parts enter the composite."""


def suggest_sunnybrook(readings: Readings, affected: Side) -> Suggestion:
    """Suggest an answer to each of the thirteen items.

    Parameters
    ----------
    readings : Readings
        What was measured.
    affected : Side
        The palsied side.

    Returns
    -------
    Suggestion
        Its ranges are those of the three parts and of the composite.
    """
    items = tuple(_item(readings, rule, affected) for rule in rules_of(INSTRUMENT.id))
    return Suggestion(INSTRUMENT.id, INSTRUMENT.version, affected, items, _ranges(items))


def _item(readings: Readings, rule: Rule, affected: Side) -> SuggestedItem:
    if rule.reason is not None:
        return not_determined(rule.item, [rule], rule.reason)
    if rule.kind is RuleKind.REST:
        return _at_rest(readings, rule, affected)
    if rule.kind is RuleKind.SYNKINESIS:
        return _synkinesis(readings, rule, affected)
    share = movement_share if rule.kind is RuleKind.MOVEMENT else closed_share
    estimate = share(readings, rule, affected)
    if isinstance(estimate, NoReading):
        return not_determined(rule.item, [rule], estimate.reason)
    steps = shares_of_steps(limits(MOVEMENT_LIMITS), estimate.value, estimate.sd)
    chances = tuple(enumerate(steps, start=1))
    return by_steps(rule.item, [rule], [estimate], chances, limit_citations(MOVEMENT_LIMITS))


def _at_rest(readings: Readings, rule: Rule, affected: Side) -> SuggestedItem:
    estimate = difference_at_rest(readings, rule, affected)
    if isinstance(estimate, NoReading):
        return not_determined(rule.item, [rule], estimate.reason)
    noticed = perception_mm(rule.features[0])
    # A difference exactly at the threshold is noticed on both sides; measured values never lie on it.
    steps = shares_of_steps((-noticed, noticed), estimate.value, estimate.sd)
    chances = tuple(zip(REST_ANSWERS[rule.item], steps, strict=True))
    return by_steps(rule.item, [rule], [estimate], chances, perception_citations(rule.features))


def _synkinesis(readings: Readings, rule: Rule, affected: Side) -> SuggestedItem:
    cells, absent = involuntary_movements(readings, rule, affected)
    if not cells:
        return not_determined(rule.item, [rule], reasons_of_absent(absent))
    steps = shares_of_greatest(
        limits(SYNKINESIS_LIMITS), [(cell.in_thresholds, cell.sd_in_thresholds) for cell in cells]
    )
    citations = (*limit_citations(SYNKINESIS_LIMITS), *perception_citations(rule.features))
    return by_steps(
        rule.item,
        [rule],
        [strongest(cells)],
        tuple(enumerate(steps)),
        citations,
        remarks=remarks_on_absent(absent),
    )


def _ranges(items: tuple[SuggestedItem, ...]) -> tuple[SuggestedRange, ...]:
    """Parts and composite: likely values of what was judged, and every answer to what was not."""
    by_id = {item.item: item for item in items}
    probability = limit("range_probability")
    whole, whole_open, missing = Spread({0: 1.0}), (0, 0), []
    found = []
    for part, sign in SIGNS.items():
        weight = int(load_scoring(INSTRUMENT.id).number(f"weight_{part}"))
        spread, open_ends, absent = _of_part(part, by_id)
        spread, open_ends = spread.times(weight), (open_ends[0] * weight, open_ends[1] * weight)
        found.append(_range(part, spread, open_ends, absent, probability))
        whole = whole.plus(spread.times(sign))
        signed = sorted((sign * open_ends[0], sign * open_ends[1]))
        whole_open = (whole_open[0] + signed[0], whole_open[1] + signed[1])
        missing.extend(absent)
    return (*found, _range("composite", whole, whole_open, missing, probability))


def _of_part(part: str, by_id: Mapping[str, SuggestedItem]) -> tuple[Spread, tuple[int, int], list[str]]:
    spread, low, high = Spread({0: 1.0}), 0, 0
    missing = []
    for item in INSTRUMENT.items:
        if item.part != part:
            continue
        suggested = by_id[item.id]
        if suggested.value is None:
            ends = _all_points(item)
            low, high = low + min(ends), high + max(ends)
            missing.append(item.id)
            continue
        chances: dict[int, float] = {}
        for answer, chance in suggested.chances:
            points = _points(item, answer)
            chances[points] = chances.get(points, 0.0) + chance
        spread = spread.plus(Spread(chances))
    return spread, (low, high), missing


def _range(
    name: str, spread: Spread, open_ends: tuple[int, int], missing: list[str], probability: float
) -> SuggestedRange:
    low, high = spread.central_interval(probability)
    return SuggestedRange(name, low + open_ends[0], high + open_ends[1], tuple(missing))


def _points(item: Item, answer: AnswerValue) -> int:
    return answer if isinstance(answer, int) else int(item.points_of(answer))


def _all_points(item: Item) -> list[int]:
    return [
        int(anchor.points if anchor.points is not None else int(anchor.answer)) for anchor in item.anchors
    ]
