"""Every output has a finite derivative to every parameter, and it is that of finite differences."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from tests.factories.gradients import course_of, face_of, gradient_errors, junction_of

pytestmark = pytest.mark.slow

LARGEST = 1e-4


def test_derivatives_of_a_course():
    worst = gradient_errors(*course_of(4), step=1e-3)
    assert max(worst.values()) < LARGEST, worst


@pytest.mark.parametrize("seed", range(3))
def test_derivatives_of_the_junction(seed):
    worst = gradient_errors(*junction_of(seed))
    assert max(worst.values()) < LARGEST, worst


@pytest.mark.parametrize("seed", range(3))
def test_derivatives_of_the_points_of_a_face(seed):
    worst = gradient_errors(*face_of(seed))
    assert max(worst.values()) < LARGEST, worst


def test_backward_derivatives_are_the_forward_ones():
    outputs, inputs = course_of(1)
    names = ("insult_strength", "regrowth_speed_mm_per_day", "exposure_days", "severity", "block")
    weights = np.random.default_rng(0).normal(size=outputs(inputs).shape)

    def of_some(some):
        return outputs({**inputs, **some}) @ weights

    some = {name: inputs[name] for name in names}
    backward = jax.jit(jax.grad(of_some))(some)
    forward = jax.jit(jax.jacfwd(of_some))(some)
    for name in names:
        assert jnp.all(jnp.isfinite(backward[name])), name
        assert np.allclose(backward[name], forward[name], rtol=1e-8, atol=1e-10), name


def test_a_healthy_side_has_finite_derivatives():
    outputs, inputs = course_of(0)
    nothing = {**inputs, "severity": jnp.zeros((2, 5)), "block": jnp.asarray(0.0)}
    for leaf in jax.jit(jax.jacfwd(outputs))(nothing).values():
        assert jnp.all(jnp.isfinite(leaf))
