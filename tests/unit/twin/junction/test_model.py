"""Sessions add up; without toxin nothing changes; SciPy integrates the same equations to the same end."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import solve_ivp

from facialis.toxins import ToxinProduct
from facialis.twin.junction import model
from facialis.twin.junction.courses import days_until_below, peak_day, single_dose_course, value_at
from facialis.twin.junction.model import Junction
from facialis.twin.junction.parameters import draw_junctions, junction_for

blocked_share, effective_toxin, sprouts_share = map(
    jax.jit, (model.blocked_share, model.effective_toxin, model.sprouts_share)
)
ONA = ToxinProduct.ONABOTULINUMTOXIN_A
DAYS = jnp.array([0.0, 0.5, 2.0, 6.0, 14.0, 49.0, 120.0, 400.0])


def with_sprouts(junction, share=0.3):
    return eqx.tree_at(lambda j: j.sprouting_frac, junction, jnp.full_like(junction.sprouting_frac, share))


def integrated(junction, doses, days_of_doses, at_days):
    """The same equations step by step: one chain for each dose, its sprouts beside it."""
    j = {name: float(value) for name, value in vars(junction).items()}
    rates = (j["release_per_day"], j["binding_per_day"], j["translocation_per_day"], j["activation_per_day"])
    loss = np.log(2) / j["half_life_days"]

    def slopes(_, state):
        deposit, free, bound, inside, active, appearing, present = state
        flow = [rate * amount for rate, amount in zip(rates, (deposit, free, bound, inside), strict=True)]
        grown = j["sprouting_per_day"] * appearing
        return [
            -flow[0],
            flow[0] - flow[1],
            flow[1] - flow[2],
            flow[2] - flow[3],
            flow[3] - loss * active,
            -grown,
            grown - j["withdrawal_per_day"] * present,
        ]

    toxin = np.zeros(len(at_days))
    for dose, day in zip(doses, days_of_doses, strict=True):
        late = [float(t) - day for t in at_days if t > day]
        run = solve_ivp(
            slopes, (0, max(late)), [1, 0, 0, 0, 0, 1, 0], t_eval=late, method="LSODA", rtol=1e-10, atol=1e-14
        )
        share = run.y[4] * (1 - j["sprouting_frac"] * run.y[6])
        toxin[len(at_days) - len(late) :] += dose / j["ed50_units"] * share
    return toxin


@pytest.mark.slow
def test_courses_agree_with_scipy():
    patients = with_sprouts(draw_junctions(jax.random.key(7), ONA, patients=12))
    doses, days_of_doses = np.array([4.0, 2.0, 7.5]), np.array([0.0, 91.0, 182.0])
    ours = effective_toxin(
        patients, jnp.broadcast_to(doses, (12, 1, 3)), jnp.broadcast_to(days_of_doses, (12, 3)), DAYS
    )
    for which in range(12):
        one = jax.tree.map(lambda leaf, at=which: leaf[at], patients)
        expected = integrated(one, doses, days_of_doses, np.asarray(DAYS))
        assert ours[which, 0].tolist() == pytest.approx(expected.tolist(), rel=1e-6, abs=1e-12)


@pytest.mark.slow
def test_five_years_of_sessions_add_up():
    junction = junction_for(ONA)
    sessions = jnp.arange(0.0, 5 * 365.0, 91.0)
    at_days = jnp.arange(0.0, 5 * 365.0, 7.0)
    doses = jnp.full((1, sessions.size), 3.0)
    together = effective_toxin(junction, doses, sessions, at_days)
    one_by_one = sum(
        effective_toxin(junction, doses[:, i : i + 1], sessions[i : i + 1], at_days)
        for i in range(sessions.size)
    )
    assert together.ravel().tolist() == pytest.approx(one_by_one.ravel().tolist(), rel=1e-12)
    # A geometric series: each session finds what the earlier ones left.
    kept = 2.0 ** (-91.0 / float(junction.half_life_days))
    single = float(effective_toxin(junction, doses[:, :1], sessions[:1], jnp.array([60.0]))[0, 0])
    last = float(effective_toxin(junction, doses, sessions, sessions[-1:] + 60.0)[0, 0])
    assert last == pytest.approx(single * (1 - kept**sessions.size) / (1 - kept), rel=1e-9)


def test_without_toxin_nothing_is_blocked():
    block = blocked_share(junction_for(ONA), jnp.zeros((3, 2)), jnp.array([0.0, 90.0]), DAYS)
    assert block.tolist() == np.zeros((3, DAYS.size)).tolist()


def test_nothing_is_blocked_before_the_injection():
    block = blocked_share(junction_for(ONA), jnp.ones((1, 1)), jnp.array([14.0]), DAYS)[0]
    assert block[:5].tolist() == [0.0] * 5
    assert float(block[5]) > 0


def test_sprouts_come_and_go_and_bring_some_release_back():
    junction = with_sprouts(junction_for(ONA))
    days = jnp.arange(0.0, 400.0)
    sprouts = sprouts_share(junction, days)
    assert 28 < float(days[jnp.argmax(sprouts)]) < 76
    assert float(sprouts[-1]) < 0.03
    doses, day = jnp.full((1, 1), 4.0), jnp.zeros(1)
    less = blocked_share(junction, doses, day, days)[0, 1:]
    assert bool((less < blocked_share(junction_for(ONA), doses, day, days)[0, 1:]).all())


@pytest.mark.slow
def test_gradients_are_finite_and_those_of_finite_differences():
    doses, days_of_doses = jnp.array([[4.0, 0.0], [0.0, 2.0]]), jnp.array([0.0, 90.0])

    @jax.jit
    def total(junction, doses):
        return blocked_share(junction, doses, days_of_doses, DAYS).sum()

    junction = with_sprouts(junction_for(ONA))
    by_parameter, by_dose = jax.grad(total, argnums=(0, 1))(junction, doses)
    assert bool(jnp.isfinite(by_dose).all())
    names = list(vars(junction))
    for name in names:
        value = getattr(junction, name)
        step = 1e-5 * value

        def moved(by, name=name):
            values = {n: getattr(junction, n) + (by if n == name else 0.0) for n in names}
            return total(Junction(**values), doses)

        expected = float((moved(step) - moved(-step)) / (2 * step))
        assert float(getattr(by_parameter, name)) == pytest.approx(expected, rel=1e-4, abs=1e-8), name


def test_what_is_read_off_a_course():
    days = jnp.arange(0.0, 6.0)
    course = jnp.array([0.0, 0.5, 0.8, 0.6, 0.3, 0.1])
    assert float(peak_day(course, days)) == 2
    assert float(value_at(course, days, 2.5)) == pytest.approx(0.7)
    levels = jnp.array([0.4, 0.05, 0.9])
    found = days_until_below(jnp.stack([course] * 3), days, levels)
    assert found.tolist() == [4.0, float("inf"), 0.0]


def test_single_dose_course_is_that_of_every_patient():
    patients = draw_junctions(jax.random.key(0), ONA, patients=5)
    course = single_dose_course(patients, jnp.asarray(4.0), DAYS)
    assert course.shape == (5, DAYS.size)
    assert len(set(course[:, 3].tolist())) == 5
