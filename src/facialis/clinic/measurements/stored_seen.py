"""What the pixels of a photograph told, kept so that moved points are measured without looking again."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored
from facialis.clinic.measurements.stored_points import named_points, plain_methods, plain_points
from facialis.measurement.findings import Finding, Severity
from facialis.measurement.points import FacePoints, HeadPose
from facialis.report.document import to_plain
from facialis.vision.backends.protocol import BackendInfo, Schema
from facialis.vision.face_reading import FaceReading
from facialis.vision.files import Photo
from facialis.vision.landmarks import FaceMesh
from facialis.vision.measure_photo import PhotoReading, SeenPhoto
from facialis.vision.upright import UprightCrop

Plain = dict[str, Any]
NO_PIXELS = np.empty((0, 0, 3), np.uint8)


def plain_backend(info: BackendInfo) -> Plain:
    """Who found the points."""
    return {
        "name": info.name,
        "version": info.version,
        "schema": info.schema.value,
        "model_sha256": info.model_sha256,
    }


def backend_info(plain: Mapping[str, Any]) -> BackendInfo:
    """The detector that `plain_backend` wrote."""
    return BackendInfo(plain["name"], plain["version"], Schema(plain["schema"]), plain["model_sha256"])


def plain_findings(findings: tuple[Finding, ...]) -> list[Plain]:
    """Findings of the capture gate as rows keep them."""
    return [to_plain(finding) for finding in findings]


def finding_of(plain: Mapping[str, Any]) -> Finding:
    """One finding of a row."""
    return Finding(
        str(plain["code"]),
        Severity(plain["severity"]),
        str(plain["sentence"]),
        plain.get("value"),
        plain.get("limit"),
    )


def plain_seen(seen: SeenPhoto) -> Plain:
    """All that `seen_photo` needs besides the points: nothing of it is ever rounded."""
    face, reading = seen.face, seen.reading
    if face is None or reading.network_points is None:
        raise ValueError(f"'{reading.file}' has no points to be kept. This is a fault; please report it.")
    crop = face.mesh.crop
    return {
        "mirrored": reading.mirrored.value,
        "picture": {
            "width_px": seen.photo.width_px,
            "height_px": seen.photo.height_px,
            "scale": seen.photo.scale,
        },
        "pose": asdict(face.pose),
        "findings": plain_findings(reading.findings),
        "network": _named(reading.network_points),
        "face": {
            "network": _named(face.network),
            "width_px": face.face_width_px,
            "mesh": face.mesh.direct.tolist(),
            "rotation": face.rotation.tolist(),
            "crop": {
                "origin": crop.origin.tolist(),
                "along": crop.along.tolist(),
                "source_px_per_crop_px": crop.source_px_per_crop_px,
            },
        },
    }


def seen_photo(
    plain: Mapping[str, Any],
    points: FacePoints,
    backend: Mapping[str, Any],
    file: str,
    expression: Expression,
) -> SeenPhoto:
    """The photograph as it was seen, without its pixels.

    Parameters
    ----------
    plain : mapping         As `plain_seen` wrote it.
    points : FacePoints     That were found.
    backend : mapping       As `plain_backend` wrote it.
    file : str              How the result calls the photograph.
    expression              Of the photograph.
    """
    picture, inner = plain["picture"], plain["face"]
    crop = UprightCrop(
        NO_PIXELS,
        np.array(inner["crop"]["origin"]),
        np.array(inner["crop"]["along"]),
        inner["crop"]["source_px_per_crop_px"],
    )
    mesh = np.array(inner["mesh"])
    pose = HeadPose(**plain["pose"])
    network = _points(inner["network"])
    return SeenPhoto(
        photo=Photo(
            path=Path(file),
            file=file,
            image_rgb=NO_PIXELS,
            width_px=picture["width_px"],
            height_px=picture["height_px"],
            scale=picture["scale"],
            expression=expression,
        ),
        reading=PhotoReading(
            file=file,
            expression=expression,
            backend=backend_info(backend),
            mirrored=Mirrored(plain["mirrored"]),
            pose=pose,
            findings=tuple(finding_of(finding) for finding in plain["findings"]),
            points=points,
            network_points=_points(plain["network"]),
        ),
        face=FaceReading(
            network=network,
            points=network,  # where they were found in the crop is in `reading`; nothing measures these
            pose=pose,
            face_width_px=inner["width_px"],
            mesh=FaceMesh(crop, mesh, mesh),
            rotation=np.array(inner["rotation"]),
        ),
    )


def _named(points: FacePoints) -> Plain:
    return {"points": plain_points(points), "methods": plain_methods(points)}


def _points(plain: Mapping[str, Any]) -> FacePoints:
    return named_points(plain["points"], plain["methods"])
