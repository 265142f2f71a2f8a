"""What may come of the doses as three small charts, and the numbers beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

WIDTH, HEIGHT = 360.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 8.0, 10.0, 26.0
"""Margins about the plotted box."""
WEEK_DAYS, TICK_WEEKS = 7.0, 4
TABLE_DAYS = (0, 7, 14, 28, 56, 84, 112, 140, 180)
Values = Sequence[float | None]


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its number."""

    at: float
    text: str


@dataclass(frozen=True)
class Line:
    """One quantity: a band, the line under the doses, and the line without an injection."""

    side: str
    """LEFT or RIGHT; empty where it has none."""
    is_main: bool
    outer: str
    """Path of nine tenths of what the photographs leave open."""
    inner: str
    plan: str
    nothing: str
    label_y: float


@dataclass(frozen=True)
class TableRow:
    """One day in numbers."""

    day: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """One picture with its table."""

    key: str
    title: str
    unit: str
    words: str
    """Which way is good."""
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    heads: tuple[str, ...]
    table: tuple[TableRow, ...]

    width, height, left, right, top, bottom = (
        WIDTH,
        HEIGHT,
        LEFT,
        WIDTH - RIGHT,
        TOP,
        HEIGHT - BOTTOM,
    )


def charts_of(course: Mapping[str, Any], affected: str) -> tuple[Chart, ...]:
    """Symmetry, closure of the eye, and smile.

    Parameters
    ----------
    course : mapping    Of a judgement.
    affected : str      LEFT or RIGHT, the patient's; its curves are the main ones.
    """
    named: dict[str, list[Mapping[str, Any]]] = {}
    for curve in course["curves"]:
        named.setdefault(curve["name"], []).append(curve)
    days = course["days"]
    return tuple(
        _chart(key, named[key], days, affected)
        for key in ("symmetry_index", "eye_closure", "smile")
        if key in named
    )


def _chart(key: str, curves: Sequence[Mapping[str, Any]], days: Sequence[float], affected: str) -> Chart:
    shown = [one for one in curves if key != "eye_closure" or one["side"] in {None, affected}] or list(curves)
    low, high, step = _axis(
        [v for one in shown for band in (one["plan"], one["nothing"]) for row in band.values() for v in row]
    )
    last = days[-1]

    def x(day: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * day / last

    def y(value: float) -> float:
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    def line(values: Values) -> str:
        return _path([(x(d), y(v)) for d, v in zip(days, values, strict=True) if v is not None])

    def band(lows: Values, highs: Values) -> str:
        ends = [
            (x(d), y(a), y(b))
            for d, a, b in zip(days, lows, highs, strict=True)
            if a is not None and b is not None
        ]
        return _path([(d, b) for d, _a, b in ends] + [(d, a) for d, a, _b in reversed(ends)]) + "Z"

    lines = []
    for one in sorted(shown, key=lambda c: c["side"] == affected):
        plan, nothing = one["plan"], one["nothing"]
        final = next((v for v in reversed(plan["median"]) if v is not None), low)
        lines.append(
            Line(
                side=one["side"] or "",
                is_main=one["side"] in {None, affected},
                outer=band(plan["low_90"], plan["high_90"]),
                inner=band(plan["low_50"], plan["high_50"]),
                plan=line(plan["median"]),
                nothing=line(nothing["median"]),
                label_y=round(y(final), 1),
            )
        )
    weeks = range(0, int(last / WEEK_DAYS) + 1, TICK_WEEKS)
    count = round((high - low) / step)
    ticks = [low + step * number for number in range(count + 1)]
    main = next((one for one in shown if one["side"] in {None, affected}), shown[0])
    return Chart(
        key=key,
        title=_(shown[0]["title"])
        + (f", {_(shown[0]['side'])}" if len(shown) == 1 and shown[0]["side"] else ""),
        unit=_(shown[0]["unit"]),
        words=_words(main["less_is_better"]),
        lines=tuple(lines),
        x_ticks=tuple(Tick(round(x(week * WEEK_DAYS), 1), str(week)) for week in weeks),
        y_ticks=tuple(Tick(round(y(value), 1), f"{value:g}".replace("-", "−")) for value in ticks),
        heads=_heads(shown),
        table=tuple(_table_row(day, shown, days) for day in TABLE_DAYS if day <= last),
    )


def _words(less_is_better: bool | None) -> str:
    if less_is_better is None:
        return _("like the other side is better")
    return _("less is better") if less_is_better else _("more is better")


def _heads(curves: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    heads = []
    for one in curves:
        side = f"{one['side']}: " if one["side"] and len(curves) > 1 else ""
        heads += [side + _("with these doses (nine tenths)"), side + _("without injection")]
    return tuple(heads)


def _table_row(day: int, curves: Sequence[Mapping[str, Any]], days: Sequence[float]) -> TableRow:
    at = min(range(len(days)), key=lambda place: abs(days[place] - day))
    cells = []
    for one in curves:
        plan, nothing = one["plan"], one["nothing"]
        ends = f" ({_text(plan['low_90'][at])} – {_text(plan['high_90'][at])})"
        cells += [_text(plan["median"][at]) + ends, _text(nothing["median"][at])]
    return TableRow(day, tuple(cells))


def _text(value: float | None) -> str:
    # Rounded first, so that a small negative number is not printed as -0.0.
    return "—" if value is None else f"{round(value, 1) + 0.0:.1f}".replace("-", "−")


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def _axis(values: Sequence[float | None]) -> tuple[float, float, float]:
    """Ends and step of an axis with three to six round numbers."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if high - low < 1.0:
        low, high = low - 0.5, high + 0.5
    raw = (high - low) / 4
    power = 10.0 ** len(str(int(raw))) / 10 if raw >= 1 else 1.0 if raw > 0.5 else 0.5
    step = next((power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw), power * 10)
    first = step * (low // step)
    last = step * -(-high // step)
    return first, last, step
