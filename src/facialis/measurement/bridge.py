"""What the photographs of one patient lend each other: the width of the face.

Closed eyes show no iris, so such a photograph has neither a scale nor an eye line of its own.
Both are lent by the patient's photographs with open eyes. The yardstick is the width of the
whole face, measured in space: no expression changes it, while the outer canthi of a closing
eye are seen up to 6 % farther apart than they are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from facialis.measurement.errors import MeasurementError
from facialis.measurement.frame import CanthalOffset, canthal_offset_of
from facialis.measurement.points import FacePoints
from facialis.measurement.scale import NoScale, Scale, ScaleSource

WIDTH_READING_REL_SD = 0.008
"""Sd of the face width read in one photograph: its scatter between expressions of rendered faces."""


@dataclass(frozen=True)
class LendingPhoto:
    """A photograph that may have an iris scale, as the bridge needs it."""

    points: FacePoints
    scale: Scale | NoScale
    face_width_px: float
    """Width of the face in space, so that a turned head does not narrow it. [px]"""

    def __post_init__(self) -> None:
        _check_width(self.face_width_px)


@dataclass(frozen=True)
class PatientBridge:
    """What is known of this patient from all photographs with a scale of their own."""

    face_width_mm: float
    photo_rel_sd: float
    """What is left of the single photographs' scale errors, relative."""
    common_rel_sd: float
    """What all photographs of the patient share, relative."""
    canthal_offset: CanthalOffset | None
    """Where the irises sit between the canthi, for the frame of photographs with closed eyes."""

    def scale_for(self, face_width_px: float) -> Scale:
        """Scale of any photograph of the same patient, from the width of its face [px].

        For a photograph without an iris it is the only scale. Used on ALL photographs of a set it
        also makes excursions sharper: the width is read better than the iris, and what is wrong
        with the lent width is wrong in every photograph alike.
        """
        _check_width(face_width_px)
        return Scale(
            self.face_width_mm / face_width_px,
            ScaleSource.SET_BRIDGE,
            WIDTH_READING_REL_SD,
            math.hypot(self.common_rel_sd, self.photo_rel_sd),
            "from the width of the face in the other photographs of this patient",
        )


def build_bridge(photos: Sequence[LendingPhoto]) -> PatientBridge | NoScale:
    """Learn the width of the patient's face from every photograph that has a scale.

    Where scales of several kinds are at hand, those with the smallest shared error are used
    alone (a ruler before the iris). Raises `MeasurementError` if a face has no frame.
    """
    known = [(photo, photo.scale) for photo in photos if isinstance(photo.scale, Scale)]
    if not known:
        return NoScale(
            "No photograph of the set has a scale: no iris is visible, "
            "and neither a ruler nor a distance was given."
        )
    common = min(scale.common_rel_sd for _, scale in known)
    best = [(photo, scale) for photo, scale in known if scale.common_rel_sd == common]
    lengths = np.array([scale.mm_per_px * photo.face_width_px for photo, scale in best])
    rel_sds = np.array([math.hypot(scale.photo_rel_sd, WIDTH_READING_REL_SD) for _, scale in best])
    weights = rel_sds**-2 / np.sum(rel_sds**-2)
    offsets = [offset for photo in photos if (offset := canthal_offset_of(photo.points)) is not None]
    return PatientBridge(
        face_width_mm=float(weights @ lengths),
        photo_rel_sd=float(np.sqrt(np.sum((weights * rel_sds) ** 2))),
        common_rel_sd=common,
        canthal_offset=_mean_offset(offsets),
    )


def _check_width(face_width_px: float) -> None:
    if not (math.isfinite(face_width_px) and face_width_px > 0):
        raise MeasurementError(f"The face is {face_width_px} px wide; the width must be positive and finite.")


def _mean_offset(offsets: Sequence[CanthalOffset]) -> CanthalOffset | None:
    if not offsets:
        return None
    return CanthalOffset(
        along=sum(o.along for o in offsets) / len(offsets),
        above=sum(o.above for o in offsets) / len(offsets),
        tilt_rad=sum(o.tilt_rad for o in offsets) / len(offsets),
    )
