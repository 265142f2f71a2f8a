"""What was seen of a patient on one day: measures of photographs with their errors, and findings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.measurement.combination import average_repeats
from facialis.measurement.measure import Measure
from facialis.twin.errors import ObservationError
from facialis.twin.exposure import SIDES
from facialis.twin.face.readings import FaceReading
from facialis.twin.present.findings import FindingRows, MuscleFinding, finding_rows
from facialis.twin.present.scores import EXPRESSIONS

READINGS = len(FaceReading)
LEAST_NOISE_MM = 0.05
"""Exact points are none: no photograph shows a contour to less than this."""
MOST_CORRELATION = 0.98
NOT_TOLD = frozenset({"dental_show"})
"""Left out: in a mouth that opens on one side only, networks find teeth on both, by up to 9 mm."""

PerReading = Float[np.ndarray, "expressions sides readings"]


@dataclass(frozen=True, eq=False)
class Visit:
    """One day's photographs, as arrays in the order of `NINE_PHOTOGRAPHS`, `Side` and `FaceReading`."""

    day: float
    """From onset."""
    value_mm: PerReading
    """0 where nothing was read."""
    noise_mm: PerReading
    """Standard deviation of the reading, without the scale's."""
    is_read: Bool[np.ndarray, "expressions sides readings"]
    side_correlation: Float[np.ndarray, "expressions readings"]
    photo_rel: Float[np.ndarray, " expressions"]
    """Relative error of the scale of each photograph."""
    findings: FindingRows

    @property
    def missing(self) -> tuple[Expression, ...]:
        """Expressions of which nothing was read."""
        seen = np.asarray(self.is_read.any(axis=(1, 2)))
        return tuple(e for e, found in zip(NINE_PHOTOGRAPHS, seen, strict=True) if not found)

    def mirrored(self) -> "Visit":
        """The same with LEFT and RIGHT exchanged."""
        rows = self.findings
        return Visit(
            self.day,
            self.value_mm[:, ::-1],
            self.noise_mm[:, ::-1],
            self.is_read[:, ::-1],
            self.side_correlation,
            self.photo_rel,
            replace(rows, weights=rows.weights[:, :, ::-1]),
        )


def visit_from_measures(
    day: float,
    photographs: Iterable[tuple[Expression, Sequence[Measure]]],
    findings: Sequence[MuscleFinding] = (),
) -> Visit:
    """Gather the measures of a set of photographs; repeats of an expression are averaged.

    Parameters
    ----------
    day : float                 Days from onset.
    photographs : iterable      Expression and measures, as `measurement.measure_set` takes them.
    findings : sequence         What the clinician found on that day.

    Raises
    ------
    ObservationError            Nothing of any standard photograph was read, or a finding is none.
    """
    value = np.zeros((EXPRESSIONS, SIDES, READINGS))
    noise = np.ones_like(value)
    is_read = np.zeros(value.shape, dtype=bool)
    correlation = np.zeros((EXPRESSIONS, READINGS))
    photo_rel = np.zeros(EXPRESSIONS)
    names = [reading.name.lower() for reading in FaceReading]
    told = set(names) - NOT_TOLD
    for expression, measures in average_repeats(list(photographs)).items():
        if expression not in NINE_PHOTOGRAPHS:
            continue
        e = NINE_PHOTOGRAPHS.index(expression)
        for (name, side), measure in measures.items():
            if name not in told or side is None or measure.value is None or measure.parts is None:
                continue
            at = (e, list(Side).index(side), names.index(name))
            value[at], is_read[at] = measure.value, True
            noise[at] = max(measure.parts.noise, LEAST_NOISE_MM)
            correlation[e, at[2]] = np.clip(
                measure.parts.side_correlation, -MOST_CORRELATION, MOST_CORRELATION
            )
            photo_rel[e] = measure.parts.photo_rel
    if not is_read.any():
        raise ObservationError(
            "Nothing was measured in any of the nine photographs, so that the muscles cannot be told. "
            "Measure photographs at rest and in expressions first."
        )
    return Visit(float(day), value, noise, is_read, correlation, photo_rel, finding_rows(findings))


def whitening(visit: Visit) -> Float[np.ndarray, "expressions readings 2 2"]:
    """Matrix by which the pair LEFT, RIGHT of each reading has independent errors of 1; 0 where unread."""
    is_read = np.moveaxis(visit.is_read, 1, -1)
    left, right = visit.noise_mm[:, 0], visit.noise_mm[:, 1]
    shared = np.where(is_read.all(axis=-1), visit.side_correlation, 0.0)
    spread = np.sqrt(1 - shared**2)
    found = np.zeros((EXPRESSIONS, READINGS, 2, 2))
    found[..., 0, 0] = 1 / left
    found[..., 1, 0] = -shared / (left * spread)
    found[..., 1, 1] = 1 / (right * spread)
    return np.asarray(found * is_read[..., :, None] * is_read[..., None, :])
