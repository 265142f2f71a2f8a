"""Steps of one patient: dense where that patient's nerve, or what lags behind it, bends."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.twin.exposure import Exposure
from facialis.twin.inflammation import inflammation_at, inflammation_course
from facialis.twin.parameters import NerveParameters
from facialis.twin.regrowth import arrived, path_lengths_mm, regrowth_stages

Probes = Float[Array, " probes"]

STEPS = 240
"""Of a course up to `STEPS_UNTIL_DAYS`; the days asked for and the edges of treatments come on top."""
STEPS_UNTIL_DAYS = 730.0
LATER_STEP_DAYS = 15.0

ORDER = 6
"""Both the Magnus step and the quintic between two nodes miss by the sixth power of the step."""
RESTING_PER_DAY = 1 / 30
CHANGE_WEIGHT = 0.7
DECAY_WEIGHT = 1.5
REPAIR_WEIGHT = 0.3
BEGINNING_WEIGHT = 1.5
REGROWTH_WEIGHT = 0.3
"""Weights of what asks for steps, tried on random patients beside SciPy; only their ratios matter."""
SMALL_SHARE = 1e-5
"""Regrowth below this share of the axons need not be resolved: its lagged states are far smaller still."""


def own_nodes(nerve: NerveParameters, exposure: Exposure, last_day: float) -> Float[Array, " own_nodes"]:
    """Ends of steps that suit one patient, between day 0 and the last day, without both.

    Parameters
    ----------
    nerve : NerveParameters     Of one patient.
    exposure : Exposure         Of one patient.
    last_day : float            [d]

    Notes
    -----
    All patients take the same number of steps, so that one program serves them side by side. Steps are
    spread so that each misses about as much: where the error of a step of length h is (w h)^6, their
    density follows w. A severe insult blocks within minutes, a mild one within days: no common grid
    serves both. The days are no function to differentiate: the course does not depend on them.
    """
    nerve, exposure = jax.lax.stop_gradient((nerve, exposure))
    probes = _probes(last_day)
    days = jnp.asarray((probes[1:] + probes[:-1]) / 2)
    density = (
        _of_rates(nerve, exposure, days, jnp.asarray(np.diff(probes)))
        + _of_repair(nerve, days)
        + _of_regrowth(nerve, days)
    )
    # What leaves the numbers leaves them in the course as well, where it is reported.
    density = jnp.nan_to_num(density, posinf=0.0) + RESTING_PER_DAY
    passed = jnp.concatenate([jnp.zeros(1), jnp.cumsum(density * jnp.diff(probes))])
    count = STEPS + max(0, round((last_day - STEPS_UNTIL_DAYS) / LATER_STEP_DAYS))
    wanted = jnp.asarray(np.arange(1, count) / count)
    return jnp.interp(wanted * passed[-1], passed, jnp.asarray(probes))


def _probes(last_day: float) -> Float[np.ndarray, " probes"]:
    """Days between which the density is taken as constant. [d]"""
    early, late = np.geomspace(1e-3, 60, 120), np.geomspace(60, 4000, 40)
    inside = np.unique(np.concatenate([[0.0], early, late]))
    return np.append(inside[inside < last_day], last_day)


def _of_rates(nerve: NerveParameters, exposure: Exposure, days: Probes, lengths_days: Probes) -> Probes:
    """What H, B and the lags behind them need: rates that change, and shares that run out at these rates."""
    course = inflammation_course(nerve, exposure)
    now = inflammation_at(course, days)
    # Rise and decay without their signs: at the peak the rates stand still, but do not stop bending.
    change = course.source_per_day * now.insult / jnp.maximum(now.level, 1e-30) + now.decay_per_day
    strength = (exposure.severity_frac * nerve.insult_strength).ravel()

    def needed(drive: Array, rate: Array, exponent: Array) -> Probes:
        of_level = (now.level**exponent)[:, None] * drive**exponent
        level_rate = rate * of_level / (1 + of_level)
        speed = exponent * change[:, None]
        bend = level_rate / (1 + of_level) * speed * (speed + level_rate) ** (ORDER - 1)
        left = jnp.exp(-jnp.cumsum(level_rate * lengths_days[:, None], axis=0))
        decay = level_rate**ORDER * left
        return jnp.max(CHANGE_WEIGHT**ORDER * bend + DECAY_WEIGHT**ORDER * decay, axis=1)

    block = needed(strength, nerve.block_rate_per_day, nerve.block_steepness)
    loss = needed(
        strength / nerve.degeneration_threshold,
        nerve.degeneration_rate_per_day,
        nerve.degeneration_steepness,
    )
    found: Probes = jnp.maximum(block, loss) ** (1 / ORDER)
    return found


def _of_repair(nerve: NerveParameters, days: Probes) -> Probes:
    """What the lags need behind fibres that conduct again."""
    repair = nerve.remyelination_per_day
    return REPAIR_WEIGHT * repair * jnp.exp(-repair * days / ORDER)


def _of_regrowth(nerve: NerveParameters, days: Probes) -> Probes:
    """What the lags need behind fibres that grow back: the steep beginning, and the bulk of them."""
    start, speed, path_mm = nerve.regrowth_start_days, nerve.regrowth_speed_mm_per_day, path_lengths_mm()
    first, mean = (arrived(days, start, speed, jnp.asarray(path)) for path in (path_mm.min(), path_mm.mean()))
    share = jnp.maximum(first.share, 0.0)
    # The beginning is a power of the time since the start: relative to itself it bends most.
    beginning = (
        first.slope_per_day / jnp.maximum(share, 1e-12) * (share / (share + SMALL_SHARE)) ** (1 / ORDER)
    )
    rate = regrowth_stages() * speed / path_mm.mean()
    found: Probes = BEGINNING_WEIGHT * beginning + REGROWTH_WEIGHT * rate * (mean.slope_per_day / rate) ** (
        1 / ORDER
    )
    return found
