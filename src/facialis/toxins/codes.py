"""Codes of the products in the lists of others."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import optional_dose, rows_of


class CodeSystem(StrEnum):
    """Whose list it is."""

    ATC = "ATC"
    HCPCS = "HCPCS"
    NDC = "NDC"
    RXCUI = "RxCUI"
    FDA_LABEL_UNIT = "FDA_LABEL_UNIT"
    """How structured labels of the FDA write the unit of strength."""


@dataclass(frozen=True)
class ProductCode:
    """One code."""

    system: CodeSystem
    code: str
    brand: str | None
    """Brand to which the code belongs; None where it is the product's."""
    amount_per_code: ToxinDose | None
    """Amount that one billed code stands for."""
    citation: Citation


@cache
def product_codes(product: ToxinProduct) -> tuple[ProductCode, ...]:
    """Codes of ``product``, and those shared by all botulinum toxins."""
    return tuple(
        ProductCode(
            row.choice("system", CodeSystem),
            row.text("code"),
            row.optional_text("brand"),
            optional_dose(row, "units_per_code"),
            row.citation,
        )
        for row in rows_of("product_codes", product)
    )
