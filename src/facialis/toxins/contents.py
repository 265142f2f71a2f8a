"""What is in a vial beside the toxin, and which of it can forbid the product."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import optional_fraction, rows_of


class Allergen(StrEnum):
    """Substances that a patient may be allergic to, or refuse."""

    HUMAN_ALBUMIN = "human_albumin"
    """Also refused by some who refuse blood products."""
    COW_MILK_PROTEIN = "cow_milk_protein"
    """Not lactose intolerance, which forbids nothing."""

    @property
    def label(self) -> str:
        """Words for people."""
        return {Allergen.HUMAN_ALBUMIN: "human albumin", Allergen.COW_MILK_PROTEIN: "cow's-milk protein"}[
            self
        ]


@dataclass(frozen=True)
class Excipient:
    """One substance beside the toxin."""

    name: str
    amount: Fraction | None
    unit: str
    per_vial_units: Fraction | None
    """Vial to which the amount belongs, in units of the product."""
    citation: Citation


@dataclass(frozen=True)
class AllergenContent:
    """Whether a product holds an allergen."""

    allergen: Allergen
    present: bool
    citation: Citation


@cache
def excipients(product: ToxinProduct) -> tuple[Excipient, ...]:
    """Substances beside the toxin in ``product``."""
    return tuple(
        Excipient(
            row.text("excipient"),
            optional_fraction(row, "amount"),
            row.text("unit"),
            optional_fraction(row, "per_vial_units"),
            row.citation,
        )
        for row in rows_of("excipients", product)
    )


@cache
def allergens(product: ToxinProduct) -> tuple[AllergenContent, ...]:
    """For every allergen, whether ``product`` holds it."""
    return tuple(
        AllergenContent(row.choice("allergen", Allergen), row.flag("present"), row.citation)
        for row in rows_of("allergens", product)
    )
