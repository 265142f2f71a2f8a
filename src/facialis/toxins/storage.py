"""Temperatures and times: the unopened vial, the diluted one, and the rule against the label."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.exact import number_text
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import optional_fraction, rows_of


class VialState(StrEnum):
    """What was done to the vial."""

    UNOPENED = "unopened"
    DILUTED = "diluted"
    """As the label allows."""
    DILUTED_OFF_LABEL = "diluted_off_label"
    """Several patients over weeks: a consensus, against the label."""


class TimeRule(StrEnum):
    """By which rule the time since dilution is counted."""

    LABEL = "diluted"
    OFF_LABEL = "diluted_off_label"
    """Only where the clinician asks for it."""


class StorageQuantity(StrEnum):
    """What is limited."""

    TEMPERATURE = "temperature"
    TIME = "time"


@dataclass(frozen=True)
class StorageRule:
    """One limit of storage."""

    state: VialState
    quantity: StorageQuantity
    low: Fraction | None
    high: Fraction
    unit: str
    citation: Citation

    @property
    def text(self) -> str:
        """'2 to 8 °C', 'up to 24 h'."""
        unit = "°C" if self.unit == "degC" else self.unit
        high = f"{number_text(self.high)} {unit}"
        return f"up to {high}" if self.low is None else f"{number_text(self.low)} to {high}"

    @property
    def duration(self) -> timedelta:
        """The longest time, of a limit in hours or weeks."""
        step = {"h": timedelta(hours=1), "weeks": timedelta(weeks=1)}[self.unit]
        return step * self.high.numerator / self.high.denominator


@cache
def storage_rules(product: ToxinProduct) -> tuple[StorageRule, ...]:
    """Rules of ``product``, and those that hold for every product."""
    return tuple(
        StorageRule(
            row.choice("state", VialState),
            row.choice("quantity", StorageQuantity),
            optional_fraction(row, "low"),
            Fraction(row.decimal("high")),
            row.text("unit"),
            row.citation,
        )
        for row in rows_of("storage", product)
    )


def time_limit(product: ToxinProduct, rule: TimeRule = TimeRule.LABEL) -> StorageRule:
    """How long a diluted vial may be used, by the label or by the consensus."""
    (found,) = (
        limit
        for limit in storage_rules(product)
        if limit.state.value == rule.value and limit.quantity is StorageQuantity.TIME
    )
    return found
