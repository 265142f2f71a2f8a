"""Charts as SVG text. Every chart has a table beside it that says the same."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.sides import Side
from facialis.measurement.synkinesis import Synkinesis, SynkinesisRegion
from facialis.report.butterfly import BEYOND_ERROR_SDS
from facialis.report.comparison import INTERVAL_SDS, Comparison
from facialis.report.words import expression_words, measure_words

INK, SOFT, FAINT, ACCENT = "#1c2430", "#6b7686", "#dfe4ea", "#c2571a"
"""Text, secondary text, rules, and the one accent colour (contrast 4.5 : 1 on white or better)."""

FONT = "Helvetica, Arial, sans-serif"

LARGEST_CIRCLE_PX2 = 1500
"""Area of the circle of the largest movement: it just fits into its cell."""

FULL_CIRCLE_MM = 4.0
"""The scale of circles never zooms in further than this: noise must look small."""

SYMMETRY_MEASURES = (
    "brow_height",
    "palpebral_fissure",
    "alar_height",
    "commissure_height",
    "commissure_lateral",
    "upper_lip_height",
    "lower_lip_height",
    "dental_show",
)
"""Measures in mm that are drawn against their truth."""


def synkinesis_svg(synkinesis: Synkinesis) -> str:
    """The matrix: what was asked, what moved; the area of a circle is the movement in mm.

    Parameters
    ----------
    synkinesis : Synkinesis     Entries without a value are left empty.

    Returns
    -------
    str                         SVG text, filled circles where movement is beyond error.
    """
    known = [entry for entry in synkinesis.entries if entry.value is not None]
    sides = [side for side in (Side.RIGHT, Side.LEFT) if any(entry.side is side for entry in known)]
    regions = [region for region in SynkinesisRegion if any(entry.region is region for entry in known)]
    columns = [f"{region.value} {side.label}" for region in regions for side in sides]
    rows = [e for e in NINE_PHOTOGRAPHS if any(entry.expression is e for entry in known)]
    data = [
        {
            "asked": expression_words(entry.expression),
            "moved": f"{entry.region.value} {entry.side.label}",
            "mm": max(entry.value or 0.0, 0.0),
            "kind": "beyond error" if entry.z is not None and entry.z > BEYOND_ERROR_SDS else "within error",
            "text": f"{entry.value:.1f}" if entry.value is not None and entry.value >= 0.5 else "",
        }
        for entry in known
    ]
    largest = max([FULL_CIRCLE_MM, *(float(item["mm"]) for item in data)])
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("moved:N", sort=columns, title=None, axis=alt.Axis(orient="top", labelAngle=-40, grid=True)),
        y=alt.Y("asked:N", sort=[expression_words(e) for e in rows], title=None, axis=alt.Axis(grid=True)),
    )
    circles = base.mark_circle(strokeWidth=1.5, opacity=1).encode(
        size=alt.Size(
            "mm:Q",
            scale=alt.Scale(domain=[0, largest], range=[0, LARGEST_CIRCLE_PX2]),
            legend=alt.Legend(
                title="mm",
                orient="right",
                values=[1, 2, 4],
                symbolStrokeColor=ACCENT,
                symbolFillColor="white",
            ),
        ),
        fill=alt.Fill(
            "kind:N",
            scale=alt.Scale(domain=["beyond error", "within error"], range=[ACCENT, "#ffffff"]),
            legend=alt.Legend(title=None, orient="right", symbolStrokeColor=ACCENT, symbolSize=140),
        ),
        stroke=alt.value(ACCENT),
    )
    words = base.transform_filter(alt.datum.kind == "beyond error").mark_text(
        color="white", fontSize=11, fontWeight="bold"
    )
    chart = alt.layer(circles, words.encode(text="text:N")).properties(
        width=alt.Step(52), height=alt.Step(46)
    )
    return finished_svg(chart)


def truth_svg(comparisons: Sequence[Comparison]) -> str:
    """LEFT minus RIGHT, measured against true, with 90 % intervals; the diagonal is perfection."""
    drawn = [item for item in comparisons if item.name in SYMMETRY_MEASURES]
    data = [
        {
            "truth": item.truth,
            "measured": item.measured,
            "low": item.measured - INTERVAL_SDS * item.sd,
            "high": item.measured + INTERVAL_SDS * item.sd,
            "measure": measure_words(item.name),
        }
        for item in drawn
    ]
    reach = [(item.measured - INTERVAL_SDS * item.sd, item.truth) for item in drawn]
    reach += [(item.truth, item.measured + INTERVAL_SDS * item.sd) for item in drawn]
    numbers = [number for pair in reach for number in pair] or [0.0]
    low, high = min(numbers) - 0.5, max(numbers) + 0.5
    scale = alt.Scale(domain=[low, high], nice=False)
    diagonal = (
        alt.Chart(alt.InlineData(values=[{"a": low}, {"a": high}]))
        .mark_line(color=SOFT, strokeDash=[4, 4], strokeWidth=1)
        .encode(x=alt.X("a:Q", scale=scale), y=alt.Y("a:Q", scale=scale))
    )
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("truth:Q", scale=scale, title="true LEFT − RIGHT [mm]"),
        color=alt.Color(
            "measure:N",
            sort=[measure_words(name) for name in SYMMETRY_MEASURES],
            scale=alt.Scale(range=list(COLOURS)),
            legend=alt.Legend(title=None, orient="right"),
        ),
    )
    bars = base.mark_rule(strokeWidth=1.4, opacity=0.55).encode(
        y=alt.Y("low:Q", scale=scale, title="measured LEFT − RIGHT [mm], 90 % interval"), y2="high:Q"
    )
    dots = base.mark_circle(size=52, opacity=1).encode(y=alt.Y("measured:Q", scale=scale))
    return finished_svg(alt.layer(diagonal, bars, dots).properties(width=560, height=440))


COLOURS = ("#1f4e79", "#c2571a", "#4f8a5b", "#8b3a62", "#b8912f", "#3f8f9b", "#6a5aa8", "#5f6772")
"""Eight colours that differ in lightness too, for eyes that see no red or green."""


def finished_svg(chart: Any) -> str:
    """Draw a chart in the calm look of all: no frame, faint rules, one typeface."""
    styled = (
        chart.configure(background="transparent", font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            domainColor=FAINT,
            gridColor=FAINT,
            tickColor=FAINT,
            labelColor=INK,
            titleColor=SOFT,
            titleFontWeight="normal",
            labelFontSize=12,
            titleFontSize=12,
            labelLimit=260,
        )
        .configure_legend(
            labelColor=INK, titleColor=SOFT, labelFontSize=12, titleFontWeight="normal", labelLimit=260
        )
    )
    svg: str = vl_convert.vegalite_to_svg(styled.to_dict())
    return svg
