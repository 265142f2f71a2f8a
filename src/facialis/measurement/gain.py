"""Undo what is left of a detector's pull toward symmetry, and say how far values scatter.

A detector reads ``left - right = gain x true + noise`` and ``(left + right) / 2 = true + offset +
noise``; gain, offset and noise were fitted where the truth is known, one row per measure and method.
The two lines are undone apart: an error of the gain cannot move the mean of both sides, nor an
offset the asymmetry.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from facialis.measurement.errors import MeasurementError
from facialis.measurement.noise import Noise
from facialis.measurement.points import Method
from facialis.measurement.raw import Key, RawMeasure, RawMeasures
from facialis.measurement.scale import IrisReading


@dataclass(frozen=True)
class GainRow:
    """One row of a gain table. Lengths in % of the outer intercanthal distance (degrees for angles)."""

    measure: str
    method: Method
    gain: float
    """Of left minus right (of the value itself for a midline measure)."""
    gain_sd: float
    """Spread of the gain between the sources it was fitted on."""
    offset: float
    """Of the mean of both sides; 0 for a midline measure, which a mirror would turn round."""
    asymmetry_sd: float
    """Scatter of the corrected left minus right (of the value of a midline measure)."""
    mean_sd: float
    """Scatter of the corrected mean of both sides; 0 for a midline measure."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.gain) and self.gain > 0):
            raise MeasurementError(
                f"The gain of '{self.measure}' ({self.method}) is {self.gain}; it must be positive. "
                "Fit the table again."
            )
        for sd in (self.gain_sd, self.asymmetry_sd, self.mean_sd):
            if not (math.isfinite(sd) and sd >= 0):
                raise MeasurementError(
                    f"A scatter of '{self.measure}' ({self.method}) is {sd}; it must be 0 or more."
                )


@dataclass(frozen=True)
class GainModel:
    """The gain table of one backend, as a correction and an error model."""

    rows: Mapping[tuple[str, Method], GainRow]
    iris: IrisReading = field(default_factory=IrisReading)

    def correct(self, raw: RawMeasures) -> RawMeasures:
        """Corrected values, same keys and units; values without a row stay as read."""
        return {key: self._corrected(key, measure, raw) for key, measure in raw.items()}

    def noise(self, raw: RawMeasure, table: RawMeasures) -> Noise | None:
        """Scatter of the corrected value of ``raw``; None where nothing was fitted."""
        row = self.rows.get((raw.name, raw.method))
        if row is None or raw.percent is None:
            return None
        if raw.side is None:
            return Noise(math.hypot(row.asymmetry_sd, row.gain_sd / row.gain * raw.percent / row.gain))
        other = table[raw.name, raw.side.opposite]
        difference = 0.0 if other.percent is None else (raw.percent - other.percent) / row.gain
        of_difference = math.hypot(row.asymmetry_sd, row.gain_sd / row.gain * difference)
        # value = mean +- difference / 2: both sides share the error of the mean, and half that of
        # the difference enters them with opposite signs.
        shared, opposed = row.mean_sd**2, of_difference**2 / 4
        total = shared + opposed
        return Noise(math.sqrt(total), (shared - opposed) / total if total > 0 else 0.0)

    def _corrected(self, key: Key, measure: RawMeasure, raw: RawMeasures) -> RawMeasure:
        row = self.rows.get((measure.name, measure.method))
        if row is None or measure.value is None:
            return measure
        if measure.side is None:
            return replace(measure, value=measure.value / row.gain)
        other = raw[measure.name, measure.side.opposite]
        offset = row.offset / 100 * measure.yardstick
        if other.value is None:
            return replace(measure, value=measure.value - offset)
        mean, half = (measure.value + other.value) / 2, (measure.value - other.value) / 2
        return replace(measure, value=mean - offset + half / row.gain)
