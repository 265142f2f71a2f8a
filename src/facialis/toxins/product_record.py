"""Everything that the tables know about one product."""

from dataclasses import dataclass
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.codes import ProductCode, product_codes
from facialis.toxins.contents import Allergen, AllergenContent, Excipient, allergens, excipients
from facialis.toxins.durations import EffectDuration, HalfLifeClass, effect_durations
from facialis.toxins.labels import LabelDose, LabelLimit, label_doses, label_limits
from facialis.toxins.preparation import AllowedStrength, UsualDilution, allowed_strength, usual_dilutions
from facialis.toxins.product_names import Formulation, brands_of
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import toxin_rows
from facialis.toxins.storage import StorageRule, storage_rules
from facialis.toxins.vials import VialSize, vial_sizes


@dataclass(frozen=True)
class ProductRecord:
    """One product; every part carries its own source and tag."""

    product: ToxinProduct
    brands: tuple[str, ...]
    serotype: str
    half_life_class: HalfLifeClass
    formulation: Formulation
    """How it is supplied, unless a brand says otherwise."""
    citation: Citation
    """Of serotype and formulation."""
    vials: tuple[VialSize, ...]
    excipients: tuple[Excipient, ...]
    allergens: tuple[AllergenContent, ...]
    label_doses: tuple[LabelDose, ...]
    label_limits: tuple[LabelLimit, ...]
    storage: tuple[StorageRule, ...]
    usual_dilutions: tuple[UsualDilution, ...]
    allowed_strength: AllowedStrength
    durations: tuple[EffectDuration, ...]
    codes: tuple[ProductCode, ...]

    def contains(self, allergen: Allergen) -> bool:
        """Whether the product holds an allergen."""
        return any(found.present for found in self.allergens if found.allergen is allergen)


@cache
def product_record(product: ToxinProduct) -> ProductRecord:
    """Everything that the tables know about ``product``."""
    (row,) = (row for row in toxin_rows("products") if row.text("product") == product.value)
    half_life_class = row.choice("half_life_class", HalfLifeClass)
    return ProductRecord(
        product=product,
        brands=brands_of(product),
        serotype=row.text("serotype"),
        half_life_class=half_life_class,
        formulation=row.choice("formulation", Formulation),
        citation=row.citation,
        vials=vial_sizes(product),
        excipients=excipients(product),
        allergens=allergens(product),
        label_doses=label_doses(product),
        label_limits=label_limits(product),
        storage=storage_rules(product),
        usual_dilutions=usual_dilutions(product),
        allowed_strength=allowed_strength(product),
        durations=effect_durations(product, half_life_class),
        codes=product_codes(product),
    )
