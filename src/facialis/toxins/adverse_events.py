"""What can go wrong, how often, and after which injections."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.evidence import Citation, Row
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import fraction, optional_dose, optional_fraction, toxin_rows

MOST_PER_CENT = 100


class IntervalKind(StrEnum):
    """What the two ends of a rate are."""

    RANGE = "range"
    """As the source gives them."""
    CONFIDENCE_95 = "confidence_95"
    """The source's own confidence interval."""
    EXACT_95 = "exact_95"
    """Exact binomial interval of the count, computed for this table."""


@dataclass(frozen=True)
class RateInterval:
    """Lowest and highest share of patients. [%]"""

    low_pct: Fraction
    high_pct: Fraction
    kind: IntervalKind


@dataclass(frozen=True)
class DoseBehind:
    """Amount to which a rate is tied."""

    low: ToxinDose
    high: ToxinDose | None
    """None where the source gives one amount."""
    relation: str
    """`at` this amount, or `above` it."""


@dataclass(frozen=True)
class AdverseEvent:
    """One source's word on one event after one kind of injection."""

    code: str
    event: str
    setting: str
    product: ToxinProduct | None
    """None where the source names none, or speaks of several."""
    targets: tuple[InjectionTarget, ...]
    """Empty where the event is tied to no target of its own."""
    side_role: SideRole | None
    mechanism: str | None
    dose: DoseBehind | None
    rate_pct: Fraction | None
    interval: RateInterval | None
    count: int | None
    denominator: int | None
    frequency_words: str | None
    """How often, where the source gives no number."""
    citation: Citation


@cache
def adverse_events() -> tuple[AdverseEvent, ...]:
    """Every row, in the order of the table."""
    return tuple(_event(row) for row in toxin_rows("adverse_events"))


def events_for(
    target: InjectionTarget | None = None,
    product: ToxinProduct | None = None,
    event: str | None = None,
) -> tuple[AdverseEvent, ...]:
    """Adverse events that are tied to a target, a product or both, or that are one event.

    Parameters
    ----------
    target : InjectionTarget
        Rows tied to it, and rows tied to no target.
    product : ToxinProduct
        Rows of it, and rows without a product.
    event : str
        Word of the event, such as eyelid_ptosis.
    """
    return tuple(
        found
        for found in adverse_events()
        if (target is None or not found.targets or target in found.targets)
        and (product is None or found.product in {None, product})
        and (event is None or found.event == event)
    )


def _event(row: Row) -> AdverseEvent:
    found = AdverseEvent(
        code=row.text("code"),
        event=row.text("event"),
        setting=row.text("setting"),
        product=row.optional_choice("product", ToxinProduct),
        targets=row.choices("targets", InjectionTarget),
        side_role=row.optional_choice("side_role", SideRole),
        mechanism=row.optional_text("mechanism"),
        dose=_dose(row),
        rate_pct=optional_fraction(row, "rate"),
        interval=_interval(row),
        count=_optional_integer(row, "count"),
        denominator=_optional_integer(row, "denominator"),
        frequency_words=row.optional_text("frequency_words"),
        citation=row.citation,
    )
    if found.rate_pct is None and found.interval is None and found.frequency_words is None:
        raise row.error("the row has no rate, no interval and no words on how often. Fill one in.")
    ends = [] if found.interval is None else [found.interval.low_pct, found.interval.high_pct]
    rates = [*ends, *([] if found.rate_pct is None else [found.rate_pct])]
    if not all(0 <= rate <= MOST_PER_CENT for rate in rates):
        raise row.error("a share of patients lies between 0 and 100 %.")
    if found.count is not None and (found.denominator is None or not 0 <= found.count <= found.denominator):
        raise row.error("a count needs a denominator that is not smaller.")
    return found


def _dose(row: Row) -> DoseBehind | None:
    low = optional_dose(row, "dose")
    if low is None:
        return None
    return DoseBehind(low, optional_dose(row, "dose_high"), row.text("dose_relation"))


def _interval(row: Row) -> RateInterval | None:
    kind = row.optional_choice("interval", IntervalKind)
    if kind is None:
        return None
    low, high = fraction(row, "rate_low"), fraction(row, "rate_high")
    if low > high:
        raise row.error("rate_low must not exceed rate_high.")
    return RateInterval(low, high, kind)


def _optional_integer(row: Row, column: str) -> int | None:
    return None if row.optional_text(column) is None else row.integer(column)
