"""One visit of a known patient: nine photographs, measured, and what the clinician finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Mirrored
from facialis.cli.measurement import OnPicture, Request, measure_inputs
from facialis.measurement.measure import Measure
from facialis.planning.plan.patient import MeasuredVisit
from facialis.report.model import SetResult
from facialis.report.truth_measures import read_truth
from facialis.twin.events import ToxinSession
from facialis.twin.present.findings import MuscleFinding
from facialis.vision.files import expand_inputs
from facialis.vision.synthetic.clinician import clinical_findings
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.known_patient import KnownPatient, OnDay
from facialis.vision.synthetic.patient_set import TRUTH_FILE, file_name, photograph_twin


@dataclass(frozen=True)
class Camera:
    """How a patient is photographed and measured, at every visit alike."""

    identity: FaceIdentity
    seed: int
    """Of the clinic's light and camera; the head is held anew for every photograph."""
    width_px: int = 1200
    backend: str = "auto"


@dataclass(frozen=True, eq=False)
class KnownVisit:
    """A visit, with its truth."""

    day: date
    folder: Path
    """Of the photographs."""
    result: SetResult
    truth: Mapping[str, Sequence[Measure]]
    """Exact measures of the drawn photographs, by file."""
    findings: tuple[MuscleFinding, ...]
    behind: OnDay
    """What the muscles do."""

    @property
    def measured(self) -> MeasuredVisit:
        """What a plan is made from."""
        told = [(p.expression, p.measures) for p in self.result.photos if p.expression and p.measures]
        return MeasuredVisit(self.day, told, mirrored_known=True)

    @property
    def exact(self) -> list[tuple[Expression, Sequence[Measure]]]:
        """The truth in the same form."""
        return [(e, self.truth[file_name(e)]) for e in NINE_PHOTOGRAPHS]


def visit_patient(
    patient: KnownPatient,
    camera: Camera,
    folder: Path,
    onset: date,
    day: date,
    sessions: Sequence[ToxinSession] = (),
    *,
    seed: int,
    about: Mapping[str, Any] | None = None,
    on_annotated: OnPicture | None = None,
) -> KnownVisit:
    """Photograph, measure and examine a known patient.

    Parameters
    ----------
    patient, camera     Who, and seen how.
    folder : Path       For the photographs and their truth; a former set in it is replaced.
    onset, day : date   Of the palsy, and of the visit.
    sessions : sequence All toxin sessions so far.
    seed : int          Of the efforts of the day and of the clinician's errors.
    about : mapping     What the truth file says besides.
    on_annotated        As for `measure_inputs`.
    """
    days = float((day - onset).days)
    rng = np.random.default_rng([seed, int(days)])
    behind = patient.on_day(days, sessions, rng.normal(size=len(NINE_PHOTOGRAPHS)))
    photograph_twin(
        folder,
        patient.motions(behind),
        {"palsy": {"side": patient.affected.value}, "day": days, **(about or {})},
        seed=camera.seed,
        width_px=camera.width_px,
        identity=camera.identity,
        force=True,
    )
    files = expand_inputs([folder / file_name(expression) for expression in NINE_PHOTOGRAPHS])
    request = Request(backend=camera.backend, mirrored=Mirrored.NO, affected=patient.affected)
    result = measure_inputs(files, request, on_annotated=on_annotated)
    beyond = behind.active - float(patient.state.healthy_tone)
    return KnownVisit(
        day,
        folder,
        result,
        read_truth(folder / TRUTH_FILE),
        tuple(clinical_findings(beyond, patient.affected, rng)),
        behind,
    )
