"""A dose that is typed is read as it was meant, or refused; it is never guessed."""

from fractions import Fraction

import pytest

from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.typed_numbers import typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("2.5", "5/2"), ("2,5", "5/2"), (" 12 ", "12"), ("0,25", "1/4"), ("-1", "-1"), ("-0,5", "-1/2")],
)
def test_point_and_comma_are_read_alike(text, number):
    assert typed_number(text, "dose") == Fraction(number)


@pytest.mark.parametrize(
    "text",
    ["1.234,5", "1,234.5", "1,2,3", "2..5", "2,", ",5", "abc", "2.5u", "1e3", "", "١٢", "1 000", "9" * 21],
)
def test_what_is_no_number_is_refused_in_words(text):
    with pytest.raises(FieldsError, match="one decimal mark") as refused:
        typed_number(text, "dose")
    assert set(refused.value.errors) == {"dose"}


@pytest.mark.parametrize("text", ["1,250", "1.250"])
def test_what_could_be_thousands_is_refused_with_both_readings(text):
    with pytest.raises(FieldsError, match=r"1250 or as 1\.25"):
        typed_number(text, "dose")
