"""Symmetry index and synkinesis sub-scores of many faces: the formulas of `measurement`, as arrays.

`measurement` judges one set of photographs with its uncertainty; here the measures are exact. A test holds
both together.
"""

from functools import cache

import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.symmetry_index import MIN_COVERAGE, index_components
from facialis.measurement.synkinesis import SubScoreName, involuntary_movements
from facialis.twin.array_grades import JUDGED
from facialis.twin.face.readings import FaceReading

Readings = Float[np.ndarray, "*faces expressions sides readings"]
PerFace = Float[np.ndarray, "*faces"]


def symmetry_index_of(readings: Readings) -> PerFace:
    """The composite index, 0 to 100; NaN where less than half of it can be said.

    Parameters
    ----------
    readings : array        Of `JUDGED` expressions, LEFT then RIGHT, as `read_faces`. [mm]
    """
    gained = weighed = np.zeros(readings.shape[:-3])
    total = 0.0
    for component in index_components():
        sides = _values(readings, component.expression, component.measure)
        full = np.full(sides.shape[:-1], component.full_asymmetry_mm)
        counts = np.ones_like(full)
        if component.of_excursion:
            sides = sides - _values(readings, Expression.REST, component.measure)
            largest = np.abs(sides).max(axis=-1)
            counts = (largest >= component.full_asymmetry_mm).astype(float)
            full = np.maximum(largest, component.full_asymmetry_mm)
        symmetry = np.clip(1 - np.abs(sides[..., 0] - sides[..., 1]) / full, 0.0, 1.0)
        gained = gained + component.weight * counts * symmetry
        weighed = weighed + component.weight * counts
        total += component.weight
    is_enough = weighed >= MIN_COVERAGE * total
    return np.where(is_enough, 100 * gained / np.where(is_enough, weighed, 1.0), np.nan)


@cache
def sub_scores() -> tuple[SubScoreName, ...]:
    """Sub-scores that a face can show; the neck has none."""
    known = {movement.sub_score for movement in involuntary_movements()}
    return tuple(name for name in SubScoreName if name in known)


def sub_score_of(readings: Readings, name: SubScoreName, affected: Side) -> PerFace:
    """Mean involuntary movement of the affected side beyond the other's. [mm]"""
    own, other = (0, 1) if affected is Side.LEFT else (1, 0)
    cells = []
    for movement in involuntary_movements():
        if movement.sub_score is name:
            moved = _values(readings, movement.expression, movement.measure) - _values(
                readings, Expression.REST, movement.measure
            )
            beyond = np.maximum(movement.direction * moved, 0.0)
            cells.append(beyond[..., own] - beyond[..., other])
    return np.asarray(np.mean(cells, axis=0))


def asymmetry_of(readings: Readings, expression: Expression, measure: str) -> PerFace:
    """LEFT minus RIGHT of a measure in an expression. [mm]"""
    sides = _values(readings, expression, measure)
    return np.asarray(sides[..., 0] - sides[..., 1])


def _values(readings: Readings, expression: Expression, measure: str) -> Float[np.ndarray, "*faces sides"]:
    return readings[..., JUDGED.index(expression), :, FaceReading[measure.upper()]]
