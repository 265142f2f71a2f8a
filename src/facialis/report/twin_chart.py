"""The course of a twin as one picture: panels on a common time axis, as SVG or PNG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.report.page.charts import FAINT, FONT, INK, SOFT
from facialis.report.twin_chart_panels import (
    DASH,
    DAYS_PER_MONTH,
    PLOT_WIDTH,
    PanelFrame,
    Series,
    Tables,
    heading,
    name_axis,
    panel,
    time_axis,
)
from facialis.report.twin_chart_treatments import (
    TreatmentRow,
    photograph_rows,
    treatment_marks,
    treatment_rows,
    treatment_strip,
)
from facialis.report.twin_course import TwinCourse
from facialis.twin.forecast import Forecast
from facialis.twin.forecast_case import Comparison
from facialis.twin.forecast_curves import Curve, Quantity

BLUE, ORANGE, PURPLE, GREY = "#1f4e79", "#c2571a", "#6a3d8f", "#4a5360"
"""They differ in lightness and on the blue-yellow axis, for eyes that see no red or green."""
STRIP_PX, MUSCLE_PX, TALL_PX = 42, 22, 96
GAP_PX = 7
SHOWN_MUSCLES = 10
"""More rows of muscles would fill the page; the others are counted."""
PNG_SCALE = 2.0
GRADE_NAMES = ("I", "II", "III", "IV", "V", "VI")
WORDS_OF_MOVEMENT = {"brow_raise": "raising the brow", "eye_closure": "closing the eye", "smile": "smiling"}
PER_CENT = (0, 50, 100)
MIDFACE_FIRST = (
    NerveBranch.ZYGOMATIC,
    NerveBranch.BUCCAL,
    NerveBranch.MARGINAL_MANDIBULAR,
    NerveBranch.TEMPORAL,
)
"""Of branches that are stiff alike the first is shown; the neck is not seen in a face."""
MODEL_SENTENCE = (
    "LEFT and RIGHT are the patient's. A model: nothing here was measured in a person, and it is no "
    "prognosis."
)


def course_svg(course: TwinCourse, *, photographed_day: float | None = None) -> str:
    """Draw the course as SVG text; a day on which photographs were taken is marked like a treatment."""
    svg: str = vl_convert.vegalite_to_svg(_styled(course, photographed_day))
    return svg


def course_png(course: TwinCourse) -> bytes:
    """Draw the course as a PNG picture of twice the resolution of a page."""
    png: bytes = vl_convert.vegalite_to_png(_styled(course, None), scale=PNG_SCALE)
    return png


def _styled(course: TwinCourse, photographed_day: float | None) -> dict[str, Any]:
    # Altair would check every number of the bands against its schema, which takes seconds.
    tables = Tables()
    with debug_mode(False):
        plain: dict[str, Any] = _chart(course, tables, photographed_day).to_dict(validate=False)
    return {**plain, "datasets": {**plain.get("datasets", {}), **tables.rows}}


def _chart(course: TwinCourse, tables: Tables, photographed_day: float | None) -> Any:
    return (
        alt.vconcat(*_panels(course, tables, photographed_day), spacing=GAP_PX, bounds="flush")
        .properties(title=_title(course))
        .resolve_scale(x="independent", y="independent", color="independent")
        .configure(
            background="white",
            font=FONT,
            padding=12,
        )
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


def _title(course: TwinCourse) -> alt.TitleParams:
    case = course.case
    whose = "A palsy" if case.affected is None else f"A {case.affected.label} palsy"
    who = "the typical patient" if not case.held else "the patient, typical where nothing else was given"
    lines = [
        f"Dashed: {who}. Dark band: the middle half of {case.patients} patients drawn from the model who",
        "fell ill and were treated alike; pale band: nine tenths of them. "
        + (f"Dotted: the same patient {_comparison_words(course)}." if _comparison(course) else ""),
        MODEL_SENTENCE,
    ]
    return alt.TitleParams(
        f"{whose} over {case.last_day / DAYS_PER_MONTH:.0f} months (model)",
        subtitle=lines,
        anchor="start",
        fontSize=19,
        color=INK,
        subtitleColor=SOFT,
        subtitleFontSize=12.5,
        subtitleLineHeight=17,
        offset=8,
    )


def _comparison(course: TwinCourse) -> Comparison | None:
    known = course.case.comparisons
    return next((which for which in (Comparison.WITHOUT_TOXIN, Comparison.UNTREATED) if which in known), None)


def _comparison_words(course: TwinCourse) -> str:
    return "without toxin" if _comparison(course) is Comparison.WITHOUT_TOXIN else "without treatment"


def _panels(course: TwinCourse, tables: Tables, photographed_day: float | None) -> Iterator[Any]:
    treatments = treatment_rows(course.case.history)
    rows = [*treatments, *photograph_rows(photographed_day)]
    marks = treatment_marks(rows, course.case.last_day)
    which = _comparison(course)
    drawing = _Drawing(course, tables, marks, rows, None if which is None else which.value)
    yield heading("Treatment" if treatments else "No treatment")
    yield treatment_strip(rows, course.case.last_day)
    yield from _nerve_panels(drawing)
    yield from _muscle_panels(drawing)
    yield from _toxin_panels(drawing)
    yield from _movement_panels(drawing)
    yield from _whole_face_panels(drawing)


@dataclass(frozen=True, eq=False)
class _Drawing:
    """What every panel needs to know."""

    course: TwinCourse
    tables: Tables
    marks: Sequence[Any]
    rows: Sequence[TreatmentRow]
    dotted: str | None

    @property
    def forecast(self) -> Forecast:
        return self.course.forecast

    @property
    def side(self) -> Side:
        """The side whose nerve and muscles are shown; LEFT where both or none are palsied."""
        return self.course.forecast.affected or Side.LEFT

    def strip(
        self,
        name: str,
        series: Sequence[Series],
        *,
        high: float = 100,
        low: float = 0,
        ticks: Sequence[float] = PER_CENT,
        height: int = STRIP_PX,
    ) -> Any:
        of = series[0].curve.name
        # Without toxin its block is nothing: a line that says so would be noise.
        dotted = None if of.quantity is Quantity.TOXIN_BLOCK else self.dotted
        frame = PanelFrame(name, self.forecast.days[of.axis], height, low, high, ticks)
        return panel(self.tables, frame, series, self.marks, dotted)


def _nerve_panels(drawing: _Drawing) -> Iterator[Any]:
    yield heading(
        f"Nerve, {drawing.side.label} side: share of each branch that its own fibres reach, and wrong ones, %"
    )
    for branch in NerveBranch:
        wrong = drawing.forecast.curve(Quantity.ABERRANT_DRIVE, branch.value, side=drawing.side)
        own = drawing.forecast.curve(Quantity.DRIVE, branch.value, side=drawing.side)
        series = [
            Series(wrong, f"wrong {_per_cent(wrong)}", ORANGE, 100),
            Series(own, f"own {_per_cent(own)}", BLUE, 100),
        ]
        yield drawing.strip(_words(branch.value), series)


def _muscle_panels(drawing: _Drawing) -> Iterator[Any]:
    branch = _stiffest(drawing)
    yield heading(f"Muscles of the {_words(branch)} branch, {drawing.side.label} side, %")
    for quantity, name in (
        (Quantity.CONTRACTURE, "contracture"),
        (Quantity.HYPERTONIA, "tone at rest too high"),
        (Quantity.ATROPHY, "force lost by wasting"),
    ):
        curve = drawing.forecast.curve(quantity, branch, side=drawing.side)
        yield drawing.strip(name, [Series(curve, _per_cent(curve), GREY, 100)])


def _toxin_panels(drawing: _Drawing) -> Iterator[Any]:
    blocked = [c for c in drawing.forecast.curves if c.name.quantity is Quantity.TOXIN_BLOCK]
    if not blocked:
        return
    most = sorted(blocked, key=_peak, reverse=True)[:SHOWN_MUSCLES]
    left_out = len(blocked) - len(most)
    more = f" ({left_out} more are reached less)" if left_out else ""
    yield heading(f"Toxin: share of each muscle that it blocks, %{more}")
    for curve in sorted(most, key=_place_in_face):
        side = "" if curve.name.side is None else curve.name.side.label
        words = f"at most {100 * _peak(curve):.0f} %"
        yield drawing.strip(
            f"{side} {_muscle_words(str(curve.name.part))}",
            [Series(curve, words, PURPLE, 100)],
            ticks=(0, 100),
            height=MUSCLE_PX,
        )


def _movement_panels(drawing: _Drawing) -> Iterator[Any]:
    forecast, side = drawing.forecast, drawing.forecast.affected
    if side is None:
        return
    yield heading(f"Wanted movement of the {side.label} side, % of the healthy side's")
    for movement, name in WORDS_OF_MOVEMENT.items():
        curve = forecast.curve(Quantity.MOVEMENT, movement, side=side)
        yield drawing.strip(name, [Series(curve, _per_cent(curve), BLUE, 100)], high=130)
    yield heading(
        f"Synkinesis of the {side.label} side: movement that nobody asked for, mm, mean over expressions"
    )
    curves = {name: forecast.curve(Quantity.SYNKINESIS, name, side=side) for name in ("ocular", "midfacial")}
    high = max(1.0, *(_highest(curve) for curve in curves.values()))
    low = min(0.0, *(_lowest(curve) for curve in curves.values()))
    for name, curve in curves.items():
        words = f"{_last(curve):.1f} mm".replace("-", "−")
        yield drawing.strip(
            "eye" if name == "ocular" else "midface",
            [Series(curve, words, ORANGE)],
            high=high,
            low=low,
            ticks=_mm_ticks(high),
        )


def _whole_face_panels(drawing: _Drawing) -> Iterator[Any]:
    forecast, side = drawing.forecast, drawing.forecast.affected
    yield heading("The whole face")
    index = forecast.curve(Quantity.SYMMETRY_INDEX)
    yield drawing.strip("symmetry index", [Series(index, f"{_last(index):.0f}", BLUE)], height=TALL_PX)
    if side is not None:
        composite = forecast.curve(Quantity.SUNNYBROOK, "composite", side=side)
        words = f"{_last(composite):.0f}"
        yield drawing.strip("Sunnybrook composite", [Series(composite, words, BLUE)], low=-15, height=TALL_PX)
    yield _grades_panel(drawing)


def _grades_panel(drawing: _Drawing) -> Any:
    """House-Brackmann of the patient on the days on which it was graded; it carries the time axis."""
    rows = [
        {"day": day.day, "low": _grade(day.house_brackmann[0]), "high": _grade(day.house_brackmann[1])}
        for day in drawing.forecast.grades
        if day.house_brackmann is not None
    ]
    last = drawing.course.case.last_day
    x = time_axis(last, "bottom")
    names = ", ".join(f"'{name}'" for name in ("", *GRADE_NAMES))
    y = alt.Y(
        "low:Q",
        scale=alt.Scale(domain=[0.6, 6.4], reverse=True, nice=False),
        axis=name_axis(
            "House-Brackmann grade", TALL_PX, values=list(range(1, 7)), labelExpr=f"[{names}][datum.value]"
        ),
    )
    data = alt.Chart(drawing.tables.keep(rows))
    line = data.mark_line(color=BLUE, strokeDash=DASH, strokeWidth=1.6, interpolate="step-after")
    layers = [
        *treatment_marks(drawing.rows, last, "bottom"),
        line.encode(x=x, y=y),
        data.mark_rule(color=BLUE, strokeWidth=4, opacity=0.5).encode(x=x, y=y, y2="high:Q"),
        data.mark_point(color=BLUE, filled=True, size=40, opacity=1).encode(x=x, y=y),
    ]
    if rows:
        share = drawing.forecast.house_brackmann_1_frac
        words = [
            " to ".join(dict.fromkeys(GRADE_NAMES[int(rows[-1][end]) - 1] for end in ("low", "high"))),
            *([] if share is None else [f"{100 * share[-1]:.0f} % of those", "drawn have I"]),
        ]
        end = alt.Chart(alt.InlineData(values=[{"day": last, "low": rows[-1]["low"]}]))
        layers.append(
            end.mark_text(align="left", baseline="middle", dx=8, fontSize=12, color=BLUE, text=words).encode(
                x=x, y=y
            )
        )
    return alt.layer(*layers).properties(width=PLOT_WIDTH, height=TALL_PX)


def _grade(name: str) -> int:
    return 1 + GRADE_NAMES.index(name)


def _stiffest(drawing: _Drawing) -> str:
    def most(branch: NerveBranch) -> float:
        curve = drawing.forecast.curve(Quantity.CONTRACTURE, branch.value, side=drawing.side)
        return round(_peak(curve), 2)

    return max(MIDFACE_FIRST, key=most).value


def _last(curve: Curve) -> float:
    return next((value for value in reversed(curve.typical) if value is not None), 0.0)


def _per_cent(curve: Curve) -> str:
    return f"{100 * _last(curve):.0f} %"


def _peak(curve: Curve) -> float:
    return max(value or 0.0 for value in curve.typical)


def _highest(curve: Curve) -> float:
    top = curve.quantiles.get(0.95, curve.typical)
    return 1.05 * max(value or 0.0 for value in (*top, *curve.typical))


def _lowest(curve: Curve) -> float:
    bottom = curve.quantiles.get(0.05, curve.typical)
    return min(value or 0.0 for value in (*bottom, *curve.typical))


def _mm_ticks(top: float) -> list[float]:
    step = next(s for s in (0.5, 1.0, 2.0, 5.0, 10.0, 50.0) if top / s <= 4 or s == 50.0)
    return [step * i for i in range(int(top / step) + 1)]


def _place_in_face(curve: Curve) -> tuple[int, int]:
    muscles = [muscle.value for muscle in Muscle]
    return (0 if curve.name.side is Side.RIGHT else 1, muscles.index(str(curve.name.part)))


def _muscle_words(name: str) -> str:
    return (
        _words(name)
        .replace("orbicularis oculi", "orb. oculi")
        .replace("orbicularis oris", "orb. oris")
        .replace("depressor", "depr.")
        .replace("levator", "lev.")
        .replace("orbital ", "")
    )


def _words(name: str) -> str:
    return name.replace("_", " ")
