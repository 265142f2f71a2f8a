"""How the effect of a dose sets in at an isolated muscle: the published sequence of steps."""

from dataclasses import dataclass
from functools import cache

import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.evidence import load_values
from facialis.twin.junction.chain import last_step_amount

PACKAGE = "facialis.twin.tables"
MINUTES_PER_DAY = 1440.0
NEVER = 0.0
"""Rate of a step that nothing leaves."""


@dataclass(frozen=True)
class OnsetRates:
    """Rates of the published model. [1/min]"""

    release_per_min: float
    """Free toxin comes out of the injected solution; the step that the four-step model adds."""
    binding_per_min: float
    translocation_per_min: float
    activation_per_min: float


@cache
def published_rates() -> OnsetRates:
    """Rates as the table of the onset gives them [Lebeda08]."""
    table = load_values(PACKAGE, "junction_onset")
    return OnsetRates(
        *(
            table.preferred(f"{step}_rate").number
            for step in ("release", "binding", "translocation", "activation")
        )
    )


def three_step_tension(rates: OnsetRates, time_min: Float[Array, "..."]) -> Float[Array, "..."]:
    """Tension of a muscle in a bath of free toxin: bound, translocated, lytic.

    Parameters
    ----------
    rates : OnsetRates
        `published_rates()`, or others. [1/min]
    time_min : array
        Time since the toxin was given, 0 or more. [min]

    Returns
    -------
    array
        Tension as a share of that before: 1 minus the lytic share. [0-1]

    Notes
    -----
    ``dF/dt = -kB F``, ``dB/dt = kB F - kT B``, ``dT/dt = kT B - kL T``, ``dL/dt = kL T``; the toxin
    starts free, and nothing is lost: tension is ``1 - L`` [Lebeda08].
    """
    steps = (rates.binding_per_min, rates.translocation_per_min, rates.activation_per_min)
    return 1 - _lytic_share(steps, time_min)


def four_step_tension(rates: OnsetRates, time_min: Float[Array, "..."]) -> Float[Array, "..."]:
    """Tension where free toxin first has to come out of the injected solution.

    Parameters, result and equations are those of `three_step_tension`, with the step
    ``dS/dt = -kS S`` before the others [Lebeda08].
    """
    steps = (
        rates.release_per_min,
        rates.binding_per_min,
        rates.translocation_per_min,
        rates.activation_per_min,
    )
    return 1 - _lytic_share(steps, time_min)


def _lytic_share(steps: tuple[float, ...], time_min: Float[Array, "..."]) -> Float[Array, "..."]:
    return last_step_amount(tuple(jnp.asarray(rate) for rate in (*steps, NEVER)), time_min)
