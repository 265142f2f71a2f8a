"""Conditions of the patient that forbid or limit an injection."""

from dataclasses import dataclass
from functools import cache

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.evidence import Citation
from facialis.toxins.actions import Action
from facialis.toxins.contents import Allergen, allergens
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import toxin_rows


@dataclass(frozen=True)
class Contraindication:
    """One condition and what follows from it."""

    code: str
    condition: str
    action: Action
    allergen: Allergen | None
    """The rule holds only for products that contain it; None: for every product."""
    targets: tuple[InjectionTarget, ...]
    """Targets meant above all; empty: every target."""
    basis: str
    """What the source itself says: contraindication, warning, precaution or practice."""
    sentence: str
    what_to_do: str
    citation: Citation

    def applies_to(self, product: ToxinProduct) -> bool:
        """Whether the rule holds for ``product``."""
        return self.allergen is None or any(
            content.present for content in allergens(product) if content.allergen is self.allergen
        )


@cache
def contraindications() -> tuple[Contraindication, ...]:
    """Every rule about a condition, in the order of the table."""
    return tuple(
        Contraindication(
            code=row.text("code"),
            condition=row.text("condition"),
            action=row.choice("action", Action),
            allergen=row.optional_choice("allergen", Allergen),
            targets=row.choices("targets", InjectionTarget),
            basis=row.text("basis"),
            sentence=row.text("sentence"),
            what_to_do=row.text("what_to_do"),
            citation=row.citation,
        )
        for row in toxin_rows("contraindications")
    )
