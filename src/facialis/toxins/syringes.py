"""Syringes and their marks."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.errors import SyringeError
from facialis.toxins.exact import number_text
from facialis.toxins.reading import fraction, toxin_rows


@dataclass(frozen=True)
class Syringe:
    """A syringe; only whole marks can be measured."""

    code: str
    name: str
    capacity_ml: Fraction
    mark_ml: Fraction
    """Volume between two marks."""
    citation: Citation

    def __post_init__(self) -> None:
        if self.mark_ml <= 0 or self.capacity_ml < self.mark_ml or self.capacity_ml % self.mark_ml:
            raise SyringeError(
                f"{self.name}: {number_text(self.capacity_ml)} mL in marks of "
                f"{number_text(self.mark_ml)} mL. The capacity is a whole number of marks, at least one. "
                "Correct the row."
            )

    @property
    def marks(self) -> int:
        """Number of marks."""
        return int(self.capacity_ml / self.mark_ml)

    @property
    def text(self) -> str:
        """Name and marks: '1 mL syringe (marks of 0.01 mL)'."""
        return f"{self.name} (marks of {number_text(self.mark_ml)} mL)"


@cache
def syringes() -> tuple[Syringe, ...]:
    """Every syringe of the table."""
    return tuple(
        Syringe(
            row.text("syringe"),
            row.text("name"),
            fraction(row, "capacity_ml"),
            fraction(row, "mark_ml"),
            row.citation,
        )
        for row in toxin_rows("syringes")
    )


def syringe_named(code: str) -> Syringe:
    """The syringe of this code; raises `SyringeError` if there is none."""
    for syringe in syringes():
        if syringe.code == code:
            return syringe
    listed = ", ".join(syringe.code for syringe in syringes())
    raise SyringeError(f"There is no syringe '{code}'. Give one of {listed}.", code="syringe_unknown")
