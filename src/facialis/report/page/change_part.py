"""How far each measure changed in two weeks: predicted, measured, and true."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import hypot

import altair as alt

from facialis.anatomy.expressions import Expression
from facialis.measurement.asymmetry import Asymmetry
from facialis.measurement.measure import Measure
from facialis.planning.forecast.records import PlanForecast, PlanQuantity
from facialis.report.butterfly import butterfly_rows
from facialis.report.comparison import INTERVAL_SDS
from facialis.report.model import SetResult
from facialis.report.page.charts import ACCENT, INK, SOFT, finished_svg
from facialis.report.page.html import chart, details, table
from facialis.report.words import expression_words, measure_words, number_words

TruePhotographs = Sequence[tuple[Expression, Sequence[Measure]]]
NOT_COMPARED = frozenset({"dental_show"})
"""What photographs show too roughly on one side to be called a change."""


@dataclass(frozen=True)
class Change:
    """LEFT minus RIGHT of one measure, later less before. [mm]"""

    expression: Expression
    name: str
    predicted: float
    low: float
    high: float
    """Of the model's 90 % interval."""
    measured: float
    sd: float
    true: float

    @property
    def is_covered(self) -> bool:
        """Whether the model's interval, widened by the error of measuring, holds what was measured."""
        spread = hypot((self.high - self.low) / 2, INTERVAL_SDS * self.sd)
        return abs(self.measured - (self.low + self.high) / 2) <= spread


def changes(
    forecast: PlanForecast,
    day: float,
    before: tuple[SetResult, TruePhotographs],
    after: tuple[SetResult, TruePhotographs],
) -> list[Change]:
    """Every followed asymmetry that was measured on both days."""
    at = forecast.days.index(day)
    found = []
    for curve in forecast.curves:
        name = curve.name
        if name.quantity is not PlanQuantity.ASYMMETRY or name.part in NOT_COMPARED:
            continue
        assert name.part is not None  # noqa: S101  an asymmetry is of a measure
        assert name.expression is not None  # noqa: S101
        measured = [_asymmetry(result, name.expression, name.part) for result, _ in (before, after)]
        true = [_exact(photographs, name.expression, name.part) for _, photographs in (before, after)]
        values = [curve.plan.mean[at], curve.plan.quantiles[0.05][at], curve.plan.quantiles[0.95][at]]
        base = curve.nothing.mean[at]
        if base is None or None in values or None in measured or None in true:
            continue
        numbers = [float(value) - base for value in values if value is not None]
        first, last = (one for one in measured if one is not None)
        real = [value for value in true if value is not None]
        found.append(
            Change(
                name.expression,
                name.part,
                numbers[0],
                numbers[1],
                numbers[2],
                last[0] - first[0],
                hypot(first[1], last[1]),
                real[1] - real[0],
            )
        )
    return found


def changes_html(found: Sequence[Change]) -> str:
    """A chart, and the same as a table."""
    inside = sum(change.is_covered for change in found)
    words = (
        "Each dot is LEFT − RIGHT of one measure in one movement, two weeks after less before; the dark tick "
        "is the truth. On the dashed line measured and predicted change are the same. "
        f"{inside} of {len(found)} lie within what the model and the error of measuring leave open."
    )
    rows = [
        [
            f"{escape(expression_words(change.expression))}: {escape(measure_words(change.name))}",
            number_words(change.predicted, signed=True),
            f"{number_words(change.low, signed=True)} to {number_words(change.high, signed=True)}",
            number_words(change.measured, change.sd, signed=True),
            number_words(change.true, signed=True),
        ]
        for change in sorted(found, key=lambda one: -abs(one.predicted))
    ]
    head = ["movement and measure", "predicted (model)", "90 % interval", "measured", "true"]
    return (
        f"<h3>Measured change against predicted change</h3><p>{escape(words)}</p>"
        + chart(change_svg(found), "Measured against predicted change; the table below says the same.")
        + details(
            "All changes as a table", table("LEFT − RIGHT, two weeks after less before [mm]", head, rows)
        )
    )


def change_svg(found: Sequence[Change]) -> str:
    """Measured against predicted, both with 90 % intervals, and the truth as a small tick."""
    named = _apart(found)
    data = [
        {
            "predicted": change.predicted,
            "p_low": change.low,
            "p_high": change.high,
            "measured": change.measured,
            "m_low": change.measured - INTERVAL_SDS * change.sd,
            "m_high": change.measured + INTERVAL_SDS * change.sd,
            "true": change.true,
            "words": f"{expression_words(change.expression)}: {measure_words(change.name)}"
            if change in named
            else "",
        }
        for change in found
    ]
    reach = max([1.0, *(abs(n) for c in found for n in (c.low, c.high, c.measured, c.true))]) + 0.8
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    line = (
        alt.Chart(alt.InlineData(values=[{"a": -reach}, {"a": reach}]))
        .mark_line(color=SOFT, strokeDash=[4, 4], strokeWidth=1)
        .encode(x=alt.X("a:Q", scale=scale), y=alt.Y("a:Q", scale=scale))
    )
    x = alt.X("predicted:Q", scale=scale, title="predicted change of LEFT − RIGHT [mm], model, 90 % interval")
    y = alt.Y("measured:Q", scale=scale, title="measured change [mm], 90 % interval")
    base = alt.Chart(alt.InlineData(values=data))
    layers = [
        line,
        base.mark_rule(color="#1f4e79", opacity=0.35, strokeWidth=1.2).encode(
            x=alt.X("p_low:Q", scale=scale), x2="p_high:Q", y=y
        ),
        base.mark_rule(color=ACCENT, opacity=0.45, strokeWidth=1.2).encode(
            x=x, y=alt.Y("m_low:Q", scale=scale), y2="m_high:Q"
        ),
        base.mark_circle(color=ACCENT, size=58, opacity=1).encode(x=x, y=y),
        base.mark_tick(color=INK, size=13, thickness=2, orient="horizontal").encode(
            x=x, y=alt.Y("true:Q", scale=scale)
        ),
        base.mark_text(color=INK, fontSize=11, align="left", dx=8, dy=-7).encode(x=x, y=y, text="words:N"),
    ]
    return finished_svg(alt.layer(*layers).properties(width=660, height=480))


LABELLED_FROM_MM, APART_MM = 1.2, 0.7
"""Larger changes are named in the chart, where no name would lie on another."""


def _apart(found: Sequence[Change]) -> list[Change]:
    """Changes to be named, the largest first."""
    named: list[Change] = []
    for change in sorted(found, key=lambda one: -abs(one.measured)):
        is_free = all(abs(change.measured - other.measured) > APART_MM for other in named)
        if abs(change.measured) > LABELLED_FROM_MM and is_free:
            named.append(change)
    return named


def _asymmetry(result: SetResult, expression: Expression, name: str) -> tuple[float, float] | None:
    def is_it(one: Asymmetry) -> bool:
        return one.expression is expression and one.name == name

    found = next((one for one in result.photo_set.asymmetry if is_it(one)), None)
    if found is None or found.value is None or found.sd is None:
        return None
    return found.value, found.sd


def _exact(photographs: TruePhotographs, expression: Expression, name: str) -> float | None:
    for e, measures in photographs:
        if e is expression:
            return next((row.asymmetry for row in butterfly_rows(tuple(measures)) if row.name == name), None)
    return None
