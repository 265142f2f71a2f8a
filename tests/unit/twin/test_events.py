"""Impossible events cannot be made, and the message says what to do."""

from fractions import Fraction

import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.lookup import UnknownNameError
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.errors import DoseError
from facialis.toxins.products import ToxinProduct
from facialis.twin.drug_courses import trial_antiviral, trial_corticosteroid
from facialis.twin.errors import HistoryError
from facialis.twin.events import (
    AntiviralCourse,
    CorticosteroidCourse,
    CorticosteroidStep,
    History,
    Onset,
    Retraining,
    ToxinInjection,
    ToxinSession,
)
from facialis.twin.timeline import exposure_of, exposures_of

ONA, ABO = ToxinProduct.ONABOTULINUMTOXIN_A, ToxinProduct.ABOBOTULINUMTOXIN_A
WHOLE = dict.fromkeys(NerveBranch, 1.0)


def injection(side="left", target="mentalis", point=1, dose=None, volume_ml="0.1"):
    return ToxinInjection(side, target, point, dose or ToxinDose("2.5", ONA), volume_ml)


def test_words_become_members():
    onset = Onset("LEFT", {branch.value: 0.5 for branch in NerveBranch})
    assert onset.side is Side.LEFT
    assert onset.severity_frac == dict.fromkeys(NerveBranch, 0.5)
    one = injection()
    assert (one.side, one.target, one.volume_ml) == (Side.LEFT, InjectionTarget.MENTALIS, Fraction(1, 10))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Onset("", WHOLE), "The onset has no side. Give LEFT or RIGHT"),
        (lambda: Onset(None, WHOLE), "has no side"),
        (
            lambda: Onset("left", {NerveBranch.BUCCAL: 1.0}),
            "LEFT side gives no severity for temporal, zygomatic",
        ),
        (lambda: Onset("left", {**WHOLE, "Temporal": 0.2}), "LEFT side states a branch twice"),
        (
            lambda: Onset("left", {**WHOLE, NerveBranch.BUCCAL: 1.5}),
            "severity of buccal, LEFT side, is 1.5; it must lie from 0 to 1",
        ),
        (lambda: Onset("left", {**WHOLE, NerveBranch.BUCCAL: float("nan")}), "buccal, LEFT side, is nan"),
        (lambda: Onset("left", {**WHOLE, NerveBranch.BUCCAL: True}), "is True, which is not a number"),
        (lambda: Onset("left", {**WHOLE, NerveBranch.BUCCAL: "1"}), "is '1', which is not a number"),
        (lambda: AntiviralCourse(-2, 7), "antiviral is day -2, before the onset"),
        (lambda: AntiviralCourse(float("inf"), 7), "antiviral is inf"),
        (lambda: AntiviralCourse(2, 0), "length of the antiviral course in days is 0"),
        (lambda: AntiviralCourse(3649, 7), "The end of the antiviral is 3656"),
        (lambda: CorticosteroidCourse(1, ()), "has no step"),
        (lambda: CorticosteroidCourse(True, (CorticosteroidStep(5, 60),)), "is True, which is not a number"),
        (lambda: CorticosteroidStep(5, -60), "mg prednisolone is -60; it must lie from 0 to 200"),
        (lambda: CorticosteroidStep(float("nan"), 60), "step in days is nan"),
        (lambda: Retraining(200, 100), "ends on day 100, but starts on day 200"),
        (lambda: Retraining(-1, 100), "before the onset"),
        (lambda: injection(side=""), "injection into mentalis has no side"),
        (lambda: injection(point=9), "mentalis has no injection point 9"),
        (lambda: injection(point=True), "no injection point True"),
        (lambda: injection(dose=ToxinDose(0, ONA)), "LEFT side, has the dose 0 units"),
        (lambda: injection(dose=2.5), "has the dose 2.5. Give more than 0 units of a named product"),
        (lambda: injection(volume_ml="0"), "LEFT side, is 0 ml; it must be above 0 and up to 1 ml"),
        (lambda: injection(volume_ml=3), "is 3 ml"),
        (lambda: ToxinSession(200, ()), "day 200 has no injection"),
        (lambda: ToxinSession(4000, (injection(),)), "A toxin session is 4000; it must lie from 0 to 3650"),
        (lambda: ToxinSession(-7, (injection(),)), "A toxin session is day -7, before the onset"),
        (
            lambda: ToxinSession(200, (injection(), injection(side="right", dose=ToxinDose(5, ABO)))),
            "mixes abobotulinumtoxinA and onabotulinumtoxinA, whose units are not interchangeable",
        ),
        (
            lambda: ToxinSession(200, (injection(), injection())),
            "injects point 1 of mentalis, LEFT side, twice",
        ),
        (
            lambda: History((Onset("left", WHOLE), Onset("left", WHOLE))),
            "LEFT side has 2 onsets, so its severities contradict",
        ),
        (
            lambda: History(corticosteroids=(trial_corticosteroid("prednisolone_taper", 1),) * 2),
            "Corticosteroid courses overlap: one lasts to day 11, another starts on day 1",
        ),
        (
            lambda: History(antivirals=(AntiviralCourse(1, 7), AntiviralCourse(7, 7))),
            "Antiviral courses overlap",
        ),
        (lambda: History(retraining=(Retraining(1, 70), Retraining(7, 99))), "Periods of retraining overlap"),
        (
            lambda: History(toxin_sessions=(ToxinSession(200, (injection(),)),) * 2),
            "Two toxin sessions lie on one day",
        ),
        (
            lambda: trial_antiviral("prednisolone_taper", 1),
            "no antiviral course of a trial. Give one of valaciclovir",
        ),
        (lambda: trial_corticosteroid("x", 1), "Give one of prednisolone_10_days, prednisolone_taper"),
    ],
)
def test_impossible_events_are_refused(make, message):
    with pytest.raises(HistoryError, match=message) as error:
        make()
    assert error.value.code == "history_impossible"


def test_unknown_names_suggest_near_ones():
    with pytest.raises(UnknownNameError, match="'masseter' is no target"):
        injection(target="masseter")
    with pytest.raises(UnknownNameError, match="is no side"):
        injection(side="up")
    with pytest.raises(UnknownNameError, match="Did you mean temporal"):
        Onset("left", {**WHOLE, "temporalis": 1.0})


def test_periods_may_follow_each_other():
    periods = (Retraining(200, 300), Retraining(10, 100), Retraining(100, 200))
    assert History(retraining=periods).retraining == periods


def test_negative_doses_cannot_exist():
    with pytest.raises(DoseError, match="a dose is 0 or more"):
        ToxinDose(-1, ONA)


def test_courses_of_the_trials():
    taper = trial_corticosteroid("prednisolone_taper", 2)
    assert taper.end_day == 12
    assert [step.dose_mg_per_day for step in taper.steps] == [60, 50, 40, 30, 20, 10]
    assert trial_corticosteroid("prednisolone_10_days", 0).steps == (CorticosteroidStep(10, 50),)
    assert trial_antiviral("valaciclovir_7_days", 1).end_day == 8


def test_a_history_becomes_arrays():
    history = History(
        onsets=(Onset("right", {**WHOLE, NerveBranch.CERVICAL: 0.25}),),
        corticosteroids=(CorticosteroidCourse(1, (CorticosteroidStep(2, 60), CorticosteroidStep(1, 30))),),
        antivirals=(AntiviralCourse(2, 7),),
        retraining=(Retraining(100, 200),),
    )
    found = exposure_of(history)
    assert np.asarray(found.severity_frac).tolist() == [[0] * 5, [1, 1, 1, 1, 0.25]]
    assert np.asarray(found.drug_edges_days)[:6].tolist() == [1, 2, 3, 4, 9, 9]
    assert np.asarray(found.corticosteroid_level)[:7].tolist() == [0, 1, 1, 0.5, 0, 0, 0]
    assert np.asarray(found.antiviral_level)[:7].tolist() == [0, 0, 1, 1, 1, 0, 0]
    assert np.asarray(found.retraining_edges_days).tolist() == [100, 200, 200, 200]
    assert np.asarray(found.retraining_level).tolist() == [0, 1, 0, 0, 0]


def test_many_histories_share_arrays():
    treated = History(antivirals=(AntiviralCourse(2, 7),))
    found = exposures_of([History(), treated])
    assert np.asarray(found.drug_edges_days)[:, :3].tolist() == [[0, 0, 0], [2, 9, 9]]
    assert found.drug_edges_days.shape == (2, 12)
    assert np.asarray(found.antiviral_level)[:, :4].tolist() == [[0, 0, 0, 0], [0, 1, 0, 0]]
    assert found.severity_frac.shape == (2, 2, 5)
