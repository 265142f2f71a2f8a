"""What late twins have in common: the calibrated rows of `twin/tables/present_state.csv`; seeded, rerunnable.

Untreated twins of the Copenhagen series are run to day 540. Those with lasting sequelae (synkinesis of 2 or
more on Sunnybrook's scale, or a movement that is weak and not gone) are summarised: each patient by the mean
over the branches of the affected side, on the scale on which the row is normal.

    python tools/summarise_late_twins.py [--twins 3000]
"""

import argparse
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

import facialis.twin  # noqa: F401  double precision first
from facialis.twin.course_grades import course_grades
from facialis.twin.face.parameters import sample_faces
from facialis.twin.parameters import sample_parameters
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.present.state import present_priors
from facialis.twin.priors import PriorKind
from facialis.twin.routing import branch_shares
from facialis.twin.simulate import simulate_cohort

DAY = 540.0
LEAST_SYNKINESIS = 2.0
"""Sum over the expressions, as Sunnybrook's raters score it. [points]"""
SUNNYBROOK = (20.0, 75.0)
"""Neither a face that hardly moves nor one that is hardly ill. [points]"""
WEAK = (0.05, 0.75)
"""Mean movement of brow, smile, snarl and pucker beside the healthy side."""
JUDGED_MOVEMENTS = (0, 2, 3, 4)
SHARES = (1e-3, 1 - 1e-3)
"""Shares are kept off 0 and 1, where a logit has no end."""
SMALLEST = 1e-6
"""The same for sizes, below which their logarithm has no end."""
LEAST_FOREIGN = 0.05
"""Tone over the foreign share means something from here on."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class LateTwins:
    """Twins with lasting sequelae: one value a branch of the affected side."""

    drawn: int
    own: Values
    foreign: Values
    """Share of end plates. [0-1]"""
    hypertonia: Values
    """Activation at rest beyond what own drive keeps."""
    contracture: Values
    """Passive force."""
    descent_mm: Values


def late_twins(count: int, seed: int = 0) -> LateTwins:
    """Draw so many untreated patients, and keep those with lasting sequelae."""
    people, faces, palsies = jax.random.split(jax.random.key(seed), 3)
    parameters, looks = sample_parameters(people, count), sample_faces(faces, count)
    exposure = sample_exposures(palsies, cohort_named("copenhagen"), count)
    chunks = list(simulate_cohort(parameters, exposure, np.array([0.0, DAY / 2, DAY])))
    last = jax.tree.map(lambda *parts: np.concatenate(parts)[:, -1:], *chunks)
    affected = np.argmax(np.asarray(exposure.severity_frac).sum(axis=2), axis=1)
    grades = jax.jit(jax.vmap(course_grades))(parameters, looks, last, jnp.asarray(affected))
    synkinesis, total, movement = (
        np.asarray(leaf)[:, 0] for leaf in (grades.synkinesis, grades.sunnybrook, grades.movement)
    )
    is_synkinetic = (
        (synkinesis.sum(axis=1) >= LEAST_SYNKINESIS) & (total >= SUNNYBROOK[0]) & (total <= SUNNYBROOK[1])
    )
    moved = movement[:, JUDGED_MOVEMENTS].mean(axis=1)
    kept = np.flatnonzero(is_synkinetic | ((moved > WEAK[0]) & (moved < WEAK[1])))
    to_branches = np.linalg.pinv(branch_shares()).T

    def of_branches(values: Values) -> Values:
        return np.asarray(values[kept, 0, affected[kept]] @ to_branches)

    def of_patients(values: object) -> Values:
        return np.asarray(values)[kept, None]

    muscles = last.muscles
    return LateTwins(
        drawn=count,
        own=of_branches(muscles.own_drive),
        foreign=of_branches(muscles.aberrant_drive),
        hypertonia=of_patients(parameters.muscle.hypertonia_tone) * of_branches(muscles.hypertonia),
        contracture=of_patients(parameters.muscle.contracture_force) * of_branches(muscles.contracture),
        descent_mm=np.asarray(last.soft_tissue.descent_mm)[kept, 0, affected[kept], None],
    )


def summary(twins: LateTwins) -> dict[str, tuple[float, float, float]]:
    """Median of every calibrated row, spread of the middle 68 % of the twins, and of all of them."""
    reached = np.clip(twins.own + twins.foreign, *SHARES)
    share = np.clip(twins.foreign / reached, *SHARES)
    foreign = twins.foreign.mean(axis=1)
    tells = foreign > LEAST_FOREIGN
    tone = twins.hypertonia.mean(axis=1)[tells] / foreign[tells]
    return {
        "reinnervated_share": _of_shares(reached),
        "foreign_share": _of_shares(share),
        "hypertonia_force": _of_sizes(tone),
        "contracture_force": _of_sizes(twins.contracture.mean(axis=1)),
        "descent_mm": _of_sizes(twins.descent_mm[:, 0]),
    }


def _of_shares(shares: Values) -> tuple[float, float, float]:
    logits = np.log(shares / (1 - shares)).mean(axis=1)
    return float(1 / (1 + np.exp(-np.median(logits)))), *_spreads(logits)


def _of_sizes(sizes: Values) -> tuple[float, float, float]:
    logs = np.log(np.maximum(sizes, SMALLEST))
    return float(np.exp(np.median(logs))), *_spreads(logs)


def _spreads(values: Values) -> tuple[float, float]:
    """A few whose muscles never stiffened, or who have no foreign axon, lie far out."""
    low, high = np.quantile(values, [0.16, 0.84])
    return float(high - low) / 2, float(values.std())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--twins", type=int, default=3000, help="drawn, before those without sequelae leave")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    twins = late_twins(asked.twins, asked.seed)
    print(f"{len(twins.own)} of {twins.drawn} twins have lasting sequelae on day {DAY:g}")
    print(f"{'row':<20} {'scale':<13} {'median':>8} {'table':>8} {'middle':>8} {'all':>8} {'table':>8}")
    for name, (median, middle, whole) in summary(twins).items():
        row = present_priors()[name]
        scale = "logit" if row.kind is PriorKind.LOGIT_NORMAL else "logarithm"
        spreads = f"{middle:8.2f} {whole:8.2f} {row.spread:8.2f}"
        print(f"{name:<20} {scale:<13} {median:8.3f} {row.median:8.3f} {spreads}")


if __name__ == "__main__":
    main()
