"""How long an effect lasts, by class of the neurotoxin; shown, and used by no calculation here."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import optional_fraction, toxin_rows


class HalfLifeClass(StrEnum):
    """How long the enzyme works inside the nerve ending."""

    A = "A"
    """Long: serotype A."""
    B = "B"
    """Short: serotype B."""


@dataclass(frozen=True)
class EffectDuration:
    """One published time; `value` or `interval`, as the source gives it."""

    half_life_class: HalfLifeClass
    product: ToxinProduct | None
    """None where the serotype was studied."""
    quantity: str
    setting: str
    value: Fraction | None
    interval: tuple[Fraction | None, Fraction | None]
    unit: str
    citation: Citation


@cache
def effect_durations(product: ToxinProduct, half_life_class: HalfLifeClass) -> tuple[EffectDuration, ...]:
    """Times of ``product``, and of its class where no product was named."""
    found = (
        EffectDuration(
            row.choice("half_life_class", HalfLifeClass),
            row.optional_choice("product", ToxinProduct),
            row.text("quantity"),
            row.text("setting"),
            optional_fraction(row, "value"),
            (optional_fraction(row, "low"), optional_fraction(row, "high")),
            row.text("unit"),
            row.citation,
        )
        for row in toxin_rows("effect_durations")
    )
    return tuple(d for d in found if d.half_life_class is half_life_class and d.product in {None, product})
