from decimal import Decimal
from fractions import Fraction

import pytest

from facialis.evidence import Citation, EvidenceError, Provenance, Row
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.reading import (
    dose,
    fraction,
    optional_dose,
    optional_fraction,
    rows_of,
    toxin_rows,
)

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
RIMA = ToxinProduct.RIMABOTULINUMTOXIN_B
ROW = Row(
    {"product": "onabotulinumtoxinA", "amount": "2.50", "nothing": " "},
    "table, line 2",
    Citation("Facialis", "here", Provenance.DESIGN, "adults"),
)


def test_cell_is_an_exact_number():
    assert fraction(ROW, "amount") == optional_fraction(ROW, "amount") == Fraction(Decimal("2.5"))
    assert type(fraction(ROW, "amount")) is type(optional_fraction(ROW, "amount")) is Fraction


def test_cell_is_a_dose_of_the_product_of_its_row():
    assert dose(ROW, "amount") == optional_dose(ROW, "amount") == ToxinDose("2.5", ONA)


def test_empty_cell_is_nothing_or_an_error():
    assert optional_fraction(ROW, "nothing") is None
    assert optional_dose(ROW, "nothing") is None
    for read in (fraction, dose):
        with pytest.raises(EvidenceError, match="table, line 2: nothing is empty"):
            read(ROW, "nothing")


def test_table_of_this_room_is_read():
    assert [row.text("syringe") for row in toxin_rows("syringes")][-1] == "one_ml"


def test_rows_of_a_product_and_of_every_product():
    assert [row.text("product") for row in rows_of("label_limits", RIMA)] == ["any"]
    assert [row.text("product") for row in rows_of("label_limits", ONA)] == [ONA.value] * 5 + ["any"]
    assert [row.text("system") for row in rows_of("product_codes", RIMA)] == ["ATC", "HCPCS"]
