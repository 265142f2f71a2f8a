"""An amount of toxin, always with its product, and arithmetic that stays within one product."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from facialis.toxins.errors import DoseError, MixedProductsError
from facialis.toxins.exact import ExactNumber, exact_number, number_text, units_words
from facialis.toxins.products import ToxinProduct


@dataclass(frozen=True, slots=True, init=False)
class ToxinDose:
    """Units of one product, exact.

    Doses of one product can be added, subtracted, compared and multiplied by a pure number.
    Two products never meet: adding or comparing them raises `MixedProductsError`, and
    nothing turns units of one into units of another, because studies disagree on how.

    Raises
    ------
    InexactNumberError
        If the amount is a float, a bool, or no finite number.
    DoseError
        If the amount is negative or the product is missing.

    Examples
    --------
    >>> ToxinDose("2.5", ToxinProduct.ONABOTULINUMTOXIN_A).text
    '2.5 units onabotulinumtoxinA'
    """

    # Not initialised by dataclasses: so `dataclasses.replace` cannot exchange the product.
    amount: Fraction = field(init=False)
    """Units of `product`, 0 or more."""
    product: ToxinProduct = field(init=False)

    def __init__(self, amount: ExactNumber, product: ToxinProduct | None = None) -> None:
        number = exact_number(amount, "The dose")
        if not isinstance(product, ToxinProduct):
            raise DoseError(
                f"The dose of {units_words(number)} has {_named(product)}; units of different products "
                f"are not interchangeable. Name one of {', '.join(ToxinProduct)}."
            )
        if number < 0:
            raise DoseError(
                f"The dose is {units_words(number)} {product.value}; a dose is 0 or more. Correct it."
            )
        object.__setattr__(self, "amount", number)
        object.__setattr__(self, "product", product)

    @property
    def text(self) -> str:
        """Number, unit and product: '2.5 units onabotulinumtoxinA'."""
        return f"{units_words(self.amount)} {self.product.value}"

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: "ToxinDose") -> "ToxinDose":
        if not isinstance(other, ToxinDose):
            return NotImplemented
        require_same_product(self, other, "added")
        return ToxinDose(self.amount + other.amount, self.product)

    def __sub__(self, other: "ToxinDose") -> "ToxinDose":
        if not isinstance(other, ToxinDose):
            return NotImplemented
        require_same_product(self, other, "subtracted")
        if other.amount > self.amount:
            raise DoseError(
                f"{other.text} cannot be taken from {self.text}; a dose is 0 or more. "
                f"Take away {number_text(self.amount)} at most."
            )
        return ToxinDose(self.amount - other.amount, self.product)

    def __mul__(self, factor: int | Fraction) -> "ToxinDose":
        if isinstance(factor, bool) or not isinstance(factor, int | Fraction):
            return NotImplemented
        return ToxinDose(self.amount * factor, self.product)

    __rmul__ = __mul__

    def __lt__(self, other: "ToxinDose") -> bool:
        if not isinstance(other, ToxinDose):
            return NotImplemented
        require_same_product(self, other, "compared")
        return self.amount < other.amount

    def __le__(self, other: "ToxinDose") -> bool:
        if not isinstance(other, ToxinDose):
            return NotImplemented
        require_same_product(self, other, "compared")
        return self.amount <= other.amount

    def __gt__(self, other: "ToxinDose") -> bool:
        if not isinstance(other, ToxinDose):
            return NotImplemented
        require_same_product(self, other, "compared")
        return self.amount > other.amount

    def __ge__(self, other: "ToxinDose") -> bool:
        if not isinstance(other, ToxinDose):
            return NotImplemented
        require_same_product(self, other, "compared")
        return self.amount >= other.amount


def require_same_product(first: ToxinDose, second: ToxinDose, what: str) -> None:
    """Raise `MixedProductsError` unless both are of one product; ``what`` ends 'cannot be ...'."""
    if first.product is not second.product:
        raise MixedProductsError(
            f"Units of {first.product.value} and {second.product.value} are not interchangeable: "
            f"{first.text} and {second.text} cannot be {what}. Keep the products apart."
        )


def total(doses: Iterable[ToxinDose]) -> ToxinDose:
    """Sum of doses of one product.

    Raises
    ------
    DoseError
        If there is no dose: nothing has no product.
    MixedProductsError
        If the doses are of more than one product.
    """
    found = tuple(doses)
    if not found:
        raise DoseError("There is no dose to add up, so the total has no product. Give at least one dose.")
    return sum(found[1:], start=found[0])


def _named(product: object) -> str:
    return "no product" if product is None else f"the product {product!r}, which is not a ToxinProduct"
