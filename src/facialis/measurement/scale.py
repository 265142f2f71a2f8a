"""Millimetres per pixel, and how sure we are of them.

An error of the scale has two parts that must be kept apart. What goes wrong in one photograph
(a blurred iris edge) differs from photo to photo. What goes wrong with the patient (an iris
of 12.3 mm instead of 11.7) is the same in all photographs of this patient: it stretches
every value alike, so a change between two photographs carries it only in proportion to the
change itself, and a ratio not at all.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.evidence import CitedTable, CitedValue, load_values
from facialis.measurement.errors import MeasurementError
from facialis.measurement.points import FacePoints

IRIS_READING_REL_SD = 0.02
"""Default sd of one eye's iris diameter in one photograph, as a fraction: about one pixel at the
50 px iris of a portrait. A caller with a fitted figure passes its own."""

IRIS_DISAGREEMENT_REL = 0.12
"""Two irises of one person differ by about 1 %. Beyond this the smaller is taken for cut short by a
lid or by gaze (nothing makes an iris look wider), and the larger one stands alone."""


class ScaleSource(StrEnum):
    """Where the millimetres come from."""

    IRIS = "iris"
    RULER = "ruler"
    DISTANCE = "distance"
    SET_BRIDGE = "set_bridge"


@dataclass(frozen=True)
class Scale:
    """Millimetres per pixel in the plane of the face."""

    mm_per_px: float
    source: ScaleSource
    photo_rel_sd: float
    """Part of the relative sd that belongs to this photograph alone."""
    common_rel_sd: float
    """Part that all photographs of this patient share (iris size between people)."""
    note: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mm_per_px) and self.mm_per_px > 0):
            raise MeasurementError(
                f"The scale is {self.mm_per_px} mm per px; it must be positive and finite."
            )
        for part in (self.photo_rel_sd, self.common_rel_sd):
            if not (math.isfinite(part) and part >= 0):
                raise MeasurementError(f"The scale's relative sd is {part}; it must be 0 or more and finite.")

    @property
    def rel_sd(self) -> float:
        """Relative standard deviation, both parts together."""
        return math.hypot(self.photo_rel_sd, self.common_rel_sd)

    @property
    def mm_per_px_sd(self) -> float:
        """Standard deviation of `mm_per_px`, in mm per px."""
        return self.mm_per_px * self.rel_sd


@dataclass(frozen=True)
class NoScale:
    """There are no millimetres in this photograph; ratios are still given."""

    reason: str


@dataclass(frozen=True)
class IrisReading:
    """How a detector reads irises, fitted where their size is known."""

    gain: float = 1.0
    """Diameter as read over the true one."""
    rel_sd: float = 0.0
    """How far that differs from person to person; the same in all photographs of one."""


def iris_norm() -> CitedValue:
    """The iris diameter the software uses, in mm."""
    return _norms().preferred("iris_diameter")


def scale_from_iris(
    points: FacePoints,
    *,
    iris: CitedValue | None = None,
    reading_rel_sd: float = IRIS_READING_REL_SD,
    detector: IrisReading | None = None,
) -> Scale | NoScale:
    """Scale from the horizontal diameter of the irises.

    Parameters
    ----------
    points : FacePoints
        Of an unmirrored photograph. [px]
    iris : CitedValue, optional
        Diameter and between-people sd [mm]; the preferred row of the norms table if omitted.
    reading_rel_sd : float
        Sd of one diameter read in one photograph, as a fraction of it.
    detector : IrisReading, optional
        How the detector that read the irises is known to misread them.

    Returns
    -------
    Scale | NoScale
        Mean of both eyes, its sd no smaller than half their difference; the one eye that is
        open; or the reason why there is none.
    """
    norm = iris or iris_norm()
    eyes = [points.left, points.right]
    diameters = sorted(
        eye.iris_diameter
        for eye in eyes
        if eye.iris_centre is not None and eye.iris_diameter is not None and 0 < eye.iris_diameter < math.inf
    )
    if not diameters:
        return NoScale("No iris is visible (both eyes closed), so there is no scale from the iris.")
    note = ""
    if len(diameters) == 1:
        mean, photo = diameters[0], reading_rel_sd
        note = "from one eye"
    else:
        mean = sum(diameters) / 2
        half_difference = (diameters[1] - diameters[0]) / 2 / mean
        photo = max(reading_rel_sd / math.sqrt(2), half_difference)
        if 2 * half_difference > IRIS_DISAGREEMENT_REL:
            mean, photo = diameters[1], reading_rel_sd
            note = "from the larger iris; the other one is cut short"
    detector = detector or IrisReading()
    between_people = 0.0 if norm.sd is None else norm.sd / norm.number
    common = math.hypot(between_people, detector.rel_sd)
    return Scale(norm.number / (mean / detector.gain), ScaleSource.IRIS, photo, common, note)


def scale_from_ruler(
    length_mm: float, length_px: float, *, length_mm_sd: float = 0.5, length_px_sd: float = 1.0
) -> Scale:
    """Scale from a ruler held in the plane of the face.

    The default sds are half a division of a millimetre rule and one pixel. Raises
    `MeasurementError` when a length is not positive.
    """
    _positive(length_mm, "The ruler's length", "mm")
    _positive(length_px, "The ruler's length in the picture", "px")
    return Scale(
        length_mm / length_px,
        ScaleSource.RULER,
        math.hypot(length_mm_sd / length_mm, length_px_sd / length_px),
        0.0,
    )


def scale_from_distance(
    distance_mm: float,
    focal_length_px: float,
    *,
    distance_mm_sd: float = 20.0,
    focal_length_rel_sd: float = 0.01,
) -> Scale:
    """Scale from a known distance between camera and face, and the focal length in pixels.

    The default sd of the distance is the depth of a face about the plane that was measured to.
    Raises `MeasurementError` when a number is not positive.
    """
    _positive(distance_mm, "The camera's distance", "mm")
    _positive(focal_length_px, "The focal length", "px")
    photo = math.hypot(distance_mm_sd / distance_mm, focal_length_rel_sd)
    return Scale(distance_mm / focal_length_px, ScaleSource.DISTANCE, photo, 0.0)


def _positive(number: float, what: str, unit: str) -> None:
    if not (math.isfinite(number) and number > 0):
        raise MeasurementError(f"{what} is {number} {unit}; it must be a positive number. Measure it again.")


@cache
def _norms() -> CitedTable:
    return load_values("facialis.measurement.tables", "norms")
