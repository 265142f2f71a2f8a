"""The cited numbers of an instrument, without rounding."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from facialis.evidence import CitedTable, CitedValue, EvidenceError, load_values
from facialis.grading.instrument import TABLES
from facialis.grading.score import Exact, ScoreRange


@dataclass(frozen=True)
class ScoringTable:
    """Weights, ends, norms and reliabilities of one instrument, by name."""

    values: CitedTable

    def cited(self, name: str) -> CitedValue:
        """The preferred value of ``name`` with its source."""
        return self.values.preferred(name)

    def number(self, name: str) -> Exact:
        """The preferred value of ``name``, exactly as the table writes it."""
        return exact(self.cited(name).number)

    def range(self, name: str) -> ScoreRange:
        """The preferred interval of ``name``.

        Raises
        ------
        EvidenceError
            If the table gives no interval.
        """
        ends = self.cited(name).interval
        if ends is None:
            raise EvidenceError(
                f"'{name}' of '{self.values.passport.title}' has no interval. Give low and high."
            )
        return ScoreRange(exact(ends[0]), exact(ends[1]))

    def name_holding(self, value: Exact, prefix: str) -> str | None:
        """Name, without ``prefix``, of the interval that ``value`` lies in; None if it lies in none."""
        for cited in self.values.values:
            if cited.name.startswith(prefix) and cited.interval is not None:
                low, high = cited.interval
                if low <= value <= high:
                    return cited.name.removeprefix(prefix)
        return None


@cache
def load_scoring(instrument_id: str) -> ScoringTable:
    """Return the table `<instrument_id>_scoring`; raises `EvidenceError`."""
    return ScoringTable(load_values(TABLES, f"{instrument_id}_scoring"))


def exact(number: float) -> Exact:
    """Return the number that a table's cell wrote: 0.1 is one tenth; whole numbers become int."""
    written = Fraction(repr(number))
    return int(written) if written.denominator == 1 else written
