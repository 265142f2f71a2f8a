"""All photographs of a visit measured together, from the points that count; no pixel is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.clinic.measurements.models import PointSet
from facialis.clinic.measurements.stored_points import named_points, placed_face
from facialis.clinic.measurements.stored_seen import backend_info, finding_of, seen_photo
from facialis.clinic.photographs.models import Photograph
from facialis.clinic.visits.models import Visit
from facialis.measurement.points import FacePoints
from facialis.report.model import PhotoError, PhotoResult, SetResult
from facialis.report.photo_result import photo_result, set_result
from facialis.vision.backends.manual_points import ManualFace
from facialis.vision.measure_photo import PhotoReading, SeenPhoto, measure_seen


@dataclass(frozen=True)
class PlacedPhotograph:
    """A photograph with the points that were found, and those that count now."""

    photograph: Photograph
    found: PointSet
    """Number 0."""
    newest: PointSet

    @property
    def file(self) -> str:
        """How results call it: by its expression, never by a name from outside."""
        return file_of(self.photograph)

    def seen(self, by_hand: ManualFace | None = None) -> SeenPhoto:
        """As `measure_seen` takes it, with the points that people placed, or ``by_hand`` instead of them."""
        base = seen_photo(
            self.found.reading,
            found_points(self.found),
            self.found.backend,
            self.file,
            Expression(self.photograph.expression),
        )
        given = by_hand if by_hand is not None else self.placed
        return base if given is None else base.placed_by_hand(given)

    @property
    def placed(self) -> ManualFace | None:
        """What people placed in all versions; None where nobody placed anything."""
        newest = self.newest
        if not newest.moved:
            return None
        who = newest.by.signature_name if newest.by is not None else ""
        return placed_face(
            newest.points, newest.moved, by=who, at=newest.at.date().isoformat(), file=self.file
        )

    @property
    def points(self) -> FacePoints:
        """The points that count."""
        points = found_points(self.found)
        return points if self.placed is None else self.placed.correct(points)

    @property
    def is_of_other_mirror(self) -> bool:
        """Whether somebody changed since whether the picture is mirrored: LEFT and RIGHT were exchanged."""
        return bool(self.found.reading["mirrored"] != self.photograph.mirrored)


def file_of(photograph: Photograph) -> str:
    """The name of a photograph in results."""
    return f"{photograph.expression}.jpg"


def found_points(found: PointSet) -> FacePoints:
    """The points that the detector found."""
    return named_points(found.points, found.reading["methods"])


def affected_side(visit: Visit) -> Side | None:
    """The palsied side; None where both are affected or no palsy is recorded."""
    palsy = getattr(visit.patient, "palsy", None)
    return Side(palsy.affected_side) if palsy is not None and palsy.affected_side else None


def measured_readings(placed: Sequence[PlacedPhotograph]) -> list[PhotoReading]:
    """Each photograph measured with what the others lend it."""
    return measure_seen([one.seen() for one in placed])


def measured_while_placing(
    placed: Sequence[PlacedPhotograph], photograph: Photograph, by_hand: ManualFace | None
) -> dict[Expression, PhotoReading]:
    """A photograph with points that are being placed, and the one at rest, as they would be measured."""
    usable = [one for one in placed if not one.is_of_other_mirror]
    wanted = {photograph.expression, Expression.REST.value}
    seen = [one.seen(by_hand if one.photograph.pk == photograph.pk else None) for one in usable]
    numbers = [n for n, one in enumerate(usable) if one.photograph.expression in wanted]
    readings = measure_seen(seen, only=numbers)
    return {Expression(usable[n].photograph.expression): readings[n] for n in numbers}


def visit_result(
    placed: Sequence[PlacedPhotograph], refused: Sequence[Photograph], affected: Side | None
) -> SetResult:
    """The result of a visit, as ``facialis measure`` gives it for the same photographs and points.

    Parameters
    ----------
    placed : sequence       Photographs with points.
    refused : sequence      Photographs that cannot be measured; each keeps its place with its reason.
    affected : Side         The palsied side, if it is one.
    """
    usable = [one for one in placed if not one.is_of_other_mirror]
    results = {reading.file: photo_result(reading) for reading in measured_readings(usable)}
    results |= {one.file: _mirror_changed(one.photograph) for one in placed if one.is_of_other_mirror}
    results |= {file_of(photograph): _refused(photograph) for photograph in refused}
    order = [f"{expression.value}.jpg" for expression in Expression]
    backends = [backend_info(one.found.backend) for one in usable]
    return set_result([results[file] for file in order if file in results], backends, affected=affected)


def _refused(photograph: Photograph) -> PhotoResult:
    refusal = photograph.refusal or {}
    return _without_measures(
        photograph,
        str(refusal.get("code", "not_measurable")),
        str(refusal.get("sentence", _("This photograph cannot be measured."))),
    )


def _mirror_changed(photograph: Photograph) -> PhotoResult:
    return _without_measures(
        photograph,
        "mirror_answer_changed",
        _(
            "Whether this photograph is mirrored was answered differently after it was measured, so that "
            "LEFT and RIGHT of its points are exchanged. Add the photograph again."
        ),
    )


def _without_measures(photograph: Photograph, code: str, sentence: str) -> PhotoResult:
    return PhotoResult(
        file=file_of(photograph),
        expression=Expression(photograph.expression),
        mirrored=Mirrored(photograph.mirrored),
        findings=tuple(finding_of(finding) for finding in photograph.findings),
        error=PhotoError(code, sentence),
    )
