"""Bands of many samples over days."""

import numpy as np
from jaxtyping import Float

from facialis.planning.forecast.records import QUANTILES, Band, Values

LEAST_KNOWN = 0.5
"""Share of the samples of which a value must be known for their quantiles to mean something."""

PerDay = Float[np.ndarray, "samples days"]


def band_of(values: PerDay) -> Band:
    """Mean and quantiles on every day.

    Parameters
    ----------
    values : array      NaN where a value cannot be said.
    """
    known = np.isfinite(values)
    enough = known.mean(axis=0) >= LEAST_KNOWN
    # Columns of which too little is known are filled, and taken out again.
    filled = np.where(enough, np.where(known, values, np.nan), 0.0)
    rows = np.nanquantile(filled, QUANTILES, axis=0)
    return Band(
        _told(np.nanmean(filled, axis=0), enough),
        {q: _told(row, enough) for q, row in zip(QUANTILES, rows, strict=True)},
    )


def _told(row: Float[np.ndarray, " days"], enough: np.ndarray) -> Values:
    return tuple(float(value) if told else None for value, told in zip(row, enough, strict=True))
