"""A number with what the samples leave open, and in words."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

LOW, HIGH = 0.05, 0.95
"""Quantiles of a 90 % interval."""


@dataclass(frozen=True)
class Estimate:
    """Mean over the samples, and the interval in which nine of ten lie."""

    value: float
    low: float
    high: float
    unit: str
    """Empty for a pure number."""

    @property
    def is_certain(self) -> bool:
        """Whether the whole interval lies on one side of 0."""
        return self.low > 0 or self.high < 0

    @property
    def text(self) -> str:
        """'+1.2 mm (90 % interval +0.4 to +2.0 mm)'; signed, as a change is."""
        unit = f" {self.unit}" if self.unit else ""
        value, low, high = (signed(number) for number in (self.value, self.low, self.high))
        return f"{value}{unit} (90 % interval {low} to {high}{unit})"


def signed(number: float) -> str:
    """'+1.2', '−0.3', '0.0': with its sign unless it rounds to nothing."""
    rounded = round(number, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def estimate_of(samples: Float[np.ndarray, " samples"], unit: str) -> Estimate | None:
    """Mean and 90 % interval of what can be said; None where less than half of the samples can.

    Parameters
    ----------
    samples : array     NaN where a sample says nothing.
    unit : str
    """
    known = samples[np.isfinite(samples)]
    if 2 * len(known) < len(samples) or not len(known):
        return None
    low, high = np.quantile(known, (LOW, HIGH))
    return Estimate(float(known.mean()), float(low), float(high), unit)
