"""Cells of this room's tables as products, doses and exact numbers."""

from fractions import Fraction

from facialis.evidence import Row, load_rows
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct

ANY_PRODUCT = "any"
"""In the column `product`: the row holds for every product."""


def toxin_rows(stem: str) -> tuple[Row, ...]:
    """Rows of one table of this room."""
    return load_rows("facialis.toxins.tables", stem).rows


def rows_of(stem: str, product: ToxinProduct) -> tuple[Row, ...]:
    """Rows of ``product``, and those that hold for every product."""
    return tuple(row for row in toxin_rows(stem) if row.text("product") in {product.value, ANY_PRODUCT})


def fraction(row: Row, column: str) -> Fraction:
    """The cell as an exact number."""
    return Fraction(row.decimal(column))


def optional_fraction(row: Row, column: str) -> Fraction | None:
    """The cell as an exact number; None when it is empty."""
    number = row.optional_decimal(column)
    return None if number is None else Fraction(number)


def dose(row: Row, column: str) -> ToxinDose:
    """The cell as units of the row's own product."""
    return ToxinDose(row.decimal(column), row.choice("product", ToxinProduct))


def optional_dose(row: Row, column: str) -> ToxinDose | None:
    """The cell as units of the row's own product; None when it is empty."""
    return None if row.optional_text(column) is None else dose(row, column)
