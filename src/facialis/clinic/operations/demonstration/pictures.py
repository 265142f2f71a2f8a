"""Photographs of an invented person on a day, and what a clinician finds then."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.clinic.operations.demonstration.people import Person
from facialis.twin.events import ToxinSession
from facialis.twin.present.findings import MuscleFinding
from facialis.vision.synthetic.clinician import clinical_findings
from facialis.vision.synthetic.patient_set import file_name, identity_of, photograph_twin

WIDTH_PX = 1200


def draw_visit(
    person: Person, folder: Path, onset: date, day: date, sessions: Sequence[ToxinSession] = ()
) -> tuple[dict[Expression, Path], list[MuscleFinding]]:
    """Draw the nine photographs of a visit.

    Returns
    -------
    The files by expression, and the findings of the clinician, with the errors that clinicians make.
    """
    days = float((day - onset).days)
    chance = np.random.default_rng([person.seed, int(days)])
    known = person.known_patient()
    behind = known.on_day(days, sessions, chance.normal(size=len(NINE_PHOTOGRAPHS)))
    photograph_twin(
        folder, known.motions(behind), {"day": days}, seed=person.seed, width_px=WIDTH_PX,
        identity=identity_of(person.seed), force=True,
    )  # fmt: skip
    beyond = behind.active - float(known.state.healthy_tone)
    findings = clinical_findings(beyond, person.affected, chance)
    return {expression: folder / file_name(expression) for expression in NINE_PHOTOGRAPHS}, findings
