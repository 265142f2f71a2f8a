"""What the photographs say of the muscles of a target: in which expressions they do too much."""

import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.planning.explain.records import Driver
from facialis.planning.explain.words import (
    expression_text,
    listed,
    muscle_text,
    percent,
    plain,
    signed_percent,
)
from facialis.planning.places import Place
from facialis.twin.decode import Decoded

LEAST_SD = 1e-9
MOST_NAMED = 3


def drivers_of(place: Place, decoded: Decoded) -> tuple[Driver, ...]:
    """Muscles of a target on its side, on both for the midline; the most overdriven first."""
    side, target = place
    sides = (decoded.affected, decoded.affected.opposite) if side is None else (side,)
    found = [_driver(muscle, one, decoded) for one in sides for muscle in injection_target(target).muscles]
    return tuple(sorted(found, key=lambda driver: (not driver.is_certain, -driver.excess)))


def _driver(muscle: Muscle, side: Side, decoded: Decoded) -> Driver:
    s, m = list(Side).index(side), FACIAL_MUSCLES.index(muscle)
    excess, sd, over = decoded.excess[:, s, m], decoded.excess_sd[:, s, m], decoded.is_overdriven[:, s, m]
    judged = np.where(over, excess, -np.inf) if over.any() else excess
    known = sd > LEAST_SD
    e = int(np.where(known, judged, -np.inf).argmax()) if known.any() else None
    others = tuple(x for i, x in enumerate(NINE_PHOTOGRAPHS) if over[i] and i != e)
    told_with = () if decoded.is_told[s, m] else _told_with(muscle, side, decoded)
    at = (0.0, 0.0) if e is None else (float(excess[e]), float(sd[e]))
    expression = None if e is None else NINE_PHOTOGRAPHS[e]
    is_certain = e is not None and bool(over[e])
    named = muscle_text(muscle, side).capitalize().replace(side.label.lower(), side.label)
    if expression is None:
        sentence = f"{named}: healthy."
    elif is_certain:
        sentence = (
            f"{named}, is overdriven: {expression_text(expression)} by {percent(at[0])} of a healthy "
            f"muscle's strongest (sd {percent(at[1])})"
        )
        sentence += f"; also {listed([expression_text(x) for x in others])}." if others else "."
    else:
        sentence = (
            f"{named}, is not surely overdriven: at most {signed_percent(float(at[0]))} of a healthy "
            f"muscle's strongest, {expression_text(expression)} (sd {percent(at[1])})."
        )
    if told_with:
        names = listed([plain(other.value) for other in told_with])
        if len(told_with) > MOST_NAMED:
            names = f"{len(told_with)} other muscles of that side"
        sentence += f" Photographs do not tell it from {names}."
    return Driver(muscle, side, expression, *at, is_certain, others, told_with, sentence)


def weakest(place: Place, decoded: Decoded) -> str | None:
    """What a healthy-side target balances: the weakness of its muscles on the affected side; None if none."""
    side, target = place
    if side is not decoded.affected.opposite:
        return None
    s = list(Side).index(decoded.affected)
    best: tuple[float, str] | None = None
    for muscle in injection_target(target).muscles:
        m = FACIAL_MUSCLES.index(muscle)
        weak = np.where(decoded.is_underdriven[:, s, m], decoded.excess[:, s, m], 0.0)
        e = int(weak.argmin())
        if weak[e] < 0 and (best is None or weak[e] < best[0]):
            sd = decoded.excess_sd[e, s, m]
            words = (
                f"the weak {decoded.affected.label} side ({plain(muscle.value)} "
                f"{expression_text(NINE_PHOTOGRAPHS[e])} {signed_percent(float(weak[e]))} of a healthy "
                f"muscle's strongest, sd {percent(float(sd))})"
            )
            best = (float(weak[e]), words)
    return None if best is None else best[1]


def _told_with(muscle: Muscle, side: Side, decoded: Decoded) -> tuple[Muscle, ...]:
    for group in decoded.groups:
        if group.side is side and muscle in group.muscles:
            return tuple(other for other in group.muscles if other is not muscle)
    return ()
