"""What the synkinesis map shows."""

from dataclasses import dataclass

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.measurements.figures.face_map import face_map
from facialis.clinic.measurements.figures.face_view import Box
from facialis.clinic.measurements.figures.matrix import Cell, Matrix, SubScore, matrix_of, sub_scores
from facialis.clinic.measurements.queries import (
    current_measurement,
    is_outdated,
    placed_photographs,
    previous_measurement,
)
from facialis.clinic.measurements.side_check import side_contradiction
from facialis.clinic.measurements.visit_measuring import PlacedPhotograph, affected_side
from facialis.clinic.measurements.visit_reading import VisitReading, reading_of
from facialis.clinic.photographs.models import Photograph
from facialis.clinic.photographs.words import expression_label
from facialis.clinic.plans.models import Plan
from facialis.clinic.visits.models import Visit
from facialis.measurement.points import Array
from facialis.measurement.synkinesis import SynkinesisRegion


@dataclass(frozen=True, eq=False)
class SynkinesisPage:
    """All of it."""

    reading: VisitReading | None
    before: VisitReading | None
    matrix: Matrix | None
    scores: list[SubScore]
    face: str
    """The drawn face, SVG text."""
    model: str
    """The planner's drawn face, SVG text; empty without a plan."""
    is_outdated: bool
    side_contradiction: str
    """What the photographs say against the recorded side; empty: nothing."""


def synkinesis_page(visit: Visit) -> SynkinesisPage:
    """Read what the page shows."""
    measurement, earlier = current_measurement(visit), previous_measurement(visit)
    if measurement is None:
        return SynkinesisPage(None, None, None, [], "", "", False, "")
    reading = reading_of(measurement)
    before = None if earlier is None else reading_of(earlier)
    matrix = matrix_of(reading.synkinesis, reading.affected)
    return SynkinesisPage(
        reading=reading,
        before=before,
        matrix=matrix,
        scores=sub_scores(
            reading.synkinesis,
            None if before is None else before.synkinesis,
            with_side=reading.affected is None,
        ),
        face=face_map(matrix),
        model=_planners_face(visit),
        is_outdated=is_outdated(measurement, visit, placed_photographs(visit)),
        side_contradiction=side_contradiction(measurement.document, affected_side(visit)),
    )


def _planners_face(visit: Visit) -> str:
    """Muscles tinted by how far they are overdriven, as the model behind the visit's plan reads them."""
    plans = Plan.objects.filter(visit=visit).exclude(status=PlanStatus.ENTERED_IN_ERROR)
    newest = plans.order_by("-created_at").values_list("proposal", flat=True).first() or {}
    return str(newest.get("drawing", {}).get("svg", ""))


@dataclass(frozen=True)
class Detail:
    """A part of one photograph."""

    photograph: Photograph
    label: str
    box: Box


@dataclass(frozen=True, eq=False)
class CellPage:
    """One cell of the matrix, with the place at rest and in the expression."""

    cell: Cell
    label: str
    region: str
    details: list[Detail]


def cell_page(visit: Visit, expression: Expression, region: SynkinesisRegion) -> CellPage | None:
    """Read a cell; None where it is not measured."""
    measurement = current_measurement(visit)
    if measurement is None:
        return None
    reading = reading_of(measurement)
    matrix = matrix_of(reading.synkinesis, reading.affected)
    found = [
        cell
        for row in matrix.rows
        for cell in row.cells
        if (cell.expression, cell.region) == (expression.value, region.value) and cell.kind == "moved"
    ]
    if not found:
        return None
    cell = found[0]
    placed = {one.photograph.expression: one for one in placed_photographs(visit)}
    wanted = [placed[e.value] for e in (Expression.REST, expression) if e.value in placed]
    return CellPage(
        cell,
        expression_label(expression),
        region.value,
        [
            Detail(one.photograph, expression_label(Expression(one.photograph.expression)), _box(one, region))
            for one in wanted
        ],
    )


def _box(one: PlacedPhotograph, region: SynkinesisRegion) -> Box:
    """Both sides of the region at one height, so that they can be compared; about three to one."""
    points, photograph = one.points, one.photograph
    unit = float(points.left.lateral_canthus[0] - points.right.lateral_canthus[0]) / 100
    middle = float(points.left.lateral_canthus[0] + points.right.lateral_canthus[0]) / 2
    width = 150 * unit
    height = width * 0.5
    y = sum(float(_centre(one, region, side)[1]) for side in Side) / 2
    left = min(max(middle - width / 2, -0.5), photograph.width_px - 0.5 - width)
    return Box(left, y - height / 2, width, height)


def _centre(one: PlacedPhotograph, region: SynkinesisRegion, side: Side) -> Array:
    of = one.points.side(side)
    middle: Array = {
        SynkinesisRegion.BROW: of.brow.mean(axis=0),
        SynkinesisRegion.EYE: of.upper_lid.mean(axis=0),
        SynkinesisRegion.CHEEK: of.ala,
        SynkinesisRegion.COMMISSURE: of.commissure,
        SynkinesisRegion.CHIN: of.lower_lip_outer.mean(axis=0),
        SynkinesisRegion.NECK: one.points.chin,
    }[region]
    return middle
