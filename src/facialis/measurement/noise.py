"""How far a value read off a photograph scatters about the truth."""

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from facialis.anatomy.sides import Side
from facialis.measurement.errors import MeasurementError, NotMeasurableError
from facialis.measurement.frame import CanthalOffset
from facialis.measurement.measures import MEASURES, FaceView
from facialis.measurement.points import Array, FacePoints, SidePoints
from facialis.measurement.raw import Key, RawMeasure, RawMeasures, read_value

DIFFERENCE_STEP_PX = 1e-3
"""Step of the central differences: far below the spacing of contour points, far above rounding."""


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
    arrays = _arrays(points)
    starts = np.cumsum([0, *(array.size for array in arrays)])
    flat = np.concatenate([array.ravel() for array in arrays])
    gradient = np.zeros((len(readable), flat.size))

    def values_with(moved: Array, rows: list[int]) -> list[float | None]:
        view = FaceView.of(_rebuild(points, moved), canthal_offset)
        return [_value(view, readable[row]) for row in rows]

    before = values_with(flat, list(range(len(readable))))
    for start, end in pairwise(starts):
        # Most measures do not look at most points: stir a whole contour once, then differentiate
        # only what moved.
        stirred = flat.copy()
        stirred[start:end] += DIFFERENCE_STEP_PX * (1 + np.arange(end - start) % 3)
        after = values_with(stirred, list(range(len(readable))))
        touched = [row for row, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
        for index in range(start, end) if touched else ():
            sides = []
            for step in (-DIFFERENCE_STEP_PX, DIFFERENCE_STEP_PX):
                moved = flat.copy()
                moved[index] += step
                sides.append(values_with(moved, touched))
            for row, low, high in zip(touched, *sides, strict=True):
                if low is not None and high is not None:
                    gradient[row, index] = (high - low) / (2 * DIFFERENCE_STEP_PX)
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


def _arrays(points: FacePoints) -> list[Array]:
    of_sides = [getattr(points.side(side), name) for side in Side for name in _SIDE_ARRAYS]
    every = (*of_sides, *(getattr(points, name) for name in _MIDLINE_ARRAYS))
    return [np.asarray(array, dtype=np.float64) for array in every if array is not None]


def _rebuild(points: FacePoints, flat: Array) -> FacePoints:
    position = 0

    def take(array: Array | None) -> Array | None:
        nonlocal position
        if array is None:
            return None
        shape = np.shape(array)
        size = int(np.prod(shape))
        taken = flat[position : position + size].reshape(shape)
        position += size
        return taken

    # `Any`: the field names come from the dataclass itself, which no type can express.
    sides: dict[str, Any] = {}
    for side in Side:
        of_side = points.side(side)
        changes: dict[str, Any] = {name: take(getattr(of_side, name)) for name in _SIDE_ARRAYS}
        sides[side.value] = dataclasses.replace(of_side, **changes)
    middle: dict[str, Any] = {name: take(getattr(points, name)) for name in _MIDLINE_ARRAYS}
    return dataclasses.replace(points, **sides, **middle)
