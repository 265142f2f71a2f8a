"""What pages and tasks read of points and measurements."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from facialis.anatomy.expressions import Expression
from facialis.clinic.measurements.models import Measurement, PointSet
from facialis.clinic.measurements.stored_points import placed_face
from facialis.clinic.measurements.visit_measuring import PlacedPhotograph, affected_side, found_points
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.visits.models import Visit, VisitStatus
from facialis.measurement.points import FacePoints


def current_measurement(visit: Visit) -> Measurement | None:
    """The newest measurement of a visit: the one that counts."""
    return Measurement.objects.filter(visit=visit).order_by("-number").first()


def previous_measurement(visit: Visit) -> Measurement | None:
    """The measurement that counts of the last earlier visit that has one, with its visit."""
    rows = Measurement.objects.filter(visit__patient=visit.patient_id, visit__day__lt=visit.day)
    kept = rows.exclude(visit__status__in=(VisitStatus.CANCELLED, VisitStatus.ENTERED_IN_ERROR))
    return kept.select_related("visit").order_by("-visit__day", "-number").first()


def newest_points(photograph: Photograph) -> PointSet | None:
    """The points that count; None before the photograph was measured."""
    return versions_of(photograph).first()


def versions_of(photograph: Photograph) -> "QuerySet[PointSet]":
    """All versions of the points of a photograph, the newest first, each with who made it."""
    return PointSet.objects.filter(photograph=photograph).select_related("by").order_by("-number")


def face_points(point_set: PointSet) -> FacePoints:
    """The named points of a version, in pixels of the stored picture, turned round if that is mirrored."""
    if point_set.number == 0:
        return found_points(point_set)
    found = PointSet.objects.get(photograph=point_set.photograph_id, number=0)
    points = found_points(found)
    return placed_face(point_set.points, point_set.moved).correct(points) if point_set.moved else points


def placed_photographs(visit: Visit) -> list[PlacedPhotograph]:
    """The measured photographs of a visit with their points, in the order of the expressions; two queries."""
    photographs = Photograph.objects.filter(visit=visit, status=PhotoStatus.MEASURED)
    return placed_of(list(photographs))


def placed_of(photographs: Sequence[Photograph]) -> list[PlacedPhotograph]:
    """Those of some photographs that have points, in the order of the expressions."""
    keys = [photograph.pk for photograph in photographs]
    highest = PointSet.objects.filter(photograph=OuterRef("photograph")).order_by("-number").values("number")
    sets = PointSet.objects.filter(photograph__in=keys).select_related("by")
    rows = sets.filter(number=0) | sets.filter(number=Subquery(highest[:1]))
    found: dict[object, PointSet] = {}
    newest: dict[object, PointSet] = {}
    for row in rows.order_by("number"):
        found.setdefault(row.photograph_id, row)
        newest[row.photograph_id] = row
    order = list(Expression)
    return [
        PlacedPhotograph(photograph, found[photograph.pk], newest[photograph.pk])
        for photograph in sorted(photographs, key=lambda one: order.index(Expression(one.expression)))
        if photograph.pk in found
    ]


def is_outdated(measurement: Measurement, visit: Visit, placed: Sequence[PlacedPhotograph]) -> bool:
    """Whether photographs, points or the affected side are no longer those that were measured."""
    side = affected_side(visit)
    measured_side = measurement.document["set"]["synkinesis"]["affected"]
    now = [str(one.newest.pk) for one in placed]
    return bool(now != measurement.point_sets or (side.value if side else None) != measured_side)


def refused_photographs(visit: Visit) -> list[Photograph]:
    """The current photographs of a visit that cannot be measured."""
    return list(Photograph.objects.filter(visit=visit, status=PhotoStatus.REFUSED))
