"""Usual dilutions of each product, and the strengths that are accepted."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.exact import number_text, units_words
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import dose, fraction, optional_dose, rows_of, toxin_rows


@dataclass(frozen=True)
class UsualDilution:
    """A dilution in use; the strength is the source's own figure, not our division."""

    vial: ToxinDose
    saline_ml: Fraction
    stated_per_tenth_ml: ToxinDose | None
    citation: Citation

    @property
    def text(self) -> str:
        """'100 units with 2.5 mL'."""
        return f"{units_words(self.vial.amount)} with {number_text(self.saline_ml)} mL"


@dataclass(frozen=True)
class AllowedStrength:
    """The weakest and the strongest solution that is accepted."""

    low_per_tenth_ml: ToxinDose
    high_per_tenth_ml: ToxinDose
    citation: Citation

    @property
    def text(self) -> str:
        """'1 to 10 units in 0.1 mL'."""
        low, high = (number_text(d.amount) for d in (self.low_per_tenth_ml, self.high_per_tenth_ml))
        return f"{low} to {high} units in 0.1 mL"


@dataclass(frozen=True)
class PointVolume:
    """Usual volume at one injection point."""

    low_ml: Fraction
    high_ml: Fraction
    citation: Citation


@cache
def usual_dilutions(product: ToxinProduct) -> tuple[UsualDilution, ...]:
    """Dilutions in use; none for a product that is supplied ready."""
    return tuple(
        UsualDilution(
            dose(row, "vial_units"),
            fraction(row, "saline_ml"),
            optional_dose(row, "stated_units_per_0_1_ml"),
            row.citation,
        )
        for row in rows_of("reconstitution", product)
    )


@cache
def allowed_strength(product: ToxinProduct) -> AllowedStrength:
    """Strengths of ``product`` that are accepted."""
    (row,) = rows_of("allowed_strengths", product)
    return AllowedStrength(
        dose(row, "low_units_per_0_1_ml"), dose(row, "high_units_per_0_1_ml"), row.citation
    )


@cache
def point_volume() -> PointVolume:
    """Usual volume at one point of the face."""
    (row,) = toxin_rows("point_volumes")
    return PointVolume(fraction(row, "low_ml"), fraction(row, "high_ml"), row.citation)
