"""One measured value: signed, with its unit, its uncertainty, and its reason when there is none."""

import math
from dataclasses import dataclass

from facialis.anatomy.sides import Side
from facialis.measurement.errors import MeasurementError
from facialis.measurement.points import Method


@dataclass(frozen=True)
class SdParts:
    """Where a value's standard deviation comes from, so that differences can be judged rightly."""

    noise: float
    """Scatter of the reading. [unit of the value]"""
    photo_rel: float
    """Relative sd from the scale of this photograph alone."""
    common_rel: float
    """Relative sd from the scale that all photographs of the patient share."""
    side_correlation: float = 0.0
    """Correlation of the reading's error with that of the other side."""

    def total(self, value: float) -> float:
        """Standard deviation of ``value``, first order."""
        return math.hypot(self.noise, value * self.photo_rel, value * self.common_rel)


@dataclass(frozen=True)
class Measure:
    """A value of one photograph. Either `value` or `reason` is None, never both, never neither."""

    name: str
    side: Side | None
    value: float | None
    sd: float | None
    unit: str
    raw: float | None
    """The value before the gain correction, same unit."""
    method: Method
    reason: str | None = None
    ratio: float | None = None
    """Value in % of the outer intercanthal distance (of its square for areas; None for angles).
    Given even where there is no scale."""
    ratio_sd: float | None = None
    """Scatter of the reading alone. How far off the outer intercanthal distance itself is read (by about
    2 %) is not in it: that stretches all ratios of a photograph alike."""
    parts: SdParts | None = None

    def __post_init__(self) -> None:
        where = f"'{self.name}'" + (f" of the {self.side.label} side" if self.side else "")
        numbers = (self.value, self.sd, self.raw, self.ratio, self.ratio_sd)
        if not all(number is None or math.isfinite(number) for number in numbers):
            raise MeasurementError(f"{where} holds {numbers}; a missing value is None with a reason.")
        if (self.value is None) == (self.reason is None):
            raise MeasurementError(
                f"{where} has value {self.value} and reason {self.reason!r}; exactly one is needed."
            )
        if self.value is not None and (self.sd is None or self.sd < 0 or self.parts is None):
            raise MeasurementError(
                f"{where} has sd {self.sd}; every value has an sd of 0 or more, and its parts."
            )
        if (self.ratio is None) != (self.ratio_sd is None):
            raise MeasurementError(f"{where} has ratio {self.ratio} with sd {self.ratio_sd}; both or none.")
