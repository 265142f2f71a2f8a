"""Panels of the chart of a twin's course: bands with the patient's line, on one time axis."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from facialis.report.page.charts import FAINT, INK, SOFT
from facialis.twin.forecast_curves import Curve

PLOT_WIDTH, LEFT_PX = 690, 168
"""Of every panel, and of the names left of it; with words on the right the chart is about 1000 px wide."""
HEADING_PX = 22
SHORT_DAYS = 5.0
DAYS_PER_MONTH = 30.4375
MONTHLY_UNTIL_DAYS = 140.0
QUARTERLY_UNTIL_DAYS = 900.0
LABEL_PX = 13.0
"""Least distance between the words at the ends of two lines."""
DASH, DOTS = [6, 3], [1, 3]
"""A model's line is dashed; the same patient with less done is dotted."""


class Tables:
    """Rows of all panels by name: the chart carries them once, where Altair would copy them many times."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def keep(self, rows: Sequence[Mapping[str, Any]]) -> alt.NamedData:
        """Keep some rows, and return what a layer draws from."""
        name = f"rows_{len(self.rows)}"
        self.rows[name] = [dict(row) for row in rows]
        return alt.NamedData(name=name)


@dataclass(frozen=True)
class Series:
    """One curve of a panel: what it is called, and its colour."""

    curve: Curve
    words: str
    colour: str
    scale: float = 1.0
    """Values are multiplied by this: 100 for per cent."""


@dataclass(frozen=True)
class PanelFrame:
    """What all curves of a panel share."""

    name: str
    """Stands left of the panel."""
    days: Sequence[float]
    height: int
    low: float
    high: float
    ticks: Sequence[float]


def time_axis(last_day: float, place: str | None = None) -> alt.X:
    """Days from onset, told in months; every panel has the same, and two show it: `top` and `bottom`."""
    months = _tick_months(last_day)
    axis = alt.Axis(
        values=[month * DAYS_PER_MONTH for month in months],
        labels=place is not None,
        ticks=place is not None,
        domain=False,
        orient="top" if place == "top" else "bottom",
        labelExpr=f"format(datum.value / {DAYS_PER_MONTH}, '.0f')",
        labelFontSize=12,
        grid=True,
        title=None if place is None else "months after the onset of the palsy",
        titleFontSize=12,
        titlePadding=5,
    )
    # Two years of weeks are two days short of 24 months: the axis ends at the whole month.
    whole = math.ceil(last_day / DAYS_PER_MONTH) * DAYS_PER_MONTH
    end = whole if whole - last_day < SHORT_DAYS else last_day
    return alt.X("day:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=axis)


def panel(
    tables: Tables,
    frame: PanelFrame,
    series: Sequence[Series],
    marks: Sequence[Any],
    comparison: str | None,
) -> Any:
    """Draw one panel.

    Parameters
    ----------
    tables : Tables                 Receives what is drawn.
    frame : PanelFrame
    series : sequence of Series     Bands and lines, the first at the bottom.
    marks : sequence of charts      Treatments, drawn behind everything.
    comparison : str                Which comparison is dotted; none without it.
    """
    x = time_axis(frame.days[-1])
    y_axis = name_axis(frame.name, frame.height, values=list(frame.ticks))
    scale = alt.Scale(domain=[frame.low, frame.high], nice=False, clamp=True)
    layers = list(marks)
    for one in series:
        layers += _bands(tables, one, frame, x, scale, y_axis)
    for one in series:
        layers += _lines(tables, one, frame, x, scale, y_axis, comparison)
    layers.append(_end_words(tables, series, frame, x, scale, y_axis))
    return alt.layer(*layers).properties(width=PLOT_WIDTH, height=frame.height)


def name_axis(name: str, height: int, **settings: Any) -> alt.Axis:
    """An axis of heights with the name of the panel beside it."""
    return alt.Axis(
        grid=False,
        title=name or None,
        titleAngle=0,
        titleAlign="right",
        titleBaseline="middle",
        titleX=-34,
        titleY=height / 2,
        titleFontSize=12,
        titleColor=INK,
        labelFontSize=10,
        labelColor=SOFT,
        labelFlush=True,
        domain=False,
        tickColor=FAINT,
        tickSize=3,
        **settings,
    )


def heading(words: str) -> Any:
    """A line of words over the panels below it, beginning at the left edge of the picture."""
    return (
        alt.Chart(alt.InlineData(values=[{"words": words}]))
        .mark_text(align="left", baseline="bottom", fontSize=13, fontWeight="bold", color=INK)
        .encode(text="words:N", x=alt.value(-LEFT_PX), y=alt.value(HEADING_PX))
        .properties(width=PLOT_WIDTH, height=HEADING_PX)
    )


def _bands(
    tables: Tables, one: Series, frame: PanelFrame, x: alt.X, scale: alt.Scale, axis: alt.Axis
) -> list[Any]:
    found = []
    for low, high, opacity in ((0.05, 0.95, 0.16), (0.25, 0.75, 0.26)):
        if low not in one.curve.quantiles:
            continue
        rows = [
            {"day": day, "low": a * one.scale, "high": b * one.scale}
            for day, a, b in zip(frame.days, one.curve.quantiles[low], one.curve.quantiles[high], strict=True)
            if a is not None and b is not None
        ]
        found.append(
            alt.Chart(tables.keep(rows))
            .mark_area(color=one.colour, opacity=opacity, clip=True)
            .encode(x=x, y=alt.Y("low:Q", scale=scale, axis=axis), y2="high:Q")
        )
    return found


def _lines(
    tables: Tables,
    one: Series,
    frame: PanelFrame,
    x: alt.X,
    scale: alt.Scale,
    axis: alt.Axis,
    comparison: str | None,
) -> list[Any]:
    drawn = [(one.curve.typical, DASH, 1.9, 1.0)]
    other = next((v for which, v in one.curve.comparisons.items() if which.value == comparison), None)
    if other is not None:
        drawn.insert(0, (other, DOTS, 1.6, 0.9))
    return [
        alt.Chart(
            tables.keep(
                [
                    {"day": day, "value": None if value is None else value * one.scale}
                    for day, value in zip(frame.days, values, strict=True)
                ]
            )
        )
        .mark_line(color=one.colour, strokeDash=dash, strokeWidth=width, opacity=opacity, clip=True)
        .encode(x=x, y=alt.Y("value:Q", scale=scale, axis=axis))
        for values, dash, width, opacity in drawn
    ]


def _end_words(
    tables: Tables, series: Sequence[Series], frame: PanelFrame, x: alt.X, scale: alt.Scale, axis: alt.Axis
) -> Any:
    """Names at the right ends of the lines, moved apart where they would overlap."""
    ends = [
        (next((v for v in reversed(one.curve.typical) if v is not None), 0.0) * one.scale, one)
        for one in series
        if one.words
    ]
    per_px = (frame.high - frame.low) / frame.height
    # Words keep half their height from the edges: the next panel has words of its own.
    low, high = frame.low + LABEL_PX / 2 * per_px, frame.high - LABEL_PX / 2 * per_px
    heights = spread_apart([min(max(value, low), high) for value, _ in ends], LABEL_PX * per_px, low, high)
    rows = [
        {"day": frame.days[-1], "value": height, "words": one.words, "colour": one.colour}
        for height, (_, one) in zip(heights, ends, strict=True)
    ]
    return (
        alt.Chart(tables.keep(rows))
        .mark_text(align="left", baseline="middle", dx=8, fontSize=12)
        .encode(
            x=x,
            y=alt.Y("value:Q", scale=scale, axis=axis),
            text="words:N",
            color=alt.Color("colour:N", scale=None, legend=None),
        )
    )


def spread_apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near those wanted, in their order, at least ``gap`` apart and inside where they fit."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = [wanted[i] for i in order]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + gap)
    if places:
        over = max(places[-1] - high, 0.0)
        places[-1] -= over
        for i in range(len(places) - 2, -1, -1):
            places[i] = min(places[i], places[i + 1] - gap)
        under = max(low - places[0], 0.0)
        places = [place + under for place in places]
    found = [0.0] * len(wanted)
    for place, i in zip(places, order, strict=True):
        found[i] = place
    return found


def _tick_months(last_day: float) -> list[int]:
    step = 1 if last_day <= MONTHLY_UNTIL_DAYS else 3 if last_day <= QUARTERLY_UNTIL_DAYS else 12
    return list(range(0, int((last_day + SHORT_DAYS) / DAYS_PER_MONTH) + 1, step))
