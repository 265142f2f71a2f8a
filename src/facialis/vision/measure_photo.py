"""Photographs in, measured photographs out: the one way from a picture to numbers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored
from facialis.measurement.bridge import LendingPhoto, PatientBridge, build_bridge
from facialis.measurement.findings import Finding, Severity
from facialis.measurement.frame import CanthalOffset
from facialis.measurement.measure import Measure
from facialis.measurement.measures.view import FaceView
from facialis.measurement.noise import PointNoise
from facialis.measurement.photo import measure_photo
from facialis.measurement.points import FacePoints, HeadPose
from facialis.measurement.raw import read_raw
from facialis.measurement.scale import NoScale, Scale, scale_from_iris
from facialis.vision.backends.detect_each import detect_each
from facialis.vision.backends.manual_points import ManualFace
from facialis.vision.backends.protocol import BackendError, BackendInfo, FaceObservation, LandmarkBackend
from facialis.vision.face_reading import FaceReading, read_faces
from facialis.vision.files import Photo
from facialis.vision.gain import gain_model_for
from facialis.vision.moved_points import move_points
from facialis.vision.quality import gate_against_rest, gate_photo, gate_points, is_refused
from facialis.vision.upright import mirror_image

UNFITTED_POINT_SD = 0.01
"""Scatter of a point of a backend that has no gain table, as a share of the outer intercanthal distance."""


@dataclass(frozen=True)
class PhotoReading:
    """One photograph: measured, or refused with the findings that say why."""

    file: str
    expression: Expression | None
    backend: BackendInfo
    mirrored: Mirrored
    scale: Scale | NoScale | None = None
    """mm per pixel of the upright original."""
    pose: HeadPose | None = None
    findings: tuple[Finding, ...] = ()
    points: FacePoints | None = None
    """Used for the measures, in pixels of the upright original, turned round if it was mirrored."""
    network_points: FacePoints | None = None
    """As the network drew them, in the same pixels."""
    measures: tuple[Measure, ...] = ()
    refusal: Finding | None = None


@dataclass(frozen=True)
class SeenPhoto:
    """A photograph with all that its pixels told: what is measured follows from it alone."""

    photo: Photo
    reading: PhotoReading
    """Without measures."""
    face: FaceReading | None
    """None where no point was named."""

    def placed_by_hand(self, given: ManualFace) -> "SeenPhoto":
        """The same photograph with points that a person placed."""
        if self.reading.points is None:
            return self
        points = given.correct(self.reading.points)
        findings = (*self.reading.findings, _placed_by_hand(given))
        return replace(self, reading=replace(self.reading, points=points, findings=findings))


def measure_photos(
    photos: Sequence[Photo],
    *,
    backend: LandmarkBackend,
    mirrored: Mirrored = Mirrored.UNKNOWN,
    given_scale: Scale | None = None,
    by_hand: Mapping[str, ManualFace] | None = None,
) -> list[PhotoReading]:
    """Measure photographs of one patient.

    Parameters
    ----------
    photos : sequence of Photo
        Those that name an expression are taken for one set of one patient and lend each other their
        scale; the others stand alone.
    backend : LandmarkBackend
        With schema mp478.
    mirrored : Mirrored
        Holds for all photographs. Mirrored pictures are turned round before anything is read.
    given_scale : Scale, optional
        From a ruler or a distance, in mm per pixel of the ORIGINAL photographs; else the irises.
    by_hand : mapping, optional
        File name to points that a person placed, in pixels of the upright, unmirrored original. They
        replace the automatic ones; `PhotoReading.network_points` and `Measure.raw` keep those.

    Returns
    -------
    list of PhotoReading
        In the order of ``photos``.
    """
    hands = by_hand or {}
    seen = see_photos(photos, backend=backend, mirrored=mirrored)
    placed = [one.placed_by_hand(hands[one.photo.file]) if one.photo.file in hands else one for one in seen]
    return measure_seen(placed, given_scale=given_scale)


def see_photos(
    photos: Sequence[Photo], *, backend: LandmarkBackend, mirrored: Mirrored = Mirrored.UNKNOWN
) -> list[SeenPhoto]:
    """Look at each photograph by itself: its points, or why it is refused. Parameters as `measure_photos`."""
    pictures = [mirror_image(p.image_rgb) if mirrored is Mirrored.YES else p.image_rgb for p in photos]
    answers = detect_each(backend, pictures)
    started = [
        _started(photo, picture, answer, backend.info, mirrored)
        for photo, picture, answer in zip(photos, pictures, answers, strict=True)
    ]
    readable = [n for n, reading in enumerate(started) if reading.refusal is None]
    faces = [(pictures[n], answer[0]) for n in readable if not isinstance(answer := answers[n], BackendError)]
    read = dict(zip(readable, read_faces(backend, faces), strict=True)) if faces else {}
    return [
        SeenPhoto(
            photos[n],
            _gated(reading, photos[n], pictures[n], read[n]) if n in read else reading,
            read.get(n),
        )
        for n, reading in enumerate(started)
    ]


def measure_seen(
    seen: Sequence[SeenPhoto], *, given_scale: Scale | None = None, only: Collection[int] | None = None
) -> list[PhotoReading]:
    """Measure photographs of one patient together; no pixel is looked at again.

    Parameters
    ----------
    seen, given_scale       As for `measure_photos`.
    only : collection       Numbers of those to measure, with what the others lend them; those stay without.
    """
    return _measured(
        [one.reading for one in seen],
        [one.photo for one in seen],
        {n: one.face for n, one in enumerate(seen) if one.face is not None},
        given_scale,
        only,
    )


def _started(
    photo: Photo,
    picture: NDArray[np.uint8],
    answer: list[FaceObservation] | BackendError,
    backend: BackendInfo,
    mirrored: Mirrored,
) -> PhotoReading:
    """The reading of a photograph after the first look for faces."""
    reading = PhotoReading(photo.file, photo.expression, backend, mirrored, findings=photo.findings)
    if isinstance(answer, BackendError):
        return replace(reading, refusal=Finding(answer.code, Severity.REFUSE, str(answer)))
    return _with_findings(reading, gate_photo(picture, answer))


def _with_findings(reading: PhotoReading, found: Sequence[Finding]) -> PhotoReading:
    refusal = next((f for f in found if f.severity is Severity.REFUSE), None) if is_refused(found) else None
    return replace(reading, findings=(*reading.findings, *found), refusal=refusal)


def _gated(
    reading: PhotoReading,
    photo: Photo,
    picture: NDArray[np.uint8],
    face: FaceReading,
) -> PhotoReading:
    found = gate_points(picture, face.network, face.pose, reading.expression, reading.mirrored)
    return replace(
        _with_findings(reading, found),
        pose=face.pose,
        points=_in_original(face.points, photo),
        network_points=_in_original(face.network, photo),
    )


def _placed_by_hand(given: ManualFace) -> Finding:
    count = sum(len(points) for points in given.sides.values()) + len(given.midline)
    who = f" by {given.by}" if given.by else ", nobody says by whom"
    when = f" on {given.at}" if given.at else ", nobody says when"
    return Finding(
        "points_placed_by_hand",
        Severity.NOTE,
        f"{count} points or contours were placed by hand{who}{when}; the network's own values stay "
        "beside them as 'raw'.",
        float(count),
    )


def _in_original(points: FacePoints, photo: Photo) -> FacePoints:
    return move_points(points, photo.to_original_px, 1 / photo.scale)


def _unturned(points: FacePoints, face: FaceReading, photo: Photo) -> FacePoints:
    """Points of the original with the turn of the head taken out."""
    in_picture = move_points(points, photo.to_working_px, photo.scale)
    return _in_original(face.unturn(in_picture), photo)


def _measured(
    readings: Sequence[PhotoReading],
    photos: Sequence[Photo],
    faces: dict[int, FaceReading],
    given_scale: Scale | None,
    only: Collection[int] | None,
) -> list[PhotoReading]:
    usable = [n for n in faces if readings[n].refusal is None]
    given = None if given_scale is None else _shared(given_scale)
    own = {n: given or _iris_scale(readings[n]) for n in usable}
    bridge = build_bridge(
        [
            LendingPhoto(_points(readings[n]), own[n], faces[n].face_width_px / photos[n].scale)
            for n in usable
            if readings[n].expression is not None
        ]
    )
    rest = next((readings[n] for n in usable if readings[n].expression is Expression.REST), None)
    finished = list(readings)
    for n in usable if only is None else sorted(set(only) & set(usable)):
        frontal = _unturned(_points(readings[n]), faces[n], photos[n])
        network_frontal = _in_original(faces[n].network_frontal, photos[n])
        scale, offset = own[n], None
        if readings[n].expression is not None and isinstance(bridge, PatientBridge):
            offset = bridge.canthal_offset
            # A scale that a person gave holds as it is; irises are read better together than one by one.
            scale = given or bridge.scale_for(faces[n].face_width_px / photos[n].scale)
        finished[n] = _measure(readings[n], scale, offset, frontal, network_frontal)
        finished[n] = _compared_with_rest(finished[n], rest)
    return finished


def _iris_scale(reading: PhotoReading) -> Scale | NoScale:
    model = gain_model_for(reading.backend)
    return scale_from_iris(_points(reading), detector=None if model is None else model.iris)


def _shared(scale: Scale) -> Scale:
    """A scale that was given once for all photographs: its error is the same in all of them."""
    return replace(scale, photo_rel_sd=0.0, common_rel_sd=scale.rel_sd)


def _points(reading: PhotoReading) -> FacePoints:
    if reading.points is None:
        raise ValueError(
            f"'{reading.file}' was refused before its points were named. This is a fault; please report it."
        )
    return reading.points


def _measure(
    reading: PhotoReading,
    scale: Scale | NoScale,
    offset: CanthalOffset | None,
    frontal: FacePoints,
    network_frontal: FacePoints,
) -> PhotoReading:
    points = _points(reading)
    model = gain_model_for(reading.backend)
    yardstick = float(np.linalg.norm(points.left.lateral_canthus - points.right.lateral_canthus))
    measures = measure_photo(
        points,
        scale=scale,
        point_noise=PointNoise(UNFITTED_POINT_SD * yardstick),
        pose=reading.pose,
        frontal=frontal,
        error_model=model,
        correct=None if model is None else model.correct,
        canthal_offset=offset,
    )
    network = reading.network_points
    if network is not None:
        drawn = read_raw(FaceView.of(network, offset), FaceView.of(network_frontal, offset))
        measures = tuple(
            _with_raw(measure, drawn[measure.name, measure.side].value, scale) for measure in measures
        )
    return replace(reading, scale=scale, measures=measures)


def _with_raw(measure: Measure, drawn: float | None, scale: Scale | NoScale) -> Measure:
    """`raw` is what the network alone would have said, so that a reader sees what was put right."""
    if measure.value is None or measure.parts is None or drawn is None or isinstance(scale, NoScale):
        return measure
    power = {"mm": 1, "mm2": 2}.get(measure.unit, 0)
    return replace(measure, raw=drawn * scale.mm_per_px**power)


def _compared_with_rest(reading: PhotoReading, rest: PhotoReading | None) -> PhotoReading:
    if rest is None or rest is reading or reading.expression is None or rest.network_points is None:
        return reading
    if reading.network_points is None or reading.expression is Expression.REST:
        return reading
    found = gate_against_rest(reading.network_points, rest.network_points, reading.expression)
    return _with_findings(reading, found)
