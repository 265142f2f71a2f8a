"""The equations of the twin written a second time, for SciPy: one patient, no structure used."""

from itertools import pairwise

import numpy as np
from scipy.integrate import solve_ivp
from scipy.special import gammainc

from facialis.anatomy.nerve import branches
from facialis.twin.regrowth import regrowth_stages

STATES = (
    "inflammation",
    "conducting",
    "blocked",
    "undriven_lag",
    "undriven_exposure",
    "regrown_lag",
    "regrown_exposure",
    "regrown_hypertonia",
    "undriven_contracture",
    "regrown_contracture",
    "undriven_atrophy",
    "undriven_volume_loss",
    "undriven_descent",
)
SLOW_TIMES = ("atrophy_days", "volume_days", "descent_days")
PATHS_MM = np.array([record.path_length.number for record in branches()])


# Absolute errors count only far below the smallest state that is compared.
ACCURACY = {"method": "DOP853", "rtol": 1e-10, "atol": 1e-16}


def scipy_course(values, severity, edges_days, steroid, antiviral, days, max_step_days=np.inf):
    """States of a patient at some days by `solve_ivp`, restarted at every edge of the drug course.

    ``values`` holds the parameters by name; the result has the axes days, states, sides, branches. The
    interpolation inside SciPy's own long steps is coarser than its tolerance: a test gives a longest step.
    """
    p, stages = values, regrowth_stages()
    shape = severity.shape
    insult = severity * p["insult_strength"]
    regrowth_rate = stages * p["regrowth_speed_mm_per_day"] / PATHS_MM

    def slope(day, flat, steroid_level, antiviral_level):
        load, y = flat[0], flat[1:].reshape(len(STATES), *shape)
        inflamed, conducting, blocked = np.maximum(y[0], 0), y[1], y[2]
        power, loss_power = p["block_steepness"], p["degeneration_steepness"]
        block = p["block_rate_per_day"] * inflamed**power / (1 + inflamed**power)
        loss = inflamed**loss_power / (p["degeneration_threshold"] ** loss_power + inflamed**loss_power)
        loss = p["degeneration_rate_per_day"] * loss
        decay = p["inflammation_decay_per_day"] * (1 + p["corticosteroid_effect"] * steroid_level)
        passed = max(day - p["regrowth_start_days"], 0) * regrowth_rate
        regrown = p["regrowth_share"] * gammainc(stages, passed) * (1 - conducting - blocked)
        undriven = 1 - conducting - regrown
        found = np.empty_like(y)
        found[0] = insult * p["insult_decay_per_day"] * load - decay * y[0]
        found[1] = p["remyelination_per_day"] * blocked - block * conducting
        found[2] = block * conducting - (p["remyelination_per_day"] + loss) * blocked
        lags = (
            (3, undriven, "exposure_days"),
            (4, y[3], "exposure_days"),
            (5, regrown, "exposure_days"),
            (6, y[5], "exposure_days"),
            (7, y[6], "hypertonia_days"),
            (8, y[4], "contracture_days"),
            (9, y[6], "contracture_days"),
            (10, y[4], "atrophy_days"),
            (11, y[4], "volume_days"),
            (12, y[4], "descent_days"),
        )
        for index, driver, time in lags:
            found[index] = (driver - y[index]) / p[time]
        load_decay = p["insult_decay_per_day"] + p["antiviral_effect_per_day"] * antiviral_level
        return np.concatenate([[-load_decay * load], found.ravel()])

    state = np.zeros(1 + len(STATES) * severity.size)
    state[0] = 1
    state[1 + severity.size : 1 + 2 * severity.size] = 1
    stops = np.unique(np.clip(np.concatenate([[0.0], edges_days, [days[-1]]]), 0, days[-1]))
    found = {0.0: state}
    for start, end in pairwise(stops):
        piece = np.searchsorted(edges_days, start, side="right")
        at = np.unique(np.append(days[(days > start) & (days <= end)], end))
        levels = (steroid[piece], antiviral[piece])
        solved = solve_ivp(
            slope, (start, end), state, t_eval=at, args=levels, max_step=max_step_days, **ACCURACY
        )
        found.update(zip(solved.t.tolist(), solved.y.T, strict=True))
        state = solved.y[:, -1]
    return np.array([found[float(day)][1:] for day in days]).reshape(len(days), len(STATES), *shape)


def scipy_disuse(values, days, blocked_share):
    """Lag, exposure, atrophy, loss of volume and descent under a block that is straight between the days.

    The result has the axes days, states, and those of the block after its first.
    """
    times = [values[name] for name in ("exposure_days", "exposure_days", *SLOW_TIMES)]
    rates = 1 / np.array(times)[:, None]
    state = np.zeros((len(times), blocked_share[0].size))
    found = [state]
    # Restarted on every day: the block has a corner there.
    for (start, end), (before, after) in zip(pairwise(days), pairwise(blocked_share), strict=True):
        first, change = before.ravel(), (after - before).ravel() / (end - start)

        def slope(day, flat, begin=start, first=first, change=change):
            y = flat.reshape(state.shape)
            driver = np.concatenate([[first + change * (day - begin)], y[:1], y[[1, 1, 1]]])
            return (rates * (driver - y)).ravel()

        solved = solve_ivp(slope, (start, end), found[-1].ravel(), t_eval=[end], **ACCURACY)
        found.append(solved.y[:, -1].reshape(state.shape))
    return np.array(found).reshape(len(days), len(times), *blocked_share[0].shape)


def scipy_retrained(values, edges_days, levels, days):
    """How far retraining has taken effect on the days; restarted where a period begins or ends."""
    stops = np.unique(np.clip(np.concatenate([edges_days, days]), 0, days[-1]))
    found = {0.0: 0.0}
    for start, end in pairwise(stops):
        level = levels[np.searchsorted(edges_days, start, side="right")]
        solved = solve_ivp(
            lambda _, effect, level=level: (level - effect) / values["retraining_days"],
            (start, end),
            [found[start]],
            t_eval=[end],
            **ACCURACY,
        )
        found[end] = float(solved.y[0, -1])
    return np.array([found[float(day)] for day in days])
