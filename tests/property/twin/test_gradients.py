"""Every output has a finite derivative to every parameter, and it is that of finite differences."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from tests.factories.gradients import course_of, face_of, gradient_errors, junction_of

pytestmark = pytest.mark.slow

LARGEST = 1e-4


@pytest.mark.parametrize("patient", [0, 4])
def test_derivatives_of_a_course(patient):
    worst = gradient_errors(*course_of(patient), step=1e-3)
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
    outputs, inputs, given = course_of(1)
    names = ("insult_strength", "regrowth_speed_mm_per_day", "exposure_days", "severity", "block")
    shape = jax.eval_shape(outputs, inputs, *given).shape
    weights = np.random.default_rng(0).normal(size=shape)

    def of_some(some):
        return outputs({**inputs, **some}, *given) @ weights

    some = {name: inputs[name] for name in names}
    backward = jax.jit(jax.grad(of_some))(some)
    forward = jax.jit(jax.jacfwd(of_some))(some)
    for name in names:
        assert jnp.all(jnp.isfinite(backward[name])), name
        assert np.allclose(backward[name], forward[name], rtol=1e-8, atol=1e-10), name


def test_a_healthy_side_has_finite_derivatives():
    outputs, inputs, given = course_of(0)

    def of_severity(severity):
        return outputs({**inputs, "severity": severity, "block": jnp.asarray(0.0)}, *given)

    assert jnp.all(jnp.isfinite(jax.jit(jax.jacfwd(of_severity))(jnp.zeros((2, 5)))))
