"""Suggested grades in the words of a clinic."""

from facialis.grading.suggest.estimate import (
    AFFECTED_MINUS_HEALTHY,
    INVOLUNTARY,
    SHARE_CLOSED,
    SHARE_OF_HEALTHY,
)
from facialis.grading.suggest.item import Judged, ReadingShown, SuggestedItem, SuggestedRange
from facialis.report.words import expression_words, measure_words, number_words, unit_symbol

EXCURSION = "_excursion"

MORE_AND_LESS = {"palpebral_fissure": ("wider", "narrower")}
"""How the affected side differs; heights are higher or lower."""

INVOLUNTARY_WORDS = {
    "eye": "eye narrows",
    "brow": "brow falls",
    "commissure": "lip corner rises",
    "cheek": "nostril wing rises",
    "chin": "lower lip rises",
}
"""What is seen in a region of the synkinesis matrix."""

NEARLY_CERTAIN = 0.99


def item_words(name: str) -> str:
    """An item or an answer without underscores."""
    return name.replace("_", " ")


def judged_words(item: SuggestedItem) -> str:
    """What was read, and the number that was compared with the limits."""
    if item.judged is None:
        return ""
    first = item.readings[0]
    where = expression_words(first.expression)
    if item.judged.quantity == SHARE_OF_HEALTHY:
        return f"{where}: {_both_sides(item.readings)}: {_percent(item.judged)} of healthy"
    if item.judged.quantity == SHARE_CLOSED:
        return (
            f"{expression_words(item.expressions[0])}: {_gap(item.readings)}: {_percent(item.judged)} closed"
        )
    if item.judged.quantity == INVOLUNTARY:
        moves = INVOLUNTARY_WORDS.get(first.quantity, f"{first.quantity} moves")
        return f"{where}: {moves} {_signed(item.judged)} more than on the healthy side"
    if item.judged.quantity == AFFECTED_MINUS_HEALTHY:
        return f"{where}: {measure_words(first.quantity)} {_difference(item.judged, first.quantity)}"
    number = number_words(item.judged.value, item.judged.sd)
    quantity = f"{item.judged.quantity} {number} {unit_symbol(item.judged.unit)}"
    return f"{expression_words(item.expressions[0])}: {quantity}"


def confidence_words(item: SuggestedItem) -> str:
    """The word and the probability; nothing measured is certain."""
    if item.probability is None:
        return ""
    share = "> 99 %" if item.probability > NEARLY_CERTAIN else f"{item.probability * 100:.0f} %"
    return f"{item.confidence} ({share})"


def otherwise_words(item: SuggestedItem, shown_from: float) -> str:
    """The other answers that are probable, or the interval of a slider."""
    if item.interval is not None:
        low, high = item.interval
        return f"{low:.0f} to {high:.0f}"
    others = [
        (answer, chance) for answer, chance in item.chances if answer != item.value and chance >= shown_from
    ]
    others.sort(key=lambda other: -other[1])
    return ", ".join(f"{item_words(str(answer))} ({chance * 100:.0f} %)" for answer, chance in others)


def range_words(found: SuggestedRange) -> str:
    """Name and ends, and what was left open."""
    ends = f"{found.low}" if found.low == found.high else f"{found.low} to {found.high}"
    open_items = f" ({', '.join(map(item_words, found.missing))} open)" if found.missing else ""
    return f"{item_words(found.name)} {ends}{open_items}"


def _both_sides(readings: tuple[ReadingShown, ...]) -> str:
    first = readings[0].quantity
    sides = [
        f"{reading.side.label} {number_words(reading.value, signed=True)}"
        for reading in readings
        if reading.quantity == first and reading.expression is readings[0].expression and reading.side
    ]
    others = {r.quantity for r in readings if r.expression is readings[0].expression and r.quantity != first}
    added = "".join(f" (with {measure_words(name.removesuffix(EXCURSION))})" for name in sorted(others))
    unit = unit_symbol(readings[0].unit)
    return f"{measure_words(first.removesuffix(EXCURSION))} {', '.join(sides)} {unit}{added}"


def _gap(readings: tuple[ReadingShown, ...]) -> str:
    opening, gap = readings[0], readings[1]
    side = f"{opening.side.label} " if opening.side else ""
    return (
        f"{side}{measure_words(opening.quantity)} {number_words(opening.value)} → {number_words(gap.value)} "
        f"{unit_symbol(gap.unit)}"
    )


def _difference(judged: Judged, measure: str) -> str:
    more, less = MORE_AND_LESS.get(measure, ("higher", "lower"))
    size = number_words(abs(judged.value), judged.sd)
    return f"{size} {unit_symbol(judged.unit)} {more if judged.value >= 0 else less} on the affected side"


def _signed(judged: Judged) -> str:
    return f"{number_words(judged.value, judged.sd, signed=True)} {unit_symbol(judged.unit)}"


def _percent(judged: Judged) -> str:
    return f"{judged.value:.0f} ± {judged.sd:.0f} %".replace("-", "−")
