"""From a brand or a short name, as typed or printed on the box, to the generic name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.errors import UnknownProductError
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import toxin_rows


class Formulation(StrEnum):
    """How the toxin lies in its vial."""

    POWDER = "powder"
    """Saline is added before use."""
    LIQUID = "liquid"
    """Ready to use."""


class NameKind(StrEnum):
    """What sort of name it is."""

    GENERIC = "generic"
    BRAND = "brand"
    SHORT = "short"


@dataclass(frozen=True)
class ProductName:
    """One name, the product that it means, and how that is supplied."""

    name: str
    kind: NameKind
    product: ToxinProduct
    formulation: Formulation
    citation: Citation


@cache
def product_names() -> tuple[ProductName, ...]:
    """Every name that is understood: generic names first, then brands, then short names."""
    generic = [
        ProductName(
            row.text("product"),
            NameKind.GENERIC,
            row.choice("product", ToxinProduct),
            row.choice("formulation", Formulation),
            row.citation,
        )
        for row in toxin_rows("products")
    ]
    others = [
        ProductName(
            row.text("name"),
            row.choice("kind", NameKind),
            row.choice("product", ToxinProduct),
            row.choice("formulation", Formulation),
            row.citation,
        )
        for row in toxin_rows("product_names")
    ]
    return (*generic, *others)


def brands_of(product: ToxinProduct) -> tuple[str, ...]:
    """Brand names of ``product``."""
    return tuple(n.name for n in product_names() if n.product is product and n.kind is NameKind.BRAND)


def product_named(text: str) -> ProductName:
    """Find the product that a name means; capitals and outer spaces do not matter.

    Parameters
    ----------
    text : str
        A generic, brand or short name: "Botox", "onabotulinumtoxinA", "ona".

    Raises
    ------
    UnknownProductError
        If no product has this name (code `product_unknown`), or if more than one could be
        meant (code `product_ambiguous`). Nothing is guessed.
    """
    return find_product(text, product_names())


def find_product(text: str, names: Iterable[ProductName]) -> ProductName:
    """`product_named` among ``names``."""
    known = tuple(names)
    wanted = _normal(text)
    same = [name for name in known if _normal(name.name) == wanted]
    if len({(name.product, name.formulation) for name in same}) == 1:
        return same[0]
    close = same or [name for name in known if wanted and wanted in _normal(name.name)]
    products = list(dict.fromkeys(name.product.value for name in close))
    if len(products) > 1 or same:
        raise UnknownProductError(
            f"'{text}' could mean {' or '.join(_forms(close))}, whose units are not interchangeable. "
            "Give the generic name or the whole brand name.",
            code="product_ambiguous",
        )
    if close:
        meant = " or ".join(f"'{name.name}'" for name in close)
        raise UnknownProductError(
            f"'{text}' is not the name of a product. If {meant} is meant, write it out."
        )
    listed = ", ".join(name.name for name in known if name.kind is not NameKind.SHORT)
    raise UnknownProductError(f"'{text}' is not the name of a product. Give one of {listed}.")


def _forms(names: Iterable[ProductName]) -> list[str]:
    """The products meant; their formulation is named only where one product has two."""
    pairs = list(dict.fromkeys((name.product, name.formulation) for name in names))
    products = [product for product, _ in pairs]
    return [
        f"{product.value} ({formulation.value})" if products.count(product) > 1 else product.value
        for product, formulation in pairs
    ]


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())
