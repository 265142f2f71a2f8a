"""The face frame: the coordinate system of the patient's face in the picture.

x runs along the eye line toward the patient's LEFT, y upward, the origin lies half way
between the eyes, the midline is x = 0. Lengths stay in pixels.

The eye line has the mean direction of the line through the iris centres and the line through the
outer canthi, and passes half way between the irises. The two lines err independently, and their
mean scatters less than either; a palsied lid shifts one of them, never both. A glance sideways
moves both irises, and with them the midline, by about 2 mm for 10 degrees; a glance upward lowers
every height alike. Left minus right is hardly touched. `FaceFrame.gaze_offset` says how far the
irises sit from where the canthi would put them, so that a caller can warn.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from facialis.anatomy.sides import Side, lateral_sign
from facialis.measurement.errors import MeasurementError
from facialis.measurement.points import Array, FacePoints

MIN_EYE_DISTANCE_PX = 1e-6
"""Two eyes nearer than this are one point: no direction can be taken from them."""


class EyeLine(StrEnum):
    """Which points the eye line was laid through."""

    IRISES = "irises"
    """Both eyes are open: through the middle of the irises, level with irises and outer canthi."""
    OUTER_CANTHI = "outer_canthi"
    """An eye is closed, and no other photograph of this patient helps."""
    BRIDGED = "bridged"
    """An eye is closed: outer canthi, corrected by where the patient's irises sit between them."""


@dataclass(frozen=True)
class CanthalOffset:
    """Where this patient's iris line lies relative to the line through the outer canthi.

    Taken from photographs with open eyes and used on those with closed eyes, so that heights
    of both kinds can be compared. Fractions of the outer intercanthal distance.
    """

    along: float
    """Iris midpoint minus canthal midpoint, toward the patient's LEFT."""
    above: float
    """The same, upward."""
    tilt_rad: float
    """Turn from the canthal line to the eye line, positive when the LEFT iris is higher."""


@dataclass(frozen=True)
class FaceFrame:
    """Origin and axes of one face in its picture."""

    origin_px: Array
    """(2,) image point half way between the eyes."""
    x_axis: Array
    """(2,) unit vector in the image, toward the patient's LEFT."""
    outer_canthal_px: float
    """Distance between the two lateral canthi: the yardstick of every ratio. [px]"""
    eye_line: EyeLine
    gaze_offset: tuple[float, float] | None
    """Irises minus canthal midpoints, (toward LEFT, upward), in % of the outer intercanthal
    distance; None when an eye is closed. Zero is not exactly straight gaze, but near it."""

    @classmethod
    def from_points(cls, points: FacePoints, canthal_offset: CanthalOffset | None = None) -> "FaceFrame":
        """Lay the frame into a face.

        Parameters
        ----------
        points : FacePoints
            Named points. [px]
        canthal_offset : CanthalOffset, optional
            From the patient's photographs with open eyes; used only when an eye is closed.

        Raises
        ------
        MeasurementError
            If the eyes or the outer canthi coincide or are not finite.
        """
        left, right = points.left, points.right
        canthal_axis, outer_canthal_px = _direction(right.lateral_canthus, left.lateral_canthus)
        if left.iris_centre is not None and right.iris_centre is not None:
            axis = _eye_line(canthal_axis, right.iris_centre, left.iris_centre)
            origin = (left.iris_centre + right.iris_centre) / 2
            canthi = (
                left.lateral_canthus + left.medial_canthus + right.lateral_canthus + right.medial_canthus
            ) / 4
            shift = (origin - canthi) / outer_canthal_px * 100
            gaze = (float(shift @ axis), float(shift @ _up(axis)))
            return cls(origin, axis, outer_canthal_px, EyeLine.IRISES, gaze)
        middle = (left.lateral_canthus + right.lateral_canthus) / 2
        if canthal_offset is None:
            return cls(middle, canthal_axis, outer_canthal_px, EyeLine.OUTER_CANTHI, None)
        up = _up(canthal_axis)
        axis = np.cos(canthal_offset.tilt_rad) * canthal_axis + np.sin(canthal_offset.tilt_rad) * up
        origin = middle + outer_canthal_px * (canthal_offset.along * canthal_axis + canthal_offset.above * up)
        return cls(origin, axis, outer_canthal_px, EyeLine.BRIDGED, None)

    def to_frame(self, points_px: Array) -> Array:
        """Image points (..., 2) in the face frame: x toward the patient's LEFT, y up, in px."""
        shifted = np.asarray(points_px, dtype=np.float64)[..., :2] - self.origin_px
        # A point without a position stays without one, and is refused by the measure that needs it.
        with np.errstate(invalid="ignore"):
            return np.stack([shifted @ self.x_axis, shifted @ _up(self.x_axis)], axis=-1)

    def to_lateral(self, points_px: Array, side: Side) -> Array:
        """As `to_frame`, but x positive away from the midline on ``side``, in px."""
        framed = self.to_frame(points_px)
        framed[..., 0] *= lateral_sign(side)
        return framed

    def to_mm(self, points_px: Array, mm_per_px: float) -> Array:
        """Image points (..., 2) in the face frame, in mm."""
        return self.to_frame(points_px) * mm_per_px

    def to_image(self, framed_px: Array) -> Array:
        """Inverse of `to_frame`: where to draw a point of the face frame, in px."""
        framed = np.asarray(framed_px, dtype=np.float64)
        return self.origin_px + framed[..., :1] * self.x_axis + framed[..., 1:2] * _up(self.x_axis)


def canthal_offset_of(points: FacePoints) -> CanthalOffset | None:
    """Where the iris line lies in this face; None when an eye is closed."""
    left, right = points.left, points.right
    if left.iris_centre is None or right.iris_centre is None:
        return None
    canthal_axis, length = _direction(right.lateral_canthus, left.lateral_canthus)
    axis = _eye_line(canthal_axis, right.iris_centre, left.iris_centre)
    shift = (left.iris_centre + right.iris_centre - left.lateral_canthus - right.lateral_canthus) / (
        2 * length
    )
    up = _up(canthal_axis)
    return CanthalOffset(
        along=float(shift @ canthal_axis),
        above=float(shift @ up),
        tilt_rad=float(np.arctan2(axis @ up, axis @ canthal_axis)),
    )


def _eye_line(canthal_axis: Array, right_iris: Array, left_iris: Array) -> Array:
    """(2,) unit vector half way between the canthal line and the iris line."""
    iris_axis, _ = _direction(right_iris, left_iris)
    halfway, _ = _direction(np.zeros(2), canthal_axis + iris_axis)
    return halfway


def _up(axis: Array) -> Array:
    # Image y grows downward: up in the face is a quarter turn against the image's y axis.
    return np.array([axis[1], -axis[0]])


def _direction(start: Array, end: Array) -> tuple[Array, float]:
    step = np.asarray(end, dtype=np.float64) - np.asarray(start, dtype=np.float64)
    length = float(np.hypot(step[0], step[1]))
    if not MIN_EYE_DISTANCE_PX < length < np.inf:
        raise MeasurementError(
            f"The two eyes are {length} px apart; a direction needs two finite, separate points. "
            "Mark the irises or the outer canthi by hand."
        )
    return step / length, length
