"""What a backend and the remedies read off photographs whose truth is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tools.gain_study.sources import Key, KnownPhoto

from facialis.measurement.measures.view import FaceView
from facialis.measurement.points import FacePoints, Method
from facialis.measurement.raw import RawMeasure, RawMeasures, read_raw
from facialis.vision.backends.detect_each import detect_each
from facialis.vision.backends.protocol import BackendError, LandmarkBackend
from facialis.vision.face_reading import FaceReading, read_face
from facialis.vision.landmarks import read_meshes
from facialis.vision.schemas.mp478 import face_points

BATCH = 16
WAYS = ("network", "hemiface", "refined")
"""The network as it is, the composites, all remedies."""


@dataclass(frozen=True)
class KnownReading:
    """One measure of one photograph: truth and every way of reading it."""

    source: str
    identity: str
    condition: str
    key: Key
    truth: float
    values: dict[str, float | None]
    """Way to value, in % of the TRUE outer intercanthal distance: how the network reads that distance is
    another matter, which its millimetres do not depend on."""
    method: Method
    yaw_deg: float


def read_known(backend: LandmarkBackend, photos: Iterable[KnownPhoto]) -> Iterator[KnownReading]:
    """Read photographs in batches; those without exactly one face are left out."""
    batch: list[KnownPhoto] = []
    for photo in photos:
        batch.append(photo)
        if len(batch) == BATCH:
            yield from _read_batch(backend, batch)
            batch = []
    if batch:
        yield from _read_batch(backend, batch)


def _read_batch(backend: LandmarkBackend, photos: list[KnownPhoto]) -> Iterator[KnownReading]:
    answers = detect_each(backend, [photo.image_rgb for photo in photos])
    seen = [
        (photo, answer[0])
        for photo, answer in zip(photos, answers, strict=True)
        if not isinstance(answer, BackendError) and answer
    ]
    meshes = read_meshes(backend, [(photo.image_rgb, face) for photo, face in seen])
    for (photo, _), mesh in zip(seen, meshes, strict=True):
        reading = read_face(mesh)
        hemiface = mesh.crop.to_source(mesh.hemiface)
        values = {
            "network": _raw(reading.network, reading.network_frontal),
            "hemiface": _raw(face_points(hemiface)),
            "refined": _raw(reading.points, reading.frontal),
        }
        yield from _of_photo(photo, values, reading)


def _raw(points: FacePoints, frontal: FacePoints | None = None) -> RawMeasures:
    return read_raw(FaceView.of(points), None if frontal is None else FaceView.of(frontal))


def percent_of_true(raw: RawMeasure, photo: KnownPhoto) -> float | None:
    """Value over the true yardstick; degrees stay degrees."""
    power = raw.definition.kind.scale_power
    if raw.value is None or power == 0:
        return raw.value
    canthal_px = photo.frontal_canthal_px if raw.definition.turns_with_head else photo.outer_canthal_px
    return raw.value / canthal_px**power * 100


def _of_photo(
    photo: KnownPhoto, values: dict[str, RawMeasures], reading: FaceReading
) -> Iterator[KnownReading]:
    for key, truth in photo.truth.items():
        yield KnownReading(
            source=photo.source,
            identity=photo.identity,
            condition=photo.condition,
            key=key,
            truth=truth,
            values={way: percent_of_true(raw[key], photo) for way, raw in values.items()},
            method=values["refined"][key].method,
            yaw_deg=reading.pose.yaw_deg,
        )
