"""From a history to the arrays that an integrator reads."""

import math
from collections.abc import Sequence

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.twin.checked_numbers import history_limits
from facialis.twin.events import CorticosteroidCourse, History
from facialis.twin.exposure import Exposure

Span = tuple[float, float, float]
"""First day, the day after the last, level."""


DRUG_EDGES = 12
TRAINING_EDGES = 4
"""Time lines are filled up to multiples of these, so that one compiled program serves most histories."""


def exposure_of(history: History) -> Exposure:
    """Insult and treatments of one history; toxin is not among them, it acts through the blocked share."""
    return exposures_of([history], is_stacked=False)


def exposures_of(histories: Sequence[History], *, is_stacked: bool = True) -> Exposure:
    """The same for many, along a first axis; shorter time lines end in repeated edges.

    Parameters
    ----------
    histories : sequence of History     One or more.
    is_stacked : bool                   False leaves out the axis of patients, for a single history.
    """
    rows = [_row(history) for history in histories]
    drugs = _room(max(len(row[1]) for row in rows), DRUG_EDGES)
    training = _room(max(len(row[4]) for row in rows), TRAINING_EDGES)
    columns = (
        np.stack([row[0] for row in rows]),
        np.stack([_padded(row[1], drugs) for row in rows]),
        np.stack([_padded(row[2], drugs + 1) for row in rows]),
        np.stack([_padded(row[3], drugs + 1) for row in rows]),
        np.stack([_padded(row[4], training) for row in rows]),
        np.stack([_padded(row[5], training + 1) for row in rows]),
    )
    return Exposure(*(jnp.asarray(column if is_stacked else column[0]) for column in columns))


def _row(history: History) -> tuple[Float[np.ndarray, "..."], ...]:
    severity = np.zeros((len(Side), len(NerveBranch)))
    for onset in history.onsets:
        severity[list(Side).index(onset.side)] = [onset.severity_frac[branch] for branch in NerveBranch]
    corticosteroid = [span for course in history.corticosteroids for span in _steps(course)]
    antiviral = [(course.start_day, course.end_day, 1.0) for course in history.antivirals]
    training = [(period.start_day, period.end_day, 1.0) for period in history.retraining]
    drug_edges = _edges([*corticosteroid, *antiviral])
    training_edges = _edges(training)
    return (
        severity,
        drug_edges,
        _levels(drug_edges, corticosteroid),
        _levels(drug_edges, antiviral),
        training_edges,
        _levels(training_edges, training),
    )


def _steps(course: CorticosteroidCourse) -> list[Span]:
    reference = history_limits().preferred("reference_corticosteroid_dose").number
    spans, start = [], course.start_day
    for step in course.steps:
        spans.append((start, start + step.days, step.dose_mg_per_day / reference))
        start += step.days
    return spans


def _edges(spans: Sequence[Span]) -> Float[np.ndarray, " edges"]:
    days = {day for start, end, _ in spans for day in (start, end)}
    return np.array(sorted(days) or [0.0])


def _levels(edges: Float[np.ndarray, " edges"], spans: Sequence[Span]) -> Float[np.ndarray, " levels"]:
    starts = np.concatenate([[-1.0], edges])
    return np.array(
        [sum(level for first, end, level in spans if first <= day < end) for day in starts], float
    )


def _room(edges: int, unit: int) -> int:
    return unit * math.ceil(edges / unit)


def _padded(values: Float[np.ndarray, " some"], length: int) -> Float[np.ndarray, " all"]:
    return np.pad(values, (0, length - len(values)), mode="edge")
