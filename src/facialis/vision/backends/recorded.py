"""Landmarks that another backend once gave, replayed from a file: tests without networks."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facialis.vision.backends.image_digest import image_digest
from facialis.vision.backends.protocol import (
    BackendError,
    BackendInfo,
    FaceObservation,
    LandmarkBackend,
    Schema,
)

NAME = "recorded"
RECORDING_SETTING = "FACIALIS_RECORDED_LANDMARKS"
"""Environment variable: path of a recording."""
FORMAT = "facialis-recorded-landmarks"
DECIMALS = 3
"""Thousandths of a pixel: far below any network's noise."""


class RecordedBackend:
    """Replays the answers of another backend.

    Parameters
    ----------
    recording : Path
        Written by `record`.

    Raises
    ------
    BackendError
        If the file is no recording; from `detect`, if the picture is not in it.
    """

    def __init__(self, recording: Path) -> None:
        try:
            content = json.loads(recording.read_text(encoding="utf-8"))
            if content["format"] != FORMAT:
                raise ValueError(f"its format is {content['format']!r}")
            who = content["backend"]
            self._info = BackendInfo(
                who["name"], f"{who['version']}+recorded", Schema(who["schema"]), who["model_sha256"]
            )
            self._answers = {
                digest: [_observation(face) for face in faces] for digest, faces in content["images"].items()
            }
        except (OSError, KeyError, TypeError, ValueError) as fault:
            raise BackendError(
                f"{recording.name} is not a recording of landmarks ({fault}). Make one with "
                "facialis.vision.backends.recorded.record."
            ) from fault

    @property
    def info(self) -> BackendInfo:
        """The backend that was recorded, so that its gain-and-noise table is found; the version says so."""
        return self._info

    def detect(self, image_rgb: NDArray[np.uint8], timestamp: float | None = None) -> list[FaceObservation]:
        """Return what was recorded for exactly these pixels."""
        digest = image_digest(image_rgb)
        if digest not in self._answers:
            raise BackendError(
                f"The picture {digest[:12]} is not among the {len(self._answers)} of the recording. "
                "Record it first.",
                code="not_recorded",
            )
        return list(self._answers[digest])

    def detect_many(self, images_rgb: Sequence[NDArray[np.uint8]]) -> list[list[FaceObservation]]:
        """`detect` for several pictures."""
        return [self.detect(image) for image in images_rgb]

    def close(self) -> None:
        """Nothing to release."""


def record(backend: LandmarkBackend, images_rgb: Sequence[NDArray[np.uint8]], recording: Path) -> None:
    """Write the answers of a mesh backend for some pictures to a file.

    Parameters
    ----------
    backend : LandmarkBackend
        Any backend with a mesh; named points are a file already.
    images_rgb : sequence of (height, width, 3) uint8
        The pictures; only a hash of each is kept.
    recording : Path
        JSON file, replaced if it exists.
    """
    answers = backend.detect_many(images_rgb)
    content = {
        "format": FORMAT,
        "backend": asdict(backend.info),
        "images": {
            image_digest(image): [_written(face) for face in faces]
            for image, faces in zip(images_rgb, answers, strict=True)
        },
    }
    recording.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")


def _written(face: FaceObservation) -> dict[str, object]:
    extras = {name: np.round(np.asarray(value), DECIMALS).tolist() for name, value in face.extras.items()}
    return {"score": face.score, "points_px": np.round(face.points_px, DECIMALS).tolist(), "extras": extras}


def _observation(face: dict[str, Any]) -> FaceObservation:
    points = np.asarray(face["points_px"], dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 3:
        raise ValueError(f"points of shape {points.shape} instead of (n, 3)")
    extras: dict[str, object] = {name: np.asarray(value) for name, value in face["extras"].items()}
    return FaceObservation(points, float(face["score"]), extras)
