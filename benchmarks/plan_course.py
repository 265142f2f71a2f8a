"""How often the truth lies in the bands of a plan's course: invented patients, treated as proposed.

Run with ``python -m benchmarks.plan_course [patients]``.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import jax
import numpy as np

import facialis.twin.precision  # noqa: F401  numbers of 64 bits before anything is computed
from benchmarks._plan_cases import ONSET, good_case
from benchmarks._virtual_patients import VirtualPatient, draw_patients, see, true_readings
from facialis.anatomy.expressions import Expression
from facialis.planning.forecast.forecast import forecast_plan
from facialis.planning.forecast.records import PlanCurve, PlanForecast, PlanQuantity
from facialis.planning.plan.make import make_plan
from facialis.planning.plan.patient import MeasuredVisit, Patient
from facialis.toxins import ToxinProduct
from facialis.twin.calibrate import calibrate
from facialis.twin.events import ToxinSession
from facialis.twin.forecast_scores import asymmetry_of, sub_score_of, sub_scores, symmetry_index_of

SEED = 21
TODAY = date(2026, 11, 22)
PATIENTS = 12
DAYS = (28.0, 84.0)
LOOKED_AT = (
    (Expression.OPEN_SMILE, "commissure_height"),
    (Expression.REST, "commissure_height"),
    (Expression.BROW_RAISE, "brow_height"),
    (Expression.OPEN_SMILE, "palpebral_fissure"),
    (Expression.PUCKER, "commissure_lateral"),
)

Truth = tuple[str, PlanCurve, float]


def truths(forecast: PlanForecast, patient: VirtualPatient, readings: np.ndarray) -> Iterator[Truth]:
    """Curves with what is true of a patient on one day."""
    yield "symmetry index", forecast.curve(PlanQuantity.SYMMETRY_INDEX), float(symmetry_index_of(readings))
    for expression, measure in LOOKED_AT:
        curve = forecast.curve(PlanQuantity.ASYMMETRY, measure, expression=expression)
        yield "asymmetry", curve, float(asymmetry_of(readings, expression, measure))
    for name in sub_scores():
        curve = forecast.curve(PlanQuantity.SYNKINESIS, name.value, side=patient.affected)
        yield "synkinesis", curve, float(sub_score_of(readings, name, patient.affected))


def main(count: int = PATIENTS) -> None:
    """Print the share within the band, by quantity and day."""
    inside: dict[tuple[str, float], list[bool]] = defaultdict(list)
    start = float((TODAY - ONSET).days)
    for patient in draw_patients(SEED, count):
        visit = see(patient, start, np.random.default_rng(patient.number))
        known = Patient(
            calibrate([visit], [], patient.affected), (visit,), (MeasuredVisit(TODAY, (), True),), (), ()
        )
        key = jax.random.key(patient.number)
        case = good_case(patient.affected, TODAY)
        work = make_plan(
            case,
            [],
            ToxinProduct.ONABOTULINUMTOXIN_A,
            TODAY,
            key,
            confirmed_by="the benchmark",
            patient=known,
            has_alternatives=False,
        )
        forecast = forecast_plan(work, key, graded=False)
        sessions = [ToxinSession(start, work.plan.injections)] if work.plan.choices else []
        usual = np.zeros(9)
        seen = true_readings(patient, [start + day for day in DAYS], sessions, efforts=usual)
        for day, readings in zip(DAYS, seen, strict=True):
            at = forecast.days.index(day)
            for name, curve, truth in truths(forecast, patient, readings):
                low, high = curve.plan.quantiles[0.05][at], curve.plan.quantiles[0.95][at]
                if low is not None and high is not None and np.isfinite(truth):
                    inside[name, day].append(low - 1e-6 <= truth <= high + 1e-6)
    for (name, day), found in inside.items():
        print(f"{name:16s} day {day:3.0f}: {100 * np.mean(found):3.0f} % of {len(found)} in the 90 % band")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
