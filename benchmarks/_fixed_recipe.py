"""What an injector without a model may do: low to middle of the published range for what is named.

Named is what the clinician's findings of the visit show plainly. The healthy side is left alone.
"""

from fractions import Fraction

import numpy as np

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice, amounts_between
from facialis.planning.limits import TargetLimit
from facialis.toxins import ToxinDose
from facialis.twin.present.findings import (
    FindingKind,
    FindingScale,
    FindingWhen,
    MuscleFinding,
    finding_kinds,
    finding_rows,
)
from facialis.twin.present.visits import Visit
from facialis.vision.synthetic.clinician import EXAMINED

NAMED_FROM = 2
"""A finding of this grade is synkinesis that a clinician names."""
NAMED_BELOW = 70
"""So is a slider of eFACE below this."""
PART = Fraction(1, 4)
"""Of the way from the lowest published total to the highest: half way from low to middle."""
RECIPE: dict[str, tuple[InjectionTarget, ...]] = {
    "eface_ocular_synkinesis": (
        InjectionTarget.ORBICULARIS_OCULI_LOWER_LID,
        InjectionTarget.ORBICULARIS_OCULI_LATERAL,
    ),
    "chin_dimpling": (InjectionTarget.MENTALIS,),
    "neck_bands": (InjectionTarget.PLATYSMA,),
    "cheek_tightness": (InjectionTarget.BUCCINATOR,),
    "corner_depressor_band": (InjectionTarget.DEPRESSOR_ANGULI_ORIS,),
}
"""Which target each named synkinesis asks for."""


def recipe(visit: Visit, limits: tuple[TargetLimit, ...], affected: Side) -> tuple[DoseChoice, ...]:
    """The doses, within the same limits as every plan."""
    targets = [t for code, wanted in RECIPE.items() if is_named(visit, code, affected) for t in wanted]
    found = []
    for limit in limits:
        bounds = limit.bounds
        if limit.target not in targets or limit.side is not affected or bounds is None or limit.role is None:
            continue
        low, high = bounds.total_low.amount, bounds.total_high.amount
        ways = amounts_between(
            low,
            bounds.most_total.amount,
            range(1, len(bounds.points) + 1),
            (bounds.per_site_low.amount, bounds.per_site_high.amount),
            bounds.step.amount,
        )
        wanted = low + (high - low) * PART
        if ways:
            count, dose = min(ways, key=lambda way: (abs(way[0] * way[1] - wanted), way[0]))
            amount = ToxinDose(dose, bounds.step.product)
            points = tuple((number, amount) for number in bounds.points[:count])
            found.append(DoseChoice(limit.target, affected, limit.role, points, bounds.total_high))
    return tuple(found)


def is_named(visit: Visit, code: str, affected: Side) -> bool:
    """Whether the findings of a visit show this synkinesis plainly, in any expression."""
    kind = finding_kinds()[code]
    expressions = EXAMINED if kind.when is FindingWhen.EXPRESSION else (None,)
    rows = visit.findings
    for expression in expressions:
        (weights,) = finding_rows([MuscleFinding(code, affected, 0, expression)]).weights
        same = [np.array_equal(weights, other) for other in rows.weights]
        if any(activity >= _plainly(kind) for activity in rows.activity[np.array(same, dtype=bool)]):
            return True
    return False


def _plainly(kind: FindingKind) -> float:
    if kind.scale is FindingScale.SCORE:
        return (1 - NAMED_BELOW / 100) * kind.levels[-1]
    return kind.levels[NAMED_FROM]
