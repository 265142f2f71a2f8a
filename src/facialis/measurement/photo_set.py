"""All that a set of photographs of one patient says together."""

from collections.abc import Sequence
from dataclasses import dataclass

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.asymmetry import Asymmetry, asymmetries
from facialis.measurement.combination import average_repeats
from facialis.measurement.excursion import Excursion, excursions
from facialis.measurement.measure import Measure
from facialis.measurement.symmetry_index import SymmetryIndex, symmetry_index
from facialis.measurement.synkinesis import Synkinesis, synkinesis


@dataclass(frozen=True)
class SetMeasures:
    """Measures over a set. Every part names what it could not say, and why."""

    excursions: tuple[Excursion, ...]
    asymmetry: tuple[Asymmetry, ...]
    synkinesis: Synkinesis
    index: SymmetryIndex


def measure_set(
    photos: Sequence[tuple[Expression, Sequence[Measure]]], *, affected: Side | None = None
) -> SetMeasures:
    """Combine the measures of one patient's photographs.

    Parameters
    ----------
    photos : sequence of (expression, measures)
        Any subset of the standard photographs, repeats allowed; `measures` from `measure_photo`.
        Repeats of an expression are averaged by inverse variance.
    affected : Side, optional
        The palsied side; derived values that need it are None without it.
    """
    by_expression = average_repeats(photos)
    return SetMeasures(
        excursions=excursions(by_expression),
        asymmetry=asymmetries(by_expression, affected),
        synkinesis=synkinesis(by_expression, affected),
        index=symmetry_index(by_expression),
    )
