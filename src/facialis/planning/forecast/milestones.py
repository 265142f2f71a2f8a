"""When an improvement begins, is greatest, and ends, sample by sample."""

import numpy as np
from jaxtyping import Float

from facialis.planning.estimates import HIGH, LOW
from facialis.planning.forecast.records import DayEstimate, Milestones

HALF = 0.5
"""Share of the greatest improvement with which it counts as there, and half gone."""
GONE = 0.1
"""Share of the greatest improvement below which it counts as ended."""
LEAST = 1e-3
"""Share of the mean greatest improvement below which a sample does not improve."""

PerDay = Float[np.ndarray, "samples days"]
Days = Float[np.ndarray, " days"]


def milestones_of(improvement: PerDay, days: Days) -> Milestones:
    """Find the days.

    Parameters
    ----------
    improvement : array     What is better than without the plan, on every day; the first day's is 0.
    days : array            After the session, ascending.
    """
    most = improvement.max(axis=1)
    better = most > max(LEAST * float(np.abs(most).mean()), 0.0)
    share = float(better.mean())
    if not better.any():
        return Milestones(None, None, None, None, share)
    rows = improvement[better]
    peaks = rows.argmax(axis=1)
    return Milestones(
        onset=_estimate(np.array([_rises(row, days, HALF) for row in rows])),
        peak=_estimate(days[peaks]),
        half_gone=_estimate(np.array([_falls(row, days, HALF) for row in rows])),
        ended=_estimate(np.array([_falls(row, days, GONE) for row in rows])),
        improved_share=share,
    )


def _rises(row: Days, days: Days, share: float) -> float:
    """First day on which a share of the greatest improvement is there; straight between days."""
    at = share * row.max()
    first = int(np.argmax(row >= at))
    return float(days[0]) if first == 0 else _between(row, days, first, at)


def _falls(row: Days, days: Days, share: float) -> float:
    """First day after the peak on which no more than a share is left; infinite where it is not reached."""
    at, peak = share * row.max(), int(row.argmax())
    after = np.flatnonzero(row[peak:] <= at)
    return float("inf") if not len(after) else _between(row, days, peak + int(after[0]), at)


def _between(row: Days, days: Days, place: int, at: float) -> float:
    before, now = row[place - 1], row[place]
    part = (at - before) / (now - before)
    return float(days[place - 1] + part * (days[place] - days[place - 1]))


def _estimate(found: Float[np.ndarray, " samples"]) -> DayEstimate:
    # Not interpolated: what is later than the last day has no number to interpolate with.
    low, median, high = np.quantile(found, (LOW, 0.5, HIGH), method="inverted_cdf")
    return DayEstimate(*(float(one) if np.isfinite(one) else None for one in (median, low, high)))
