"""Curves of a forecast: one quantity of one part over days, for the patient and as bands of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.twin.forecast_case import Comparison

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
LEAST_KNOWN = 0.5
"""Share of those drawn of whom a value must be known for their quantiles to mean something."""

Values = tuple[float | None, ...]


class Quantity(StrEnum):
    """What is followed."""

    DRIVE = "drive"
    ABERRANT_DRIVE = "aberrant_drive"
    HYPERTONIA = "hypertonia"
    CONTRACTURE = "contracture"
    ATROPHY = "atrophy"
    FLATTENING = "flattening"
    DESCENT = "descent"
    TOXIN_BLOCK = "toxin_block"
    ASYMMETRY = "asymmetry"
    MOVEMENT = "movement"
    SYMMETRY_INDEX = "symmetry_index"
    SYNKINESIS = "synkinesis"
    SUNNYBROOK = "sunnybrook"


class Axis(StrEnum):
    """Which days a curve has."""

    STATES = "states"
    BLOCK = "block"
    FACES = "faces"


@dataclass(frozen=True)
class CurveName:
    """What a curve is of."""

    quantity: Quantity
    axis: Axis
    unit: str
    side: Side | None = None
    part: str | None = None
    """Branch, muscle, measure, movement, sub-score or part of a score."""
    expression: Expression | None = None


@dataclass(frozen=True)
class Curve:
    """One quantity over the days of its axis; None where it cannot be said, with the reason."""

    name: CurveName
    typical: Values
    """Of the patient whose parameters were given; by default every parameter's median."""
    comparisons: Mapping[Comparison, Values]
    quantiles: Mapping[float, Values]
    """Of the patients drawn beside, in the order of `QUANTILES`; empty if nobody was drawn."""
    reason: str | None = None


def curve_of(
    name: CurveName,
    values: Float[np.ndarray, "people days"],
    comparisons: tuple[Comparison, ...],
    reason: str | None = None,
) -> Curve:
    """Make a curve of what the people have on every day: the patient, the comparisons, those drawn.

    Parameters
    ----------
    values : array      NaN where a value cannot be said.
    reason : str        Why; kept only where something is missing.
    """
    drawn = values[1 + len(comparisons) :]
    known = np.isfinite(drawn)
    quantiles = {}
    if len(drawn):
        enough = known.mean(axis=0) >= LEAST_KNOWN
        # Columns of which too little is known are filled, and taken out again.
        filled = np.where(enough, drawn, 0.0)
        found = np.nanquantile(filled, QUANTILES, axis=0)
        quantiles = {q: _told(np.where(enough, row, np.nan)) for q, row in zip(QUANTILES, found, strict=True)}
    every = [values[0], *values[1 : 1 + len(comparisons)]]
    is_whole = all(np.isfinite(row).all() for row in every) and bool(known.all())
    return Curve(
        name,
        _told(values[0]),
        {which: _told(values[i]) for i, which in enumerate(comparisons, start=1)},
        quantiles,
        None if is_whole else reason,
    )


def _told(row: Float[np.ndarray, " days"]) -> Values:
    return tuple(float(value) if np.isfinite(value) else None for value in row)
