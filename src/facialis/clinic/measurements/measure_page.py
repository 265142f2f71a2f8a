"""What the page of a visit's measures shows."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.clinic.measurements.changes import Change, change_of_index
from facialis.clinic.measurements.figures.face_view import FaceDrawing, face_drawing, mean_offset
from facialis.clinic.measurements.figures.marks import Mark, marks_of
from facialis.clinic.measurements.figures.rows import STILL, MidlineRow, Row, midline_rows, rows_of
from facialis.clinic.measurements.queries import (
    current_measurement,
    is_outdated,
    placed_of,
    previous_measurement,
)
from facialis.clinic.measurements.side_check import side_contradiction
from facialis.clinic.measurements.visit_measuring import PlacedPhotograph, affected_side
from facialis.clinic.measurements.visit_reading import VisitReading, reading_of
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.photographs.queries import current_photographs
from facialis.clinic.photographs.words import expression_label
from facialis.clinic.visits.models import Visit
from facialis.measurement.frame import CanthalOffset
from facialis.measurement.measure import Measure
from facialis.measurement.scale import ScaleSource


@dataclass(frozen=True)
class Picture:
    """One of the views of the visit, in the row of small pictures."""

    expression: Expression
    label: str
    drawing: str
    """Template of the line drawing, where there is no photograph."""
    photograph: Photograph | None
    is_shown: bool


@dataclass(frozen=True, eq=False)
class ShownPhotograph:
    """The photograph that fills the page."""

    placed: PlacedPhotograph
    drawing: FaceDrawing
    marks: list[Mark]
    findings: list[dict[str, Any]]
    error: dict[str, str] | None
    movement_rows: list[Row]
    rows: list[Row]
    midline: list[MidlineRow]
    mm_per_px: float | None
    scale_words: str


@dataclass(frozen=True, eq=False)
class MeasurePage:
    """All of it."""

    pictures: list[Picture]
    expression: Expression
    label: str
    photograph: Photograph | None
    shown: ShownPhotograph | None
    reading: VisitReading | None
    before: VisitReading | None
    index_change: Change | None
    waiting: int
    is_outdated: bool
    side_contradiction: str
    """What the photographs say against the recorded side; empty: nothing."""


def measure_page(visit: Visit, wanted: Expression | None) -> MeasurePage:
    """Read what the page shows; ``wanted`` is the view that was asked for."""
    photographs = current_photographs(visit)
    expression = wanted or next((e for e in Expression if e in photographs), Expression.REST)
    placed = placed_of([row for row in photographs.values() if row.status == PhotoStatus.MEASURED])
    measurement, earlier = current_measurement(visit), previous_measurement(visit)
    reading = None if measurement is None else reading_of(measurement)
    before = None if earlier is None else reading_of(earlier)
    shown_one = next((one for one in placed if one.photograph.expression == expression.value), None)
    offset = mean_offset([one.points for one in placed]) if shown_one is not None else None
    return MeasurePage(
        pictures=_pictures(photographs, expression),
        expression=expression,
        label=expression_label(expression),
        photograph=photographs.get(expression),
        shown=None if shown_one is None else _shown(shown_one, expression, reading, before, offset),
        reading=reading,
        before=before,
        index_change=None
        if reading is None or before is None
        else change_of_index(reading.index, before.index),
        waiting=sum(row.status == PhotoStatus.WAITING for row in photographs.values()),
        is_outdated=measurement is not None and is_outdated(measurement, visit, placed),
        side_contradiction=""
        if measurement is None
        else side_contradiction(measurement.document, affected_side(visit)),
    )


def _pictures(photographs: dict[Expression, Photograph], shown: Expression) -> list[Picture]:
    wanted = [*NINE_PHOTOGRAPHS, *([Expression.NASAL_BASE] if Expression.NASAL_BASE in photographs else [])]
    return [
        Picture(
            expression,
            expression_label(expression),
            f"site/components/expressions/{expression.value}.html",
            photographs.get(expression),
            expression is shown,
        )
        for expression in wanted
    ]


def _shown(
    placed: PlacedPhotograph,
    expression: Expression,
    reading: VisitReading | None,
    before: VisitReading | None,
    offset: CanthalOffset | None,
) -> ShownPhotograph:
    points, photograph = placed.points, placed.photograph
    entry = {} if reading is None else reading.photos.get(expression, {})
    now = {} if reading is None else reading.by_expression
    then = None if before is None else before.by_expression
    affected = None if reading is None else reading.affected
    measures: list[Measure] = list(now.get(expression, {}).values())
    return ShownPhotograph(
        placed=placed,
        drawing=face_drawing(points, photograph.width_px, photograph.height_px, offset),
        marks=marks_of(points, measures, offset),
        findings=entry.get("quality", []),
        error=entry.get("error"),
        movement_rows=[]
        if expression in STILL
        else [row for row in rows_of(now, then, expression, affected, of_movement=True) if row.is_key],
        rows=rows_of(now, then, expression, affected),
        midline=midline_rows(now, then, expression),
        mm_per_px=entry.get("mm_per_px"),
        scale_words=_scale_words(entry.get("scale_source")),
    )


def _scale_words(source: str | None) -> str:
    """Where the millimetres come from."""
    return {
        ScaleSource.IRIS.value: _("from the irises"),
        ScaleSource.SET_BRIDGE.value: _(
            "from the irises and the width of the face in this visit's photographs"
        ),
        ScaleSource.RULER.value: _("from a ruler"),
        ScaleSource.DISTANCE.value: _("from the distance of the camera"),
    }.get(source or "", "")
