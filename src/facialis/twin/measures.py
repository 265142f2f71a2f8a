"""Measures of a twin: the code that measures photographs, on points that are exact."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import Expression
from facialis.measurement.frame import CanthalOffset, canthal_offset_of
from facialis.measurement.measure import Measure
from facialis.measurement.noise import Noise, PointNoise
from facialis.measurement.photo import measure_photo
from facialis.measurement.points import FacePoints
from facialis.measurement.raw import RawMeasure, RawMeasures
from facialis.measurement.scale import Scale, ScaleSource
from facialis.twin.face.named_points import named_points

EXACT_SCALE = Scale(1.0, ScaleSource.RULER, 0.0, 0.0, "a twin is made in millimetres")

Photographs = list[tuple[Expression, tuple[Measure, ...]]]
"""As `measurement.measure_set` and `grading.suggest` take them."""


class Exactly:
    """An error model without error: what a twin shows is what it is."""

    def noise(self, raw: RawMeasure, table: RawMeasures) -> Noise | None:
        """No scatter for any value."""
        del raw, table
        return Noise(0.0)


def measure_faces(meshes_mm: Mapping[Expression, Float[np.ndarray, "478 3"]]) -> Photographs:
    """Measure the faces of one twin on one day, as a set of photographs.

    Parameters
    ----------
    meshes_mm : mapping     Expression to the points of the face in it. [mm]

    Returns
    -------
    list of (expression, measures)
        In the order given. Standard deviations are 0: a photograph of the twin has its own.
    """
    named = {expression: named_points(mesh) for expression, mesh in meshes_mm.items()}
    offset = _offset(named.get(Expression.REST))
    return [
        (
            expression,
            measure_photo(
                points,
                scale=EXACT_SCALE,
                point_noise=PointNoise(0.0),
                frontal=points,
                error_model=Exactly(),
                canthal_offset=offset,
            ),
        )
        for expression, points in named.items()
    ]


def _offset(rest: FacePoints | None) -> CanthalOffset | None:
    """Where the irises lie between the canthi, for expressions that hide them."""
    if rest is None or rest.left.iris_centre is None or rest.right.iris_centre is None:
        return None
    return canthal_offset_of(rest)
