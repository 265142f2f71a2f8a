"""What the photographs of one patient lend each other: the distance between the outer canthi.

Closed eyes show no iris, so such a photograph has neither a scale nor an eye line of its own.
Both are lent by the patient's photographs with open eyes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from facialis.measurement.frame import CanthalOffset, FaceFrame, canthal_offset_of
from facialis.measurement.points import FacePoints, HeadPose
from facialis.measurement.scale import NoScale, Scale, ScaleSource

CANTHI_READING_REL_SD = 0.007
"""Sd of the outer canthal distance read in one photograph: about 0.6 of 90 mm."""
CANTHI_CLOSURE_REL_SD = 0.012
"""Further sd when an eye is closed: orbicularis draws the outer canthi inward by about 1 of 90 mm."""


@dataclass(frozen=True)
class LendingPhoto:
    """A photograph that may have an iris scale, as the bridge needs it."""

    points: FacePoints
    scale: Scale | NoScale
    pose: HeadPose | None = None


@dataclass(frozen=True)
class PatientBridge:
    """What is known of this patient from all photographs with a scale of their own."""

    outer_canthal_mm: float
    photo_rel_sd: float
    """What is left of the single photographs' scale errors, relative."""
    common_rel_sd: float
    """What all photographs of the patient share, relative."""
    canthal_offset: CanthalOffset | None
    """Where the irises sit between the canthi, for the frame of photographs with closed eyes."""

    def scale_for(self, points: FacePoints, pose: HeadPose | None = None) -> Scale:
        """Scale of any photograph of the same patient, from its outer canthi.

        For a photograph without an iris it is the only scale. Used on ALL photographs of a set it
        also makes excursions sharper: the canthi are read better than the iris, and what is wrong
        with the lent distance is wrong in every photograph alike.
        """
        closed = points.left.iris_centre is None or points.right.iris_centre is None
        reading = math.hypot(CANTHI_READING_REL_SD, CANTHI_CLOSURE_REL_SD if closed else 0.0)
        return Scale(
            self.outer_canthal_mm / _outer_canthal_px(points, pose),
            ScaleSource.SET_BRIDGE,
            reading,
            math.hypot(self.common_rel_sd, self.photo_rel_sd),
            "from the outer canthal distance in the other photographs of this patient",
        )


def build_bridge(photos: Sequence[LendingPhoto]) -> PatientBridge | NoScale:
    """Learn the patient's outer canthal distance from every photograph that has a scale.

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
    lengths = np.array(
        [scale.mm_per_px * _outer_canthal_px(photo.points, photo.pose) for photo, scale in best]
    )
    rel_sds = np.array([math.hypot(scale.photo_rel_sd, CANTHI_READING_REL_SD) for _, scale in best])
    weights = rel_sds**-2 / np.sum(rel_sds**-2)
    offsets = [offset for photo in photos if (offset := canthal_offset_of(photo.points)) is not None]
    return PatientBridge(
        outer_canthal_mm=float(weights @ lengths),
        photo_rel_sd=float(np.sqrt(np.sum((weights * rel_sds) ** 2))),
        common_rel_sd=common,
        canthal_offset=_mean_offset(offsets),
    )


def _outer_canthal_px(points: FacePoints, pose: HeadPose | None) -> float:
    foreshortening = 1.0 if pose is None else math.cos(math.radians(pose.yaw_deg))
    return FaceFrame.from_points(points).outer_canthal_px / foreshortening


def _mean_offset(offsets: Sequence[CanthalOffset]) -> CanthalOffset | None:
    if not offsets:
        return None
    return CanthalOffset(
        along=sum(o.along for o in offsets) / len(offsets),
        above=sum(o.above for o in offsets) / len(offsets),
        tilt_rad=sum(o.tilt_rad for o in offsets) / len(offsets),
    )
