"""Sums and differences of measures of one patient, with the uncertainty that is really left.

Errors that two values share cancel in their difference. Three kinds are shared: the scale of
one photograph (by all its values), the patient's iris (by all values of the patient), and part
of the reading noise (by the two sides of one measure). Every number over a set of photographs
is therefore worked out from its terms, never from the sds of intermediate results.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from facialis.anatomy.expressions import Expression
from facialis.measurement.errors import MeasurementError
from facialis.measurement.measure import Measure, SdParts
from facialis.measurement.raw import Key

MeasuresByExpression = dict[Expression, dict[Key, Measure]]


@dataclass(frozen=True)
class Term:
    """A measure of one expression, and how often it counts."""

    coefficient: float
    expression: Expression
    measure: Measure


def combine(terms: Sequence[Term]) -> tuple[float, float]:
    """Value and standard deviation of a sum of terms; every measure must have a value."""
    coefficients: dict[tuple[Expression, Key], float] = defaultdict(float)
    measures: dict[tuple[Expression, Key], Measure] = {}
    for term in terms:
        place = (term.expression, (term.measure.name, term.measure.side))
        coefficients[place] += term.coefficient
        measures[place] = term.measure
    value = variance = 0.0
    by_photo: dict[Expression, float] = defaultdict(float)
    shared = 0.0
    for (expression, (name, side)), coefficient in coefficients.items():
        measure = measures[expression, (name, side)]
        known, parts = _known(measure)
        value += coefficient * known
        variance += (coefficient * parts.noise) ** 2
        by_photo[expression] += coefficient * known * parts.photo_rel
        shared += coefficient * known * parts.common_rel
        opposite = (expression, (name, side.opposite if side else None))
        if side is not None and opposite in measures:
            # Reached from both sides: each adds one of the two equal cross terms.
            other = _known(measures[opposite])[1]
            correlation = (parts.side_correlation + other.side_correlation) / 2
            variance += coefficient * coefficients[opposite] * correlation * parts.noise * other.noise
    variance += sum(part**2 for part in by_photo.values()) + shared**2
    return value, math.sqrt(max(variance, 0.0))


def average_repeats(photos: Sequence[tuple[Expression, Sequence[Measure]]]) -> MeasuresByExpression:
    """Average several photographs of the same expression by inverse variance.

    Where repeats differ by more than their sds explain (a patient does not smile twice alike),
    the noise is widened by the ratio. A value missing in all repeats keeps its first reason.
    """
    gathered: dict[Expression, dict[Key, list[Measure]]] = {}
    for expression, measures in photos:
        of_expression = gathered.setdefault(expression, {})
        for measure in measures:
            of_expression.setdefault((measure.name, measure.side), []).append(measure)
    return {
        expression: {key: _average(repeats) for key, repeats in keys.items()}
        for expression, keys in gathered.items()
    }


def _average(repeats: Sequence[Measure]) -> Measure:
    present = [measure for measure in repeats if measure.value is not None]
    if not present:
        return repeats[0]
    if len(present) == 1:
        return present[0]
    known = [_known(measure) for measure in present]
    # A reading without any error would take all the weight; its rounding stands in.
    variances = [max(math.hypot(p.noise, v * p.photo_rel) ** 2, 1e-18) for v, p in known]
    total = sum(1 / variance for variance in variances)
    weights = [1 / variance / total for variance in variances]
    mean = sum(w * v for w, (v, _) in zip(weights, known, strict=True))
    chi_square = sum((v - mean) ** 2 / variance for (v, _), variance in zip(known, variances, strict=True))
    widening = max(1.0, math.sqrt(chi_square / (len(known) - 1)))
    parts = SdParts(
        noise=widening * math.sqrt(sum((w * p.noise) ** 2 for w, (_, p) in zip(weights, known, strict=True))),
        photo_rel=math.sqrt(sum((w * p.photo_rel) ** 2 for w, (_, p) in zip(weights, known, strict=True))),
        common_rel=sum(w * p.common_rel for w, (_, p) in zip(weights, known, strict=True)),
        side_correlation=sum(w * p.side_correlation for w, (_, p) in zip(weights, known, strict=True)),
    )
    ratios = [(m.ratio, m.ratio_sd) for m in present]
    ratio = ratio_sd = None
    if all(r is not None for r, _ in ratios):
        ratio = sum(w * (r or 0.0) for w, (r, _) in zip(weights, ratios, strict=True))
        ratio_sd = widening * math.sqrt(
            sum((w * (s or 0.0)) ** 2 for w, (_, s) in zip(weights, ratios, strict=True))
        )
    raw = sum(
        w * (m.raw if m.raw is not None else v) for w, m, (v, _) in zip(weights, present, known, strict=True)
    )
    return replace(
        present[0], value=mean, sd=parts.total(mean), raw=raw, ratio=ratio, ratio_sd=ratio_sd, parts=parts
    )


def _known(measure: Measure) -> tuple[float, SdParts]:
    if measure.value is None or measure.parts is None:
        raise MeasurementError(f"'{measure.name}' has no value ({measure.reason}); it cannot be combined.")
    return measure.value, measure.parts
