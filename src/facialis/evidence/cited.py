"""One number with everything a reader needs to doubt it."""

import math
from dataclasses import dataclass

from facialis.evidence.citation import Citation
from facialis.evidence.errors import EvidenceError
from facialis.evidence.provenance import Provenance


@dataclass(frozen=True)
class CitedValue:
    """A value or an interval from the literature (or a choice of ours, tagged so).

    Conflicting sources are separate values of the same name; `preference` (1 is first)
    says which one the software uses.
    """

    name: str
    value: float | None
    """None where the source gives only an interval."""
    sd: float | None
    """Standard deviation between the members of the population."""
    interval: tuple[float, float] | None
    """(low, high) where the source gives a range instead of, or beside, a deviation."""
    unit: str
    population: str
    source_key: str
    locator: str
    provenance: Provenance
    note: str = ""
    preference: int = 1

    def __post_init__(self) -> None:
        if self.value is None and self.interval is None:
            raise EvidenceError(
                f"'{self.name}' has neither value nor interval. Fill one in, or drop the row."
            )
        numbers = [n for n in (self.value, self.sd, *(self.interval or ())) if n is not None]
        if not all(math.isfinite(number) for number in numbers):
            raise EvidenceError(
                f"'{self.name}' holds {numbers}; every number must be finite. Correct the row."
            )
        if self.sd is not None and self.sd < 0:
            raise EvidenceError(f"'{self.name}' has sd {self.sd}; it must be 0 or more. Correct the row.")
        if self.interval is not None and self.interval[0] > self.interval[1]:
            raise EvidenceError(f"'{self.name}' has interval {self.interval}; low must not exceed high.")
        for field in ("name", "unit", "population", "source_key", "locator"):
            if not getattr(self, field).strip():
                raise EvidenceError(
                    f"'{self.name or '?'}' has an empty {field}. Fill it in, or drop the row."
                )
        if self.preference < 1:
            raise EvidenceError(f"'{self.name}' has preference {self.preference}; the first choice is 1.")

    @property
    def number(self) -> float:
        """The value; asking for it where the source gives only an interval raises `EvidenceError`."""
        if self.value is None:
            raise EvidenceError(
                f"'{self.name}' of {self.source_key} is the interval {self.interval} without a value. "
                "Use the interval, or another source."
            )
        return self.value

    @property
    def citation(self) -> Citation:
        """The same origin, as rows of other tables carry it."""
        return Citation(self.source_key, self.locator, self.provenance, self.population, self.note)
