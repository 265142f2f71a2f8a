"""Contours, eye line and midline over a photograph, and the part of the picture that shows the face.

Everything is in pixels of the stored picture with the centre of its first pixel at (0, 0), as measures
are; a mirrored picture is drawn turned round, so that the patient's RIGHT is always on screen-left.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from facialis.anatomy.sides import Side
from facialis.measurement.frame import CanthalOffset, FaceFrame, canthal_offset_of
from facialis.measurement.points import Array, FacePoints
from facialis.vision.backends.manual_points import CONTOURS

ROOM_ABOVE, ROOM_BELOW, ROOM_BESIDE = 0.55, 0.22, 1.0
"""Around brows, chin and midline, in outer intercanthal distances."""


@dataclass(frozen=True)
class Box:
    """A part of the picture. [px]"""

    x: float
    y: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        """As SVG writes it."""
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"


@dataclass(frozen=True)
class FaceDrawing:
    """All that is drawn over one photograph."""

    picture: Box
    """The whole picture, half a pixel beyond the centres of its outermost pixels."""
    face: Box
    """The part that is shown first."""
    unit: float
    """A hundredth of the distance between the outer canthi: letters and dots grow with the face. [px]"""
    contours: tuple[str, ...]
    """Path data."""
    axes: tuple[str, ...]
    """Eye line and midline, path data."""
    dots: tuple[tuple[float, float], ...]
    """Single points."""


def mean_offset(faces: Sequence[FacePoints]) -> CanthalOffset | None:
    """Where a patient's irises sit between the canthi, from the photographs with open eyes."""
    found = [offset for face in faces if (offset := canthal_offset_of(face)) is not None]
    if not found:
        return None
    return CanthalOffset(
        along=float(np.mean([one.along for one in found])),
        above=float(np.mean([one.above for one in found])),
        tilt_rad=float(np.mean([one.tilt_rad for one in found])),
    )


def face_drawing(
    points: FacePoints, width_px: int, height_px: int, offset: CanthalOffset | None
) -> FaceDrawing:
    """What is drawn over a photograph.

    Parameters
    ----------
    points : FacePoints
    width_px, height_px     Of the stored picture.
    offset : CanthalOffset  From the patient's photographs with open eyes, for one with closed eyes.
    """
    frame = FaceFrame.from_points(points, offset)
    contours: list[str] = []
    dots: list[tuple[float, float]] = []
    for side in (points.right, points.left):
        contours += [line_path(getattr(side, name)) for name in sorted(CONTOURS)]
        if side.iris_centre is not None and side.iris_diameter is not None:
            contours.append(_circle(side.iris_centre, side.iris_diameter / 2))
            dots.append(_pair(side.iris_centre))
        dots += [_pair(p) for p in (side.medial_canthus, side.lateral_canthus, side.ala, side.commissure)]
    dots += [_pair(p) for p in (points.subnasale, points.philtrum, points.chin)]
    whole = Box(-0.5, -0.5, width_px, height_px)
    return FaceDrawing(
        whole,
        _face_box(points, frame, whole),
        frame.outer_canthal_px / 100,
        tuple(contours),
        _axes(points, frame),
        tuple(dots),
    )


def line_path(contour: Array) -> str:
    """Path data of a line through points, to a tenth of a pixel."""
    steps = " ".join(f"{x:.1f} {y:.1f}" for x, y in np.asarray(contour, dtype=np.float64)[:, :2])
    return f"M{steps}"


def _circle(centre: Array, radius: float) -> str:
    x, y = _pair(centre)
    r = f"{radius:.1f}"
    return f"M{x - radius:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * radius:.1f} 0a{r} {r} 0 1 0 {-2 * radius:.1f} 0"


def _axes(points: FacePoints, frame: FaceFrame) -> tuple[str, str]:
    reach = 0.78 * frame.outer_canthal_px
    brows = np.concatenate([points.side(side).brow for side in Side])
    top = float(frame.to_frame(brows)[:, 1].max()) + 0.14 * frame.outer_canthal_px
    foot = float(frame.to_frame(points.chin)[1]) - 0.1 * frame.outer_canthal_px
    eye_line = frame.to_image(np.array([[-reach, 0.0], [reach, 0.0]]))
    midline = frame.to_image(np.array([[0.0, top], [0.0, foot]]))
    return line_path(eye_line), line_path(midline)


def _face_box(points: FacePoints, frame: FaceFrame, whole: Box) -> Box:
    """The face with some room, within the picture."""
    length = frame.outer_canthal_px
    top = min(float(side.brow[:, 1].min()) for side in (points.left, points.right)) - ROOM_ABOVE * length
    foot = float(points.chin[1]) + ROOM_BELOW * length
    middle = float(frame.origin_px[0] + points.chin[0]) / 2
    left, right = middle - ROOM_BESIDE * length, middle + ROOM_BESIDE * length
    left, top = max(left, whole.x), max(top, whole.y)
    right, foot = min(right, whole.x + whole.width), min(foot, whole.y + whole.height)
    return Box(left, top, right - left, foot - top)


def _pair(point: Array) -> tuple[float, float]:
    return round(float(point[0]), 1), round(float(point[1]), 1)
