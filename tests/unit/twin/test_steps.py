"""The pieces of a step: matrix exponential, Magnus exponent, lags, nodes."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.linalg import expm
from scipy.stats import gamma

import facialis.twin  # noqa: F401  double precision first
from facialis.twin.errors import CourseRequestError
from facialis.twin.exposure import untreated
from facialis.twin.inflammation import inflammation_at, inflammation_course, piece_of
from facialis.twin.magnus import NODES, Matrix2, exponential, magnus_exponent
from facialis.twin.own_steps import STEPS, own_nodes
from facialis.twin.parameters import typical_parameters
from facialis.twin.regrowth import arrived, path_lengths_mm, regrowth_stages
from facialis.twin.relaxation import Track, follow, lag_over
from facialis.twin.time_grid import fixed_nodes, output_index, patient_nodes, weekly_days


def matrix(entries):
    return Matrix2(*(jnp.asarray(float(entry)) for entry in entries))


@pytest.mark.parametrize(
    "entries",
    [
        (0, 0, 0, 0),
        (-2, 0.1, 2, -0.4),
        (1e-6, 1e-5, 2e-5, -1e-6),
        (-30, 1, 30, -1),
        (-0.02, 0.03, 0.02, -0.03),
    ],
)
def test_exponential_is_that_of_scipy(entries):
    expected = expm(np.reshape(np.array(entries, float), (2, 2)))
    assert np.allclose(
        np.reshape(np.array(exponential(matrix(entries))), (2, 2)), expected, rtol=1e-12, atol=1e-15
    )


def test_commutator_is_the_product_less_the_other():
    one, other = np.array([[1.0, 2], [3, 4]]), np.array([[0.5, -1], [2, 7]])
    found = matrix(one.ravel()).commutator(matrix(other.ravel()))
    assert np.allclose(np.array(found).reshape(2, 2), one @ other - other @ one)


def test_magnus_step_has_error_of_seventh_order():
    def at(day):
        block, loss = 2.0 * np.sin(1 + day), 0.3 * np.cos(day)
        return np.array([[-block, 0.1], [block, -0.1 - loss]])

    def missed(step):
        entries = [matrix(at(node * step).ravel()) for node in NODES]
        found = exponential(magnus_exponent(*entries, jnp.asarray(step))).apply(
            jnp.asarray(1.0), jnp.asarray(0.0)
        )
        truth = solve_ivp(
            lambda t, y: at(t) @ y, (0, step), [1.0, 0.0], rtol=1e-13, atol=1e-15, method="DOP853"
        ).y[:, -1]
        return np.abs(np.array(found) - truth).max()

    assert missed(0.25) < 2e-8
    assert 60 < missed(0.5) / missed(0.25) < 260, "near 2 to the 7th"


QUINTIC = np.polynomial.Polynomial([0.2, 0.05, -0.02, 0.003, -4e-4, 5e-5])


@pytest.mark.parametrize("step", [1e-7, 0.01, 3.5, 60.0, 90.0, 400.0])
def test_a_lag_answers_a_quintic_exactly(step):
    rate = 1 / 45
    track = Track(*(jnp.asarray(float(QUINTIC.deriv(n)(day))) for n in range(3) for day in (0.0, step)))
    found = follow(jnp.asarray(0.1), track, lag_over(jnp.asarray(rate), jnp.asarray(step)))
    driven = quad(lambda s: rate * np.exp(-rate * (step - s)) * QUINTIC(s), 0, step, epsrel=1e-12)[0]
    truth = 0.1 * np.exp(-rate * step) + driven
    assert float(found.end) == pytest.approx(truth, rel=1e-11)
    assert float(found.start_slope) == pytest.approx(rate * (QUINTIC(0) - 0.1))
    end_slope = rate * (QUINTIC(step) - truth)
    assert float(found.end_slope) == pytest.approx(end_slope, rel=1e-9, abs=1e-14)
    assert float(found.end_curvature) == pytest.approx(rate * (QUINTIC.deriv()(step) - end_slope), rel=1e-9)


def test_weekly_days_and_shared_nodes():
    days = weekly_days(70)
    assert days.tolist() == list(range(0, 71, 7))
    nodes = fixed_nodes(days)
    assert set(days) <= set(nodes)
    assert nodes[-1] == 70
    assert np.all(np.diff(nodes) > 0)
    assert np.diff(nodes)[0] == 1 / 32
    assert np.diff(fixed_nodes(weekly_days())).max() == 3.5


@pytest.mark.parametrize("last", [np.nan, np.inf, 0, 3800])
def test_weekly_days_outside_a_course_are_refused(last):
    with pytest.raises(CourseRequestError, match="a course runs from 7 to 3700 days"):
        weekly_days(last)


def test_a_patients_edges_are_nodes_and_output_days_are_found():
    days = weekly_days(70)
    nodes = patient_nodes(fixed_nodes(days), jnp.asarray([1.3, 6.3, 400.0]))
    assert {1.3, 6.3} <= set(np.asarray(nodes))
    assert float(nodes[-1]) == 70
    assert np.asarray(nodes)[np.asarray(output_index(nodes, days))].tolist() == days.tolist()


@pytest.mark.parametrize("same_rates", [False, True])
def test_inflammation_is_the_solution_of_its_equation(same_rates):
    nerve = typical_parameters().nerve
    decay = float(nerve.insult_decay_per_day)
    if same_rates:
        nerve = jax.tree.map(lambda leaf: leaf, nerve)
        object.__setattr__(nerve, "inflammation_decay_per_day", jnp.asarray(decay))
    exposure = untreated(np.zeros((2, 5)))
    days = jnp.asarray([0.0, 0.5, 3.0, 20.0])
    rate = float(nerve.inflammation_decay_per_day)
    truth = [
        quad(lambda s, t=t: decay * np.exp(-decay * s - rate * (t - s)), 0, t)[0] for t in np.asarray(days)
    ]
    assert np.allclose(inflammation_at(inflammation_course(nerve, exposure), days).level, truth, rtol=1e-10)


def test_inflammation_rises_and_falls_with_its_slope_on_both_sides_of_an_edge():
    exposure = eqx.tree_at(
        lambda e: (e.drug_edges_days, e.corticosteroid_level, e.antiviral_level),
        untreated(np.ones((2, 5))),
        tuple(jnp.asarray(values) for values in ([2.0, 9.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0])),
    )
    course = inflammation_course(typical_parameters().nerve, exposure)
    edge = jnp.asarray([2.0])
    assert piece_of(course, jnp.asarray([0.0, 1.0, 2.0, 8.0, 9.0, 99.0])).tolist() == [0, 0, 1, 1, 2, 2]
    for piece, side in ((0, -1e-6), (1, 1e-6)):
        now = inflammation_at(course, edge, jnp.asarray([piece]))
        near = inflammation_at(course, edge + side, jnp.asarray([piece]))
        assert float(now.slope_per_day[0]) == pytest.approx(
            float((near.level - now.level)[0]) / side, rel=1e-4
        )
    before, after = (inflammation_at(course, edge, jnp.asarray([p])) for p in (0, 1))
    assert float(before.level[0]) == pytest.approx(float(after.level[0]), rel=1e-14)
    assert float(after.slope_per_day[0]) < float(before.slope_per_day[0])


def test_a_patients_steps_follow_that_patients_rates():
    nodes_of = jax.jit(own_nodes, static_argnums=2)

    def steps(parameters, severity, last_day=728.0):
        palsy = untreated(np.stack([np.full(5, severity), np.zeros(5)]))
        return np.asarray(nodes_of(parameters.nerve, palsy, last_day))

    usual = typical_parameters()
    nodes = steps(usual, 1.0)
    assert len(nodes) == STEPS - 1
    assert np.all(np.diff(nodes) > 0)
    assert 0 < nodes[0] < nodes[-1] < 728
    violent = eqx.tree_at(lambda p: p.nerve.insult_strength, usual, jnp.asarray(1000.0))
    assert (steps(violent, 1.0) < 0.02).sum() > (nodes < 0.02).sum() + 3, "it blocks within minutes"
    fast = eqx.tree_at(lambda p: p.nerve.regrowth_start_days, usual, jnp.asarray(60.0))
    assert ((steps(fast, 1.0) > 60) & (steps(fast, 1.0) < 90)).sum() > 2 * ((nodes > 60) & (nodes < 90)).sum()
    assert np.all(np.isfinite(steps(usual, 0.0))), "nothing happens: steps all the same"
    broken = eqx.tree_at(lambda p: p.nerve.block_rate_per_day, usual, jnp.asarray(1e300))
    assert np.all(np.isfinite(steps(broken, 1.0))), "what diverges is found in the course"
    assert len(steps(usual, 1.0, 3650.0)) > len(nodes) + 150


def test_arrival_is_the_gamma_distribution():
    stages, path = regrowth_stages(), path_lengths_mm()[:, None]
    days = np.array([0.0, 10.0, 40.0, 90.0, 200.0])
    there = arrived(jnp.asarray(days), jnp.asarray(10.0), jnp.asarray(1.2), jnp.asarray(path))
    law = gamma(stages, scale=path / 1.2 / stages)
    assert np.allclose(there.share, law.cdf(days - 10), atol=1e-14)
    assert np.allclose(there.slope_per_day, law.pdf(days - 10), atol=1e-14)
    bend = (law.pdf(days - 10 + 1e-4) - law.pdf(days - 10 - 1e-4)) / 2e-4
    assert np.allclose(there.curvature_per_day2, bend, atol=1e-9)
    assert law.mean() == pytest.approx(path / 1.2)
