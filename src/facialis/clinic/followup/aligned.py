"""Two photographs of one expression at the same scale, cut along the same eye line."""

from dataclasses import dataclass

import numpy as np

from facialis.clinic.measurements.queries import face_points, newest_points
from facialis.clinic.photographs.models import MirroredChoice, Photograph
from facialis.clinic.visits.models import Visit
from facialis.measurement.errors import MeasurementError
from facialis.measurement.frame import FaceFrame

CANTHI_MM = 88.0
"""Distance of the outer canthi on the page, in its own units: only one face beside itself is compared."""
SHOWN = (-82.0, -86.0, 164.0, 206.0)
"""Left, top, width, height of what is shown about the middle of the eye line, in the same units."""


@dataclass(frozen=True)
class AlignedPhoto:
    """A photograph laid into the frame of the face."""

    photograph: Photograph
    visit: Visit
    transform: str
    """SVG: from pixels of the stored picture to the page."""

    @property
    def is_mirrored(self) -> bool:
        """Whether the stored picture shows a mirror image; it is turned round here."""
        return self.photograph.mirrored == MirroredChoice.YES


def aligned_photo(photograph: Photograph, visit: Visit) -> AlignedPhoto | None:
    """Lay a measured photograph into the frame; None where it has no points.

    The patient's RIGHT is on screen-left, whether or not the stored picture is mirrored.
    """
    points = newest_points(photograph)
    if points is None:
        return None
    try:
        frame = FaceFrame.from_points(face_points(points))
    except MeasurementError:
        return None
    return AlignedPhoto(photograph, visit, _transform(frame, photograph))


def _transform(frame: FaceFrame, photograph: Photograph) -> str:
    scale = CANTHI_MM / frame.outer_canthal_px
    cos, sin = (float(value) for value in frame.x_axis)
    turn = scale * np.array([[cos, sin], [-sin, cos]])
    shift = -turn @ np.asarray(frame.origin_px[:2] + 0.5, dtype=float)
    if photograph.mirrored == MirroredChoice.YES:
        # The points are those of the picture turned round; so is the picture, before it is laid in.
        shift = shift + turn @ np.array([float(photograph.width_px), 0.0])
        turn = turn @ np.array([[-1.0, 0.0], [0.0, 1.0]])
    numbers = (turn[0, 0], turn[1, 0], turn[0, 1], turn[1, 1], shift[0], shift[1])
    return f"matrix({' '.join(f'{float(number):.6g}' for number in numbers)})"
