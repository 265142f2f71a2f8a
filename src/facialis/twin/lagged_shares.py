"""What lags behind the fibres of a branch: exposure to absent and to foreign drive, and what it brings."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.nerve_rates import Drivers
from facialis.twin.parameters import MuscleParameters, SoftTissueParameters
from facialis.twin.relaxation import Lag, Track, follow, lag_over

UNDRIVEN, REGROWN = 0, 1

Nodes = Float[Array, "nodes sides branches"]
Exposed = Float[Array, "exposures sides branches"]
Slow = Float[Array, "states sides branches"]

SLOW = (
    ("hypertonia", REGROWN),
    ("contracture", UNDRIVEN),
    ("contracture", REGROWN),
    ("atrophy", UNDRIVEN),
    ("volume", UNDRIVEN),
    ("descent", UNDRIVEN),
)
"""Slow states: their lag, and the exposure they follow."""


def lagged_shares(
    drivers: Drivers,
    muscle: MuscleParameters,
    soft_tissue: SoftTissueParameters,
    step_days: Float[Array, " steps"],
) -> tuple[Nodes, ...]:
    """Every lagged state at every node, in the order in which `BranchStates` lists them. [0-1]

    Notes
    -----
    All begin at 0. States of one kind are stacked: one lag formula is compiled, not ten.
    """
    times_days = {
        "exposure": muscle.exposure_days,
        "hypertonia": muscle.hypertonia_days,
        "contracture": muscle.contracture_days,
        "atrophy": muscle.atrophy_days,
        "volume": soft_tissue.volume_days,
        "descent": soft_tissue.descent_days,
    }
    rates = jnp.stack([1 / times_days[name] for name in ("exposure", *(lag for lag, _ in SLOW))])
    follows = jnp.asarray([driver for _, driver in SLOW])

    def step(
        states: tuple[Exposed, Exposed, Slow], now: tuple[Track, Float[Array, ""]]
    ) -> tuple[tuple[Exposed, Exposed, Slow], tuple[Exposed, Exposed, Slow]]:
        driver, days = now
        lags = lag_over(rates, days)
        shared = Lag(*(leaf[0] for leaf in lags))
        slow = Lag(*(leaf[1:, None, None] for leaf in lags))
        lag = follow(states[0], driver, shared)
        exposure = follow(states[1], lag, shared)
        changed = follow(states[2], Track(*(leaf[follows] for leaf in exposure)), slow)
        after = (lag.end, exposure.end, changed.end)
        return after, after

    nothing = jnp.zeros_like(drivers.value[0])
    first = (nothing, nothing, jnp.stack([nothing[driver] for _, driver in SLOW]))
    _, later = jax.lax.scan(step, first, (_tracks(drivers), step_days))
    lag, exposure, slow = (jnp.concatenate([one[None], many]) for one, many in zip(first, later, strict=True))
    return (
        *(part[:, kind] for kind in (UNDRIVEN, REGROWN) for part in (lag, exposure)),
        *(slow[:, kind] for kind in range(len(SLOW))),
    )


def _tracks(drivers: Drivers) -> Track:
    value, slope, curvature = drivers
    return Track(value[:-1], value[1:], slope[:-1], slope[1:], curvature[0], curvature[1])
