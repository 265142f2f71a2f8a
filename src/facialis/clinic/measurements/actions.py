"""Every write of a person about points and measurements."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.anatomy.sides import Side
from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError, StaleVersionError
from facialis.clinic.measurements.measuring import by_itself, identity_at_rest
from facialis.clinic.measurements.models import Measurement, PointSet, PointsOrigin
from facialis.clinic.measurements.point_limits import require_plausible
from facialis.clinic.measurements.queries import placed_of
from facialis.clinic.measurements.stored_points import names_of, plain_methods, plain_points
from facialis.clinic.measurements.stored_seen import backend_info
from facialis.clinic.measurements.visit_actions import measure_visit
from facialis.clinic.measurements.visit_measuring import found_points
from facialis.clinic.photographs.actions import note_measured
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.photographs.queries import PAST
from facialis.clinic.visits.models import Visit
from facialis.clinic.visits.queries import require_open
from facialis.measurement.points import FacePoints
from facialis.vision.backends.manual_points import ManualFace, ManualPointsError, manual_face
from facialis.vision.measure_photo import measure_seen

SINGLE_SIDED = ("medial_canthus", "lateral_canthus", "ala", "commissure", "iris_centre")
"""Points of which the LEFT one lies left of the RIGHT one in no face."""


def given_points(photograph: Photograph, points: Mapping[str, Any]) -> ManualFace:
    """What a person placed, checked.

    Parameters
    ----------
    photograph : Photograph
    points : mapping        As in a file of points for ``facialis measure --points``; only those placed.

    Raises
    ------
    FieldsError             ``points``: not readable, or beyond the picture.
    """
    try:
        face = manual_face({"file": f"{photograph.expression}.jpg", "points": dict(points)})
    except ManualPointsError as error:
        raise FieldsError({"points": str(error)}) from error
    limits = (photograph.width_px - 0.5, photograph.height_px - 0.5)
    for name, value in _arrays(face):
        flat = value.reshape(-1, 2)
        if (flat < -0.5).any() or (flat > limits).any():
            raise FieldsError(
                {
                    "points": _(
                        "%(name)s lies outside the picture of %(width)d x %(height)d px. Move it back."
                    )
                    % {"name": name, "width": photograph.width_px, "height": photograph.height_px}
                }
            )
    return face


@transaction.atomic
def place_points(
    photograph: Photograph, *, points: Mapping[str, Any], shown_version: int, by: User
) -> PointSet:
    """Keep the points that a person placed as a new version, and measure the visit with them.

    Parameters
    ----------
    photograph : Photograph
    points : mapping        ALL that people have placed so far, as in a file of points for the command line;
                            what is missing is as the detector found it.
    shown_version : int     Number of the version that the page showed.
    by : User

    Raises
    ------
    FieldsError             ``points``: not usable, or nothing was moved.
    StaleVersionError       Somebody placed points meanwhile.
    NotNowError             The visit is not open, or the photograph is not measured.
    """
    require(by, Act.EDIT_LANDMARKS)
    face = given_points(photograph, points)
    return _new_version(photograph, face, shown_version, by, {})


@transaction.atomic
def take_back(photograph: Photograph, *, to: int, shown_version: int, by: User) -> PointSet:
    """Make a new version with the points of an earlier one; raises as `place_points`."""
    require(by, Act.EDIT_LANDMARKS)
    earlier = PointSet.objects.filter(photograph=photograph, number=to).first()
    if earlier is None:
        raise FieldsError({"to": _("There is no version %(number)d of these points.") % {"number": to}})
    points: dict[str, Any] = {}
    for name in earlier.moved:
        holder, _dot, inner = name.rpartition(".")
        if holder:
            points.setdefault(holder, {})[inner] = earlier.points[holder][inner]
        else:
            points[inner] = earlier.points[inner]
    return _new_version(
        photograph, given_points(photograph, points), shown_version, by, {"taken_back_to": to}
    )


@transaction.atomic
def measure_again(visit: Visit, *, by: User) -> Measurement | None:
    """Measure the visit with the points that count and the affected side as it is recorded now."""
    require(by, Act.EDIT_LANDMARKS)
    require_open(visit)
    return measure_visit(visit, by=by)


def _new_version(
    photograph: Photograph, face: ManualFace, shown_version: int, by: User, details: dict[str, Any]
) -> PointSet:
    row = Photograph.objects.select_for_update().get(pk=photograph.pk)
    visit = Visit.objects.select_related("patient").get(pk=row.visit_id)
    require_open(visit)
    if row.status in PAST or row.status == PhotoStatus.REFUSED:
        raise NotNowError(
            _("This photograph is %(status)s; its points count for nothing any more. Open the current one.")
            % {"status": row.get_status_display()}
        )
    placed = next(iter(placed_of([row])), None)
    if placed is None:
        raise NotNowError(_("This photograph is not measured yet. Wait until its points are found."))
    if placed.is_of_other_mirror:
        raise NotNowError(
            _(
                "Whether this photograph is mirrored was answered differently after it was measured. "
                "Add it again."
            )
        )
    _check_version(placed.newest, shown_version)
    found = found_points(placed.found)
    points = face.correct(found)
    _check_sides(points)
    require_plausible(face, found)
    plain, moved = plain_points(points), names_of(face)
    if plain == placed.newest.points and moved == placed.newest.moved:
        raise FieldsError({"points": _("Nothing was moved. Move a point, then save.")})
    made = PointSet.objects.create(
        photograph=row,
        number=placed.newest.number + 1,
        origin=PointsOrigin.PERSON,
        backend=placed.found.backend,
        points=plain,
        moved=moved,
        reading={
            "mirrored": placed.found.reading["mirrored"],
            "parent": placed.newest.number,
            "methods": plain_methods(points),
            "by_itself": by_itself(measure_seen([placed.seen(face)])[0], backend_info(placed.found.backend)),
            **details,
        },
        by=by,
    )
    note_measured(
        row.pk, findings=row.findings, identity=identity_at_rest(row, points), by=by
    )  # the face at rest has other ratios now
    measure_visit(visit, by=by)
    record(
        Verb.CHANGE,
        "measurements.points",
        by=by,
        record_id=made.pk,
        patient_id=visit.patient_id,
        details={"photograph": str(row.pk), "number": made.number, "moved": moved, **details},
    )
    return made


def _check_version(newest: PointSet, shown_version: int) -> None:
    if newest.number == shown_version:
        return
    raise StaleVersionError(
        _(
            "%(who)s placed points on this photograph while you were editing (version %(now)d; yours began "
            "with %(then)d). Nothing was overwritten, and your points are still on this page. Open the "
            "newest version beside it, compare, and place them again."
        )
        % {
            "who": newest.by.signature_name if newest.by is not None else _("Somebody"),
            "now": newest.number,
            "then": shown_version,
        }
    )


def _check_sides(points: FacePoints) -> None:
    """A LEFT point beyond the RIGHT one is a slip that would exchange the sides."""
    for name in SINGLE_SIDED:
        left, right = (getattr(points.side(side), name) for side in (Side.LEFT, Side.RIGHT))
        if left is not None and right is not None and left[0] <= right[0]:
            raise FieldsError(
                {
                    "points": _(
                        "The %(name)s of the patient's LEFT lies beyond that of the RIGHT. The patient's "
                        "RIGHT is on the left of the screen: move each point to its own side."
                    )
                    % {"name": _(name.replace("_", " "))}
                }
            )


def _arrays(face: ManualFace) -> list[tuple[str, Any]]:
    sided = [
        (f"{_(side.label)} {_(name.replace('_', ' '))}", value)
        for side, points in face.sides.items()
        for name, value in points.items()
        if value is not None and name != "iris_diameter"
    ]
    return [*sided, *((_(name.replace("_", " ")), value) for name, value in face.midline.items())]
