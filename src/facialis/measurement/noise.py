"""How far a value read off a photograph scatters about the truth."""

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from facialis.anatomy.sides import Side
from facialis.measurement.errors import MeasurementError, NotMeasurableError
from facialis.measurement.frame import CanthalOffset
from facialis.measurement.measures import MEASURES, FaceView
from facialis.measurement.points import Array, FacePoints, SidePoints
from facialis.measurement.raw import Key, RawMeasure, RawMeasures, read_value

DIFFERENCE_STEP_PX = 1e-3
"""Step of the central differences: far below the spacing of contour points, far above rounding."""

COORDINATES_STIRRED_APART = 8
"""Contours are halved down to so many coordinates before each is differentiated by itself."""


@dataclass(frozen=True)
class Noise:
    """Scatter of one value after correction."""

    sd_percent: float
    """In % of the outer intercanthal distance (of its square for areas; degrees for angles)."""
    side_correlation: float = 0.0
    """Correlation of the error with that of the other side: what both share cancels in left minus right."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.sd_percent) and self.sd_percent >= 0):
            raise MeasurementError(f"A noise sd is {self.sd_percent}; it must be 0 or more and finite.")
        if not -1 <= self.side_correlation <= 1:
            raise MeasurementError(f"A correlation is {self.side_correlation}; it must lie within -1 and 1.")


class ErrorModel(Protocol):
    """Fitted scatter of a backend, per measure and method."""

    def noise(self, raw: RawMeasure, table: RawMeasures) -> Noise | None:
        """Scatter of the corrected value of ``raw``, one of ``table``; None where nothing was fitted."""
        ...


@dataclass(frozen=True)
class PointNoise:
    """Independent scatter of every point, for points without a fitted error model (marked by hand, exact)."""

    sd_px: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.sd_px) and self.sd_px >= 0):
            raise MeasurementError(f"The points' sd is {self.sd_px} px; it must be 0 or more and finite.")


def propagate_point_noise(
    points: FacePoints,
    point_noise: PointNoise,
    keys: Iterable[Key],
    canthal_offset: CanthalOffset | None = None,
) -> dict[Key, Noise]:
    """First-order scatter of measures under `PointNoise`, the scatter of the frame included.

    Parameters
    ----------
    points : FacePoints
        The points that are measured. [px]
    keys : iterable of (name, side)
        Which measures; those that cannot be read are left out.
    canthal_offset : CanthalOffset, optional
        As given to the frame.
    """
    face = FaceView.of(points, canthal_offset)
    readable = [key for key in _with_other_sides(keys) if _value(face, key) is not None]
    places = _places(points)
    gradient = np.zeros((len(readable), sum(size for *_, size in places)))

    def differentiate(place: _Place, offset: int, start: int, end: int, rows: list[int]) -> None:
        """Fill the gradient for coordinates ``start`` to ``end`` of one contour or point."""

        def values_with(step: Array) -> list[float | None]:
            view = FaceView.of(_moved(points, place, step), canthal_offset)
            return [_value(view, readable[row]) for row in rows]

        # Most measures do not look at most points: stir many at once, and differentiate only what moved.
        stir = np.zeros(place.size)
        stir[start:end] = DIFFERENCE_STEP_PX * (1 + np.arange(end - start) % 3)
        rows = [row for row, value in zip(rows, values_with(stir), strict=True) if value != before[row]]
        if rows and end - start > COORDINATES_STIRRED_APART:
            middle = (start + end) // 2
            differentiate(place, offset, start, middle, rows)
            differentiate(place, offset, middle, end, rows)
            return
        for index in range(start, end) if rows else ():
            step = np.zeros(place.size)
            step[index] = DIFFERENCE_STEP_PX
            for row, low, high in zip(rows, values_with(-step), values_with(step), strict=True):
                if low is not None and high is not None:
                    gradient[row, offset + index] = (high - low) / (2 * DIFFERENCE_STEP_PX)

    before = [_value(face, key) for key in readable]
    offset = 0
    for place in places:
        differentiate(place, offset, 0, place.size, list(range(len(readable))))
        offset += place.size
    return _noise_of(readable, gradient, point_noise, face)


def _noise_of(
    readable: list[Key], gradient: Array, point_noise: PointNoise, face: FaceView
) -> dict[Key, Noise]:
    rows = {key: gradient[number] for number, key in enumerate(readable)}
    result: dict[Key, Noise] = {}
    for (name, side), row in rows.items():
        power = MEASURES[name].kind.scale_power
        yardstick = face.frame.outer_canthal_px**power if power else 100.0
        length = float(np.linalg.norm(row))
        other = rows.get((name, side.opposite)) if side is not None else None
        product = 0.0 if other is None else length * float(np.linalg.norm(other))
        correlation = 0.0 if other is None or product == 0 else float(row @ other) / product
        result[name, side] = Noise(
            length * point_noise.sd_px / yardstick * 100, min(max(correlation, -1.0), 1.0)
        )
    return result


def _with_other_sides(keys: Iterable[Key]) -> list[Key]:
    wanted: dict[Key, None] = {}
    for name, side in keys:
        wanted[name, side] = None
        if side is not None:
            wanted[name, side.opposite] = None
    return list(wanted)


def _value(face: FaceView, key: Key) -> float | None:
    name, side = key
    try:
        return read_value(MEASURES[name], face, side)
    except NotMeasurableError:
        return None


_SIDE_ARRAYS = tuple(
    field.name for field in dataclasses.fields(SidePoints) if field.name not in ("iris_diameter", "methods")
)
_MIDLINE_ARRAYS = ("nasion", "nose_tip", "subnasale", "philtrum", "chin")


class _Place(NamedTuple):
    """One contour or point of a face, and how many coordinates it has."""

    side: Side | None
    name: str
    size: int


def _places(points: FacePoints) -> list[_Place]:
    of_sides = [(side, name, getattr(points.side(side), name)) for side in Side for name in _SIDE_ARRAYS]
    middle = [(None, name, getattr(points, name)) for name in _MIDLINE_ARRAYS]
    return [
        _Place(side, name, np.asarray(array).size)
        for side, name, array in (*of_sides, *middle)
        if array is not None
    ]


def _moved(points: FacePoints, place: _Place, step: Array) -> FacePoints:
    """The face with one contour or point moved by ``step``."""
    holder = points if place.side is None else points.side(place.side)
    array = np.asarray(getattr(holder, place.name), dtype=np.float64)
    # `Any`: the field names come from the dataclass itself, which no type can express.
    change: dict[str, Any] = {place.name: array + step.reshape(array.shape)}
    if place.side is None:
        return dataclasses.replace(points, **change)
    sides: dict[str, Any] = {place.side.value: dataclasses.replace(points.side(place.side), **change)}
    return dataclasses.replace(points, **sides)
