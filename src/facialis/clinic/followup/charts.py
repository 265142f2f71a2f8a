"""A trend as places on a page: dots with error, lines where visits lie close, treatments as bars."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateformat import format as format_date

from facialis.clinic.followup.trends import Given, Reading, Trend
from facialis.clinic.site.templatetags.clinic_format import day as day_words

WIDTH, HEIGHT = 720.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 16.0, 30.0, 30.0
ERROR_SDS = 1.645
"""Half of a 90 % interval."""
LONGEST_JOINED = timedelta(days=230)
"""Visits further apart are not joined: nobody knows what was between."""
EFFECT = timedelta(days=122)
"""About four months: how long a treatment's bar fades."""
LEAST_SPAN = timedelta(days=120)
STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Dot:
    """One reading."""

    x: float
    y: float
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True)
class Bar:
    """One treatment."""

    x: float
    width: float
    words: str


@dataclass(frozen=True)
class Tick:
    """A number or a day on an axis."""

    at: float
    words: str


@dataclass(frozen=True)
class Chart:
    """Everything that the template draws."""

    trend: Trend
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    """SVG paths."""
    bands: tuple[str, ...]
    bars: tuple[Bar, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    zero: float | None
    """Height of the line of no difference, where it is on the page."""
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP
    bottom: float = HEIGHT - BOTTOM


def chart_of(trend: Trend, given: Sequence[Given], days: tuple[date, date]) -> Chart:
    """Lay a trend out between two days."""
    first, last = days
    last = max(last, first + LEAST_SPAN)
    low, high, step = _scale(trend)

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (last - first).days, 1)

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low), 1)

    dots = tuple(_dot(reading, x(reading.day), y) for reading in trend.readings)
    pairs = [
        (n, n + 1)
        for n in range(len(dots) - 1)
        if trend.readings[n + 1].day - trend.readings[n].day <= LONGEST_JOINED
    ]
    count = math.floor((high - low) / step + 1.5)
    return Chart(
        trend,
        dots,
        tuple(f"M{dots[a].x} {dots[a].y}L{dots[b].x} {dots[b].y}" for a, b in pairs),
        tuple(
            _band(dots[a], dots[b]) for a, b in pairs if dots[a].low is not None and dots[b].low is not None
        ),
        tuple(
            Bar(x(one.day), round(x(min(one.day + EFFECT, last)) - x(one.day), 1), one.words) for one in given
        ),
        tuple(Tick(x(day), format_date(day, "M Y")) for day in _months(first, last)),
        tuple(
            Tick(y(low + n * step), f"{low + n * step:g}".replace("-", "−"))
            for n in range(count)
            if low + n * step <= high
        ),
        y(0.0) if low < 0 < high else None,
    )


def _dot(reading: Reading, x: float, y: Callable[[float], float]) -> Dot:
    words = f"{day_words(reading.day)}: {reading.value:.1f}"
    if reading.sd is None:
        return Dot(x, y(reading.value), None, None, words)
    half = ERROR_SDS * reading.sd
    words = f"{words} ± {reading.sd:.1f}"
    return Dot(x, y(reading.value), y(reading.value - half), y(reading.value + half), words)


def _band(a: Dot, b: Dot) -> str:
    return f"M{a.x} {a.high}L{b.x} {b.high}L{b.x} {b.low}L{a.x} {a.low}Z"


def _scale(trend: Trend) -> tuple[float, float, float]:
    """Lowest and highest value of the axis, and its step."""
    if trend.scale is not None:
        low, high = trend.scale
        return low, high, (high - low) / 4
    spread = [
        reading.value + sign * ERROR_SDS * (reading.sd or 0.0)
        for reading in trend.readings
        for sign in (-1, 1)
    ]
    low, high = min(*spread, 0.0), max(*spread, 0.0)
    rough = max(high - low, 1.0) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(one * size for one in STEPS if one * size >= rough)
    return math.floor(low / step) * step, max(math.ceil(high / step), math.floor(low / step) + 1) * step, step


def _months(first: date, last: date) -> list[date]:
    """First days of months, at most eight of them."""
    months = (last.year - first.year) * 12 + last.month - first.month
    every = max(1, math.ceil(months / 7))
    found = []
    for number in range(1, months + 1, every):
        year, month = divmod(first.month - 1 + number, 12)
        found.append(date(first.year + year, month + 1, 1))
    return [day for day in found if first <= day <= last]
