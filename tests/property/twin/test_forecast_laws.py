"""Laws of a forecast: mirrored, untreated, healthy; and the same as one photograph after another."""

from dataclasses import replace

import jax
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.expressions import Expression
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.measurement.photo_set import measure_set
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.twin.drug_courses import trial_corticosteroid
from facialis.twin.errors import CourseRequestError
from facialis.twin.events import History, Onset, ToxinInjection, ToxinSession
from facialis.twin.face.expressions import faces_of_course
from facialis.twin.forecast import KEY_ASYMMETRIES, forecast
from facialis.twin.forecast_case import Comparison, TwinCase
from facialis.twin.forecast_curves import Axis, Quantity
from facialis.twin.forecast_replay import replay
from facialis.twin.junction.errors import NoJunctionDataError
from facialis.twin.junction.parameters import products_with_data
from facialis.twin.junction.sessions import block_of_sessions
from facialis.twin.measures import measure_faces
from facialis.twin.parameters import all_priors, parameters_from_scores, scores_of, typical_parameters
from facialis.twin.simulate import simulate_patient

pytestmark = pytest.mark.slow

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
DAY = 420.0
CLOSE = 1e-6


def history(side=Side.LEFT, severity=0.9, *, treated=True):
    onset = Onset(side, dict.fromkeys(NerveBranch, severity))
    if not treated:
        return History(onsets=(onset,))
    where = {"orbicularis_oculi_lateral": side, "frontalis": side.opposite}
    points = tuple(
        ToxinInjection(at, target, 1, ToxinDose("2.5", ONA), "0.05") for target, at in where.items()
    )
    steroid = trial_corticosteroid("prednisolone_taper", 2.0)
    return History((onset,), (steroid,), toxin_sessions=(ToxinSession(DAY, points),))


def case_of(of, patients=3):
    """A patient whose nerve suffers more than the typical one's, so that synkinesis shows."""
    worse = scores_of(typical_parameters()) + 0.5
    return TwinCase(of, parameters=parameters_from_scores(worse), patients=patients)


@pytest.fixture(scope="module")
def treated():
    return forecast(case_of(history()), jax.random.key(5))


@pytest.fixture(scope="module")
def untreated():
    return forecast(case_of(history(treated=False)), jax.random.key(5))


def same(ours, theirs, sign=1.0):
    """Equal; a sign that turns over exchanges low quantiles and high ones."""
    turned = list(theirs.quantiles.values())[:: int(sign)]
    pairs = [(ours.typical, theirs.typical), *zip(ours.quantiles.values(), turned, strict=True)]
    for row, other in pairs:
        assert np.allclose(np.array(row, float), sign * np.array(other, float), atol=CLOSE, equal_nan=True)


def test_mirrored_history_gives_the_mirrored_forecast(treated):
    mirrored = forecast(case_of(history(Side.RIGHT)), jax.random.key(5))
    assert len(mirrored.curves) == len(treated.curves)
    for curve in treated.curves:
        name = curve.name
        side = None if name.side is None else name.side.opposite
        other = mirrored.curve(name.quantity, name.part, side=side, expression=name.expression)
        same(curve, other, -1.0 if name.quantity is Quantity.ASYMMETRY else 1.0)
    for day, other in zip(treated.grades, mirrored.grades, strict=True):
        assert other.symmetry_index == pytest.approx(day.symmetry_index, abs=CLOSE)
        assert replace(other, symmetry_index=day.symmetry_index) == day
    assert mirrored.house_brackmann_1_frac == treated.house_brackmann_1_frac


def test_healthy_patient_is_symmetric_and_full_of_points():
    found = forecast(case_of(history(severity=0.0, treated=False)), jax.random.key(5))
    for curve in found.curves:
        if curve.name.quantity in {Quantity.ASYMMETRY, Quantity.SYNKINESIS}:
            assert np.allclose(curve.typical, 0.0, atol=CLOSE)
            assert np.allclose(list(curve.quantiles.values()), 0.0, atol=CLOSE)
    composite = found.curve(Quantity.SUNNYBROOK, "composite", side=Side.LEFT)
    assert set(composite.typical) == {100.0}
    assert {value for row in composite.quantiles.values() for value in row} == {100.0}
    assert {day.sunnybrook for day in found.grades} == {100.0}
    assert {day.house_brackmann for day in found.grades} == {("I", "I")}
    assert set(found.house_brackmann_1_frac) == {1.0}


def test_before_a_session_nothing_differs_and_after_it_something_does(treated):
    days = np.array(treated.days[Axis.FACES])
    for measure in KEY_ASYMMETRIES[Expression.BROW_RAISE]:
        curve = treated.curve(Quantity.ASYMMETRY, measure, expression=Expression.BROW_RAISE)
        apart = np.abs(np.subtract(curve.typical, curve.comparisons[Comparison.WITHOUT_TOXIN]))
        assert apart[days <= DAY].max() < CLOSE
    curve = treated.curve(Quantity.ASYMMETRY, "brow_height", expression=Expression.BROW_RAISE)
    apart = np.abs(np.subtract(curve.typical, curve.comparisons[Comparison.WITHOUT_TOXIN]))
    assert apart[(days > DAY + 10) & (days < DAY + 60)].min() > 0.1


def test_comparison_is_the_forecast_without_treatment(treated, untreated):
    beside, alone = treated.curve(Quantity.SYMMETRY_INDEX), untreated.curve(Quantity.SYMMETRY_INDEX)
    there = dict(zip(treated.days[Axis.FACES], beside.comparisons[Comparison.UNTREATED], strict=True))
    here = dict(zip(untreated.days[Axis.FACES], alone.typical, strict=True))
    shared = sorted(there.keys() & here.keys())
    assert len(shared) > 20
    assert [there[day] for day in shared] == pytest.approx([here[day] for day in shared], abs=1e-6)
    assert untreated.curve(Quantity.SYMMETRY_INDEX).comparisons == {}
    assert not [c for c in untreated.curves if c.name.quantity is Quantity.TOXIN_BLOCK]


def test_bands_are_ordered_and_shares_are_shares(treated):
    for curve in treated.curves:
        rows = np.array(list(curve.quantiles.values()), float)
        assert np.all(np.diff(rows, axis=0) >= 0)
        if curve.name.unit == "1" and curve.name.quantity is not Quantity.MOVEMENT:
            most = 100 if curve.name.quantity is Quantity.SYMMETRY_INDEX else 1
            assert (rows.min(), rows.max()) >= (0, 0)
            assert rows.max() <= most


def test_same_key_same_forecast_and_another_key_another(treated):
    again = forecast(case_of(history()), jax.random.key(5))
    assert again.curves == treated.curves
    other = forecast(case_of(history()), jax.random.key(6))
    index, its = treated.curve(Quantity.SYMMETRY_INDEX), other.curve(Quantity.SYMMETRY_INDEX)
    assert index.typical == its.typical
    assert index.quantiles != its.quantiles


def test_arrays_say_what_photographs_of_the_same_faces_say(treated):
    """Two ways to the same numbers: arrays for many, the code for photographs for one."""
    case = case_of(history())
    at = {day: i for i, day in enumerate(treated.days[Axis.FACES])}
    composite = treated.curve(Quantity.SUNNYBROOK, "composite", side=Side.LEFT).typical
    index = treated.curve(Quantity.SYMMETRY_INDEX).typical
    for day in treated.grades:
        assert day.sunnybrook == composite[at[day.day]]
        assert day.symmetry_index == pytest.approx(index[at[day.day]], abs=1e-6)
    states = replay(case, np.array([DAY + 28.0]))
    meshes = faces_of_course(case.parameters, case.face, states)[0]
    photographs = measure_faces({e: meshes[i] for i, e in enumerate(Expression)})
    found = measure_set(photographs, affected=Side.LEFT)
    for score in found.synkinesis.sub_scores:
        if score.value is not None:
            curve = treated.curve(Quantity.SYNKINESIS, score.name.value, side=Side.LEFT)
            assert curve.typical[at[DAY + 28.0]] == pytest.approx(score.value, abs=1e-6)
    for pair in found.asymmetry:
        if pair.name in KEY_ASYMMETRIES.get(pair.expression, ()):
            curve = treated.curve(Quantity.ASYMMETRY, pair.name, expression=pair.expression)
            assert curve.typical[at[DAY + 28.0]] == pytest.approx(pair.value, abs=1e-5)


def test_days_between_those_of_the_grid_are_close_to_exact():
    case = case_of(history())
    days = np.array([0.0, 6.0, 33.3, 100.5, 365.0, 431.7, 600.2])
    exact_block = np.clip(np.asarray(block_of_sessions(case.history.toxin_sessions, days.tolist())), 0, 1)
    exact = simulate_patient(case.parameters, case.history, days, exact_block)
    found = replay(case, days)
    assert np.allclose(found.blocked_share, exact_block, atol=1e-9)
    for name in ("own_drive", "aberrant_drive", "hypertonia", "contracture"):
        ours, theirs = getattr(found.muscles, name), getattr(exact.muscles, name)
        assert np.allclose(ours, theirs, atol=4e-3), name


def test_replay_without_treatment_is_the_untreated_patient():
    case = case_of(history())
    days = np.array([0.0, 14.0, 448.0])
    alone = replay(TwinCase(history(treated=False), parameters=case.parameters), days)
    beside = replay(case, days, Comparison.UNTREATED)
    assert np.allclose(alone.muscles.own_drive, beside.muscles.own_drive, atol=1e-12)
    assert not np.asarray(beside.blocked_share).any()


@pytest.mark.parametrize("day", [-1.0, 729.0, np.nan])
def test_day_outside_the_course_is_refused(day):
    with pytest.raises(CourseRequestError, match="lies outside the course"):
        replay(case_of(history()), np.array([day]))


def test_known_parameters_are_shared_by_those_drawn():
    everything = frozenset(prior.name for prior in all_priors())
    case = replace(case_of(history(treated=False)), held=everything)
    found = forecast(case, jax.random.key(5))
    for branch in NerveBranch:
        curve = found.curve(Quantity.DRIVE, branch.value, side=Side.LEFT)
        assert np.allclose(curve.quantiles[0.05], curve.typical, atol=CLOSE)
        assert np.allclose(curve.quantiles[0.95], curve.typical, atol=CLOSE)


def test_product_without_data_is_refused_before_anything_is_integrated():
    unknown = next(product for product in ToxinProduct if product not in products_with_data())
    point = ToxinInjection(Side.LEFT, "mentalis", 1, ToxinDose("2.5", unknown), "0.05")
    of = replace(history(), toxin_sessions=(ToxinSession(DAY, (point,)),))
    with pytest.raises(NoJunctionDataError):
        forecast(case_of(of), jax.random.key(5))


def test_two_palsied_sides_are_followed_without_grades():
    both = tuple(Onset(side, dict.fromkeys(NerveBranch, 0.7)) for side in Side)
    found = forecast(case_of(History(onsets=both)), jax.random.key(5))
    assert found.house_brackmann_1_frac is None
    assert {day.sunnybrook for day in found.grades} == {None}
    assert all("one palsied side" in day.reason for day in found.grades)
    assert np.allclose(found.curve(Quantity.SYMMETRY_INDEX).typical, 100.0, atol=1e-3)


def test_unknown_curve_is_refused(treated):
    with pytest.raises(CourseRequestError, match="no curve of drive, buccal"):
        treated.curve(Quantity.DRIVE, "buccal")
