"""What every landmark backend promises."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from facialis.errors import FacialisError


class Schema(StrEnum):
    """The meaning of a point's index. Only `vision.schemas` may translate it."""

    MP478 = "mp478"
    """MediaPipe's mesh of 468 points and two irises of 5."""
    NAMED = "named"
    """No mesh: the observation already carries named points (manual, exact truth)."""


@dataclass(frozen=True)
class BackendInfo:
    """Identity of a backend; the gain-and-noise table is keyed by (name, model_sha256)."""

    name: str
    version: str
    schema: Schema
    model_sha256: str


@dataclass(frozen=True)
class FaceObservation:
    """One face as a backend saw it."""

    points_px: NDArray[np.float64]
    """(478, 3): x, y in image pixels, and depth z in pixels of the same scale (smaller is nearer)."""
    score: float
    """Confidence that this is a face. [0-1]"""
    extras: dict[str, object] = field(default_factory=dict)


class BackendError(FacialisError):
    """The backend could not do its work (crash, time limit, missing model)."""

    code = "backend_failed"


class LandmarkBackend(Protocol):
    """Anything that finds faces in an RGB image."""

    @property
    def info(self) -> BackendInfo:
        """Who answered."""
        ...

    def detect(self, image_rgb: NDArray[np.uint8], timestamp: float | None = None) -> list[FaceObservation]:
        """Return every face found, the largest first; an empty list when there is none."""
        ...

    def detect_many(self, images_rgb: Sequence[NDArray[np.uint8]]) -> list[list[FaceObservation]]:
        """`detect` for several images, in order; backends may work on them in parallel."""
        ...

    def close(self) -> None:
        """Release processes and memory; calling it twice is harmless."""
        ...
