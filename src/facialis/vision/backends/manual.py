"""Landmarks that a clinician placed on the photograph."""

import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import FacePoints
from facialis.vision.backends.image_digest import image_digest
from facialis.vision.backends.manual_points import ManualFace, read_manual_points
from facialis.vision.backends.protocol import BackendInfo, FaceObservation, Schema

NAME = "manual"
POINTS_SETTING = "FACIALIS_MANUAL_POINTS"
"""Environment variable: path of a file of manual points."""
FACE_POINTS = "face_points"
"""Key in `FaceObservation.extras`: the named points, where there is no mesh (`Schema.NAMED`)."""


class ManualBackend:
    """Whole faces given by a clinician; it looks at no pixel.

    Parameters
    ----------
    faces : iterable of ManualFace
        With all points each. A face with ``image_sha256`` answers for exactly these pixels; one
        without answers for any picture, so narrow the backend to a file first (`for_file`).

    Raises
    ------
    ManualPointsError
        If a face is not complete.
    """

    def __init__(self, faces: Iterable[ManualFace]) -> None:
        self._faces = [(face, face.complete()) for face in faces]

    @classmethod
    def from_file(cls, path: Path) -> "ManualBackend":
        """The faces of a file of manual points; see `manual_points.read_manual_points`."""
        return cls(read_manual_points(path))

    def for_file(self, name: str) -> "ManualBackend":
        """Only the faces of the photograph with this file name."""
        return ManualBackend(face for face, _ in self._faces if face.file == name)

    @property
    def info(self) -> BackendInfo:
        """Who answered: no network, so the hash is that of the empty string."""
        return BackendInfo(NAME, version("facialis"), Schema.NAMED, hashlib.sha256(b"").hexdigest())

    def detect(self, image_rgb: NDArray[np.uint8], timestamp: float | None = None) -> list[FaceObservation]:
        """Return the faces placed on this picture, the largest first, with ``extras["face_points"]``."""
        digest = image_digest(image_rgb)
        points = [given for face, given in self._faces if face.image_sha256 in {None, digest}]
        points.sort(key=lambda face: -_eye_distance_px(face))
        return [FaceObservation(np.empty((0, 3)), 1.0, {FACE_POINTS: face}) for face in points]

    def detect_many(self, images_rgb: Sequence[NDArray[np.uint8]]) -> list[list[FaceObservation]]:
        """`detect` for several pictures."""
        return [self.detect(image) for image in images_rgb]

    def close(self) -> None:
        """Nothing to release."""


def _eye_distance_px(face: FacePoints) -> float:
    return float(np.linalg.norm(face.left.lateral_canthus - face.right.lateral_canthus))
