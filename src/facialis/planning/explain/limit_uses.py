"""How much of every limit a plan uses: of a target, of the session, of protected functions."""

import numpy as np

from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.function_limits import (
    CLOSURES,
    PEAK,
    ProtectedFunction,
    event_chances,
    function_limits,
    missing_closure,
    swallowing_limit,
)
from facialis.planning.dosing.loss import units_of_plan
from facialis.planning.explain.grounds import Grounds
from facialis.planning.explain.records import LimitKind, LimitUse
from facialis.planning.explain.words import percent, plain, units_text
from facialis.planning.limits import TargetLimit
from facialis.planning.outcome.prospect import PLACES, Prospect
from facialis.toxins import ToxinProduct
from facialis.twin.junction.neighbours import NeighbourEvent

EVENTS = (
    (NeighbourEvent.EYELID_PTOSIS, ProtectedFunction.LID_PTOSIS, "a drooping lid"),
    (NeighbourEvent.LIP_DROOP, ProtectedFunction.ORAL_COMPETENCE, "leaking lips"),
)

WHERE = {
    "affected_side_cap": "on the affected side",
    "both_sides_cap": "on both sides together",
    "label_window": "within the time window of the label",
    ProtectedFunction.SWALLOWING.value: "into platysma of both sides",
}


def target_uses(choice: DoseChoice, limit: TargetLimit) -> tuple[LimitUse, ...]:
    """Of one target: each point, the whole today, the whole as published."""
    bounds = limit.bounds
    assert bounds is not None  # noqa: S101  what is not offered is not chosen
    product = choice.total.product
    point = max(dose.amount for _, dose in choice.points)
    rows = (
        ("point", LimitKind.SITE, point, bounds.per_site_high.amount, "at a point"),
        ("today", LimitKind.TARGET_TODAY, choice.total.amount, bounds.most_total.amount, "in this session"),
        ("published", LimitKind.TARGET_PUBLISHED, choice.total.amount, bounds.total_high.amount, "published"),
    )
    return tuple(
        _of_units(name, kind, float(used), float(most), where, product)
        for name, kind, used, most, where in rows
    )


def session_uses(grounds: Grounds, choices: tuple[DoseChoice, ...]) -> tuple[LimitUse, ...]:
    """Of caps over the session and over months."""
    question = grounds.question
    product = grounds.prospect.product
    taken = np.array([choice in choices for choice in question.choices], dtype=float)
    rows = (*question.limits, *swallowing_limit(product, question.choices))
    return tuple(
        _of_units(
            row.name,
            LimitKind.SESSION,
            float(row.row @ taken),
            row.bound,
            WHERE.get(row.name, f"by {plain(row.name)}"),
            product,
        )
        for row in rows
    )


def function_uses(prospect: Prospect, choices: tuple[DoseChoice, ...]) -> tuple[LimitUse, ...]:
    """Of the probability that each protected function may be lost, counted in the full model at the peak."""
    units, nothing = units_of_plan(choices), np.zeros(PLACES)
    found = []
    missing = [missing_closure(prospect, prospect.toxin(given)[:, PEAK]) for given in (units, nothing)]
    for c, expression in enumerate(CLOSURES):
        known = function_limits()[ProtectedFunction(expression.value)]
        assert known.limit is not None  # noqa: S101  the table's rows of closure have one
        for s, side in enumerate(Side):
            used, before = (float((one[:, c, s] > known.limit).mean()) for one in missing)
            what = f"{plain(expression.value)}, {side.label}, left incomplete"
            found.append(
                _of_chance(f"{expression.value} {side.label}", what, used, before, known.probability)
            )
    for event, function, words in EVENTS:
        chances = [event_chances(prospect, given, event).mean(axis=0) for given in (units, nothing)]
        for s, side in enumerate(Side):
            used, before = (float(one[s]) for one in chances)
            most = function_limits()[function].probability
            found.append(
                _of_chance(f"{function.value} {side.label}", f"{words}, {side.label}", used, before, most)
            )
    return tuple(found)


def _of_units(
    name: str, kind: LimitKind, used: float, most: float, where: str, product: ToxinProduct
) -> LimitUse:
    share = used / most if most else 0.0
    sentence = (
        f"{units_text(used, product)} of at most {units_text(most, product)} {where} ({percent(share)})."
    )
    return LimitUse(name, kind, used, most, f"units {product.value}", None, sentence)


def _of_chance(name: str, what: str, used: float, before: float, most: float) -> LimitUse:
    sentence = (
        f"Chance of {what}: {percent(used)} with the plan, {percent(before)} without; the limit is "
        f"{percent(most)}."
    )
    return LimitUse(name, LimitKind.FUNCTION, used, most, "1", before, sentence)
