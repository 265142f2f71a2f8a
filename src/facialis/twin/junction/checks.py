"""Checks of what people hand in, before anything is computed."""

import math
from collections.abc import Sequence

from facialis.twin.junction.errors import JunctionError


def whole_number(value: object, item: str, *, least: int) -> int:
    """Return ``value`` if it is a whole number of at least ``least``; raises `JunctionError`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise JunctionError(f"The {item} is {value!r}; it is a whole number from {least} on. Correct it.")
    return value


def number_within(value: object, item: str, *, low: float, high: float, unit: str) -> float:
    """Return ``value`` as a number between two limits; raises `JunctionError`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise JunctionError(f"The {item} is {value!r}; it is a number of {unit}. Correct it.")
    if not math.isfinite(value) or not low <= value <= high:
        raise JunctionError(f"The {item} is {value:g} {unit}; it is {low:g} to {high:g} {unit}. Correct it.")
    return float(value)


def numbers_within(
    values: Sequence[object], item: str, *, low: float, high: float, unit: str
) -> tuple[float, ...]:
    """`number_within` for each of several, at least one."""
    if not values:
        raise JunctionError(f"There is no {item}. Give at least one.")
    return tuple(number_within(value, item, low=low, high=high, unit=unit) for value in values)
