"""Parts of a page that show one measured set, beside its truth."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.measure import Measure
from facialis.report.butterfly import BEYOND_ERROR_SDS, ButterflyRow, butterfly_rows
from facialis.report.comparison import Comparison
from facialis.report.model import PhotoResult, SetResult
from facialis.report.page.charts import synkinesis_svg, truth_svg
from facialis.report.words import KEY_MEASURES, expression_words, measure_words, number_words, unit_symbol


@dataclass(frozen=True)
class PagePhoto:
    """An annotated photograph as JPEG, and what it shows for people who do not see it."""

    file: str
    expression: Expression | None
    jpeg: bytes


@dataclass(frozen=True)
class PageText:
    """The words of the page that its measurements cannot say by themselves."""

    title: str
    lead: str
    statement: str
    """Who or what is shown: printed in the footer."""


def photos_part(photos: Sequence[PagePhoto], result: SetResult) -> str:
    """Annotated photographs, each with its most telling difference."""
    found = {photo.file: photo for photo in result.photos}
    figures = []
    for picture in photos:
        data = base64.b64encode(picture.jpeg).decode("ascii")
        words = expression_words(picture.expression)
        note = _largest_difference(found[picture.file])
        alt = f"Face of the patient, asked for {words}, with contours, eye line, midline and mm. {note}"
        figures.append(
            f"<figure><img src='data:image/jpeg;base64,{data}' alt='{escape(alt, quote=True)}'>"
            f"<figcaption><strong>{escape(words.capitalize())}</strong> {escape(note)}</figcaption></figure>"
        )
    return (
        "<section id='photographs'><h2>The photographs, with what was measured in them</h2>"
        f"<div class='photos'>{''.join(figures)}</div></section>"
    )


def _largest_difference(photo: PhotoResult) -> str:
    wanted = KEY_MEASURES[photo.expression] if photo.expression else ()
    rows = [row for row in butterfly_rows(photo.measures) if row.name in wanted and row.is_beyond_error]
    if not rows:
        return "No difference beyond error."
    row = max(rows, key=lambda row: abs(row.asymmetry or 0.0) / max(row.asymmetry_sd or 1.0, 1e-9))
    return (
        f"{measure_words(row.name).capitalize()}: LEFT − RIGHT "
        f"{number_words(row.asymmetry, row.asymmetry_sd, signed=True)} {unit_symbol(row.unit)}."
    )


def asked_part(result: SetResult) -> str:
    """The butterfly of the two photographs that a clinic looks at first."""
    parts = []
    for expression in (Expression.REST, Expression.OPEN_SMILE):
        photo = next(
            (item for item in result.photos if item.expression is expression and item.measures), None
        )
        if photo is not None:
            rows = [
                row
                for row in butterfly_rows(photo.measures)
                if row.unit == "mm" and row.asymmetry is not None
            ]
            parts.append(_butterfly_table(expression_words(expression).capitalize(), rows))
    if not parts:
        return ""
    return (
        "<section><h2>RIGHT and LEFT, side by side</h2><p>Bars in colour differ beyond measurement error "
        f"({BEYOND_ERROR_SDS} standard deviations).</p>{''.join(parts)}</section>"
    )


def _butterfly_table(title: str, rows: Sequence[ButterflyRow]) -> str:
    lines = []
    for row in rows:
        real = " real" if row.is_beyond_error else ""
        bars = {side: f"<span style='width:{100 * row.share(side):.0f}%'></span>" for side in Side}
        lines.append(
            f"<tr><th scope='row'>{escape(measure_words(row.name))}</th><td>{_value(row.right)}</td>"
            f"<td class='bar right{real}' aria-hidden='true'>{bars[Side.RIGHT]}</td>"
            f"<td class='bar left{real}' aria-hidden='true'>{bars[Side.LEFT]}</td>"
            f"<td>{_value(row.left)}</td>"
            "<td "
            f"class='{real.strip()}'>{number_words(row.asymmetry, row.asymmetry_sd, signed=True)}</td></tr>"
        )
    head = (
        "<tr><th scope='col'></th><th scope='col'>RIGHT</th><th aria-hidden='true'></th><th "
        "aria-hidden='true'></th>"
        "<th scope='col'>LEFT</th><th scope='col'>LEFT − RIGHT</th></tr>"
    )
    return (
        f"<table class='butterfly'><caption>{escape(title)} [mm]</caption><thead>{head}</thead>"
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def _value(measure: Measure | None) -> str:
    return "—" if measure is None else number_words(measure.value, measure.sd)


def synkinesis_part(result: SetResult) -> str:
    """What moved without being asked, in mm, as a matrix and as a table."""
    entries = [entry for entry in result.photo_set.synkinesis.entries if entry.value is not None]
    if not entries:
        return ""
    beyond = sorted(
        (entry for entry in entries if entry.z is not None and entry.z > BEYOND_ERROR_SDS),
        key=lambda entry: -(entry.value or 0.0),
    )
    lines = "".join(
        f"<tr><th scope='row'>{escape(expression_words(entry.expression))}</th><td>{entry.region.value}</td>"
        f"<td>{entry.side.label}</td><td>{number_words(entry.value, entry.sd)}</td></tr>"
        for entry in beyond
    )
    table = (
        "<table><caption>Involuntary movement beyond error [mm]</caption><thead><tr><th scope='col'>asked "
        "to</th>"
        "<th scope='col'>moved</th><th scope='col'>side</th><th scope='col'>mm</th></tr></thead>"
        f"<tbody>{lines}</tbody></table>"
        if beyond
        else "<p>No involuntary movement beyond error.</p>"
    )
    return (
        "<section><h2>Synkinesis: what moved without being asked</h2><p>Rows: what the patient was asked "
        "to do. "
        "Columns: where and on which side something else moved, beyond the other side. The area of a "
        "circle is the "
        "movement in millimetres; filled circles are beyond error.</p>"
        "<div class='chart' role='img' aria-label='Matrix of involuntary movement; the table below says "
        "the same'>"
        f"{synkinesis_svg(result.photo_set.synkinesis)}</div>{table}</section>"
    )


def truth_part(asymmetries: Sequence[Comparison]) -> str:
    """LEFT minus RIGHT beside its truth, as a chart and as a table."""
    if not asymmetries:
        return ""
    lines = "".join(
        f"<tr><th scope='row'>{escape(expression_words(item.expression))}</th>"
        f"<td>{escape(measure_words(item.name))}</td><td>{number_words(item.truth, signed=True)}</td>"
        f"<td>{number_words(item.measured, item.sd, signed=True)}</td>"
        f"<td class='{'' if item.is_covered else 'missed'}'>{number_words(item.error, signed=True)}</td>"
        f"<td>{unit_symbol(item.unit)}</td></tr>"
        for item in asymmetries
    )
    return (
        "<section><h2>Measured against the truth</h2><p>The patient is drawn, so every point is known "
        "exactly. "
        "On the dashed line, measured and true asymmetry are the same.</p>"
        "<div class='chart' role='img' aria-label='Measured against true asymmetry; the table below says "
        "the same'>"
        f"{truth_svg(asymmetries)}</div><details><summary>All values as a table</summary><table>"
        "<caption>LEFT − RIGHT</caption><thead><tr><th scope='col'>asked to</th><th scope='col'>measure</th>"
        "<th scope='col'>true</th><th scope='col'>measured</th><th scope='col'>error</th><th "
        "scope='col'></th></tr>"
        f"</thead><tbody>{lines}</tbody></table></details></section>"
    )
