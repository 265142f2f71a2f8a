"""What a measure is: its name, its unit, and how it is read off a face."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from facialis.measurement.measures.view import FaceView, SideView
from facialis.measurement.points import Region


class MeasureKind(StrEnum):
    """What a value's number means, and so how it is scaled and signed."""

    HEIGHT = "height"
    """Along y, positive upward."""
    LATERAL = "lateral"
    """Along x; positive away from the midline, or toward the patient's LEFT if it has no side."""
    LENGTH = "length"
    """Never negative, no direction."""
    AREA = "area"
    ANGLE = "angle"

    @property
    def unit(self) -> str:
        """Unit of a value of this kind."""
        return {MeasureKind.AREA: "mm2", MeasureKind.ANGLE: "deg"}.get(self, "mm")

    @property
    def scale_power(self) -> int:
        """How often the scale (mm per px) multiplies a value read in pixels."""
        return {MeasureKind.AREA: 2, MeasureKind.ANGLE: 0}.get(self, 1)


@dataclass(frozen=True)
class SidedMeasure:
    """A measure that each side of the face has."""

    name: str
    kind: MeasureKind
    regions: tuple[Region, ...]
    """Points that it is read from; the first region decides the value's method."""
    definition: str
    read: Callable[[SideView], float]
    """Value in px, px2 or degrees, before `floor`; raises `NotMeasurableError`."""
    floor: float = -math.inf
    """Least value there is: lids or lips that touch may be read as crossing by part of a pixel."""
    turns_with_head: bool = False
    """Falsified by a turned head: needs the 3-D corrected points, or a frontal photograph."""
    refused_from_networks: str | None = None

    sided = True

    @property
    def unit(self) -> str:
        """Unit of the value."""
        return self.kind.unit


@dataclass(frozen=True)
class MidlineMeasure:
    """A measure of the whole face. Its sign turns over when the face is mirrored."""

    name: str
    kind: MeasureKind
    regions: tuple[Region, ...]
    definition: str
    read: Callable[[FaceView], float]
    floor: float = -math.inf
    turns_with_head: bool = False
    refused_from_networks: str | None = None
    """Why a landmark network's reading is not given; points placed by hand are."""

    sided = False

    @property
    def unit(self) -> str:
        """Unit of the value."""
        return self.kind.unit


MeasureDefinition = SidedMeasure | MidlineMeasure
