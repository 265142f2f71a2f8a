"""Measures of parametric faces, without the slow propagation of point noise."""

from __future__ import annotations

from dataclasses import dataclass

from facialis.measurement.measure import Measure
from facialis.measurement.noise import Noise, PointNoise
from facialis.measurement.photo import measure_photo
from facialis.measurement.points import FacePoints
from facialis.measurement.raw import RawMeasure, RawMeasures
from facialis.measurement.scale import NoScale, Scale, scale_from_iris
from tests.factories.faces import Camera, FaceShape, make_face


@dataclass(frozen=True)
class SameNoise:
    """An error model that knows every measure, and the same of each."""

    sd_percent: float = 0.4
    side_correlation: float = 0.0

    def noise(self, raw: RawMeasure, table: RawMeasures) -> Noise:
        """The same for all."""
        return Noise(self.sd_percent, self.side_correlation)


def measure_points(
    points: FacePoints,
    *,
    scale: Scale | NoScale | None = None,
    error_model: SameNoise | None = None,
    **options: object,
) -> tuple[Measure, ...]:
    """Measure points with the iris scale and one noise for all, unless told otherwise."""
    return measure_photo(
        points,
        scale=scale or scale_from_iris(points),
        point_noise=PointNoise(1.0),
        error_model=error_model or SameNoise(),
        **options,
    )


def measure_shape(shape: FaceShape, camera: Camera | None = None, **options: object) -> tuple[Measure, ...]:
    """Measure a parametric face."""
    return measure_points(make_face(shape, camera), **options)
