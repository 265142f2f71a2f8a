from decimal import Decimal
from fractions import Fraction

import pytest

from facialis.toxins.errors import InexactNumberError
from facialis.toxins.exact import MOST_DIGITS, exact_number, number_text, units_words

ADVICE = " Give a whole number, a Decimal, a Fraction or text like '2.5'."
TEXT_ADVICE = " Write digits with a point, such as 2.5."


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, Fraction(3)),
        (-3, Fraction(-3)),
        ("0.1", Fraction(1, 10)),
        ("-1.25", Fraction(-5, 4)),
        ("12", Fraction(12)),
        ("2.50", Fraction(5, 2)),
        (Decimal("0.3"), Fraction(3, 10)),
        (Decimal("1E+2"), Fraction(100)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_number_is_read_exactly(value, number):
    found = exact_number(value, "It")
    assert found == number
    assert type(found) is Fraction


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (True, "It is True: yes or no is not a number."),
        (2.5, "It is 2.5: a float is not exact."),
        (float("nan"), "It is nan: it must be finite."),
        (float("inf"), "It is inf: it must be finite."),
        (Decimal("NaN"), "It is NaN: it must be finite."),
        (Decimal("-Infinity"), "It is -Infinity: it must be finite."),
        (None, "It is None: this is not a number."),
        (b"2", "It is b'2': this is not a number."),
        *(
            (text, f"It is {text!r}: this is not a number written like 2.5.")
            for text in (
                "",
                ".5",
                "5.",
                "2,5",
                "1e3",
                " 2",
                "2 ",
                "1_000",
                "+2",
                "nan",
                "inf",
                "٣",
                "2\n",
                "2.5U",
            )
        ),
    ],
)
def test_other_things_are_refused_with_the_reason(value, sentence):
    with pytest.raises(InexactNumberError) as error:
        exact_number(value, "It")
    assert str(error.value) == sentence + (TEXT_ADVICE if isinstance(value, str) else ADVICE)
    assert error.value.code == "number_not_exact"


@pytest.mark.parametrize("value", ["1" * MOST_DIGITS, Decimal("1E+29"), Decimal("1E-29")])
def test_longest_number_is_read(value):
    assert exact_number(value, "It") == Fraction(value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1" * 31, "'" + "1" * 31 + "'"),
        ("1" * 58, "'" + "1" * 58 + "'"),
        ("1" * 59, "'" + "1" * 29 + "..."),
        ("9" * 5000, "'" + "9" * 29 + "..."),
        (Decimal("1E+30"), "1E+30"),
        (Decimal("1E-30"), "1E-30"),
        (Decimal("1E+999999"), "1E+999999"),
    ],
)
def test_longer_number_is_refused_before_it_fills_the_memory(value, shown):
    with pytest.raises(InexactNumberError) as error:
        exact_number(value, "The dose")
    assert str(error.value) == f"The dose is {shown}: it has more than 30 digits." + (
        TEXT_ADVICE if isinstance(value, str) else ADVICE
    )


@pytest.mark.parametrize(
    "value",
    [10**30, -(10**30), Fraction(10**31 + 1, 10), 10**5000],
    ids=["whole", "negative", "fraction", "endless"],
)
def test_huge_number_is_refused_without_being_written(value):
    with pytest.raises(InexactNumberError) as error:
        exact_number(value, "The dose")
    assert str(error.value) == "The dose has more than 30 digits before the point." + ADVICE
    assert error.value.code == "number_not_exact"


@pytest.mark.parametrize("value", [10**30 - 1, -(10**30) + 1])
def test_largest_whole_number_is_read(value):
    assert exact_number(value, "It") == value


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(5), "5"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(101, 100), "1.01"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(10000), "10000"),
        (Fraction(1, 100000), "0.00001"),
        (Fraction(1, 10**29), "0." + "0" * 28 + "1"),
        (Fraction(10**29 + 1, 5), "20000000000000000000000000000.2"),
        (Fraction(1, 3), "about 0.3333"),
        (Fraction(2, 3), "about 0.6667"),
        (Fraction(-1, 3), "about -0.3333"),
        (Fraction(25, 3), "about 8.3333"),
        (Fraction(1, 30), "about 0.0333"),
        (Fraction(1, 7), "about 0.1429"),
    ],
)
def test_number_is_written_with_a_leading_and_without_a_trailing_zero(number, text):
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(1), "1 unit"),
        (Fraction(5, 2), "2.5 units"),
        (Fraction(1, 2), "0.5 units"),
        (Fraction(0), "0 units"),
    ],
)
def test_one_unit_is_not_units(amount, text):
    assert units_words(amount) == text
