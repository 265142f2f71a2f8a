"""The course under a plan as one picture: the plan with its bands, doing nothing dashed beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.planning.forecast.records import Band, PlanCurve, PlanForecast, PlanQuantity
from facialis.planning.plan.record import Plan
from facialis.report.page.charts import FAINT, FONT, INK, SOFT

BLUE, GREY, ORANGE = "#1f4e79", "#4a5360", "#c2571a"
"""They differ in lightness and on the blue-yellow axis, for eyes that see no red or green."""
WIDTH, HEIGHT, COLUMNS = 430, 150, 2
DASH = [6, 4]
PALE, DARK = 0.16, 0.30
WEEK = 7.0
PNG_SCALE = 2.0
WORD_SHARE = 0.1
"""Of the height of a panel: the least distance between two words."""
OUTER, INNER = (0.05, 0.95), (0.25, 0.75)
SENTENCE = "A model of the face, decoded from photographs: no prognosis. LEFT and RIGHT are the patient's."


@dataclass(frozen=True)
class _Panel:
    title: str
    unit: str
    curves: tuple[tuple[PlanCurve, str, str], ...]
    """Curve, colour, and the word at its end; empty for a single one."""


def plan_chart_svg(forecast: PlanForecast, plan: Plan) -> str:
    """Draw the course as SVG text."""
    svg: str = vl_convert.vegalite_to_svg(_styled(forecast, plan))
    return svg


def plan_chart_png(forecast: PlanForecast, plan: Plan) -> bytes:
    """Draw the course as a PNG picture of twice the resolution of a page."""
    png: bytes = vl_convert.vegalite_to_png(_styled(forecast, plan), scale=PNG_SCALE)
    return png


def _styled(forecast: PlanForecast, plan: Plan) -> dict[str, Any]:
    # Altair would check every number of the bands against its schema, which takes seconds.
    with debug_mode(False):
        chart = (
            alt.concat(*(_drawn(panel, forecast) for panel in _panels(forecast, plan)), columns=COLUMNS)
            .properties(title=_title(forecast, plan), spacing={"row": 26, "column": 34})
            .configure(background="white", font=FONT, padding=14)
            .configure_view(stroke=None)
            .configure_axis(
                domainColor=FAINT,
                gridColor="#e9edf1",
                tickColor=FAINT,
                labelColor=INK,
                titleColor=SOFT,
                titleFontWeight="normal",
            )
        )
        plain: dict[str, Any] = chart.to_dict(validate=False)
    return plain


def _title(forecast: PlanForecast, plan: Plan) -> alt.TitleParams:
    total = "no injection" if plan.total is None else plan.total.text
    dates = forecast.follow_up
    return alt.TitleParams(
        f"{forecast.days[-1]:.0f} days after a session on {plan.today} (model)",
        subtitle=[
            f"{total}. Solid: under the plan; dark band: half of what the photographs leave open, pale band:",
            f"nine tenths. Dashed: no injection. Grey: review {dates.review_from} to {dates.review_to}.",
            f"Line: repeat about {dates.repeat}.",
            SENTENCE,
        ],
        anchor="start",
        fontSize=19,
        color=INK,
        subtitleColor=SOFT,
        subtitleFontSize=12.5,
        subtitleLineHeight=17,
        offset=16,
    )


def _panels(forecast: PlanForecast, plan: Plan) -> Iterator[_Panel]:
    affected = plan.affected or Side.LEFT
    other = affected.opposite
    of = forecast.curve
    closure, smile = Expression.GENTLE_EYE_CLOSURE, Expression.OPEN_SMILE
    yield _Panel("Symmetry index, 0 to 100", "points", ((of(PlanQuantity.SYMMETRY_INDEX), BLUE, ""),))
    composite = of(PlanQuantity.SUNNYBROOK, "composite", side=affected)
    yield _Panel("Sunnybrook composite, as photographs suggest it", "points", ((composite, BLUE, ""),))
    corner = of(PlanQuantity.ASYMMETRY, "commissure_height", expression=smile)
    yield _Panel("Lip corner height in open smile, LEFT minus RIGHT", "mm", ((corner, BLUE, ""),))
    yield _Panel(
        "Lip corner in open smile, rise from rest",
        "mm",
        tuple(
            (of(PlanQuantity.SMILE_EXCURSION, side=side, expression=smile), colour, side.label)
            for side, colour in ((affected, BLUE), (other, ORANGE))
        ),
    )
    eye = of(PlanQuantity.SYNKINESIS, "ocular", side=affected)
    yield _Panel(f"Involuntary movement of the {affected.label} eye", "mm", ((eye, BLUE, ""),))
    yield _Panel(
        "Lids apart in gentle closure of the eye",
        "mm",
        tuple(
            (of(PlanQuantity.FISSURE_ON_CLOSURE, side=side, expression=closure), colour, side.label)
            for side, colour in ((affected, BLUE), (other, ORANGE))
        ),
    )


def _drawn(panel: _Panel, forecast: PlanForecast) -> Any:
    layers = list(_marks(forecast))
    for curve, colour, _ in panel.curves:
        for ends, opacity in ((OUTER, PALE), (INNER, DARK)):
            layers.append(_band(forecast, curve.plan, ends, colour, opacity, panel))
    for curve, colour, word in panel.curves:
        layers.append(_line(forecast, curve.nothing.mean, GREY if not word else colour, panel, dashed=True))
        layers.append(_line(forecast, curve.plan.mean, colour, panel, dashed=False))
    if len(panel.curves) > 1:
        layers.append(_words(forecast, panel))
    title = alt.TitleParams(panel.title, anchor="start", fontSize=13, color=INK, fontWeight="bold")
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=title)


def _x(forecast: PlanForecast) -> alt.X:
    last = forecast.days[-1]
    weeks = [week * WEEK for week in range(0, int(last / WEEK) + 1, 4)]
    axis = alt.Axis(
        values=weeks, labelExpr=f"format(datum.value / {WEEK}, '.0f')", title="weeks after the session"
    )
    return alt.X("day:Q", scale=alt.Scale(domain=[0, last], nice=False), axis=axis)


def _ends(panel: _Panel) -> tuple[float, float]:
    """Least and greatest value of the axis; a flat line needs room as well, and no gap is below 0."""
    values = [
        value
        for curve, _, _ in panel.curves
        for band in (curve.plan, curve.nothing)
        for row in (band.mean, *band.quantiles.values())
        for value in row
        if value is not None
    ]
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = max(0.05 * (high - low), 0.5 if high - low < 1 else 0.0)
    least = 0.0 if panel.curves[0][0].name.quantity is PlanQuantity.FISSURE_ON_CLOSURE else low - room
    return least, high + room


def _y(field: str, panel: _Panel) -> alt.Y:
    scale = alt.Scale(domain=list(_ends(panel)), nice=True, zero=False, clamp=True)
    return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(title=panel.unit, tickCount=4, minExtent=30))


def _band(
    forecast: PlanForecast,
    band: Band,
    ends: tuple[float, float],
    colour: str,
    opacity: float,
    panel: _Panel,
) -> Any:
    low, high = (band.quantiles[end] for end in ends)
    rows = [
        {"day": day, "low": a, "high": b}
        for day, a, b in zip(forecast.days, low, high, strict=True)
        if a is not None and b is not None
    ]
    chart = alt.Chart(alt.Data(values=rows)).mark_area(color=colour, opacity=opacity, interpolate="monotone")
    return chart.encode(x=_x(forecast), y=_y("low", panel), y2="high:Q")


def _line(
    forecast: PlanForecast, values: Sequence[float | None], colour: str, panel: _Panel, *, dashed: bool
) -> Any:
    rows = [
        {"day": day, "value": value}
        for day, value in zip(forecast.days, values, strict=True)
        if value is not None
    ]
    style = {"strokeDash": DASH, "strokeWidth": 1.5} if dashed else {"strokeWidth": 2.2}
    chart = alt.Chart(alt.Data(values=rows)).mark_line(color=colour, interpolate="monotone", **style)
    return chart.encode(x=_x(forecast), y=_y("value", panel))


def _words(forecast: PlanForecast, panel: _Panel) -> Any:
    """The name of each line at its end; the names of lines that meet are pushed apart."""
    low, high = _ends(panel)
    least = WORD_SHARE * (high - low)
    rows: list[dict[str, Any]] = []
    for curve, colour, word in sorted(panel.curves, key=lambda one: one[0].plan.mean[-1] or 0.0):
        value = curve.plan.mean[-1] or 0.0
        value = max(value, rows[-1]["value"] + least) if rows else value
        rows.append({"day": forecast.days[-1], "value": value, "word": word, "colour": colour})
    chart = alt.Chart(alt.Data(values=rows)).mark_text(align="left", dx=5, fontSize=11)
    colours = alt.Color("colour:N", scale=None)
    return chart.encode(x=_x(forecast), y=_y("value", panel), text="word:N", color=colours)


def _marks(forecast: PlanForecast) -> Iterator[Any]:
    dates, last = forecast.follow_up, forecast.days[-1]
    days = [float((day - dates.session).days) for day in (dates.review_from, dates.review_to, dates.repeat)]
    if days[0] < last:
        rows = [{"day": days[0], "end": min(days[1], last)}]
        chart = alt.Chart(alt.Data(values=rows)).mark_rect(color=GREY, opacity=0.08)
        yield chart.encode(x=_x(forecast), x2="end:Q")
    if days[2] <= last:
        chart = alt.Chart(alt.Data(values=[{"day": days[2]}])).mark_rule(color=FAINT, strokeWidth=1.5)
        yield chart.encode(x=_x(forecast))
