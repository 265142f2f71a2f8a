"""What a forecast of a plan holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.planning.schedule import FollowUp

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

Values = tuple[float | None, ...]


class PlanQuantity(StrEnum):
    """What is followed."""

    ASYMMETRY = "asymmetry"
    """LEFT minus RIGHT."""
    SYNKINESIS = "synkinesis"
    """Involuntary movement of the affected side beyond the other's."""
    SYMMETRY_INDEX = "symmetry_index"
    SUNNYBROOK = "sunnybrook"
    FISSURE_ON_CLOSURE = "fissure_on_closure"
    """What stays open when the eye is closed."""
    SMILE_EXCURSION = "smile_excursion"
    """How far the corner of the mouth rises from rest."""
    BLOCK = "block"
    """Share of a muscle's force that toxin takes."""


@dataclass(frozen=True)
class PlanCurveName:
    """What a curve is of."""

    quantity: PlanQuantity
    unit: str
    part: str | None = None
    """Measure, sub-score, part of a score, or muscle."""
    side: Side | None = None
    expression: Expression | None = None


@dataclass(frozen=True)
class Band:
    """One quantity over the days of the forecast, over posterior samples; None where it cannot be said."""

    mean: Values
    quantiles: Mapping[float, Values]
    """By `QUANTILES`."""


@dataclass(frozen=True)
class PlanCurve:
    """One quantity under the plan and without another injection."""

    name: PlanCurveName
    plan: Band
    nothing: Band


@dataclass(frozen=True)
class DayEstimate:
    """A day after the session: the middle sample, and the interval in which nine of ten lie."""

    median: float | None
    """None: later than the forecast goes."""
    low: float | None
    high: float | None

    def text_until(self, last: float) -> str:
        """'day 5 (90 % interval 3 to 8)'."""
        if self.median is None:
            return f"a day later than {last:g}"
        low = f"{self.low:.0f}" if self.low is not None else f"later than {last:g}"
        high = f"{self.high:.0f}" if self.high is not None else f"later than {last:g}"
        return f"day {self.median:.0f} (90 % interval {low} to {high})"


@dataclass(frozen=True)
class Milestones:
    """When the improvement begins, is greatest, and ends; None of all where nothing improves."""

    onset: DayEstimate | None
    """Half of the greatest improvement is there."""
    peak: DayEstimate | None
    half_gone: DayEstimate | None
    """Half of the greatest improvement is gone."""
    ended: DayEstimate | None
    """Less than a tenth of it remains."""
    improved_share: float
    """Share of the samples that improve at all; the days are of these."""


@dataclass(frozen=True, eq=False)
class ModelFace:
    """The face of the mean sample: of the model, never of the patient."""

    day: float
    """After the session; 0 is before it."""
    meshes_mm: Mapping[Expression, Float[np.ndarray, "478 3"]]
    forces: Float[np.ndarray, "expressions sides muscles"]
    """LEFT, RIGHT; muscles from the forehead down; 1 is a healthy muscle's strongest."""
    healthy_tone: float
    """Force at rest of a healthy muscle of this patient. [0-1]"""
    house_brackmann: tuple[str, str] | None
    """Mildest and gravest grade that the rules for photographs allow."""
    is_model: bool = True


@dataclass(frozen=True, eq=False)
class PlanForecast:
    """What may come of a plan."""

    days: tuple[float, ...]
    """After the session; 0 is the session itself."""
    dates: tuple[date, ...]
    curves: tuple[PlanCurve, ...]
    milestones: Milestones
    follow_up: FollowUp
    """Review and repeat."""
    before: ModelFace
    at_peak: ModelFace
    """With the plan, on the day of `peak_day`."""
    peak_day: float
    """Of the mean improvement, one of `days`."""
    sentences: tuple[str, ...]

    def curve(
        self,
        quantity: PlanQuantity,
        part: str | None = None,
        *,
        side: Side | None = None,
        expression: Expression | None = None,
    ) -> PlanCurve:
        """The curve of one quantity; raises `KeyError` if it is not followed."""
        for curve in self.curves:
            name = curve.name
            if (name.quantity, name.part, name.side, name.expression) == (quantity, part, side, expression):
                return curve
        raise KeyError((quantity, part, side, expression))
