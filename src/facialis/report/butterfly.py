"""The butterfly: the RIGHT side's bar grows to the left, the LEFT side's to the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.asymmetry import asymmetry_of
from facialis.measurement.combination import average_repeats
from facialis.measurement.measure import Measure

BEYOND_ERROR_SDS = 1.645
"""A difference beyond this many of its sds is outside its 90 % interval: it is called real."""

FULL_BAR_SDS = 3.0
"""A value under three sds never fills its bar: noise about zero must not look like a finding."""


@dataclass(frozen=True)
class ButterflyRow:
    """One measure of both sides, and LEFT minus RIGHT with its own sd."""

    name: str
    unit: str
    right: Measure | None
    left: Measure | None
    asymmetry: float | None
    asymmetry_sd: float | None

    @property
    def is_beyond_error(self) -> bool:
        """Whether the difference is larger than its error explains."""
        if self.asymmetry is None or self.asymmetry_sd is None:
            return False
        return abs(self.asymmetry) > BEYOND_ERROR_SDS * self.asymmetry_sd

    def share(self, side: Side) -> float:
        """Length of a side's bar [0-1]: the longer one is full, unless both drown in their error."""
        sizes = [self._size(Side.LEFT), self._size(Side.RIGHT)]
        sds = [m.sd for m in (self.left, self.right) if m is not None and m.sd is not None]
        full = max([*sizes, *(FULL_BAR_SDS * sd for sd in sds)])
        return self._size(side) / full if full > 0 else 0.0

    def _size(self, side: Side) -> float:
        measure = self.left if side is Side.LEFT else self.right
        return abs(measure.value) if measure is not None and measure.value is not None else 0.0


def butterfly_rows(measures: Sequence[Measure]) -> list[ButterflyRow]:
    """Pair the sided measures of one photograph, in their order."""
    # A photograph by itself takes any place of a set: only differences within it are asked for.
    alone = average_repeats([(Expression.REST, measures)])
    sided = {(measure.name, measure.side): measure for measure in measures if measure.side is not None}
    rows = []
    for name in dict.fromkeys(name for name, _ in sided):
        right, left = sided.get((name, Side.RIGHT)), sided.get((name, Side.LEFT))
        known = right or left
        if known is None:
            continue
        difference = asymmetry_of(alone, Expression.REST, name)
        rows.append(ButterflyRow(name, known.unit, right, left, difference.value, difference.sd))
    return rows
