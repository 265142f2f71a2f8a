"""Numbers of a history as people give them: finite, no truth value, inside what is allowed."""

import math
from functools import cache

from facialis.evidence import CitedTable, load_values
from facialis.twin.errors import HistoryError
from facialis.twin.priors import TABLES


@cache
def history_limits() -> CitedTable:
    """What a history may hold at most, and what doses are counted against."""
    return load_values(TABLES, "history_limits")


def checked_number(value: object, what: str, low: float, high: float, *, why: str) -> float:
    """Return ``value`` as a number between ``low`` and ``high``.

    Parameters
    ----------
    value : int or float
    what : str          Begins the message: "The start day of corticosteroids".
    low, high : float   Both allowed.
    why : str           Ends the message: what the limits rest on.

    Raises
    ------
    HistoryError
        If it is no finite number in this range.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise HistoryError(f"{what} is {value!r}, which is not a number. Give one from {low:g} to {high:g}.")
    number = float(value)
    if not math.isfinite(number) or not low <= number <= high:
        raise HistoryError(f"{what} is {number:g}; it must lie from {low:g} to {high:g}: {why}.")
    return number


def is_count(value: object) -> bool:
    """Whether a value is a whole number above 0, and no truth value."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def checked_day(value: object, what: str) -> float:
    """Return a day after onset, from 0 on; raises `HistoryError`. [d]"""
    if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        raise HistoryError(
            f"{what} is day {value:g}, before the onset. Days count from the onset of the palsy, from 0; "
            "leave out what was given earlier."
        )
    last = history_limits().preferred("longest_course").number
    return checked_number(
        value, what, 0.0, last, why="a course is followed for ten years after onset at most"
    )
