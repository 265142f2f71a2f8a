"""Readings of an invented face: alike on both sides unless told otherwise."""

from __future__ import annotations

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.readings import Reading, Readings

REST = {
    "brow_height": 22.0,
    "palpebral_fissure": 10.0,
    "commissure_height": -75.0,
    "commissure_lateral": 26.0,
    "alar_height": -45.0,
    "upper_lip_height": -65.0,
    "lower_lip_height": -85.0,
}
"""mm, on both sides."""

MOVED = {
    (Expression.BROW_RAISE, "brow_height"): 8.0,
    (Expression.GENTLE_EYE_CLOSURE, "palpebral_fissure"): -10.0,
    (Expression.TIGHT_EYE_CLOSURE, "palpebral_fissure"): -10.0,
    (Expression.SNARL, "upper_lip_height"): 5.0,
    (Expression.SNARL, "alar_height"): 3.0,
    (Expression.CLOSED_SMILE, "commissure_height"): 6.0,
    (Expression.CLOSED_SMILE, "commissure_lateral"): 6.0,
    (Expression.OPEN_SMILE, "commissure_height"): 8.0,
    (Expression.OPEN_SMILE, "commissure_lateral"): 6.0,
    (Expression.PUCKER, "commissure_lateral"): -8.0,
    (Expression.LOWER_TEETH_SHOW, "lower_lip_height"): -8.0,
}
"""Excursions that the healthy side makes, in mm; everything else stays where it is."""

REGIONS = ("brow", "eye", "cheek", "commissure", "chin")


def make_readings(
    *,
    affected: Side = Side.LEFT,
    share: float = 1.0,
    shares: dict[tuple[Expression, str], float] | None = None,
    rest: dict[str, float] | None = None,
    involuntary: dict[tuple[Expression, str], float] | None = None,
    sd: float = 0.0,
    without: tuple[Expression, ...] = (),
    recorded: Side | None = None,
) -> Readings:
    """A full set of nine photographs.

    Parameters
    ----------
    affected
        The palsied side.
    share, shares
        How much of the healthy movement it makes: of all, or of one movement.
    rest
        Affected minus healthy at rest, by measure. [mm]
    involuntary
        Involuntary movement of the affected side, by expression and region. [mm]
    sd
        Of every number, and of every difference of the sides.
    without
        Photographs that were not taken.
    recorded
        The affected side as the readings carry it.
    """
    factors = shares or {}
    measures, excursions, asymmetries, excursion_asymmetries, entries = {}, {}, {}, {}, {}
    sign = 1 if affected is Side.LEFT else -1
    photographs = [expression for expression in NINE_PHOTOGRAPHS if expression not in without]
    for expression in photographs:
        for name, healthy_rest in REST.items():
            moved = MOVED.get((expression, name), 0.0)
            own_rest = healthy_rest + (rest or {}).get(name, 0.0)
            # An eye closes by a share of its own opening.
            whole = -own_rest if (name, moved < 0) == ("palpebral_fissure", True) else moved
            own = whole * factors.get((expression, name), share)
            values = {affected: (own_rest + own, own), affected.opposite: (healthy_rest + moved, moved)}
            for side, (value, excursion) in values.items():
                measures[expression, name, side] = Reading(value, sd, "mm")
                if expression is not Expression.REST:
                    excursions[expression, name, side] = Reading(excursion, sd, "mm")
            difference = sign * (own_rest + own - healthy_rest - moved)
            asymmetries[expression, name] = Reading(difference, sd, "mm")
            if expression is not Expression.REST:
                excursion_asymmetries[expression, name] = Reading(sign * (own - moved), sd, "mm")
        for region in REGIONS:
            amount = (involuntary or {}).get((expression, region), 0.0)
            entries[expression, region, affected] = Reading(amount, sd, "mm")
    return Readings(
        measures=measures,
        excursions=excursions,
        asymmetries=asymmetries,
        excursion_asymmetries=excursion_asymmetries,
        involuntary=entries,
        affected=recorded,
    )
