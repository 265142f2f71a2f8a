"""Muscles that the follow-up shows in another light."""

import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.sides import Side
from facialis.planning.explain.words import expression_text, muscle_text, percent, signed_percent
from facialis.planning.learning.records import ExcessChange
from facialis.twin.decode import CERTAIN_SDS, Decoded

LEAST = 0.02
"""Share of a healthy muscle's strongest: smaller changes are not told."""


def changed_muscles(before: Decoded, after: Decoded) -> tuple[ExcessChange, ...]:
    """Muscles whose excess is judged otherwise by more than was open, the largest change first.

    Notes
    -----
    What is known after contains what was known before, so that the variance of the difference is that
    before less that after; it is never taken for smaller than that after.
    """
    variance = np.maximum(before.excess_sd**2 - after.excess_sd**2, after.excess_sd**2)
    sd = np.sqrt(variance)
    change = after.excess - before.excess
    certain = np.abs(change) > np.maximum(CERTAIN_SDS * sd, LEAST)
    sized = np.where(certain, np.abs(change), 0.0)
    found = []
    for s, side in enumerate(Side):
        for m, muscle in enumerate(FACIAL_MUSCLES):
            e = int(sized[:, s, m].argmax())
            if sized[e, s, m]:
                was, now = float(before.excess[e, s, m]), float(after.excess[e, s, m])
                sentence = (
                    f"{_named(muscle_text(muscle, side))}, {expression_text(NINE_PHOTOGRAPHS[e])}: beyond "
                    f"healthy by {signed_percent(now)} of a healthy muscle's strongest, before the follow-up "
                    f"by {signed_percent(was)} (sd of the difference {percent(float(sd[e, s, m]))})."
                )
                found.append(
                    ExcessChange(muscle, side, NINE_PHOTOGRAPHS[e], was, now, float(sd[e, s, m]), sentence)
                )
    return tuple(sorted(found, key=lambda one: -abs(one.after - one.before)))


def _named(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
