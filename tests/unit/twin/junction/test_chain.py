"""A chain of steps in closed form, against numbers with hundreds of digits."""

from decimal import Decimal, localcontext

import jax
import jax.numpy as jnp
import pytest

import facialis.twin  # noqa: F401  double precision
from facialis.twin.junction.chain import last_step_amount

RATES = {
    "apart": (0.00015, 0.058, 0.141, 0.013, 0.0),
    "close": (0.5, 0.5000001, 0.4999999, 0.51),
    "equal": (0.7, 0.7, 0.7, 0.7),
    "equal to the loss": (0.02, 84.0, 203.0, 19.0, 0.02),
    "two steps": (0.3, 0.1),
}


def by_partial_fractions(rates, time):
    """Equal rates are set apart by less than any difference that shows."""
    with localcontext() as context:
        context.prec = 300
        exact = [Decimal(rate) + Decimal(i) * Decimal("1e-40") for i, rate in enumerate(rates)]
        total = Decimal(0)
        for i, rate in enumerate(exact):
            others = Decimal(1)
            for j, other in enumerate(exact):
                others *= other - rate if i != j else 1
            total += (-rate * Decimal(time)).exp() / others
        for rate in exact[:-1]:
            total *= rate
        return float(total)


step_amount = jax.jit(last_step_amount)


def amount(rates, time):
    return step_amount(tuple(jnp.asarray(rate) for rate in rates), jnp.asarray(time))


@pytest.mark.parametrize("time", [1e-3, 0.5, 7.0, 300.0])
@pytest.mark.parametrize("name", RATES)
def test_amount_is_exact_whether_rates_are_apart_or_equal(name, time):
    assert float(amount(RATES[name], time)) == pytest.approx(
        by_partial_fractions(RATES[name], time), rel=1e-10
    )


@pytest.mark.parametrize("name", RATES)
def test_order_of_the_inner_rates_changes_nothing(name):
    *inner, last = RATES[name]
    assert float(amount((*inner[::-1], last), 3.0)) == pytest.approx(
        float(amount(RATES[name], 3.0)), rel=1e-13
    )


def test_nothing_has_arrived_at_time_zero():
    assert float(amount(RATES["apart"], 0.0)) == 0


@pytest.mark.parametrize("name", RATES)
def test_gradients_are_those_of_finite_differences(name):
    rates = jnp.asarray(RATES[name])

    @jax.jit
    def of(values):
        return last_step_amount(tuple(values), jnp.asarray(2.0))

    gradient = jax.jit(jax.grad(of))(rates)
    for i in range(rates.size):
        step = 1e-6
        above, below = of(rates.at[i].add(step)), of(rates.at[i].add(-step))
        assert float(gradient[i]) == pytest.approx(float((above - below) / (2 * step)), rel=1e-4, abs=1e-9)
