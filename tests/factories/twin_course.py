"""A course of a twin with made-up curves: for documents, charts and verbs, without computing one."""

from dataclasses import replace

import numpy as np

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.report.twin_course import TwinCourse
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.twin.drug_courses import trial_antiviral, trial_corticosteroid
from facialis.twin.events import History, Onset, Retraining, ToxinInjection, ToxinSession
from facialis.twin.forecast import KEY_ASYMMETRIES, MOVEMENTS, Forecast
from facialis.twin.forecast_case import TwinCase
from facialis.twin.forecast_curves import Axis, CurveName, Quantity, curve_of
from facialis.twin.forecast_days import block_days, face_days, grade_days, state_days
from facialis.twin.forecast_grades import DayGrades
from facialis.twin.forecast_scores import sub_scores

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
SEVERE = dict.fromkeys(NerveBranch, 0.8)
PARTS = ("composite", "rest_symmetry", "voluntary_movement", "synkinesis")
DRAWN = 12


def session(day=420.0, sides=(Side.LEFT, Side.RIGHT), units="2.5"):
    return ToxinSession(
        day, tuple(ToxinInjection(side, "mentalis", 1, ToxinDose(units, ONA), "0.05") for side in sides)
    )


def treated_history(side=Side.LEFT, sessions=None):
    return History(
        onsets=(Onset(side, SEVERE),),
        corticosteroids=(trial_corticosteroid("prednisolone_taper", 2.0),),
        antivirals=(trial_antiviral("valaciclovir_7_days", 3.0),),
        retraining=(Retraining(270.0, 450.0),),
        toxin_sessions=(session(),) if sessions is None else tuple(sessions),
    )


def made_up_forecast(case):
    """Curves of the right names and lengths whose values mean nothing."""
    days = {
        Axis.STATES: state_days(case.last_day),
        Axis.BLOCK: block_days(case.history, case.last_day),
        Axis.FACES: face_days(case.history, case.last_day),
    }
    comparisons = tuple(case.comparisons)
    rng = np.random.default_rng(0)

    def curve(name, scale=1.0):
        at = days[name.axis]
        people = scale * np.clip(
            at / case.last_day + rng.normal(0, 0.1, (1 + len(comparisons) + DRAWN, 1)), 0, 1
        )
        return curve_of(name, people, comparisons)

    names = [
        CurveName(quantity, Axis.STATES, "1", side, branch.value)
        for quantity in (
            Quantity.DRIVE,
            Quantity.ABERRANT_DRIVE,
            Quantity.HYPERTONIA,
            Quantity.CONTRACTURE,
            Quantity.ATROPHY,
        )
        for side in Side
        for branch in NerveBranch
    ]
    if case.history.toxin_sessions:
        names += [CurveName(Quantity.TOXIN_BLOCK, Axis.BLOCK, "1", side, "mentalis") for side in Side]
    names += [
        CurveName(Quantity.ASYMMETRY, Axis.FACES, "mm", None, measure, expression)
        for expression, measures in KEY_ASYMMETRIES.items()
        for measure in measures
    ]
    side = case.affected
    curves = [curve(name) for name in names]
    curves.append(curve(CurveName(Quantity.SYMMETRY_INDEX, Axis.FACES, "1"), 100.0))
    curves += [curve(CurveName(Quantity.MOVEMENT, Axis.FACES, "1", side, m)) for m in MOVEMENTS]
    curves += [curve(CurveName(Quantity.SYNKINESIS, Axis.FACES, "mm", side, s.value)) for s in sub_scores()]
    curves += [curve(CurveName(Quantity.SUNNYBROOK, Axis.FACES, "points", side, p), 100.0) for p in PARTS]
    return Forecast(
        side,
        {axis: tuple(map(float, found)) for axis, found in days.items()},
        tuple(curves),
        tuple(
            DayGrades(float(day), 80.0, 70.0, 5.0, 76.0, 1.0, ("II", "III"), None)
            for day in grade_days(case.history, case.last_day)
        ),
        tuple(0.5 for _ in days[Axis.FACES]),
    )


def rounded(forecast):
    """As the document keeps it."""

    def of(values):
        return tuple(None if value is None else round(value, 4) + 0.0 for value in values)

    curves = tuple(
        replace(
            curve,
            typical=of(curve.typical),
            comparisons={which: of(values) for which, values in curve.comparisons.items()},
            quantiles={q: of(values) for q, values in curve.quantiles.items()},
        )
        for curve in forecast.curves
    )
    return replace(forecast, curves=curves)


def made_up_course(history=None, *, last_day=728.0, held=frozenset()):
    case = TwinCase(treated_history() if history is None else history, held=held, last_day=last_day)
    return TwinCourse(case, 3, 7, "0.1.0", made_up_forecast(case))
