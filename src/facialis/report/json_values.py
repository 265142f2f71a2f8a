"""What JSON about cases and plans holds again and again: words, sides, days, exact numbers."""

import re
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from facialis.anatomy.sides import Side
from facialis.report.twin_json import MOST_DIGITS, Place
from facialis.toxins.exact import number_text

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXACT = re.compile(r"[0-9]+(\.[0-9]+)?|[0-9]+/[1-9][0-9]*")

_Member = TypeVar("_Member", bound=StrEnum)


def exact_text(number: Fraction) -> str:
    """Digits with a point; a number whose decimals have no end as a fraction, such as 25/3."""
    text = number_text(number)
    return f"{number.numerator}/{number.denominator}" if text.startswith("about ") else text


def read_members(place: Place, kind: type[_Member]) -> frozenset[_Member]:
    """A list of words of a kind, each once."""
    entries = place.items(len(kind))
    found = [read_word(entry, kind) for entry in entries]
    if len(set(found)) < len(found):
        place.refuse("a list that names each once")
    return frozenset(found)


def read_word(place: Place, kind: type[_Member]) -> _Member:
    """One word of a kind."""
    if not isinstance(place.value, str) or place.value not in set(kind):
        place.refuse(", ".join(kind))
    return kind(place.value)


def read_side(place: Place) -> Side:
    """A side, as LEFT or RIGHT."""
    sides = {side.label: side for side in Side}
    if not isinstance(place.value, str) or place.value not in sides:
        place.refuse("LEFT or RIGHT, the patient's")
    return sides[place.value]


def read_day(place: Place) -> date:
    """A day of the calendar."""
    allowed = "a day of the calendar, written like 2026-11-22"
    if not isinstance(place.value, str) or not _ISO_DAY.fullmatch(place.value):
        place.refuse(allowed)
    try:
        return date.fromisoformat(place.value)
    except ValueError:
        place.refuse(allowed)


def read_exact(place: Place) -> Fraction:
    """An exact number that is not negative."""
    number = place.exact()
    if not _EXACT.fullmatch(str(number)) or len(str(number)) > MOST_DIGITS:
        place.refuse('digits with a point, such as "2.5", or a fraction, such as "25/3"')
    return Fraction(number)
