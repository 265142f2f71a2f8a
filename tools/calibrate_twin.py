"""Fit the twin's population to the natural history and the trials of Bell's palsy; seeded, rerunnable.

One set of physiological priors serves three arms: the untreated Copenhagen series, and the two arms of a
trial of corticosteroids, which took in milder and earlier palsies. Every patient has a face; grades come
from its measures by the rules of the suggested grades (`twin.array_grades`). Rows marked FIT are fitted,
rows marked TEST are only compared. A covariance-matrix evolution strategy with common random numbers finds
the region (hours on two cores, minutes on a graphics card), Levenberg steps finish (minutes), both on a
coarse time grid; the table at the end comes from new patients on the fine grid.

    python tools/calibrate_twin.py                              only print what the tables give
    python tools/calibrate_twin.py --polish 3 --write           finish from the tables, and write them
    python tools/calibrate_twin.py --minutes 60 --polish 3      search first
"""

import argparse
import csv
import json
import time
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from cmaes import CMA
from numpy.typing import NDArray

from facialis.twin.natural_history import (
    COHORTS,
    Population,
    Use,
    population_of_tables,
    simulated_outcomes,
    target_rows,
)
from facialis.twin.parameters import all_priors
from facialis.twin.priors import PriorKind

TABLES = Path(__file__).parents[1] / "src" / "facialis" / "twin" / "tables"
STEP = 0.3
"""Of the search, on the scale on which a parameter is normal."""
TOWARD_TABLES = 0.02
"""Weight of a squared step away from the tables beside a squared miss in tolerances."""

MEDIANS = {
    "insult_strength": (1.0, 40.0),
    "inflammation_decay_per_day": (0.05, 1.0),
    "corticosteroid_effect": (0.3, 8.0),
    "block_rate_per_day": (0.5, 8.0),
    "remyelination_per_day": (0.005, 0.3),
    "degeneration_rate_per_day": (0.01, 2.0),
    "degeneration_threshold": (0.2, 10.0),
    "regrowth_share": (0.5, 0.99),
    "regrowth_speed_mm_per_day": (0.8, 3.0),
    "misrouting_share": (0.2, 0.98),
    "misrouting_growth": (0.05, 1.0),
    "misrouting_range_branches": (0.5, 8.0),
    "fresh_aberrant_effect": (0.05, 0.9),
    "foreign_gain": (1.0, 20.0),
    "hypertonia_tone": (0.05, 0.8),
    "absent_drive_contracture": (0.05, 0.8),
    "contracture_force": (0.02, 0.6),
    "denervation_atrophy_max": (0.1, 0.9),
}
"""Medians that are searched, and what they may be."""
SPREADS = {
    "insult_strength": (0.1, 1.5),
    "inflammation_decay_per_day": (0.1, 1.2),
    "remyelination_per_day": (0.1, 1.0),
    "degeneration_rate_per_day": (0.1, 2.5),
    "degeneration_threshold": (0.1, 2.0),
    "regrowth_share": (0.1, 2.5),
    "misrouting_share": (0.1, 2.5),
    "foreign_gain": (0.1, 1.0),
}
RATERS = {
    "complete_palsy": (0.05, 0.15),
    "first_sign": (0.02, 0.1),
    "house_brackmann_1_movement": (0.5, 0.88),
    "house_brackmann_1_synkinesis": (1.0, 3.0),
}
NAMES = (
    *(f"median {name}" for name in MEDIANS),
    *(f"spread {name}" for name in SPREADS),
    *(f"severity {name}" for name in COHORTS),
    *(f"severity spread {name}" for name in COHORTS),
    *(f"rater {name}" for name in RATERS),
)

Vector = NDArray[np.float64]


def population_at(vector: Any) -> Population:
    """The population that lies ``vector`` away from the tables; 0 is what they say."""
    move = dict(zip(NAMES, vector, strict=True))
    tables = population_of_tables()
    medians, spreads = list(tables.medians), list(tables.spreads)
    for index, prior in enumerate(all_priors()):
        if prior.name in MEDIANS:
            shift = _shift if prior.kind is PriorKind.LOGIT_NORMAL else _scale
            medians[index] = shift(medians[index], move[f"median {prior.name}"], MEDIANS[prior.name])
        if prior.name in SPREADS:
            spreads[index] = _scale(spreads[index], move[f"spread {prior.name}"], SPREADS[prior.name])
    severities = {
        name: (
            _shift(median, move[f"severity {name}"], (0.05, 0.97)),
            _scale(spread, move[f"severity spread {name}"], (0.3, 3.0)),
        )
        for name, (median, spread) in tables.severities.items()
    }
    raters = dict(tables.raters)
    for name, limits in RATERS.items():
        raters[name] = _scale(raters[name], 0.3 * move[f"rater {name}"], limits)
    return Population(tuple(medians), tuple(spreads), severities, raters)


def _shift(share: float, step: Any, limits: tuple[float, float]) -> Any:
    return jnp.clip(jax.nn.sigmoid(jnp.log(share / (1 - share)) + step), *limits)


def _scale(value: float, step: Any, limits: tuple[float, float]) -> Any:
    return jnp.clip(value * jnp.exp(step), *limits)


def misses(vectors: Any, key: Any, patients: int, together: int) -> Any:
    """Misses of the fitted rows in tolerances, for several vectors. (vectors, rows)"""
    rows = [row for row in target_rows() if row.use is Use.FIT]
    place = {row.quantity: index for index, row in enumerate(target_rows())}
    wanted = np.array([row.target for row in rows])
    allowed = np.array([row.tolerance for row in rows])
    at = np.array([place[row.quantity] for row in rows])

    def one(vector: Any) -> Any:
        found = simulated_outcomes(
            population_at(vector), key, patients, is_coarse=True, chunk_patients=min(patients, together)
        )
        return (found[at] - wanted) / allowed

    return jax.lax.map(one, vectors, batch_size=max(1, together // patients))


def losses(vectors: Any, missed: Any, start: Vector) -> Any:
    """Squared misses, and a little for every step away from the start."""
    return np.minimum(np.square(missed), 400.0).sum(axis=1) + TOWARD_TABLES * np.square(
        np.asarray(vectors) - start
    ).sum(axis=1)


def polish(start: Vector, steps: int, seed: int, patients: int, together: int) -> Vector:
    """Levenberg steps on common random numbers, with slopes by differences wide enough for counts."""
    judge = jax.jit(lambda vectors, key: misses(vectors, key, patients, together))
    found, width = start.copy(), 0.15
    for step in range(steps):
        key = jax.random.fold_in(jax.random.key(seed), step)
        moved = np.concatenate([found[None], found + width * np.eye(len(NAMES))])
        missed = np.asarray(judge(moved, key))
        slopes = (missed[1:] - missed[0]) / width
        tried = [found]
        for damping in (0.3, 1.0, 3.0, 10.0, 30.0):
            square = slopes @ slopes.T + (damping + TOWARD_TABLES) * np.eye(len(NAMES))
            pull = slopes @ missed[0] + TOWARD_TABLES * (found - start)
            tried.append(found - np.linalg.solve(square, pull))
        vectors = np.stack([*tried, *(found + (v - found) / 2 for v in tried[1:])])
        judged = losses(vectors, np.asarray(judge(vectors, key)), start)
        found = vectors[judged.argmin()]
        print(f"step {step}: {judged[0]:.2f} -> {judged.min():.2f}", flush=True)
    return found


def search(minutes: float, seed: int, patients: int, offspring: int, together: int, start: Vector) -> Vector:
    """Covariance-matrix evolution [Hansen] on common random numbers."""
    judge = jax.jit(lambda vectors, key: misses(vectors, key, patients, together))
    optimiser = CMA(mean=start, sigma=STEP / 2 if start.any() else STEP, seed=seed, population_size=offspring)
    key, until = jax.random.key(seed), time.monotonic() + 60 * minutes
    best, best_loss, generation = np.zeros(len(NAMES)), np.inf, 0
    while time.monotonic() < until and not optimiser.should_stop():
        tried = np.array([optimiser.ask() for _ in range(offspring)])
        if generation == 0:
            tried[0] = start
        # New patients now and then: what is found holds for more than one draw.
        missed = np.asarray(judge(tried, jax.random.fold_in(key, generation // 25)))
        found = losses(tried, missed, start)
        optimiser.tell(list(zip(tried, found, strict=True)))
        if generation % 25 == 0:
            best_loss = np.inf
        if found.min() < best_loss:
            best, best_loss = tried[found.argmin()], found.min()
        if generation % 10 == 0:
            print(f"generation {generation:4d}  best {best_loss:9.2f}", flush=True)
        generation += 1
    print(f"{generation} generations, best {best_loss:.2f}", flush=True)
    # The middle of the search is steadier than its luckiest throw.
    middle = np.asarray(optimiser.mean)
    pair = np.stack([middle, best] * (offspring // 2))
    both = losses(pair, np.asarray(judge(pair, jax.random.fold_in(key, 10_000))), start)
    return middle if both[0] <= both[1] else best


def print_table(found: Any) -> None:
    print(f"{'row':>3}  {'quantity':<46} {'target':>7} {'simulated':>9} {'tolerance':>9}  use   verdict")
    for row, value in zip(target_rows(), np.asarray(found), strict=True):
        verdict = "meets" if abs(value - row.target) <= row.tolerance else "MISSES"
        numbers = f"{row.target:7.3f} {value:9.3f} {row.tolerance:9.3f}"
        print(
            f"{row.row:>3}  {row.quantity:<46} {numbers}  {row.use.value:<4}  {verdict:<7}  {row.source_key}"
        )


def write(vector: Vector) -> None:
    """Put what was found into the tables, tagged calibrated."""
    found = population_at(vector)
    by_name = {prior.name: index for index, prior in enumerate(all_priors())}
    for stem in ("nerve_parameters", "muscle_parameters"):
        changes: dict[str, dict[str, str]] = {}
        for name in {*MEDIANS, *SPREADS}:
            index = by_name[name]
            changes[name] = {
                "value": f"{float(found.medians[index]):.4g}",
                "spread": f"{float(found.spreads[index]):.4g}",
            }
        _rewrite(stem, "name", changes)
    _rewrite(
        "cohorts",
        "cohort",
        {
            name: {"severity_median": f"{float(median):.4g}", "severity_spread": f"{float(spread):.4g}"}
            for name, (median, spread) in found.severities.items()
        },
    )
    _rewrite("rater_limits", "name", {name: {"value": f"{float(found.raters[name]):.4g}"} for name in RATERS})


def _rewrite(stem: str, key: str, changes: dict[str, dict[str, str]]) -> None:
    path = TABLES / f"{stem}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows:
        if row[key] in changes:
            row.update(changes[row[key]])
            row["source_key"], row["provenance"] = "Facialis", "calibrated"
            row["locator"] = "tools/calibrate_twin.py, on the natural history and the corticosteroid trials"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=0.0, help="of the search")
    parser.add_argument("--polish", type=int, default=0, help="Levenberg steps")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--patients", type=int, default=600, help="in each arm during the search")
    parser.add_argument("--offspring", type=int, default=16, help="candidates in a generation")
    parser.add_argument("--together", type=int, default=100, help="patients at once; thousands on a GPU")
    parser.add_argument("--check", type=int, default=4000, help="new patients in each arm of the last table")
    parser.add_argument("--vector", type=Path, help="a vector found before, instead of a search")
    parser.add_argument("--save", type=Path, help="where to keep the vector")
    parser.add_argument("--write", action="store_true", help="write the tables")
    asked = parser.parse_args()
    found = np.zeros(len(NAMES))
    if asked.vector:
        found = np.array([json.loads(asked.vector.read_text())[name] for name in NAMES])
    if asked.minutes > 0:
        found = search(asked.minutes, asked.seed, asked.patients, asked.offspring, asked.together, found)
    if asked.polish:
        found = polish(found, asked.polish, asked.seed, asked.patients, asked.together)
    if asked.save:
        asked.save.write_text(json.dumps(dict(zip(NAMES, found.tolist(), strict=True)), indent=1))
    key = jax.random.key(asked.seed + 1)
    print_table(simulated_outcomes(population_at(found), key, asked.check, is_coarse=False))
    if asked.write:
        write(found)


if __name__ == "__main__":
    main()
