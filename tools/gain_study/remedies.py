"""Each remedy by itself and all together, read off the rendered faces with known truth."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tools.gain_study.readings import KnownReading, percent_of_true
from tools.gain_study.sources import KnownPhoto

from facialis.anatomy.sides import Side
from facialis.measurement.measures.view import FaceView
from facialis.measurement.points import FacePoints, Method
from facialis.measurement.raw import read_raw
from facialis.vision.backends.detect_each import detect_each
from facialis.vision.backends.protocol import BackendError, LandmarkBackend
from facialis.vision.face_reading import MAX_HEMIFACE_YAW_DEG
from facialis.vision.landmarks import FaceMesh, read_meshes
from facialis.vision.moved_points import move_points
from facialis.vision.pose import estimate_pose
from facialis.vision.refine import apply_evidence, gather_evidence
from facialis.vision.schemas.mp478 import face_points, hide_closed_irises

ALONE = ("network", "hemiface", "edges", "both")
"""The network as it is; every region from the composites; the edges of the picture without the
composites; edges and composites as the software joins them."""


def read_remedies(backend: LandmarkBackend, photos: Sequence[KnownPhoto]) -> list[KnownReading]:
    """Every measure that has a truth, by every remedy; photographs without exactly one face are left out."""
    answers = detect_each(backend, [photo.image_rgb for photo in photos])
    seen = [
        (photo, answer[0])
        for photo, answer in zip(photos, answers, strict=True)
        if not isinstance(answer, BackendError) and answer
    ]
    meshes = read_meshes(backend, [(photo.image_rgb, face) for photo, face in seen])
    return [
        reading for (photo, _), mesh in zip(seen, meshes, strict=True) for reading in _of_photo(photo, mesh)
    ]


def points_by_remedy(mesh: FaceMesh) -> dict[str, FacePoints]:
    """The points of one face by every remedy, in crop pixels."""
    network = face_points(mesh.direct, keep_hidden_irises=True)
    hemiface = face_points(mesh.hemiface, keep_hidden_irises=True)
    evidence = gather_evidence(mesh.crop.image_rgb, network)
    pose, _ = estimate_pose(mesh.crop.to_source(mesh.direct))
    trusted = hemiface if abs(pose.yaw_deg) <= MAX_HEMIFACE_YAW_DEG else None
    found = {
        "network": network,
        "hemiface": hemiface,
        "edges": apply_evidence(network, None, evidence),
        "both": apply_evidence(network, trusted, evidence),
    }
    return {way: hide_closed_irises(points) for way, points in found.items()}


def _of_photo(photo: KnownPhoto, mesh: FaceMesh) -> list[KnownReading]:
    crop = mesh.crop
    raw = {
        way: read_raw(FaceView.of(move_points(points, crop.to_source, crop.source_px_per_crop_px)))
        for way, points in points_by_remedy(mesh).items()
    }
    return [
        KnownReading(
            source=photo.source,
            identity=photo.identity,
            condition=photo.condition,
            key=key,
            truth=truth,
            values={way: percent_of_true(values[key], photo) for way, values in raw.items()},
            method=raw["both"][key].method,
            yaw_deg=0.0,
        )
        for key, truth in photo.truth.items()
    ]


def write_readings(path: Path, readings: dict[str, list[KnownReading]]) -> None:
    """Keep readings, so that a figure can be drawn again without detectors."""
    plain = {name: [_plain(reading) for reading in kept] for name, kept in readings.items()}
    path.write_text(json.dumps(plain, separators=(",", ":")), encoding="utf-8")


def load_readings(path: Path) -> dict[str, list[KnownReading]]:
    """What `write_readings` kept."""
    kept = json.loads(path.read_text("utf-8"))
    return {name: [_reading(entry) for entry in entries] for name, entries in kept.items()}


def _plain(reading: KnownReading) -> dict[str, object]:
    name, side = reading.key
    values = {way: None if value is None else round(float(value), 4) for way, value in reading.values.items()}
    plain = vars(reading) | {"key": [name, side and side.value], "values": values}
    return plain | {"truth": float(np.round(reading.truth, 4)), "method": reading.method.value}


def _reading(entry: dict[str, Any]) -> KnownReading:
    name, side = entry["key"]
    key = (name, None if side is None else Side(side))
    return KnownReading(**(entry | {"key": key, "method": Method(entry["method"])}))
