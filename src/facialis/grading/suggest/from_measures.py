"""Readings from measurement objects, of photographs or of a simulated face."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.readings import Found, NoReading, Reading, Readings

if TYPE_CHECKING:
    # Measuring needs numpy, which takes longer to import than a grade to suggest.
    from facialis.measurement.measure import Measure

EXCURSION = "_excursion"


def readings_from_measures(
    photos: "Sequence[tuple[Expression, Sequence[Measure]]]", *, affected: Side | None = None
) -> Readings:
    """Collect what a set of measured photographs says.

    Parameters
    ----------
    photos : sequence of (expression, measures)
        Any subset of the standard photographs, repeats allowed, as `measure_photo` gives them.
    affected : Side, optional
        The palsied side, kept beside the readings.
    """
    from facialis.measurement.combination import average_repeats
    from facialis.measurement.photo_set import measure_set

    by_expression = average_repeats(photos)
    # Without an affected side the synkinesis matrix holds both sides.
    found = measure_set(photos)
    pairs = {
        (a.expression, a.name): reading_or_reason(a.value, a.sd, a.unit, a.reason) for a in found.asymmetry
    }
    return Readings(
        measures={
            (expression, name, side): reading_or_reason(m.value, m.sd, m.unit, m.reason)
            for expression, measures in by_expression.items()
            for (name, side), m in measures.items()
        },
        excursions={
            (e.expression, e.name.removesuffix(EXCURSION), e.side): reading_or_reason(
                e.value, e.sd, e.unit, e.reason
            )
            for e in found.excursions
        },
        asymmetries={key: pair for key, pair in pairs.items() if not key[1].endswith(EXCURSION)},
        excursion_asymmetries={
            (expression, name.removesuffix(EXCURSION)): pair
            for (expression, name), pair in pairs.items()
            if name.endswith(EXCURSION)
        },
        involuntary={
            (e.expression, e.region.value, e.side): reading_or_reason(e.value, e.sd, "mm", e.reason)
            for e in found.synkinesis.entries
        },
        affected=affected,
    )


def reading_or_reason(value: float | None, sd: float | None, unit: str, reason: str | None) -> Found:
    """A reading where there is a value with its sd, else the reason."""
    if value is None or sd is None:
        return NoReading(reason or "There is no value, and no reason is given.")
    return Reading(value, sd, unit)
