"""Decode patients whose truth is known, and keep truth, answer and ranks side by side."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.stats import chi2, norm

from benchmarks._virtual_patients import VirtualPatient, see, true_excess
from facialis.twin.calibrate import Posterior, calibrate, split_visits
from facialis.twin.decode import CERTAIN_SDS, ROUNDING, decode
from facialis.twin.present.scores import efforts_of, place_of, state_size
from facialis.twin.present.state import healthy_activations, present_activations, state_from_scores
from facialis.twin.present.visits import Visit

LEVELS = (0.5, 0.8, 0.9, 0.95)
DRAWS = 199
"""A truth has a rank from 0 to this."""
BINS = 10
CALM_BELOW = 0.01
"""Of a healthy maximum: less excess than that is none."""
DAY = 540.0

PerMuscle = Float[np.ndarray, "patients expressions sides muscles"]


@dataclass(frozen=True, eq=False)
class DecodedPatients:
    """Sides: affected, then healthy."""

    true: PerMuscle
    mean: PerMuscle
    sd: PerMuscle
    rank: Int[np.ndarray, "patients expressions sides muscles"]
    """How many of `DRAWS` draws from the posterior lie below the truth."""
    is_told: Bool[np.ndarray, "patients sides muscles"]
    left_open: Float[np.ndarray, "patients sides muscles"]
    score_z: Float[np.ndarray, "patients scores"]
    """True scores of the state less their posterior means, over their standard deviations."""
    converged: int
    seconds: Float[np.ndarray, " patients"]

    @property
    def is_open(self) -> Bool[np.ndarray, "patients expressions sides muscles"]:
        """Whether there is anything to find: a healthy side at rest is healthy by definition."""
        return self.sd > ROUNDING

    def z(self, where: Bool[np.ndarray, "patients expressions sides muscles"]) -> Float[np.ndarray, " cells"]:
        """Error over its stated standard deviation, in some cells."""
        take = where & self.is_open
        return np.asarray((self.true[take] - self.mean[take]) / self.sd[take])

    def only(
        self, side: int, muscle: int | None = None
    ) -> Bool[np.ndarray, "patients expressions sides muscles"]:
        """Cells of one side, and of one muscle."""
        found = np.zeros(self.true.shape, dtype=bool)
        found[:, :, side, slice(None) if muscle is None else muscle] = True
        return found


def decode_patients(
    patients: Sequence[VirtualPatient], seed: int, look: Callable[..., Visit] = see
) -> DecodedPatients:
    """One visit of every patient, calibrated and decoded."""
    found: dict[str, list[Any]] = {
        name: [] for name in ("true", "mean", "sd", "rank", "is_told", "left_open", "score_z")
    }
    converged, seconds = 0, []
    for patient in patients:
        rng = np.random.default_rng([seed, patient.number])
        visit = look(patient, DAY, rng, efforts=patient.efforts)
        key = jax.random.key(patient.number)
        started = time.perf_counter()
        posterior = calibrate([visit], [], patient.affected)
        decoded = decode(posterior, key)
        seconds.append(time.perf_counter() - started)
        converged += posterior.has_converged
        order = [patient.side_index, 1 - patient.side_index]
        true = true_excess(patient)
        drawn = excess_draws(posterior, jax.random.fold_in(key, 1))
        found["true"].append(true[:, order])
        found["mean"].append(decoded.excess[:, order])
        found["sd"].append(decoded.excess_sd[:, order])
        found["rank"].append((drawn < true).sum(axis=0)[:, order])
        found["is_told"].append(decoded.is_told[order])
        found["left_open"].append(decoded.left_open[order])
        size = state_size()
        found["score_z"].append((patient.scores - posterior.mean[:size]) / posterior.sd[:size])
    arrays = {name: np.array(values) for name, values in found.items()}
    return DecodedPatients(**arrays, converged=converged, seconds=np.array(seconds))


def excess_draws(posterior: Posterior, key: Any) -> Float[np.ndarray, "draws expressions sides muscles"]:
    """Excess activation of the last visit in `DRAWS` draws, each independent of the others."""
    z = np.asarray(jax.random.normal(key, (DRAWS, len(posterior.mean))))
    states, visits = split_visits(jnp.asarray(posterior.mean + z @ posterior.root.T))
    return np.asarray(excess_of(states, visits[:, -1, 0], posterior.question.affected))


@jax.jit
def excess_of(states: Any, efforts: Any, affected: Any) -> Any:
    """Excess activation of many draws of one patient."""

    def one(scores: Any, asked: Any) -> Any:
        state, effort = state_from_scores(scores, affected), efforts_of(asked)
        return present_activations(state, effort) - healthy_activations(state, effort)

    return jax.vmap(one)(states, efforts)


def coverage(z: Float[np.ndarray, "..."]) -> dict[float, float]:
    """Share of the truths within the stated normal interval of each level."""
    return {level: float((np.abs(z) < norm.ppf((1 + level) / 2)).mean()) for level in LEVELS}


def rank_histogram(rank: Int[np.ndarray, "..."]) -> Float[np.ndarray, " bins"]:
    """Share of ranks in `BINS` equal bins; 0.1 each where intervals are honest."""
    return np.bincount(rank.ravel() * BINS // (DRAWS + 1), minlength=BINS) / rank.size


def rank_p_value(rank: Int[np.ndarray, " patients"]) -> float:
    """Chance of ranks as uneven as these, were the posterior the true one; of independent patients."""
    count = len(rank) * rank_histogram(rank)
    even = len(rank) / BINS
    return float(chi2.sf(((count - even) ** 2 / even).sum(), BINS - 1))


def correlation(
    found: DecodedPatients, where: Bool[np.ndarray, "patients expressions sides muscles"]
) -> float:
    """Of estimated with true excess in some cells."""
    take = where & found.is_open
    return float(np.corrcoef(found.true[take], found.mean[take])[0, 1])


def false_alarms(
    found: DecodedPatients, where: Bool[np.ndarray, "patients expressions sides muscles"]
) -> tuple[float, int]:
    """Share of cells without excess that are called overdriven, and how many cells that is."""
    calm = where & found.is_open & (found.true < CALM_BELOW)
    count = int(calm.sum())
    return float((found.mean > CERTAIN_SDS * found.sd)[calm].sum() / max(count, 1)), count


def junction_of(posterior: Posterior) -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3"]]:
    """Mean and standard deviation of the patient's three junction scores."""
    at = place_of("junction")
    return posterior.mean[at], posterior.sd[at]
