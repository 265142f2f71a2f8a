"""One face laid into its frame: what every measure is computed from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from facialis.anatomy.sides import Side
from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.frame import CanthalOffset, FaceFrame
from facialis.measurement.points import Array, FacePoints, SidePoints


@dataclass(frozen=True)
class FaceView:
    """A face and its frame. All coordinates that it gives are in the frame, in px."""

    points: FacePoints
    frame: FaceFrame

    @classmethod
    def of(cls, points: FacePoints, canthal_offset: CanthalOffset | None = None) -> "FaceView":
        """Lay the frame into ``points``; raises `MeasurementError` as `FaceFrame.from_points`."""
        return cls(points, FaceFrame.from_points(points, canthal_offset))

    @cached_property
    def sides(self) -> dict[Side, "SideView"]:
        """Both sides, each with x positive away from the midline."""
        return {side: SideView(self, side) for side in Side}

    def place(self, point_px: Array, what: str) -> tuple[float, float]:
        """A midline point as (x toward the patient's LEFT, y upward)."""
        return _finite(self.frame.to_frame(point_px), what)


@dataclass(frozen=True)
class SideView:
    """One side of a face, x positive AWAY from the midline: LEFT and RIGHT look the same here."""

    face: FaceView
    side: Side

    @property
    def points(self) -> SidePoints:
        """The points of this side, in the picture."""
        return self.face.points.side(self.side)

    def contour(self, contour_px: Array) -> Array:
        """(n, 2) a curve of this side in lateral coordinates."""
        return self.face.frame.to_lateral(np.asarray(contour_px, dtype=np.float64).reshape(-1, 2), self.side)

    def place(self, point_px: Array, what: str) -> tuple[float, float]:
        """A point of this side as (lateral x, y upward)."""
        return _finite(self.face.frame.to_lateral(point_px, self.side), what)

    def lip(self, name: str) -> Array:
        """(n, 2) a lip border from the OTHER commissure through the midline to this side's.

        Both halves together, because a mouth pulled to one side carries its own middle past
        the midline of the face.
        """
        opposite = self.face.points.side(self.side.opposite)
        whole = np.concatenate(
            [np.asarray(getattr(opposite, name))[::-1], np.asarray(getattr(self.points, name))]
        )
        return self.contour(whole)


def _finite(place: Array, what: str) -> tuple[float, float]:
    if not np.isfinite(place).all():
        raise NotMeasurableError(f"The {what} has no position. Mark it by hand.")
    return float(place[0]), float(place[1])
