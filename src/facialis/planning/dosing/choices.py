"""What can be chosen for a target: amounts on the product's step, spread over its points."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np
from jaxtyping import Float

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.evidence import load_values
from facialis.planning.limits import DoseBounds, TargetLimit
from facialis.toxins import ToxinDose
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.junction.onset import PACKAGE
from facialis.twin.junction.sessions import doses_reached

MOST_LEVELS = 8
"""Amounts offered for one target; a long range is thinned out evenly, its ends kept."""


@dataclass(frozen=True)
class DoseChoice:
    """One amount for one target, point by point."""

    target: InjectionTarget
    side: Side | None
    """None for a target on the midline."""
    role: SideRole
    points: tuple[tuple[int, ToxinDose], ...]
    highest: ToxinDose
    """Of the target's published range: the price of a dose is counted in shares of it."""

    @property
    def total(self) -> ToxinDose:
        """Of all points."""
        return ToxinDose(sum((dose.amount for _, dose in self.points), Fraction(0)), self.highest.product)

    @property
    def injections(self) -> tuple[ToxinInjection, ...]:
        """As events; a midline point is written on the LEFT, as everywhere."""
        side = Side.LEFT if self.side is None else self.side
        return tuple(
            ToxinInjection(side, self.target, number, dose, point_volume()) for number, dose in self.points
        )


def choices_of(limits: Sequence[TargetLimit]) -> tuple[DoseChoice, ...]:
    """Every amount that the limits allow, target by target; nothing for a target that is not offered.

    The affected side stands first, so that a mirrored patient is asked the same question.
    """
    found = []
    targets = list(dict.fromkeys(limit.target for limit in limits))
    for limit in sorted(limits, key=lambda one: (targets.index(one.target), one.role is SideRole.HEALTHY)):
        bounds = limit.bounds
        if bounds is None or limit.role is None:
            continue
        ways = _ways(limit, bounds)
        product = bounds.step.product
        for count, amount in ways:
            points = tuple((number, ToxinDose(amount, product)) for number in bounds.points[:count])
            found.append(DoseChoice(limit.target, limit.side, limit.role, points, bounds.total_high))
    return tuple(found)


def _ways(limit: TargetLimit, bounds: DoseBounds) -> tuple[tuple[int, Fraction], ...]:
    """Numbers of points and doses of each.

    Fewer points than are published only where today's limit is too low for them.
    """
    published = None if limit.published is None else limit.published.points
    fewest = 1 if published is None else min(published[0], len(bounds.points))
    for least in dict.fromkeys((fewest, 1)):
        ways = amounts_between(
            bounds.total_low.amount,
            bounds.most_total.amount,
            range(least, len(bounds.points) + 1),
            (bounds.per_site_low.amount, bounds.per_site_high.amount),
            bounds.step.amount,
        )
        if ways:
            break
    return ways


@cache
def point_volume() -> Fraction:
    """Volume of a point when the dilution is not yet decided. [ml]"""
    return Fraction(str(load_values(PACKAGE, "junction_spread").preferred("reference_volume").number))


def amounts_between(
    low: Fraction, high: Fraction, points: Sequence[int], per_point: tuple[Fraction, Fraction], step: Fraction
) -> tuple[tuple[int, Fraction], ...]:
    """Numbers of points and doses of each that stay within all ranges, one for each total, by total.

    Of two ways to the same total the one with fewer needles stands.
    """
    least, most = per_point
    found: dict[Fraction, tuple[int, Fraction]] = {}
    first = -(-least // step) * step
    for count in sorted(points):
        dose = first
        while dose <= most:
            whole = count * dose
            if low <= whole <= high and whole > 0:
                found.setdefault(whole, (count, dose))
            dose += step
    totals = sorted(found)
    if len(totals) > MOST_LEVELS:
        places = np.unique(np.linspace(0, len(totals) - 1, MOST_LEVELS).round().astype(int))
        totals = [totals[place] for place in places]
    return tuple(found[whole] for whole in totals)


def units_reached(choice: DoseChoice) -> Float[np.ndarray, " places"]:
    """Units that every muscle receives, spread to neighbours included; sides by `places.REACHED`."""
    points = tuple((number, dose.amount) for number, dose in choice.points)
    return _reached(choice.target, choice.side, points, choice.highest.product)


@cache
def _reached(
    target: InjectionTarget, side: Side | None, points: tuple[tuple[int, Fraction], ...], product: object
) -> Float[np.ndarray, " places"]:
    at = Side.LEFT if side is None else side
    volume = point_volume()
    injections = tuple(
        ToxinInjection(at, target, number, ToxinDose(amount, product), volume)  # type: ignore[arg-type]
        for number, amount in points
    )
    (found,) = doses_reached([ToxinSession(0.0, injections)])
    reached = found.doses_units[..., 0].ravel()
    reached.setflags(write=False)
    return reached
