"""What a clinician finds on a patient whose muscles are known, with the error that each finding states."""

import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.twin.present.findings import (
    FindingKind,
    FindingScale,
    FindingWhen,
    MuscleFinding,
    finding_kinds,
    finding_rows,
)

EXAMINED = (
    Expression.REST,
    Expression.BROW_RAISE,
    Expression.TIGHT_EYE_CLOSURE,
    Expression.OPEN_SMILE,
    Expression.PUCKER,
)
"""Expressions in which the clinician looks and palpates."""


def clinical_findings(
    beyond: Float[np.ndarray, "expressions sides muscles"], side: Side, rng: np.random.Generator
) -> list[MuscleFinding]:
    """Examine the affected side.

    Parameters
    ----------
    beyond : (9, 2, 24)     Activity beyond healthy tone, toxin taken off.
    side : Side             The patient's affected side.
    rng : Generator         Of the clinician's errors.
    """
    found = []
    for kind in finding_kinds().values():
        if kind.when is FindingWhen.EXPRESSION:
            found += [_finding(kind, side, expression, beyond, rng) for expression in EXAMINED]
        else:
            found.append(_finding(kind, side, None, beyond, rng))
    return found


def _finding(
    kind: FindingKind,
    side: Side,
    expression: Expression | None,
    beyond: Float[np.ndarray, "expressions sides muscles"],
    rng: np.random.Generator,
) -> MuscleFinding:
    (weights,) = finding_rows([MuscleFinding(kind.code, side, 0, expression)]).weights
    felt = float((weights * beyond).sum()) + kind.sd * rng.normal()
    if kind.scale is FindingScale.SCORE:
        value = float(np.clip(100 * (1 - felt / kind.levels[-1]), 0, 100))
    else:
        value = float(np.argmin(np.abs(np.array(kind.levels) - felt)))
    return MuscleFinding(kind.code, side, value, expression)
