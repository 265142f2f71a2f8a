"""What the page of the point editor shows, and what it answers while points move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from facialis.anatomy.expressions import Expression
from facialis.clinic.measurements.actions import given_points
from facialis.clinic.measurements.figures.face_view import FaceDrawing, face_drawing, mean_offset
from facialis.clinic.measurements.figures.handles import HandleGroup, handle_groups, plain_handles
from facialis.clinic.measurements.figures.marks import Mark, marks_of
from facialis.clinic.measurements.figures.rows import STILL, MidlineRow, Row, midline_rows, rows_of
from facialis.clinic.measurements.models import PointSet
from facialis.clinic.measurements.queries import placed_photographs, previous_measurement, versions_of
from facialis.clinic.measurements.stored_points import plain_points
from facialis.clinic.measurements.visit_measuring import (
    PlacedPhotograph,
    affected_side,
    found_points,
    measured_while_placing,
)
from facialis.clinic.measurements.visit_reading import reading_of
from facialis.clinic.photographs.models import Photograph
from facialis.measurement.combination import average_repeats
from facialis.measurement.measures import MEASURES
from facialis.measurement.points import Region
from facialis.vision.backends.manual_points import REGION_OF, REGION_OF_MIDLINE, ManualFace


@dataclass(frozen=True, eq=False)
class PlacedRows:
    """Rows and marks of a photograph whose points are being placed; names as on the page of measures."""

    movement_rows: list[Row]
    rows: list[Row]
    midline: list[MidlineRow]
    about_rows: list[Row]
    """Those that are read from the chosen point."""
    about_midline: list[MidlineRow]
    marks: list[Mark]
    unit: float
    refusal: str


@dataclass(frozen=True, eq=False)
class EditorPage:
    """All of it."""

    placed: PlacedPhotograph
    drawing: FaceDrawing
    groups: list[HandleGroup]
    versions: Sequence[PointSet]
    model: dict[str, Any]
    """For the script."""
    shown: PlacedRows


def editor_page(photograph: Photograph) -> EditorPage | None:
    """The page of a photograph; None where it has no points that count."""
    all_placed = placed_photographs(photograph.visit)
    placed = next((one for one in all_placed if one.photograph.pk == photograph.pk), None)
    if placed is None or placed.is_of_other_mirror:
        return None
    points, found = placed.points, found_points(placed.found)
    drawing = face_drawing(
        points, photograph.width_px, photograph.height_px, mean_offset([one.points for one in all_placed])
    )
    groups = handle_groups(points)
    return EditorPage(
        placed=placed,
        drawing=drawing,
        groups=groups,
        versions=list(versions_of(photograph)),
        model={
            "photograph": str(photograph.pk),
            "version": placed.newest.number,
            "width": photograph.width_px,
            "height": photograph.height_px,
            "unit": drawing.unit,
            "face": [drawing.face.x, drawing.face.y, drawing.face.width, drawing.face.height],
            "points": plain_points(points),
            "found": plain_points(found),
            "moved": placed.newest.moved,
            "handles": plain_handles(groups),
        },
        shown=_rows(all_placed, photograph, placed.placed),
    )


def preview(photograph: Photograph, points: Mapping[str, Any], about: str = "") -> PlacedRows:
    """Rows and marks as they would be after saving ``points``; nothing is written.

    Parameters
    ----------
    photograph : Photograph
    points : mapping        As `place_points` takes them.
    about : str             Name of the chosen point, such as ``upper_lid``; what is read from it comes first.

    Raises
    ------
    FieldsError     ``points``: not usable.
    """
    return _rows(placed_photographs(photograph.visit), photograph, given_points(photograph, points), about)


def _rows(
    placed: Sequence[PlacedPhotograph], photograph: Photograph, by_hand: ManualFace | None, about: str = ""
) -> PlacedRows:
    readings = measured_while_placing(placed, photograph, by_hand)
    expression = Expression(photograph.expression)
    reading = readings[expression]
    now = average_repeats([(e, one.measures) for e, one in readings.items() if one.measures])
    earlier = previous_measurement(photograph.visit)
    before = None if earlier is None else reading_of(earlier).by_expression
    affected = affected_side(photograph.visit)
    if reading.points is None:
        raise ValueError(f"{photograph} lost its points while they were placed. Please report it.")
    others = [one.points for one in placed if one.photograph.pk != photograph.pk]
    offset = mean_offset([reading.points, *others])
    moved = [] if expression in STILL else rows_of(now, before, expression, affected, of_movement=True)
    rows, midline = rows_of(now, before, expression, affected), midline_rows(now, before, expression)
    return PlacedRows(
        movement_rows=[row for row in moved if row.is_key],
        rows=rows,
        midline=midline,
        about_rows=[row for row in rows if _is_about(row.id, about)],
        about_midline=[row for row in midline if _is_about(row.id, about)],
        marks=marks_of(reading.points, list(now.get(expression, {}).values()), offset),
        unit=face_drawing(reading.points, photograph.width_px, photograph.height_px, offset).unit,
        refusal="" if reading.refusal is None else reading.refusal.sentence,
    )


def _is_about(measure: str, point: str) -> bool:
    """Whether a measure is read from a point: all that need the iris, of others those of its region."""
    region = REGION_OF.get(point) or REGION_OF_MIDLINE.get(point)
    regions = MEASURES[measure].regions
    return region is not None and (region in regions if region is Region.IRIS else region is regions[0])
