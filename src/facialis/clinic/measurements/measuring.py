"""What the worker does with a photograph: find its points once, then measure the visit."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored
from facialis.clinic.measurements.detector import detector
from facialis.clinic.measurements.models import PointSet, PointsOrigin
from facialis.clinic.measurements.stored_points import plain_methods, plain_points
from facialis.clinic.measurements.stored_seen import plain_backend, plain_findings, plain_seen
from facialis.clinic.measurements.visit_actions import measure_visit
from facialis.clinic.measurements.visit_measuring import file_of, found_points
from facialis.clinic.photographs import store
from facialis.clinic.photographs.actions import note_measured, note_refused
from facialis.clinic.photographs.identity import identity_of
from facialis.clinic.photographs.models import MirroredChoice, Photograph, PhotoStatus
from facialis.clinic.photographs.queries import PAST
from facialis.errors import FacialisError
from facialis.measurement.points import FacePoints
from facialis.report.document import to_document
from facialis.report.photo_result import photo_result, set_result
from facialis.vision.backends.protocol import BackendInfo
from facialis.vision.files import load_photo
from facialis.vision.measure_photo import PhotoReading, SeenPhoto, measure_seen, see_photos


def is_ready(photograph: Photograph) -> bool:
    """Whether a photograph may be measured: its sides are known, and nothing else is asked."""
    return (
        photograph.mirrored != MirroredChoice.UNKNOWN
        and photograph.status not in PAST
        and photograph.status != PhotoStatus.QUESTIONED
    )


def measure_photograph(photograph_id: UUID) -> PhotoStatus:
    """Find the points of a photograph, unless that was done, and measure its visit anew.

    May be run any number of times: there is one point set number 0, and equal results are kept once.

    Returns
    -------
    PhotoStatus     That the photograph has afterwards.
    """
    photograph = Photograph.objects.select_related("visit").get(pk=photograph_id)
    if not is_ready(photograph):
        return PhotoStatus(photograph.status)
    found = PointSet.objects.filter(photograph=photograph, number=0).first()
    if found is None:
        status = _looked_at(photograph)
    elif photograph.status != PhotoStatus.MEASURED:
        status = _noted(photograph, found)
    else:
        status = PhotoStatus.MEASURED
    measure_visit(photograph.visit)
    return status


def _looked_at(photograph: Photograph) -> PhotoStatus:
    """Detect, outside of any transaction: it takes a second."""
    try:
        seen, backend = _seen(photograph)
    except FacialisError as refused:
        return note_refused(photograph.pk, refusal={"code": refused.code, "sentence": str(refused)})
    refusal, findings = seen.reading.refusal, plain_findings(seen.reading.findings)
    if refusal is not None:
        said = {"code": refusal.code, "sentence": refusal.sentence}
        return note_refused(photograph.pk, refusal=said, findings=findings)
    return _kept(photograph, seen, backend)


def _seen(photograph: Photograph) -> tuple[SeenPhoto, BackendInfo]:
    backend = detector()
    photo = load_photo(
        store.path(photograph.file_name),
        file=file_of(photograph),
        expression=Expression(photograph.expression),
    )
    # A picture that is larger than it was stored would put the points elsewhere.
    if (photo.width_px, photo.height_px) != (photograph.width_px, photograph.height_px):
        raise store.StoreError(
            _(
                "The stored picture has %(found)s pixels, and its record says %(said)s. "
                "Add the photograph again."
            )
            % {
                "found": f"{photo.width_px} x {photo.height_px}",
                "said": f"{photograph.width_px} x {photograph.height_px}",
            }
        )
    return see_photos([photo], backend=backend, mirrored=Mirrored(photograph.mirrored))[0], backend.info


@transaction.atomic
def _kept(photograph: Photograph, seen: SeenPhoto, backend: BackendInfo) -> PhotoStatus:
    points = seen.reading.points
    if points is None:
        raise ValueError(f"'{seen.photo.file}' was not refused and has no points. Please report it.")
    row = Photograph.objects.select_for_update().get(pk=photograph.pk)
    if row.status in PAST or row.mirrored != photograph.mirrored:
        return PhotoStatus(row.status)  # replaced, or answered differently, while it was looked at
    found, _is_new = PointSet.objects.get_or_create(
        photograph=row,
        number=0,
        defaults={
            "origin": PointsOrigin.DETECTOR,
            "backend": plain_backend(backend),
            "points": plain_points(points),
            "reading": {
                **plain_seen(seen),
                "methods": plain_methods(points),
                "by_itself": by_itself(measure_seen([seen])[0], backend),
            },
        },
    )
    return _noted(row, found)


def _noted(photograph: Photograph, found: PointSet) -> PhotoStatus:
    return note_measured(
        photograph.pk,
        findings=[dict(finding) for finding in found.reading["findings"]],
        identity=identity_at_rest(photograph, found_points(found)),
    )


def identity_at_rest(photograph: Photograph, points: FacePoints) -> dict[str, float] | None:
    """What notices another person; other expressions move too much of the face."""
    return identity_of(points) if photograph.expression == Expression.REST else None


def by_itself(reading: PhotoReading, backend: BackendInfo) -> dict[str, Any]:
    """The photograph's entry of a result in which it stands alone: measures, scale, pose, findings."""
    document = to_document(set_result([photo_result(reading)], [backend], affected=None))
    entry: dict[str, Any] = document["photos"][0]
    return entry
