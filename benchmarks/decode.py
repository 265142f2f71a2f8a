"""Is the decoding honest? Patients whose truth is known, seen with errors, decoded, and compared.

Patients are drawn from the prior, so that stated intervals must hold their truth as often as they say
(simulation-based calibration); then from three kinds of sequelae, without findings, with errors of the
gain that are shared by a whole visit, and with a toxin session between visits. `excess` is activation
beyond a healthy person's, 1 a healthy maximum. It takes about five minutes on two cores. Run with
`make bench`, or alone:

    PYTHONPATH=. .venv/bin/python benchmarks/decode.py [--patients 300] [--figures out.json]
"""

import argparse
import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks._decoded_patients import (
    DAY,
    LEVELS,
    DecodedPatients,
    correlation,
    coverage,
    decode_patients,
    false_alarms,
    junction_of,
    rank_histogram,
    rank_p_value,
)
from benchmarks._virtual_patients import THREE_GROUPS, Group, VirtualPatient, draw_patients, see
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.sides import Side
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.calibrate import calibrate
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.present.state import photographed_commands

ILL, WELL = 0, 1
SEED, ERRORS_SEED = 2, 5
NUMBERS = (
    "told",
    "correlation of told",
    "correlation",
    "correlation of unasked",
    "correlation, healthy side",
)
AIM_CORRELATION, AIM_FALSE_ALARMS, AIM_COVERAGE = 0.9, 0.05, (0.85, 0.95)
FOLLOW_UP_DAYS = (DAY + 14, DAY + 120)
INJECTED = {
    InjectionTarget.ORBICULARIS_OCULI_LATERAL: "2.5",
    InjectionTarget.ORBICULARIS_OCULI_LOWER_LID: "1.25",
    InjectionTarget.ZYGOMATICUS_MAJOR: "1.25",
    InjectionTarget.DEPRESSOR_ANGULI_ORIS: "2.5",
    InjectionTarget.MENTALIS: "2.5",
    InjectionTarget.PLATYSMA: "5",
}
"""A usual session of onabotulinumtoxinA against synkinesis, the first point of each target. [units]"""


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--patients", type=int, default=300, help="drawn from the prior")
    parser.add_argument("--others", type=int, default=90, help="in each of the other trials")
    parser.add_argument("--figures", type=Path, help="write the numbers here as JSON")
    arguments = parser.parse_args()
    console = Console(width=130)
    prior = decode_patients(draw_patients(SEED, arguments.patients, [Group.PRIOR]), ERRORS_SEED)
    figures: dict[str, dict[str, Any]] = {"prior": summary(prior)}
    per_muscle(console, prior)
    grouped = draw_patients(SEED, arguments.others)
    for label, look in (
        ("three kinds", see),
        ("without findings", partial(see, has_findings=False)),
        ("gain off in a whole visit", partial(see, is_gain_shared=True)),
    ):
        found = decode_patients(grouped, ERRORS_SEED, look)
        figures[label] = summary(found)
        if label == "three kinds":
            for place, group in enumerate(THREE_GROUPS):
                figures[f"  {group.value}"] = summary(part_of(found, place, len(THREE_GROUPS)))
    healthy = draw_patients(SEED, arguments.others, [Group.HEALTHY])
    figures["healthy faces"] = summary(decode_patients(healthy, ERRORS_SEED))
    trials(console, figures)
    figures["toxin"] = after_toxin(console, grouped[: arguments.others * 2 // 3])
    if arguments.figures is not None:
        arguments.figures.write_text(json.dumps(figures, indent=1))


def summary(found: DecodedPatients) -> dict[str, Any]:
    """Numbers of one trial; the affected side unless said."""
    ill = found.only(ILL)
    told = ill & np.broadcast_to(found.is_told[:, None], ill.shape)
    return {
        "patients": len(found.true),
        "converged": found.converged,
        "told": float(found.is_told[:, ILL].mean()),
        "correlation of told": correlation(found, told),
        "correlation": correlation(found, ill),
        "correlation of unasked": correlation(found, ill & (photographed_commands() == 0)[None, :, None]),
        "correlation, healthy side": correlation(found, found.only(WELL)),
        "coverage": coverage(found.z(ill)),
        "coverage, healthy side": coverage(found.z(found.only(WELL))),
        "false alarms": false_alarms(found, ill)[0],
        "false alarms, healthy side": false_alarms(found, found.only(WELL))[0],
        "rank histogram": rank_histogram(found.rank[ill & found.is_open]).round(4).tolist(),
        "seconds": float(np.median(found.seconds)),
    }


def part_of(found: DecodedPatients, first: int, step: int) -> DecodedPatients:
    """Every so many of the patients."""
    arrays = {name: value[first::step] for name, value in vars(found).items() if name != "converged"}
    return DecodedPatients(**arrays, converged=found.converged)


def trials(console: Console, figures: dict[str, dict[str, Any]]) -> None:
    """One line a trial."""
    table = Table(title="Affected side, nine expressions, 24 muscles", title_justify="left")
    for name in (
        "patients",
        "n",
        "told",
        "r told",
        "r",
        "r unasked",
        "r healthy",
        *(f"in {v:.0%}" for v in LEVELS),
    ):
        table.add_column(name)
    table.add_column("false alarms")
    table.add_column("s each")
    for label, row in figures.items():
        cover = row["coverage"]
        numbers = [row[name] for name in NUMBERS]
        table.add_row(
            label,
            str(row["patients"]),
            *(f"{number:.2f}" for number in numbers),
            *(f"{cover[level]:.1%}" for level in LEVELS),
            f"{row['false alarms']:.2%}",
            f"{row['seconds']:.2f}",
        )
    console.print(table)
    prior = figures["prior"]
    low, high = AIM_COVERAGE
    for what, is_met in (
        ("correlation of told muscles of at least 0.9", prior["correlation of told"] >= AIM_CORRELATION),
        ("false alarms of at most 5 %", prior["false alarms"] <= AIM_FALSE_ALARMS),
        ("90 % intervals that hold 85 to 95 %", low <= prior["coverage"][0.9] <= high),
    ):
        console.print(f"{'met' if is_met else 'MISSED':6s} {what}")
    console.print(f"ranks in ten bins, each 0.1 where honest: {prior['rank histogram']}")
    console.print(f"searches that found their end: {prior['converged']} of {prior['patients']}")


def per_muscle(console: Console, found: DecodedPatients) -> None:
    """One line a muscle of the affected side."""
    table = Table(title="Affected side, patients of the prior", title_justify="left")
    for name in ("muscle", "left open", "told in", "r", "bias in sds", "in 90 %", "false alarms", "of"):
        table.add_column(name)
    table.add_column("p of ranks")
    p_values = []
    # One expression a muscle: ranks of one patient are not independent of each other.
    for m, muscle in enumerate(FACIAL_MUSCLES):
        its = found.only(ILL, m)
        alarms, count = false_alarms(found, its)
        p_values.append(rank_p_value(found.rank[:, m % found.rank.shape[1], ILL, m]))
        table.add_row(
            muscle.value.replace("_", " "),
            f"{found.left_open[:, ILL, m].mean():.2f}",
            f"{found.is_told[:, ILL, m].mean():.0%}",
            f"{correlation(found, its):.2f}",
            f"{found.z(its).mean():+.2f}",
            f"{coverage(found.z(its))[0.9]:.0%}",
            f"{alarms:.1%}",
            str(count),
            f"{p_values[-1]:.3f}",
        )
    console.print(table)
    console.print(
        f"ranks uneven with p < 0.05: {sum(p < 0.05 for p in p_values)} of {len(p_values)} muscles; "
        f"errors of all scores over their sds: sd {found.score_z.std():.2f}, aim 1"
    )


def after_toxin(console: Console, patients: list[VirtualPatient]) -> dict[str, Any]:
    """Sensitivity and duration from a visit before, and two after, one session."""
    true, mean, sd = [], [], []
    for patient in patients:
        rng = np.random.default_rng([ERRORS_SEED, patient.number, 1])
        sessions = [session_of(patient.affected)]
        visits = [see(patient, day, rng, sessions) for day in (DAY - 1, *FOLLOW_UP_DAYS)]
        found = junction_of(calibrate(visits, sessions, patient.affected))
        true.append(patient.junction_scores)
        mean.append(found[0])
        sd.append(found[1])
    t, m, s = np.array(true), np.array(mean), np.array(sd)
    table = Table(title="One session; visits before, at 2 weeks and at 4 months", title_justify="left")
    for name in ("score, prior sd 1", "patients", "r", "rms error", "stated sd", "in 90 %"):
        table.add_column(name)
    rows = {}
    for i, name in enumerate(("half-blocking dose", "half-life", "release")):
        row = {
            "patients": len(t),
            "correlation": float(np.corrcoef(t[:, i], m[:, i])[0, 1]),
            "rms error": float(np.sqrt(((t - m)[:, i] ** 2).mean())),
            "stated sd": float(s[:, i].mean()),
            "coverage": coverage((t - m)[:, i] / s[:, i])[0.9],
        }
        rows[name] = row
        numbers = [f"{row[key]:.2f}" for key in ("correlation", "rms error", "stated sd")]
        table.add_row(name, str(len(t)), *numbers, f"{row['coverage']:.0%}")
    console.print(table)
    return rows


def session_of(side: Side) -> ToxinSession:
    """The session of `INJECTED` on one side."""
    return ToxinSession(
        DAY,
        tuple(
            ToxinInjection(side, target, 1, ToxinDose(units, ToxinProduct.ONABOTULINUMTOXIN_A), "0.05")
            for target, units in INJECTED.items()
        ),
    )


if __name__ == "__main__":
    main()
