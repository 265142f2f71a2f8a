"""Does the camera see the improvement that was planned?

Invented patients with sequelae of a palsy are photographed in the nine expressions, measured by the default
backend and examined by a clinician with errors; a plan is made from that alone, and injected into the true
muscles at the patient's true sensitivity. At two weeks they are photographed and measured again.
Improvement is the weighted loss of the asymmetry and synkinesis terms that photographs show: before less
after, as measured, as it truly was in the drawn photographs, and as the plan's model expected it. Run with
`make bench`, or alone:

    PYTHONPATH=. .venv/bin/python benchmarks/camera_loop.py [--patients 20] [--figures out.json]
"""

import argparse
import json
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import jax
import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks._virtual_patients import VirtualPatient, draw_patients
from facialis.cli.demo.invented import FIRST_VISIT, ONSET
from facialis.cli.demo.record import first_record, with_visit
from facialis.cli.demo.visit import Camera, KnownVisit, visit_patient
from facialis.planning.dosing.loss import units_of_plan
from facialis.planning.dosing.weights import Weights
from facialis.planning.outcome.prospect import EFFECT_DAYS
from facialis.planning.outcome.seen import seen_loss
from facialis.planning.plan.make import make_plan
from facialis.planning.plan.record import PlanOutcome
from facialis.planning.plan.sign import sign
from facialis.planning.plan.treatment import treatment_of
from facialis.report.compilation_cache import use_compilation_cache
from facialis.toxins import ToxinProduct
from facialis.toxins.actions import Action
from facialis.twin.events import ToxinSession
from facialis.twin.present.visits import visit_from_measures
from facialis.vision.synthetic.known_patient import KnownPatient
from facialis.vision.synthetic.patient_set import identity_of
from facialis.vision.synthetic.present_patient import person_of_state

SEED = 20271126
REVIEW_DAYS = 14
LEAST_IMPROVED, LARGEST_OFF = 0.9, 0.2
"""What is demanded: of the patients that improve, and of the median improvement beside the predicted one."""


@dataclass(frozen=True)
class Seen:
    """One patient's loss before and two weeks after, in every way of knowing it."""

    number: int
    group: str
    side: str
    units: float
    measured_before: float
    measured_after: float
    true_before: float
    true_after: float
    """Of the drawn photographs, measured without any error."""
    predicted_before: float
    predicted_after: float
    ed50_score: float
    """The patient's true one: above 0 is less sensitive than the median."""
    seconds: float

    @property
    def measured(self) -> float:
        """Improvement."""
        return self.measured_before - self.measured_after

    @property
    def true(self) -> float:
        """Improvement."""
        return self.true_before - self.true_after

    @property
    def predicted(self) -> float:
        """Improvement."""
        return self.predicted_before - self.predicted_after


def main() -> None:
    """Treat everybody, print the table and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--patients", type=int, default=20)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--width", type=int, default=900, help="of the photographs [px]")
    parser.add_argument("--figures", type=Path, help="write every number here as JSON")
    arguments = parser.parse_args()
    use_compilation_cache()
    console, start, found = Console(width=120), time.monotonic(), []
    for patient in draw_patients(arguments.seed, arguments.patients):
        seen = treated(patient, arguments.seed, arguments.width)
        console.print(
            f"patient {seen.number:2d} {seen.group:26s} {seen.side:5s} measured {seen.measured:+6.2f} "
            f"true {seen.true:+6.2f} predicted {seen.predicted:+6.2f}  ({seen.seconds:.0f} s)",
            highlight=False,
        )
        found.append(seen)
    console.print(table(found))
    for line in verdict(found):
        console.print(line, highlight=False)
    console.print(f"{time.monotonic() - start:.0f} s in all.", highlight=False)
    if arguments.figures is not None:
        arguments.figures.write_text(json.dumps([asdict(seen) for seen in found], indent=1))


def treated(virtual: VirtualPatient, seed: int, width_px: int) -> Seen:
    """One patient through the loop, from the first photograph to the review."""
    start = time.monotonic()
    patient = KnownPatient(virtual.affected, virtual.scores)
    number = seed + virtual.number
    person = person_of_state(patient.state, identity_of(number))
    camera = Camera(person, number, width_px, "face_mesh_worker")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = visit_patient(patient, camera, folder / "first", ONSET, FIRST_VISIT, seed=number)
        record = first_record(ONSET, patient.affected)
        case = with_visit(record, FIRST_VISIT, "first.json", first.findings)
        work = make_plan(
            case,
            [first.measured],
            ToxinProduct.ONABOTULINUMTOXIN_A,
            FIRST_VISIT,
            jax.random.key(0),
            confirmed_by="the benchmark's clinician",
        )
        plan = work.plan
        sessions = []
        if plan.outcome is PlanOutcome.INJECT:
            warned = {f.code for f in plan.session_findings if f.action is Action.WARN}
            signed = sign(
                plan,
                by="the benchmark's clinician",
                day=FIRST_VISIT,
                reasons=dict.fromkeys(warned, "asked and examined; nothing speaks against it"),
            )
            injections = treatment_of(signed).injections
            sessions = [ToxinSession(float((FIRST_VISIT - ONSET).days), injections)]
        day = FIRST_VISIT + timedelta(days=REVIEW_DAYS)
        second = visit_patient(patient, camera, folder / "second", ONSET, day, sessions, seed=number)
    if work.prospect is None:
        raise SystemExit(f"Patient {virtual.number}: {plan.outcome}: {plan.session_findings}")
    weights = Weights(plan.weights)
    at = EFFECT_DAYS.index(float(REVIEW_DAYS))
    judged = work.prospect.judge(units_of_plan(plan.choices))
    before, after = (
        float(seen_loss(np.asarray(one.readings)[:, at], patient.affected, weights).mean())
        for one in (work.prospect.nothing, judged)
    )

    def loss(visit: KnownVisit, *, exact: bool) -> float:
        read = visit_from_measures(0.0, visit.exact if exact else visit.measured.photographs)
        return float(seen_loss(read.value_mm[None], patient.affected, weights)[0])

    return Seen(
        virtual.number,
        virtual.group.value,
        virtual.affected.label,
        float(plan.total.amount) if plan.total else 0.0,
        loss(first, exact=False),
        loss(second, exact=False),
        loss(first, exact=True),
        loss(second, exact=True),
        before,
        after,
        float(patient.toxin_scores[0]),
        time.monotonic() - start,
    )


def table(found: list[Seen]) -> Table:
    """One row a patient."""
    shown = Table(title="Loss that photographs show, before and at two weeks", title_justify="left")
    for column in ("patient", "group", "side"):
        shown.add_column(column)
    for column in (
        "units", "before", "after", "measured", "true", "predicted", "sensitivity",
    ):  # fmt: skip
        shown.add_column(column, justify="right")
    for seen in found:
        shown.add_row(
            str(seen.number),
            seen.group,
            seen.side,
            f"{seen.units:g}",
            *(f"{value:.1f}" for value in (seen.measured_before, seen.measured_after)),
            *(f"{value:+.1f}" for value in (seen.measured, seen.true, seen.predicted)),
            f"{-seen.ed50_score:+.1f}",
        )
    return shown


def verdict(found: list[Seen]) -> list[str]:
    """What is demanded, and what was found."""
    improved = sum(seen.measured > 0 for seen in found)
    medians = {
        name: float(np.median([getattr(seen, name) for seen in found]))
        for name in ("measured", "true", "predicted")
    }
    ratio = medians["measured"] / medians["predicted"]
    is_met = improved >= LEAST_IMPROVED * len(found), abs(ratio - 1) <= LARGEST_OFF
    words = ["met" if met else "NOT MET" for met in is_met]
    first = (
        f"Improved, as the camera measures it: {improved} of {len(found)} ({words[0]}: at least "
        f"{LEAST_IMPROVED:.0%})."
    )
    second = (
        f"Median improvement: measured {medians['measured']:.2f}, true in the photographs "
        f"{medians['true']:.2f}, predicted {medians['predicted']:.2f}; measured is {ratio:.0%} of predicted "
        f"({words[1]}: within {LARGEST_OFF:.0%})."
    )
    return [first, second]


if __name__ == "__main__":
    main()
