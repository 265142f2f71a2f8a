"""What a change of plan moves: measures in millimetres and scores in points, with what is left open."""

import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.sides import Side
from facialis.planning.estimates import Estimate, estimate_of, signed
from facialis.planning.explain.grounds import View, at_peak
from facialis.planning.explain.records import MeasureChange, ScoreChange, ScoreName
from facialis.planning.explain.words import expression_text, plain
from facialis.planning.outcome.scores import PerDay
from facialis.twin.face.readings import FaceReading

MOST_MEASURES = 3
LEAST_MM = 0.2
"""A measure that moves less is not named: photographs do not show it."""


def measure_changes(without: View, with_it: View) -> tuple[MeasureChange, ...]:
    """The measures that move most, each in the expression in which it does."""
    before, after = without.peak_mm, with_it.peak_mm
    change = after - before
    size = np.abs(change.mean(axis=0))
    found = []
    for s, side in enumerate(Side):
        for reading in FaceReading:
            e = int(size[:, s, reading].argmax())
            if size[e, s, reading] >= LEAST_MM:
                found.append((size[e, s, reading], e, s, side, reading))
    found.sort(key=lambda one: -one[0])
    return tuple(
        _change(e, s, side, reading, (before, after)) for _, e, s, side, reading in found[:MOST_MEASURES]
    )


def score_changes(without: View, with_it: View) -> tuple[ScoreChange, ...]:
    """Change of the Sunnybrook composite and of the symmetry index, between two and four weeks."""
    pairs = (
        (ScoreName.SUNNYBROOK, without.scores.sunnybrook, with_it.scores.sunnybrook),
        (ScoreName.SYMMETRY_INDEX, without.scores.symmetry_index, with_it.scores.symmetry_index),
    )
    peak = at_peak(without.prospect)
    return tuple(_score(name, before[:, peak], after[:, peak]) for name, before, after in pairs)


def _change(
    e: int, s: int, side: Side, reading: FaceReading, both: tuple[np.ndarray, np.ndarray]
) -> MeasureChange:
    before, after = (one[:, e, :, reading] for one in both)
    change = _known(after[:, s] - before[:, s])
    differs = [_known(one[:, 0] - one[:, 1]) for one in (before, after)]
    expression, name = NINE_PHOTOGRAPHS[e], reading.name.lower()
    sentence = (
        f"{plain(name).capitalize()}, {side.label}, {expression_text(expression)}: {change.text}; "
        f"LEFT minus RIGHT {signed(differs[1].value)} mm instead of {signed(differs[0].value)} mm."
    )
    return MeasureChange(expression, name, side, change, differs[0], differs[1], sentence)


def _known(samples: np.ndarray) -> Estimate:
    found = estimate_of(samples, "mm")
    assert found is not None  # noqa: S101  every sample can be read
    return found


def _score(name: ScoreName, before: PerDay, after: PerDay) -> ScoreChange:
    change = estimate_of((after - before).mean(axis=1), "points")
    words = "Sunnybrook composite" if name is ScoreName.SUNNYBROOK else "Symmetry index"
    if change is None:
        return ScoreChange(name, None, f"{words}: too few movements are large enough to be compared.")
    return ScoreChange(name, change, f"{words}: {change.text} of 100.")
