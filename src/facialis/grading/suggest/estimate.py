"""The numbers that are compared with limits, worked out from readings."""

import math
from dataclasses import dataclass

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.item import Judged, ReadingShown
from facialis.grading.suggest.readings import ROUNDING, NoReading, Reading, Readings
from facialis.grading.suggest.rules import Rule
from facialis.grading.suggest.thresholds import limit, perception_mm

SHARE_OF_HEALTHY = "share of the healthy side"
SHARE_CLOSED = "share closed"
AFFECTED_MINUS_HEALTHY = "affected minus healthy"
INVOLUNTARY = "involuntary movement"
PERCENT = "%"


@dataclass(frozen=True)
class Estimate:
    """A number with its uncertainty, and the readings that it was made of.

    Shares are pure numbers here (1 is all of it) and per cent where they are shown.
    """

    value: float
    sd: float
    judged: Judged
    readings: tuple[ReadingShown, ...]
    expression: Expression


@dataclass(frozen=True)
class InvoluntaryMovement:
    """A cell of the synkinesis matrix, in mm and in perception thresholds."""

    in_thresholds: float
    sd_in_thresholds: float
    shown: ReadingShown


@dataclass(frozen=True)
class _Component:
    """Movement of both sides in one measure."""

    measure: str
    affected: Reading
    healthy: Reading
    difference_sd: float

    @property
    def covariance(self) -> float:
        """Of the errors of the two sides, from the sd of their difference."""
        product = self.affected.sd * self.healthy.sd
        shared = (self.affected.sd**2 + self.healthy.sd**2 - self.difference_sd**2) / 2
        return max(-product, min(product, shared))


def movement_share(readings: Readings, rule: Rule, affected: Side) -> Estimate | NoReading:
    """How much of the healthy side's movement the affected side makes.

    Of several measures (upward and outward of the corner of the mouth) it is the one factor by
    which the healthy movement must be multiplied to come nearest to the affected one, each
    measure counting by its precision.

    Parameters
    ----------
    readings : Readings
    rule : Rule
        Of kind movement: the first of its expressions that was photographed is used, its first
        measure must be there, further ones add to it.
    affected : Side

    Returns
    -------
    Estimate or NoReading
        The share (1 is as much as the healthy side), with its first-order sd.
    """
    expression = photographed(readings, rule)
    if isinstance(expression, NoReading):
        return expression
    first = _component(readings, expression, rule.measures[0], affected)
    if isinstance(first, NoReading):
        return first
    still = _hardly_moves(first, rule, expression, affected.opposite)
    if still is not None:
        return still
    others = (_component(readings, expression, name, affected) for name in rule.measures[1:])
    components = [first, *(other for other in others if isinstance(other, _Component))]
    share, sd = _common_factor(components)
    shown = tuple(
        ReadingShown(f"{part.measure}_excursion", expression, side, found.value, found.sd, found.unit)
        for part in components
        for side, found in ((affected, part.affected), (affected.opposite, part.healthy))
    )
    judged = Judged(SHARE_OF_HEALTHY, share * 100, sd * 100, PERCENT)
    return Estimate(share, sd, judged, shown, expression)


def closed_share(readings: Readings, rule: Rule, affected: Side) -> Estimate | NoReading:
    """How much of its own opening at rest the affected eye closes.

    Returns
    -------
    Estimate or NoReading
        1 is all of it. No reading where the healthy eye is not closed: then the patient was not
        closing the eyes.
    """
    expression = photographed(readings, rule)
    if isinstance(expression, NoReading):
        return expression
    measure = rule.measures[0]
    opening = readings.value(Expression.REST, measure, affected)
    gap = readings.value(expression, measure, affected)
    excursion = readings.excursion(expression, measure, affected)
    for found in (opening, gap, excursion):
        if isinstance(found, NoReading):
            return found
    assert isinstance(opening, Reading) and isinstance(gap, Reading)  # noqa: S101, PT018  the loop above
    assert isinstance(excursion, Reading)  # noqa: S101  the loop above
    open_healthy = _healthy_eye_open(readings, expression, measure, affected.opposite)
    if open_healthy is not None:
        return open_healthy
    least = limit(f"least_healthy_{measure}")
    if opening.value < least:
        return NoReading(
            f"The {affected.label} eye is open by only {_number(opening)} at rest; at least {least:g} mm are "
            "needed to judge how far it closes."
        )
    shared = (opening.sd**2 + gap.sd**2 - excursion.sd**2) / 2
    left = gap.value / opening.value
    variance = (gap.sd**2 - 2 * left * shared + (left * opening.sd) ** 2) / opening.value**2
    share, sd = 1 - left, math.sqrt(max(variance, 0.0))
    shown = (
        ReadingShown(measure, Expression.REST, affected, opening.value, opening.sd, opening.unit),
        ReadingShown(measure, expression, affected, gap.value, gap.sd, gap.unit),
    )
    return Estimate(share, sd, Judged(SHARE_CLOSED, share * 100, sd * 100, PERCENT), shown, expression)


def difference_at_rest(readings: Readings, rule: Rule, affected: Side) -> Estimate | NoReading:
    """Affected minus healthy of a measure at rest. [mm]"""
    expression, measure = rule.expressions[0], rule.measures[0]
    found = readings.affected_minus_healthy(expression, measure, affected)
    if isinstance(found, NoReading):
        return found
    judged = Judged(AFFECTED_MINUS_HEALTHY, found.value, found.sd, found.unit)
    shown = (ReadingShown(measure, expression, None, found.value, found.sd, found.unit),)
    return Estimate(found.value, found.sd, judged, shown, expression)


def involuntary_movements(
    readings: Readings, rule: Rule, affected: Side
) -> tuple[tuple[InvoluntaryMovement, ...], tuple[tuple[str, NoReading], ...]]:
    """Every cell that a rule names, and for each that has no value its name and reason."""
    found: list[InvoluntaryMovement] = []
    absent: list[tuple[str, NoReading]] = []
    for expression in rule.expressions:
        for region, feature in zip(rule.measures, rule.features, strict=True):
            entry = readings.involuntary_movement(expression, region, affected)
            if isinstance(entry, NoReading):
                absent.append((region, entry))
                continue
            unit_mm = perception_mm(feature)
            shown = ReadingShown(region, expression, affected, entry.value, entry.sd, entry.unit)
            found.append(InvoluntaryMovement(entry.value / unit_mm, entry.sd / unit_mm, shown))
    return tuple(found), tuple(absent)


def photographed(readings: Readings, rule: Rule) -> Expression | NoReading:
    """The first of the rule's expressions that there is."""
    for expression in rule.expressions:
        if expression in readings.photographed:
            return expression
    for expression in rule.expressions:
        if expression in readings.refused:
            return NoReading(
                f"The photograph of '{expression.value}' was refused: {readings.refused[expression]}"
            )
    names = " or ".join(f"'{expression.value}'" for expression in rule.expressions)
    return NoReading(f"There is no photograph of {names}.")


def _component(
    readings: Readings, expression: Expression, measure: str, affected: Side
) -> _Component | NoReading:
    own = readings.excursion(expression, measure, affected)
    other = readings.excursion(expression, measure, affected.opposite)
    difference = readings.excursion_asymmetry(expression, measure)
    for whose, found in ((affected.label, own), (affected.opposite.label, other)):
        if isinstance(found, NoReading):
            return NoReading(f"{whose} side: {found.reason}")
    if isinstance(difference, NoReading):
        return difference
    assert isinstance(own, Reading) and isinstance(other, Reading)  # noqa: S101, PT018  the loop above
    return _Component(measure, own, other, difference.sd)


def _hardly_moves(first: _Component, rule: Rule, expression: Expression, healthy: Side) -> NoReading | None:
    moved = first.healthy.value * rule.direction
    least, sds = limit(f"least_healthy_{first.measure}"), limit("least_healthy_sds")
    if moved >= least and moved >= sds * first.healthy.sd:
        return None
    return NoReading(
        f"The healthy {healthy.label} side moved by {moved:.1f} ± {first.healthy.sd:.1f} mm in "
        f"'{expression.value}' ({first.measure}); at least {least:g} mm and {sds:g} standard deviations are "
        "needed for a comparison."
    )


def _common_factor(components: list[_Component]) -> tuple[float, float]:
    # A reading without any error would take all the weight; its rounding stands in.
    both = [(1 / max(part.difference_sd, ROUNDING) ** 2, part) for part in components]
    norm = sum(w * part.healthy.value**2 for w, part in both)
    factor = sum(w * part.affected.value * part.healthy.value for w, part in both) / norm
    variance = 0.0
    for weight, part in both:
        by_affected = weight * part.healthy.value / norm
        by_healthy = weight * (part.affected.value - 2 * factor * part.healthy.value) / norm
        variance += (by_affected * part.affected.sd) ** 2 + (by_healthy * part.healthy.sd) ** 2
        variance += 2 * by_affected * by_healthy * part.covariance
    return factor, math.sqrt(max(variance, 0.0))


def _healthy_eye_open(
    readings: Readings, expression: Expression, measure: str, healthy: Side
) -> NoReading | None:
    gap = readings.value(expression, measure, healthy)
    if isinstance(gap, NoReading):
        return gap
    if gap.value < perception_mm("eyelid_closure"):
        return None
    return NoReading(
        f"The healthy {healthy.label} eye is open by {_number(gap)} in '{expression.value}', so the eyes "
        "were not being closed. Take the photograph again."
    )


def _number(reading: Reading) -> str:
    return f"{reading.value:.1f} ± {reading.sd:.1f} {reading.unit}"
