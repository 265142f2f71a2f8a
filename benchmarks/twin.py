"""How fast and how exact the twin is: one patient, cohorts, and SciPy on the same equations, side by side."""

import resource
import time
from collections.abc import Callable
from typing import Any

import jax
import numpy as np

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.nerve import NerveBranch
from facialis.twin.course import Course
from facialis.twin.drug_courses import trial_corticosteroid
from facialis.twin.events import History, Onset
from facialis.twin.parameters import TwinParameters, named, sample_parameters, typical_parameters
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.simulate import simulate_cohort, simulate_patient
from facialis.twin.time_grid import weekly_days
from tests.factories.scipy_twin import STATES, scipy_course

DAYS = weekly_days()
SCIPY_PATIENTS = 50
COHORTS = (1_000, 10_000, 100_000)


def main() -> None:
    """Print seconds, megabytes, ratios and errors."""
    history = History(
        (Onset("left", dict.fromkeys(NerveBranch, 0.8)),), (trial_corticosteroid("prednisolone_taper", 2),)
    )

    def one() -> Any:
        return jax.block_until_ready(simulate_patient(typical_parameters(), history, DAYS))

    print(f"one patient, first call with compilation {seconds(one):8.2f} s")
    print(f"one patient, warm                        {min(seconds(one) for _ in range(9)) * 1e3:8.1f} ms")
    per_patient = {}
    for count in COHORTS:
        people, palsies = jax.random.split(jax.random.key(count))
        patients = sample_parameters(people, count)
        exposure = sample_exposures(palsies, cohort_named("copenhagen"), count, "prednisolone_taper")
        for label, summarise in (("48 muscles, weekly", None), ("last day only", at_the_end)):
            if count == max(COHORTS) and summarise is None:
                continue

            def many(s: Any = summarise, p: TwinParameters = patients, e: Any = exposure) -> None:
                for chunk in simulate_cohort(p, e, DAYS, summarise=s):
                    jax.block_until_ready(chunk)

            first = seconds(many)
            warm = seconds(many) if count < max(COHORTS) else first
            per_patient[count, label] = warm / count
            print(
                f"{count:7d} patients, {label:<19} first {first:7.2f} s, warm {warm:7.2f} s, "
                f"{warm / count * 1e6:6.0f} us each, memory {memory_mb():6.0f} MB"
            )
    beside_scipy(per_patient[10_000, "48 muscles, weekly"])


def at_the_end(parameters: TwinParameters, course: Course) -> Any:
    """The muscles on the last day, so that no chunk is kept."""
    del parameters
    return jax.tree.map(lambda leaf: leaf[-1], course.muscles)


def beside_scipy(our_seconds: float) -> None:
    people, palsies = jax.random.split(jax.random.key(0))
    patients = sample_parameters(people, SCIPY_PATIENTS)
    exposure = sample_exposures(palsies, cohort_named("copenhagen"), SCIPY_PATIENTS, "prednisolone_taper")
    course = next(simulate_cohort(patients, exposure, DAYS, chunk_patients=SCIPY_PATIENTS))
    values = {name: np.asarray(leaf) for name, leaf in named(patients).items()}
    worst, taken = 0.0, 0.0
    for index in range(SCIPY_PATIENTS):
        start = time.perf_counter()
        truth = scipy_course(
            {name: leaf[index] for name, leaf in values.items()},
            np.asarray(exposure.severity_frac[index]),
            np.asarray(exposure.drug_edges_days[index]),
            np.asarray(exposure.corticosteroid_level[index]),
            np.asarray(exposure.antiviral_level[index]),
            DAYS,
        )
        taken += time.perf_counter() - start
        for position, name in enumerate(STATES[1:], start=1):
            missed = np.abs(np.asarray(getattr(course.branches, name)[index]) - truth[:, position])
            worst = max(worst, float((missed / np.maximum(np.abs(truth[:, position]), 1e-3)).max()))
    each = taken / SCIPY_PATIENTS
    print(
        f"SciPy solve_ivp (rtol 1e-10), nerve only  {each * 1e3:8.1f} ms each, {each * 1e4:.0f} s for 10,000"
    )
    print(f"ratio to 10,000 patients, warm            {each / our_seconds:8.0f} x")
    print(f"largest relative error of any state       {worst:8.1e}")


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
