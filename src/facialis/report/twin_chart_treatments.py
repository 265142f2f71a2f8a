"""Treatments in the chart of a twin's course: a strip that names them, and marks through every panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from facialis.anatomy.sides import Side
from facialis.report.page.charts import INK
from facialis.report.twin_chart_panels import PLOT_WIDTH, time_axis
from facialis.toxins.amounts import ToxinDose, total
from facialis.toxins.exact import number_text
from facialis.twin.events import History, ToxinSession

ROW_PX, EMPTY_PX = 19, 6
MOST_SESSION_ROWS = 6
"""More sessions share one row, whose words tell how many they are."""
PX_PER_LETTER, ROOM_PX = 6.0, 120
"""Of words, and the room right of the panels into which they may reach. [px]"""
DRUG, TRAINING, TOXIN = "#3f8f9b", "#5f7f3a", "#6a3d8f"


@dataclass(frozen=True)
class TreatmentRow:
    """One row of the strip."""

    words: str
    spans: tuple[tuple[float, float], ...]
    colour: str
    is_moment: bool = False
    """A session is a moment; drugs and training last."""


def treatment_rows(history: History) -> list[TreatmentRow]:
    """What was done, in the order of the first day."""
    rows = []
    for course in history.corticosteroids:
        most = max(step.dose_mg_per_day for step in course.steps)
        words = f"corticosteroid, day {course.start_day:g} to {course.end_day:g}, up to {most:g} mg a day"
        rows.append(TreatmentRow(words, ((course.start_day, course.end_day),), DRUG))
    for antiviral in history.antivirals:
        words = f"antiviral, day {antiviral.start_day:g} to {antiviral.end_day:g}"
        rows.append(TreatmentRow(words, ((antiviral.start_day, antiviral.end_day),), DRUG))
    for period in history.retraining:
        words = f"retraining, day {period.start_day:g} to {period.end_day:g}"
        rows.append(TreatmentRow(words, ((period.start_day, period.end_day),), TRAINING))
    sessions = sorted(history.toxin_sessions, key=lambda session: session.day)
    if len(sessions) <= MOST_SESSION_ROWS:
        rows += [
            TreatmentRow(session_words(session), ((session.day, session.day),), TOXIN, is_moment=True)
            for session in sessions
        ]
    else:
        days = tuple((session.day, session.day) for session in sessions)
        rows.append(TreatmentRow(_many_words(sessions), days, TOXIN, is_moment=True))
    return sorted(rows, key=lambda row: row.spans[0][0])


def photograph_rows(day: float | None) -> list[TreatmentRow]:
    """The day on which photographs were taken; nothing without it."""
    if day is None:
        return []
    return [TreatmentRow(f"photographs, day {day:g}", ((day, day),), INK, is_moment=True)]


def session_words(session: ToxinSession) -> str:
    """Day, product, total, and what each side got."""
    doses = [injection.dose for injection in session.injections]
    sides = []
    for side in (Side.RIGHT, Side.LEFT):
        own = [injection.dose for injection in session.injections if injection.side is side]
        if own:
            sides.append(f"{side.label} {_units(total(own))}")
    return f"toxin, day {session.day:g}: {total(doses).text} ({', '.join(sides)})"


def _many_words(sessions: Sequence[ToxinSession]) -> str:
    products = dict.fromkeys(session.injections[0].dose.product for session in sessions)
    parts = []
    for product in products:
        sums = [
            total([i.dose for i in s.injections]) for s in sessions if s.injections[0].dose.product is product
        ]
        least, most = _units(min(sums)), _units(max(sums))
        span = most if least == most else f"{least} to {most}"
        parts.append(f"{len(sums)} sessions of {span} units {product.value}")
    return f"toxin: {'; '.join(parts)}"


def _units(dose: ToxinDose) -> str:
    return number_text(dose.amount)


def treatment_strip(rows: Sequence[TreatmentRow], last_day: float) -> Any:
    """The strip: a bar or a diamond for each treatment, and its words beside it."""
    bars: list[dict[str, Any]] = []
    moments: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    lines = 0
    for row in rows:
        for start, end in row.spans:
            (moments if row.is_moment else bars).append(
                {"day": start, "end": min(end, last_day), "row": lines, "colour": row.colour}
            )
        day, is_right, is_beside = words_place(row, last_day)
        # Words that fit on neither side of many marks have a line of their own.
        lines += 0 if is_beside else 1
        words.append({"day": day, "row": lines, "words": row.words, "right": is_right})
        lines += 1
    x = time_axis(last_day, "top")
    y = alt.Y(
        "row:Q", scale=alt.Scale(domain=[-0.5, max(lines, 1) - 0.5], reverse=True, nice=False), axis=None
    )
    colour = alt.Color("colour:N", scale=None, legend=None)
    layers = [
        alt.Chart(alt.InlineData(values=bars))
        .mark_bar(size=9, cornerRadius=2)
        .encode(x=x, x2="end:Q", y=y, color=colour),
        alt.Chart(alt.InlineData(values=moments))
        .mark_point(shape="diamond", filled=True, size=95, opacity=1)
        .encode(x=x, y=y, color=colour),
    ]
    for is_right in (True, False):
        chosen = [row for row in words if row["right"] is is_right]
        if chosen:
            layers.append(
                alt.Chart(alt.InlineData(values=chosen))
                .mark_text(
                    align="left" if is_right else "right",
                    baseline="middle",
                    dx=9 if is_right else -9,
                    fontSize=12,
                    color=INK,
                )
                .encode(x=x, y=y, text="words:N")
            )
    return (
        alt.layer(*layers)
        .properties(width=PLOT_WIDTH, height=ROW_PX * lines + EMPTY_PX)
        .resolve_scale(color="independent")
    )


def words_place(row: TreatmentRow, last_day: float) -> tuple[float, bool, bool]:
    """The day at which the words of a row stand, whether right of it, and whether beside the marks."""
    first, last = row.spans[0][0], min(row.spans[-1][1], last_day)
    needed_px = PX_PER_LETTER * len(row.words)
    if last / last_day * PLOT_WIDTH + needed_px <= PLOT_WIDTH + ROOM_PX:
        return last, True, True
    if first / last_day * PLOT_WIDTH >= needed_px:
        return first, False, True
    return 0.0, True, False


def treatment_marks(rows: Sequence[TreatmentRow], last_day: float, place: str | None = None) -> list[Any]:
    """Lines at toxin sessions and faint stretches of drugs and training, for behind a panel."""
    x = time_axis(last_day, place)
    spans = [
        {"day": start, "end": min(end, last_day), "colour": row.colour}
        for row in rows
        if not row.is_moment
        for start, end in row.spans
    ]
    moments = [
        {"day": start, "colour": row.colour} for row in rows if row.is_moment for start, _ in row.spans
    ]
    marks = []
    if spans:
        marks.append(
            alt.Chart(alt.InlineData(values=spans))
            .mark_rect(opacity=0.09)
            .encode(x=x, x2="end:Q", color=alt.Color("colour:N", scale=None, legend=None))
        )
    if moments:
        marks.append(
            alt.Chart(alt.InlineData(values=moments))
            .mark_rule(strokeWidth=1.1, opacity=0.75)
            .encode(x=x, color=alt.Color("colour:N", scale=None, legend=None))
        )
    return marks
