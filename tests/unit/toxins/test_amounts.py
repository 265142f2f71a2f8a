import copy
import dataclasses
import operator
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from facialis.toxins import ToxinDose, ToxinProduct, total
from facialis.toxins.amounts import require_same_product
from facialis.toxins.errors import DoseError, InexactNumberError, MixedProductsError

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
ABO = ToxinProduct.ABOBOTULINUMTOXIN_A
COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge)


def ona(amount):
    return ToxinDose(amount, ONA)


@pytest.mark.parametrize("amount", ["2.5", "2.50", Decimal("2.5"), Fraction(5, 2)])
def test_amount_is_kept_exactly_however_it_is_written(amount):
    dose = ona(amount)
    assert dose.amount == Fraction(5, 2)
    assert type(dose.amount) is Fraction
    assert dose.product is ONA
    assert dose == ona("2.5")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("2.50", "2.5 units onabotulinumtoxinA"),
        ("0.5", "0.5 units onabotulinumtoxinA"),
        (1, "1 unit onabotulinumtoxinA"),
        (0, "0 units onabotulinumtoxinA"),
        (100, "100 units onabotulinumtoxinA"),
        (Fraction(25, 3), "about 8.3333 units onabotulinumtoxinA"),
    ],
)
def test_text_names_number_unit_and_product(amount, text):
    assert ona(amount).text == text
    assert str(ona(amount)) == text


def test_dose_without_product_is_refused():
    with pytest.raises(DoseError) as error:
        ToxinDose("2.5")
    assert str(error.value) == (
        "The dose of 2.5 units has no product; units of different products are not interchangeable. Name "
        "one of "
        "onabotulinumtoxinA, abobotulinumtoxinA, incobotulinumtoxinA, prabotulinumtoxinA, "
        "daxibotulinumtoxinA, "
        "letibotulinumtoxinA, rimabotulinumtoxinB."
    )
    assert error.value.code == "dose_invalid"


def test_plain_text_is_no_product():
    with pytest.raises(
        DoseError, match=r"1 unit has the product 'onabotulinumtoxinA', which is not a ToxinProduct; units"
    ):
        ToxinDose(1, "onabotulinumtoxinA")


def test_negative_dose_is_refused_and_zero_is_not():
    with pytest.raises(DoseError) as error:
        ona("-0.1")
    assert str(error.value) == ("The dose is -0.1 units onabotulinumtoxinA; a dose is 0 or more. Correct it.")
    assert ona(0).amount == 0


@pytest.mark.parametrize("amount", [float("nan"), 2.5, True, None, "nan", Decimal("NaN"), [1]])
def test_amount_that_is_not_exact_is_refused(amount):
    with pytest.raises(InexactNumberError, match=r"^The dose is "):
        ona(amount)


def test_arithmetic_within_one_product():
    assert ona("2.5") + ona("0.1") == ona("2.6")
    assert ona("2.5") - ona("0.1") == ona("2.4")
    assert ona("2.5") - ona("2.5") == ona(0)
    assert ona("2.5") * 3 == 3 * ona("2.5") == ona("7.5")
    assert ona(1) * Fraction(1, 3) * 3 == ona(1)
    assert ona(1) * 0 == ona(0)


def test_difference_below_zero_is_refused():
    with pytest.raises(DoseError) as error:
        ona(2) - ona("2.5")
    assert str(error.value) == (
        "2.5 units onabotulinumtoxinA cannot be taken from 2 units onabotulinumtoxinA; a dose is 0 or more. "
        "Take away 2 at most."
    )


def test_negative_factor_is_refused():
    with pytest.raises(DoseError, match="-2 units"):
        ona(2) * -1


@pytest.mark.parametrize("factor", [True, 2.0, "2", None])
def test_factor_is_a_whole_number_or_a_fraction(factor):
    with pytest.raises(TypeError):
        ona(2) * factor
    with pytest.raises(TypeError):
        factor * ona(2)


def test_product_of_two_doses_does_not_exist():
    with pytest.raises(TypeError):
        ona(2) * ona(2)


@pytest.mark.parametrize("operation", [operator.add, operator.sub, *COMPARISONS])
def test_bare_number_is_no_dose(operation):
    with pytest.raises(TypeError):
        operation(ona(2), 1)
    with pytest.raises(TypeError):
        operation(1, ona(2))


def test_order_within_one_product():
    less, more = ona("2.4"), ona("2.5")
    assert [compare(less, more) for compare in COMPARISONS] == [True, True, False, False]
    assert [compare(more, less) for compare in COMPARISONS] == [False, False, True, True]
    assert [compare(more, ona("2.5")) for compare in COMPARISONS] == [False, True, False, True]


@pytest.mark.parametrize(
    ("operation", "word"),
    [
        (operator.add, "added"),
        (operator.sub, "subtracted"),
        *((comparison, "compared") for comparison in COMPARISONS),
    ],
)
def test_two_products_never_meet(operation, word):
    with pytest.raises(MixedProductsError) as error:
        operation(ona("2.5"), ToxinDose(10, ABO))
    assert str(error.value) == (
        "Units of onabotulinumtoxinA and abobotulinumtoxinA are not interchangeable: 2.5 units "
        "onabotulinumtoxinA "
        f"and 10 units abobotulinumtoxinA cannot be {word}. Keep the products apart."
    )
    assert error.value.code == "products_mixed"


def test_equal_amounts_of_two_products_are_different_doses():
    assert ona(1) != ToxinDose(1, ABO)
    assert ona(1) != 1
    assert len({ona(1), ona("1.0"), ToxinDose(1, ABO)}) == 2


def test_same_product_passes_the_check():
    require_same_product(ona(1), ona(2), "added")


def test_dose_cannot_be_changed_and_survives_copying():
    dose = ona("0.3")
    with pytest.raises(AttributeError):
        dose.amount = Fraction(1)
    assert copy.deepcopy(dose) == pickle.loads(pickle.dumps(dose)) == dose  # noqa: S301  our own bytes


def test_product_of_a_dose_cannot_be_replaced():
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(ona(1), product=ABO)
    with pytest.raises(TypeError):
        dataclasses.replace(ona(1))


def test_total_adds_exactly():
    assert total([ona("0.1")] * 3) == ona("0.3")
    assert total(iter([ona("0.1")])) == ona("0.1")


def test_total_of_nothing_is_refused():
    with pytest.raises(DoseError) as error:
        total([])
    assert str(error.value) == (
        "There is no dose to add up, so the total has no product. Give at least one dose."
    )


def test_total_of_two_products_is_refused():
    with pytest.raises(MixedProductsError, match="cannot be added"):
        total([ona(1), ona(1), ToxinDose(1, ABO)])
