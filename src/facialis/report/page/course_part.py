"""The predicted course: the plan's bands, doing nothing dashed beside them, and what was measured since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.planning.forecast.records import Band, PlanCurve, PlanForecast, PlanQuantity
from facialis.report.model import SetResult
from facialis.report.page.charts import ACCENT, INK, SOFT, finished_svg
from facialis.report.page.html import chart, details, section, table
from facialis.report.words import number_words

PLAN_COLOUR = "#1f4e79"
WIDTH_PX, HEIGHT_PX = 480, 230


@dataclass(frozen=True)
class Followed:
    """One panel: a curve, and the same quantity as the photographs show it."""

    title: str
    curve: PlanCurve
    measured: Mapping[float, tuple[float, float]]
    """Day after the session to value and sd."""


def course_part(forecast: PlanForecast, visits: Mapping[float, SetResult]) -> str:
    """Panels, milestones, and a table."""
    panels = followed(forecast, visits)
    words = "Predicted course in four panels; the table below says the same."
    sentences = "".join(f"<li>{escape(sentence)}</li>" for sentence in forecast.sentences)
    return section(
        "course",
        "What was predicted, and what came",
        "Blue dashes are the model’s mean with the plan, bands hold nine of ten and half of its samples; the "
        "grey dots are doing nothing. Orange points are measured in the photographs, with their 90 % "
        "interval; the model had seen only the first.",
        chart(course_svg(forecast.days, panels), words),
        f"<ul class='milestones'>{sentences}</ul>",
        details("The course as a table", _table(forecast.days, panels)),
    )


def followed(forecast: PlanForecast, visits: Mapping[float, SetResult]) -> list[Followed]:
    """What a clinician looks at first."""

    def asymmetry(measure: str, expression: Expression) -> Followed:
        curve = forecast.curve(PlanQuantity.ASYMMETRY, measure, expression=expression)
        found = {}
        for day, result in visits.items():
            one = next(
                (
                    a
                    for a in result.photo_set.asymmetry
                    if a.expression is expression and a.name == measure and a.value is not None
                ),
                None,
            )
            if one is not None and one.value is not None and one.sd is not None:
                found[day] = (one.value, one.sd)
        name = {
            "palpebral_fissure": "Opening of the eye",
            "commissure_height": "Height of the lip corner",
            "commissure_lateral": "Lip corner from the midline",
        }[measure]
        where = expression.replace("_", " ")
        return Followed(f"{name} in {where}, LEFT − RIGHT [mm]", curve, found)

    index = {
        day: (result.photo_set.index.value, result.photo_set.index.sd)
        for day, result in visits.items()
        if result.photo_set.index.value is not None and result.photo_set.index.sd is not None
    }
    return [
        Followed("Symmetry index, of 100", forecast.curve(PlanQuantity.SYMMETRY_INDEX), index),
        asymmetry("palpebral_fissure", Expression.OPEN_SMILE),
        asymmetry("commissure_height", Expression.OPEN_SMILE),
        asymmetry("commissure_lateral", Expression.PUCKER),
    ]


def course_svg(days: Sequence[float], panels: Sequence[Followed]) -> str:
    """Four panels, two by two."""
    drawn = [_panel(days, one) for one in panels]
    rows = [alt.hconcat(*drawn[i : i + 2], spacing=44) for i in range(0, len(drawn), 2)]
    return finished_svg(alt.vconcat(*rows, spacing=30))


def _panel(days: Sequence[float], one: Followed) -> Any:
    plan, nothing = one.curve.plan, one.curve.nothing
    rows = [
        {
            "day": day,
            "mean": plan.mean[i],
            "nothing": nothing.mean[i],
            **{f"q{round(100 * q)}": values[i] for q, values in plan.quantiles.items()},
        }
        for i, day in enumerate(days)
        if plan.mean[i] is not None
    ]
    measured = [
        {"day": day, "value": value, "low": value - 1.645 * sd, "high": value + 1.645 * sd}
        for day, (value, sd) in one.measured.items()
    ]
    y = alt.Scale(zero=False, nice=True, padding=6)
    x = alt.X(
        "day:Q",
        title="days after the injection",
        scale=alt.Scale(domain=[-4, max(days)], nice=False),
        axis=alt.Axis(values=[0, 14, 28, 56, 84, 112, 140, 168], grid=False),
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x)
    axis = alt.Axis(title=None, tickCount=5)
    layers = [
        base.mark_area(color=PLAN_COLOUR, opacity=0.13).encode(
            y=alt.Y("q5:Q", scale=y, axis=axis), y2="q95:Q"
        ),
        base.mark_area(color=PLAN_COLOUR, opacity=0.2).encode(
            y=alt.Y("q25:Q", scale=y, axis=axis), y2="q75:Q"
        ),
        base.mark_line(color=SOFT, strokeDash=[2, 4], strokeWidth=1.6).encode(
            y=alt.Y("nothing:Q", scale=y, axis=axis)
        ),
        base.mark_line(color=PLAN_COLOUR, strokeDash=[7, 4], strokeWidth=2).encode(
            y=alt.Y("mean:Q", scale=y, axis=axis)
        ),
        *_labels(days, plan, nothing, y),
    ]
    if measured:
        dots = alt.Chart(alt.InlineData(values=measured)).encode(x="day:Q")
        layers += [
            dots.mark_rule(color=ACCENT, strokeWidth=1.8).encode(
                y=alt.Y("low:Q", scale=y, axis=axis), y2="high:Q"
            ),
            dots.mark_circle(color=ACCENT, size=70, opacity=1).encode(y=alt.Y("value:Q", scale=y, axis=axis)),
        ]
    title = alt.TitleParams(one.title, anchor="start", color=INK, fontSize=13, fontWeight="normal", offset=8)
    return alt.layer(*layers).properties(width=WIDTH_PX, height=HEIGHT_PX, title=title)


def _labels(days: Sequence[float], plan: Band, nothing: Band, scale: alt.Scale) -> list[Any]:
    """Words at the lines: nobody has to match colours."""
    at = int(np.argmin(np.abs(np.array(days) - 98.0)))
    with_plan, without = plan.mean[at], nothing.mean[at]
    if with_plan is None or without is None:
        return []
    above = with_plan > without

    def words(value: float, label: str, colour: str, *, is_above: bool) -> Any:
        data = alt.InlineData(values=[{"day": days[at], "value": value, "text": label}])
        return (
            alt.Chart(data)
            .mark_text(color=colour, fontSize=11, dy=-17 if is_above else 15)
            .encode(
                x="day:Q",
                y=alt.Y("value:Q", scale=scale, axis=alt.Axis(title=None, tickCount=5)),
                text="text:N",
            )
        )

    return [
        words(with_plan, "with the plan (model)", PLAN_COLOUR, is_above=above),
        words(without, "doing nothing (model)", SOFT, is_above=not above),
    ]


def _table(days: Sequence[float], panels: Sequence[Followed]) -> str:
    parts = []
    for one in panels:
        rows = []
        for i, day in enumerate(days):
            plan, nothing = one.curve.plan, one.curve.nothing
            low, high = plan.quantiles[0.05][i], plan.quantiles[0.95][i]
            rows.append(
                [
                    f"{day:g}",
                    number_words(plan.mean[i], signed=True),
                    f"{number_words(low, signed=True)} to {number_words(high, signed=True)}",
                    number_words(nothing.mean[i], signed=True),
                ]
            )
        parts.append(table(one.title, ["day", "with the plan", "90 % interval", "doing nothing"], rows))
    return "".join(parts)
