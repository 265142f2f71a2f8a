"""How exact and how fast the twin is, beside SciPy on the same equations, in one run.

It takes about ten minutes on two idle cores. Times are those of a clock, the least of several runs where
that is quick; processor seconds, over all cores, stand beside them: a machine with other work to do
changes these little. SciPy is compared by processor seconds.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import jax
import numpy as np

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.nerve import NerveBranch
from facialis.report.compilation_cache import FOLDER_SETTING
from facialis.twin.drug_courses import trial_corticosteroid
from facialis.twin.events import History, Onset
from facialis.twin.parameters import named, sample_parameters, typical_parameters
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.simulate import simulate_cohort, simulate_patient
from facialis.twin.time_grid import weekly_days
from tests.factories.gradients import course_of, face_of, gradient_errors, junction_of
from tests.factories.scipy_twin import scipy_course
from tests.factories.twin_patients import SMALLEST, errors_of_patients, random_patients

DAYS = weekly_days()
COHORTS = (1_000, 10_000, 100_000)
SCIPY_PATIENTS = 50
COMPARED_PATIENTS = 200
ERROR_AIM, GRADIENT_AIM = 1e-6, 1e-4


def main() -> None:
    """Print seconds, megabytes, ratios and errors."""
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    in_new_processes()
    one_patient()
    ours = cohorts()
    beside_scipy(ours[10_000])
    agreement()
    gradients()
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}; memory {memory_mb():.0f} MB at most")


def first_call() -> None:
    """Import, draw and compute one patient: what a command of the twin does."""
    from facialis.report.compilation_cache import use_compilation_cache

    use_compilation_cache()
    jax.block_until_ready(simulate_patient(typical_parameters(), history(), DAYS))


def in_new_processes() -> None:
    code = "from benchmarks.twin import first_call; first_call()"

    def start(folder: str) -> None:
        # Our own program, with arguments from this file alone.
        subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, FOLDER_SETTING: folder})

    with tempfile.TemporaryDirectory() as folder:
        show("new process, nothing compiled yet", seconds(lambda: start(folder)), "s", 20)
        show("new process, compiled before", fastest(lambda: start(folder), 3), "s", 4)


def history() -> History:
    severity = dict.fromkeys(NerveBranch, 0.8)
    return History((Onset("left", severity),), (trial_corticosteroid("prednisolone_taper", 2),))


def one_patient() -> None:
    parameters, what_happened = typical_parameters(), history()
    block = np.random.default_rng(0).uniform(0, 1, (len(DAYS), 2, 24))
    for label, share in (("one patient, two years", None), ("one patient, with toxin", block)):

        def work(its: Any = share) -> None:
            jax.block_until_ready(simulate_patient(parameters, what_happened, DAYS, its))

        work()
        show(label, fastest(work, 20) * 1e3, "ms", 50)


def cohorts() -> dict[int, float]:
    """Processor seconds of each cohort: weekly states of 48 muscles over two years, a chunk at a time."""
    found = {}
    for count in COHORTS:
        people, palsies = jax.random.split(jax.random.key(count))
        patients = sample_parameters(people, count)
        exposure = sample_exposures(palsies, cohort_named("copenhagen"), count, "prednisolone_taper")

        def work(p: Any = patients, e: Any = exposure) -> None:
            for chunk in simulate_cohort(p, e, DAYS):
                jax.block_until_ready(chunk)

        if not found:
            work()
        used = processor_seconds()
        taken = seconds(work)
        found[count] = processor_seconds() - used
        show(f"{count} patients, 48 muscles weekly", taken, "s", 20 if count == 10_000 else None)
        print(f"{'  processor':40s} {found[count]:8.2f} s    memory {memory_mb():.0f} MB at most (aim: 3000)")
    show("  of 100,000, over 100 times 1,000", found[100_000] / found[1_000] / 100, "x", None)
    return found


def beside_scipy(our_seconds: float) -> None:
    parameters, exposure = random_patients(SCIPY_PATIENTS)
    values = {name: np.asarray(leaf) for name, leaf in named(parameters).items()}
    exposure = jax.tree.map(np.asarray, exposure)

    def work() -> None:
        for index in range(SCIPY_PATIENTS):
            scipy_course(
                {name: leaf[index] for name, leaf in values.items()},
                exposure.severity_frac[index],
                exposure.drug_edges_days[index],
                exposure.corticosteroid_level[index],
                exposure.antiviral_level[index],
                DAYS,
            )

    used = processor_seconds()
    work()
    each = (processor_seconds() - used) / SCIPY_PATIENTS
    show("SciPy, the nerve alone, 10,000 patients", each * 10_000, "s", None)
    print(f"{'  so much slower than the twin':40s} {each * 10_000 / our_seconds:8.0f} x   (aim: over 100)")


def agreement() -> None:
    print(
        f"\nworst relative error of {COMPARED_PATIENTS} random patients beside SciPy (rtol 1e-10); a state "
        f"below {SMALLEST:g} counts as {SMALLEST:g}; aim: under {ERROR_AIM:g}"
    )
    for name, errors in errors_of_patients(COMPARED_PATIENTS).items():
        met = int((errors < ERROR_AIM).sum())
        print(f"{name:24s} {errors.max():9.1e}   median {np.median(errors):9.1e}   {met} patients meet it")


def gradients() -> None:
    print(
        "\nworst relative error of derivatives, to every parameter, beside finite differences "
        f"(aim: under {GRADIENT_AIM:g})"
    )
    for label, made, seeds, step in (
        ("course: all states", course_of, 5, 1e-3),
        ("junction: blocked share", junction_of, 20, 1e-4),
        ("face: 478 points", face_of, 20, 1e-4),
    ):
        worst: dict[str, float] = {}
        for seed in range(seeds):
            for name, error in gradient_errors(*made(seed), step=step).items():
                worst[name] = max(worst.get(name, 0.0), error)
        name = max(worst, key=lambda n, of=worst: of[n])
        print(f"{label:24s} {worst[name]:9.1e}   to {name}, of {len(worst)} inputs, {seeds} draws")


def show(label: str, value: float, unit: str, aim: float | None) -> None:
    print(f"{label:40s} {value:8.2f} {unit:<3s}" + (f" (aim: under {aim:g})" if aim else ""), flush=True)


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fastest(work: Callable[[], Any], times: int) -> float:
    return min(seconds(work) for _ in range(times))


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
