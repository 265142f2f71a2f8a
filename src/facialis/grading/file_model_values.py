"""Values of other people's files, read with care: every one may be anything."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from facialis.anatomy import Side
from facialis.grading.errors import GradingError

MOST_KEYS = 200
"""More than any file of the format has; a larger object is not one of them."""
MOST_CHARACTERS = 40
_DIGITS = re.compile(r"[0-9]{1,3}")
_UNSET = ("null", "nill")
"""How the format writes null as a text."""
_SIDES = {"left": Side.LEFT, "links": Side.LEFT, "right": Side.RIGHT, "rechts": Side.RIGHT}


class FileModelError(GradingError):
    """A file of another program cannot be taken over."""

    code = "file_model_invalid"


class FileValueError(FileModelError):
    """A field of the file holds what it cannot hold."""

    code = "file_value_invalid"


def shown(value: object) -> str:
    """Write any value for a message, short and without looking into it deeply."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**MOST_CHARACTERS:
        return "an enormous number"
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}..."


def object_in(where: str, value: Any) -> Mapping[str, Any]:
    """Return the object as a mapping with text keys.

    Raises
    ------
    FileModelError
        If it is none, or far larger than any file of the format.
    """
    if not isinstance(value, Mapping):
        raise FileModelError(
            f"{where} is {shown(value)}; it must be an object. Check that it is the right file."
        )
    if len(value) > MOST_KEYS or not all(isinstance(key, str) for key in value):
        raise FileModelError(
            f"{where} has {len(value)} keys; the format has no object of more than {MOST_KEYS}, and every "
            "key is a text. Check that it is the right file."
        )
    return value


def unpacked(value: Any) -> Any:
    """Undo the two quirks of the format: a list around one value, and null written as a text."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return None if isinstance(value, str) and value in _UNSET else value


def whole_number(field: str, value: Any) -> int | None:
    """Read a whole number, or its digits as a text; None where the field is not set.

    Raises
    ------
    FileValueError
        If it is anything else, or longer than three digits.
    """
    value = unpacked(value)
    if value is None:
        return None
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 999:
        raise FileValueError(
            f"'{field}' is {shown(value)}; allowed is a whole number of at most three digits, or null. "
            "Correct the file."
        )
    return value


def timed_number(field: str, value: Any) -> int | None:
    """Read a number with its name and time, as the format keeps Sunnybrook items.

    Raises
    ------
    FileValueError
        If it is not such an object, or if its value is no whole number.
    """
    value = unpacked(value)
    if value is None:
        return None
    if not isinstance(value, Mapping) or "value" not in value:
        raise FileValueError(
            f"'{field}' is {shown(value)}; allowed is an object with key, value and time, or null. "
            "Correct the file."
        )
    return whole_number(f"{field}.value", value["value"])


def palsy_side(value: Any) -> Side | None:
    """Read the affected side, in English or German; None where it is not set.

    Raises
    ------
    FileValueError
        If the word is none of the four.
    """
    value = unpacked(value)
    if value is None or value == "":
        return None
    side = _SIDES.get(value.strip().lower()) if isinstance(value, str) else None
    if side is None:
        raise FileValueError(
            f"'palsy_side' is {shown(value)}; allowed is {', '.join(_SIDES)}, or nothing. Write the "
            "patient's affected side."
        )
    return side
