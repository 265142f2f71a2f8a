"""A kept measurement as pages read it."""

from dataclasses import dataclass
from typing import Any

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.measurements.models import Measurement
from facialis.measurement.combination import MeasuresByExpression, average_repeats
from facialis.report.read_measures import read_measures


@dataclass(frozen=True, eq=False)
class VisitReading:
    """What the photographs of a visit say, ready for rows and maps."""

    measurement: Measurement
    by_expression: MeasuresByExpression
    affected: Side | None
    photos: dict[Expression, dict[str, Any]]
    """Entries of the document."""

    @property
    def index(self) -> dict[str, Any]:
        """The composite symmetry index."""
        found: dict[str, Any] = self.measurement.document["set"]["index"]
        return found

    @property
    def synkinesis(self) -> dict[str, Any]:
        """The matrix and its sub-scores."""
        found: dict[str, Any] = self.measurement.document["set"]["synkinesis"]
        return found


def reading_of(measurement: Measurement) -> VisitReading:
    """Read the document of a measurement; raises `MeasurementDocumentError` for one that is broken."""
    measured = read_measures(measurement.document)
    photos = measurement.document["photos"]
    return VisitReading(
        measurement,
        average_repeats(measured.photographs),
        measured.affected,
        {Expression(photo["expression"]): photo for photo in photos if photo["expression"] is not None},
    )
