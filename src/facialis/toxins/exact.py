"""Exact numbers in, exact numbers out: no rounding between a vial and a syringe."""

import math
import re
from decimal import Decimal
from fractions import Fraction

from facialis.toxins.errors import InexactNumberError

ExactNumber = int | Fraction | Decimal | str
"""What an exact number can be given as; text is written like 2.5."""

MOST_DIGITS = 30
"""Longer than any amount or volume; keeps a number like 1E+999999 from filling the memory."""

SHOWN_DECIMALS = 4
"""Decimals of a number that has no end, such as 25/3; it is then printed with 'about'."""

ADVICE = "Give a whole number, a Decimal, a Fraction or text like '2.5'."
TEXT_ADVICE = "Write digits with a point, such as 2.5."

_DECIMAL_TEXT = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def exact_number(value: object, item: str) -> Fraction:
    """Return ``value`` as an exact number.

    Parameters
    ----------
    value : int, Fraction, Decimal or str
        Text is written like 2.5, with a digit before the point.
    item : str
        What the number is, for messages: "The dose".

    Raises
    ------
    InexactNumberError
        If it is a float, a bool, not a number, not finite, or too long.
    """
    if isinstance(value, bool):
        raise _refused(value, item, "yes or no is not a number")
    if isinstance(value, float):
        reason = "a float is not exact" if math.isfinite(value) else "it must be finite"
        raise _refused(value, item, reason)
    if isinstance(value, str):
        if not _DECIMAL_TEXT.fullmatch(value):
            raise _refused(value, item, "this is not a number written like 2.5")
        value = Decimal(value) if len(value) <= MOST_DIGITS else _long(value, item)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise _refused(value, item, "it must be finite")
        _, digits, exponent = value.as_tuple()
        if len(digits) + abs(int(exponent)) > MOST_DIGITS:
            _long(value, item)
        return Fraction(value)
    if isinstance(value, int | Fraction):
        if abs(value) >= 10**MOST_DIGITS:
            # Python refuses to write very long integers, so the message does not show it.
            raise InexactNumberError(f"{item} has more than {MOST_DIGITS} digits before the point. {ADVICE}")
        return Fraction(value)
    raise _refused(value, item, "this is not a number")


def number_text(number: Fraction) -> str:
    """Write a number for people: a digit before the point, no trailing zero; 'about' where it has no end."""
    if not _ends(number):
        return f"about {_decimal_text(round(number, SHOWN_DECIMALS))}"
    return _decimal_text(number)


def units_words(amount: Fraction) -> str:
    """'2.5 units', '1 unit': where the product stands elsewhere."""
    return f"{number_text(amount)} {'unit' if amount == 1 else 'units'}"


def _ends(number: Fraction) -> bool:
    """Whether the decimals of ``number`` end: its denominator is made of twos and fives alone."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _decimal_text(number: Fraction) -> str:
    whole, rest = divmod(abs(number), 1)
    decimals = ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        decimals += str(digit)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def _long(value: object, item: str) -> Decimal:
    raise _refused(value, item, f"it has more than {MOST_DIGITS} digits")


def _refused(value: object, item: str, reason: str) -> InexactNumberError:
    shown = str(value) if isinstance(value, Decimal) else repr(value)
    if len(shown) > 2 * MOST_DIGITS:
        shown = f"{shown[:MOST_DIGITS]}..."
    return InexactNumberError(
        f"{item} is {shown}: {reason}. {TEXT_ADVICE if isinstance(value, str) else ADVICE}"
    )
