"""The vials that each product is sold in."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from facialis.evidence import Citation, Provenance
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.errors import VialError
from facialis.toxins.exact import ExactNumber, exact_number, number_text
from facialis.toxins.product_names import Formulation
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import dose, optional_fraction, toxin_rows


@dataclass(frozen=True)
class VialSize:
    """One size of vial."""

    content: ToxinDose
    formulation: Formulation
    contents_ml: Fraction | None
    """Volume of a ready solution; None for a powder."""
    citation: Citation

    @property
    def product(self) -> ToxinProduct:
        """What is in it."""
        return self.content.product


@cache
def vial_sizes(product: ToxinProduct, formulation: Formulation | None = None) -> tuple[VialSize, ...]:
    """Sizes of ``product``, the smallest first; of one formulation where it is given."""
    sizes = [
        VialSize(
            dose(row, "vial_units"),
            row.choice("formulation", Formulation),
            optional_fraction(row, "contents_ml"),
            row.citation,
        )
        for row in toxin_rows("vials")
        if row.text("product") == product.value
    ]
    wanted = (size for size in sizes if formulation in {None, size.formulation})
    return tuple(sorted(wanted, key=lambda size: size.content.amount))


def vial_size(product: ToxinProduct, units: ExactNumber, formulation: Formulation | None = None) -> VialSize:
    """The vial of ``units``.

    Raises
    ------
    VialError
        If the product has no such vial.
    InexactNumberError, DoseError
        If ``units`` is not an exact amount.
    """
    wanted = ToxinDose(units, product)
    sizes = vial_sizes(product, formulation)
    form = "" if formulation is None else f"{formulation.value} "
    if not sizes:
        raise VialError(
            f"No {form}vial of {product.value} stands in the tables, so a vial of "
            f"{number_text(wanted.amount)} units has no known volume. Give the volume printed on it."
        )
    for size in sizes:
        if size.content == wanted:
            return size
    listed = ", ".join(number_text(size.content.amount) for size in sizes)
    sources = ", ".join(dict.fromkeys(size.citation.source_key for size in sizes))
    raise VialError(
        f"{product.value} has no {form}vial of {number_text(wanted.amount)} units; its vials hold "
        f"{listed} units (source: {sources}). Read the amount from the vial."
    )


def ready_vial(product: ToxinProduct, units: ExactNumber, contents_ml: ExactNumber) -> VialSize:
    """A vial of a ready solution that the tables do not hold, as printed on it.

    Parameters
    ----------
    product : ToxinProduct
        What is in it.
    units : int, Fraction, Decimal or str
        Amount printed on the vial.
    contents_ml : int, Fraction, Decimal or str
        Volume printed on the vial. [mL]

    Raises
    ------
    VialError
        If the tables hold ready vials of the product, or if amount or volume is not above 0.
    InexactNumberError, DoseError
        If a number is not exact, or the amount negative.
    """
    content = ToxinDose(units, product)
    volume_ml = exact_number(contents_ml, "The volume in the vial")
    if vial_sizes(product, Formulation.LIQUID):
        raise VialError(
            f"The volumes of the vials of {product.value} stand in the tables. Leave the printed volume out."
        )
    if not content.amount or volume_ml <= 0:
        raise VialError(
            f"The vial is said to hold {content.text} in {number_text(volume_ml)} mL; both are above 0. "
            "Read them from the vial."
        )
    citation = Citation("Facialis", "as printed on the vial and typed in", Provenance.DESIGN, "this vial")
    return VialSize(content, Formulation.LIQUID, volume_ml, citation)
