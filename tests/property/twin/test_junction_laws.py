"""What holds for every junction and every dose."""

import jax
import jax.numpy as jnp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import facialis.twin  # noqa: F401  double precision
from facialis.twin.junction import model
from facialis.twin.junction.chain import last_step_amount
from facialis.twin.junction.model import Junction
from facialis.twin.junction.spread import (
    VolumeEffect,
    dose_at_muscles,
    lost_dose,
    spread_kernel,
    spread_shares,
)

pytestmark = pytest.mark.slow

DAYS = jnp.array([0.0, 0.1, 1.0, 6.0, 30.0, 120.0, 700.0])
blocked_share = jax.jit(model.blocked_share)
step_amount = jax.jit(last_step_amount)
SESSION_DAYS = jnp.array([0.0, 84.0, 91.0])


def random_junctions(key, shape):
    """Far wider than any prior, rates that coincide among them."""
    fields = list(Junction.__dataclass_fields__)
    drawn = {
        name: 10 ** jax.random.uniform(part, shape, minval=-2.0, maxval=2.5)
        for name, part in zip(fields, jax.random.split(key, len(fields)), strict=True)
    }
    drawn["sprouting_frac"] = jax.random.uniform(key, shape)
    drawn["release_per_day"] = drawn["release_per_day"].at[::7].set(jnp.log(2) / drawn["half_life_days"][::7])
    return Junction(**drawn)


def test_block_stays_between_none_and_all_over_a_hundred_thousand_draws():
    count = 100_000
    junctions = random_junctions(jax.random.key(0), (count,))
    doses = 10 ** jax.random.uniform(jax.random.key(1), (count, 1, 3), minval=-3.0, maxval=4.0)
    block = jax.jit(jax.vmap(lambda j, d: blocked_share(j, d, SESSION_DAYS, DAYS)))(junctions, doses)
    assert bool(jnp.isfinite(block).all())
    assert bool(((block >= 0) & (block <= 1)).all())
    assert float(block[..., 0].max()) == 0


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**16),
    dose=st.lists(st.floats(0, 500), min_size=3, max_size=3),
    factor=st.floats(1.0, 20.0),
)
def test_more_toxin_never_blocks_less(seed, dose, factor):
    junction = jax.tree.map(lambda leaf: leaf[0], random_junctions(jax.random.key(seed), (1,)))
    doses = jnp.array([dose])
    less, more = (blocked_share(junction, d, SESSION_DAYS, DAYS) for d in (doses, doses * factor))
    assert bool((more >= less - 1e-15).all())


@settings(max_examples=30)
@given(seed=st.integers(0, 2**16), session=st.integers(0, 2))
def test_session_without_dose_changes_nothing(seed, session):
    junction = jax.tree.map(lambda leaf: leaf[0], random_junctions(jax.random.key(seed), (1,)))
    doses = jnp.array([[3.0, 5.0, 2.0]]).at[0, session].set(0.0)
    kept = jnp.array([i for i in range(3) if i != session])
    with_it = blocked_share(junction, doses, SESSION_DAYS, DAYS)
    without = blocked_share(junction, doses[:, kept], SESSION_DAYS[kept], DAYS)
    assert with_it.ravel().tolist() == pytest.approx(without.ravel().tolist(), rel=1e-12)
    none = blocked_share(junction, jnp.zeros((1, 3)), SESSION_DAYS, DAYS)
    assert float(jnp.abs(none).max()) == 0


@given(
    rates=st.lists(st.sampled_from([0.01, 0.3, 0.3000001, 2.0, 40.0]), min_size=5, max_size=5),
    days=st.floats(0.0, 400.0),
)
@settings(max_examples=60)
def test_toxin_on_its_way_is_neither_made_nor_lost(rates, days):
    """What stands at each step, and what has left the last into one that nothing leaves, is the dose."""
    chain = jnp.asarray([*rates, 0.0])
    standing = [step_amount(tuple(chain[: 1 + step]), jnp.asarray(days)) for step in range(1, len(chain))]
    assert float(jnp.exp(-chain[0] * days) + sum(standing)) == pytest.approx(1, abs=1e-11)


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**16),
    volume=st.floats(0.001, 1.0),
    effect=st.sampled_from(VolumeEffect),
    scale=st.floats(0.0, 200.0),
)
def test_spread_neither_makes_nor_loses_toxin(seed, volume, effect, scale):
    parts = jax.random.split(jax.random.key(seed), 3)
    distances = scale * jax.random.uniform(parts[0], (4, 9))
    intended = jax.random.bernoulli(parts[1], 0.2, (4, 9))
    doses = 10 * jax.random.uniform(parts[2], (4,))
    shares = spread_shares(spread_kernel(effect), distances, intended, jnp.full(4, volume))
    assert bool(((shares >= 0) & (shares <= 1)).all())
    lost = lost_dose(doses, shares)
    assert float(lost) >= -1e-12
    assert float(dose_at_muscles(doses, shares).sum() + lost) == pytest.approx(float(doses.sum()), rel=1e-12)
