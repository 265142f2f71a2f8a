"""The course of a patient on one horizontal line: places of a drawing, so that pages only draw."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.dateformat import format as format_date

from facialis.planning.dates import months_after

WIDTH, LEFT, RIGHT = 1000.0, 16.0, 984.0
EFFECT_MONTHS = 4
"""After which a treatment's bar has faded."""
TREND_TOP, TREND_BOTTOM = 14.0, 150.0
MOST_TICKS = 12
SHORTEST_DAYS = 120
DAYS_AROUND = 0.02
"""Of the whole span, left free at both ends."""


@dataclass(frozen=True)
class Bar:
    """Something that lasted."""

    x: float
    width: float
    label: str
    kind: str
    """'medication', 'retraining', 'treatment', 'elsewhere' or 'due'."""

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Dot:
    """A visit on the line."""

    x: float
    label: str
    url: str
    state: str


@dataclass(frozen=True)
class Tick:
    """A mark of the calendar."""

    x: float
    label: str


@dataclass(frozen=True)
class TrendPoint:
    """The composite index of one visit, with its standard deviation; both of 100."""

    day: date
    value: float
    sd: float


@dataclass(frozen=True)
class PlacedPoint:
    """A point of the trend in the drawing."""

    x: float
    y: float
    point: TrendPoint


@dataclass(frozen=True)
class TimeLine:
    """Everything that the drawing needs."""

    onset_x: float | None
    today_x: float
    ticks: list[Tick]
    bars: list[Bar]
    dots: list[Dot]
    trend: list[PlacedPoint] = field(default_factory=list)
    trend_line: str = ""
    trend_band: str = ""
    trend_levels: list[tuple[float, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """From the first to the last day that is drawn."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Place of a day, kept within the drawing."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0), 1)

    def bar(self, begin: date, end: date, label: str, kind: str) -> Bar:
        """A bar of at least three units, so that one day is seen."""
        x = self.x(begin)
        return Bar(x=x, width=max(round(self.x(end) - x, 1), 3.0), label=label, kind=kind)


def span_of(days: Sequence[date], today: date) -> Span:
    """The span that holds days and today, with some room around."""
    first, last = min([*days, today]), max([*days, today])
    if (last - first).days < SHORTEST_DAYS:
        first = last - timedelta(days=SHORTEST_DAYS)
    around = timedelta(days=max(round((last - first).days * DAYS_AROUND), 2))
    return Span(first - around, last + around)


def faded_on(treated: date) -> date:
    """When the bar of a treatment ends."""
    return months_after(treated, EFFECT_MONTHS)


def ticks_of(span: Span) -> list[Tick]:
    """Quarters, half years or years, as many as can be read."""
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month
    step = next((one for one in (1, 3, 6, 12, 24, 60, 120) if months / one <= MOST_TICKS), 240)
    first = date(span.first.year, 1, 1)
    found = []
    for number in range(0, months + 24, step):
        day = months_after(first, number)
        if span.first <= day <= span.last:
            found.append(Tick(span.x(day), day.strftime("%Y") if step >= 12 else _month_label(day)))
    return found


def placed_trend(span: Span, points: Sequence[TrendPoint]) -> tuple[list[PlacedPoint], str, str]:
    """Points, the line through them, and the band of one standard deviation on each side."""
    placed = [PlacedPoint(span.x(one.day), trend_y(one.value), one) for one in points]
    if len(placed) < 2:
        return placed, "", ""
    line = " ".join(f"{one.x},{one.y}" for one in placed)
    upper = [f"{one.x},{trend_y(one.point.value + one.point.sd)}" for one in placed]
    lower = [f"{one.x},{trend_y(one.point.value - one.point.sd)}" for one in reversed(placed)]
    return placed, line, " ".join([*upper, *lower])


def trend_y(value: float) -> float:
    """Place of an index of 0 to 100."""
    share = min(max(value, 0.0), 100.0) / 100.0
    return round(TREND_BOTTOM - (TREND_BOTTOM - TREND_TOP) * share, 1)


def _month_label(day: date) -> str:
    return format_date(day, "M Y")
