"""The published experiments, repeated on invented patients: one number each, in the unit of its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.evidence import CitedValue, load_values
from facialis.toxins import ToxinProduct
from facialis.toxins.labels import LabelSite, label_doses
from facialis.toxins.pharmacology import pharmacology
from facialis.twin.junction.courses import days_until_below, peak_day, single_dose_course, value_at
from facialis.twin.junction.model import Junction
from facialis.twin.junction.onset import PACKAGE
from facialis.twin.junction.parameters import Tissue, general, middle

PERCENT = 100.0
DAYS_PER_WEEK = 7.0
DAYS_PER_MONTH = 365.25 / 12
ONA, DAXI, RIMA = (
    ToxinProduct.ONABOTULINUMTOXIN_A,
    ToxinProduct.DAXIBOTULINUMTOXIN_A,
    ToxinProduct.RIMABOTULINUMTOXIN_B,
)
POINTS_IN_ONE_CORRUGATOR_OF_FIVE = 2 / 5
"""The glabella is injected at five points: two in each corrugator, one in procerus."""
RELAPSE_DAY = 4 * DAYS_PER_MONTH
MEASURABLE = 0.1
"""Less than this share of the largest block cannot be told from none."""

Cohort = Callable[[ToxinProduct, Tissue], Junction]
"""Gives the invented patients: one field shape (patients,)."""


@dataclass(frozen=True)
class Followed:
    """The course of a cohort after one dose, fine around the peak, daily for 600 days."""

    junction: Junction
    dose_units: float
    """As injected; `arriving` says how much of it the muscle receives."""

    @cached_property
    def days(self) -> Float[Array, " time"]:
        """Days at which the course is known. [days]"""
        return jnp.concatenate([jnp.arange(0.0, 40.0, 0.1), jnp.arange(40.0, 601.0)])

    @cached_property
    def courses(self) -> Float[Array, "patients time"]:
        """Every patient's course. [0-1]"""
        return single_dose_course(self.junction, jnp.asarray(arriving(self.dose_units)), self.days)

    @cached_property
    def mean(self) -> Float[Array, " time"]:
        """Mean of the patients, as a study reports it. [0-1]"""
        return self.courses.mean(axis=0)

    def at(self, day: float) -> Float[Array, ""]:
        """Mean block at a day. [0-1]"""
        return value_at(self.mean, self.days, day)

    def between(self, first_day: float, last_day: float) -> Float[Array, ""]:
        """Mean block over some days, both included. [0-1]"""
        return jnp.mean(jnp.interp(jnp.arange(first_day, last_day + 1), self.days, self.mean))

    @property
    def peak_day(self) -> Float[Array, ""]:
        """Day of the largest mean block. [days]"""
        return peak_day(self.mean, self.days)

    def days_above(self, share_of_peak: float) -> Float[Array, ""]:
        """Time until the mean block is below a share of its largest. [days]"""
        return days_until_below(self.mean, self.days, share_of_peak * self.mean.max())

    def days_to_relapse(self) -> Float[Array, " patients"]:
        """Each patient's time until the block is below that at which lines are back. [days]"""
        level = jnp.full(self.courses.shape[:1], general().preferred("relapse_block").number)
        return days_until_below(self.courses, self.days, level)


def _pharmacology(name: str) -> CitedValue:
    return pharmacology().preferred(name)


def arriving(injected_units: float) -> float:
    """Units that stay in the muscle into which they are injected."""
    return injected_units * load_values(PACKAGE, "junction_spread").preferred("kept_share").number


def label_corrugator_units(product: ToxinProduct) -> float:
    """Units that one corrugator receives of the label dose of the glabella; units of ``product``."""
    doses = [dose for dose in label_doses(product) if dose.site is LabelSite.GLABELLA]
    total = doses[0].total
    assert total is not None  # noqa: S101  every label of the glabella states its total
    return float(total.amount) * POINTS_IN_ONE_CORRUGATOR_OF_FIVE


def _foot(cohort: Cohort, dose_name: str, product: ToxinProduct = ONA) -> Followed:
    return Followed(cohort(product, Tissue.FOOT_MUSCLE), middle(_pharmacology(dose_name)))


def _face(cohort: Cohort, units: float, product: ToxinProduct = ONA) -> Followed:
    return Followed(cohort(product, Tissue.FACE), units)


def _low_dose(cohort: Cohort) -> Followed:
    return _face(cohort, general().preferred("conventional_low_dose").number)


def _gone_pct(followed: Followed) -> Float[Array, ""]:
    return PERCENT * (1 - followed.at(7 * DAYS_PER_WEEK) / followed.at(2 * DAYS_PER_WEEK))


def _winn_pct(cohort: Cohort, dose_name: str) -> Float[Array, ""]:
    return PERCENT * _face(cohort, _pharmacology(dose_name).number).between(14, 28)


def _relapse_pct(cohort: Cohort, units: float) -> Float[Array, ""]:
    followed = _face(cohort, units * POINTS_IN_ONE_CORRUGATOR_OF_FIVE)
    return PERCENT * jnp.mean(followed.days_to_relapse() < RELAPSE_DAY)


def _label_days(cohort: Cohort, product: ToxinProduct) -> Float[Array, ""]:
    return jnp.median(_face(cohort, label_corrugator_units(product), product).days_to_relapse())


def _month_6_pct(cohort: Cohort) -> Float[Array, ""]:
    followed = _low_dose(cohort)
    return PERCENT * followed.at(180) / followed.at(30)


def _foot_left_pct(cohort: Cohort) -> Float[Array, ""]:
    followed = _foot(cohort, "type_a_low_dose")
    return PERCENT * followed.at(57 * DAYS_PER_WEEK) / followed.mean.max()


EXPERIMENTS: Mapping[str, Callable[[Cohort], Float[Array, ""]]] = {
    "foot_low_dose": lambda c: PERCENT * _foot(c, "type_a_low_dose").at(14),
    "foot_plateau": lambda c: PERCENT * _foot(c, "type_a_plateau_dose").at(14),
    "foot_peak": lambda c: _foot(c, "type_a_low_dose").peak_day,
    "foot_week_7": lambda c: _gone_pct(_foot(c, "type_a_low_dose")),
    "foot_week_57": _foot_left_pct,
    "corrugator": lambda c: _winn_pct(c, "corrugator_dose"),
    "depressor_anguli_oris": lambda c: _winn_pct(c, "depressor_anguli_oris_dose"),
    "face_peak": lambda c: _low_dose(c).peak_day,
    "face_duration": lambda c: _low_dose(c).days_above(0.5) / DAYS_PER_WEEK,
    "healthy_side_month_6": _month_6_pct,
    "glabella_10_units": lambda c: _relapse_pct(c, 10),
    "glabella_20_units": lambda c: _relapse_pct(c, 20),
    "glabella_30_units": lambda c: _relapse_pct(c, 30),
    "glabella_40_units": lambda c: _relapse_pct(c, 40),
    "label_duration_ona": lambda c: _label_days(c, ONA) / DAYS_PER_MONTH,
    "label_duration_daxi": lambda c: _label_days(c, DAXI) / DAYS_PER_WEEK,
    "type_b_low_dose": lambda c: PERCENT * _foot(c, "type_b_dose", RIMA).at(14),
    "type_b_peak": lambda c: _foot(c, "type_b_dose", RIMA).peak_day / DAYS_PER_WEEK,
    "type_b_week_7": lambda c: _gone_pct(_foot(c, "type_b_dose", RIMA)),
    "type_b_complete": lambda c: _foot(c, "type_b_dose", RIMA).days_above(MEASURABLE) / DAYS_PER_WEEK,
}
"""By the name of the check."""
