"""Example patients: a twin's history and day, and what its face does on that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import jax
import jax.numpy as jnp
import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.twin.course import Course
from facialis.twin.events import History, Onset
from facialis.twin.face.expressions import expression_forces, faces_of_course
from facialis.twin.face.parameters import FaceParameters, sample_faces, typical_face
from facialis.twin.parameters import TwinParameters, all_priors, parameters_from_scores
from facialis.twin.simulate import simulate_patient
from facialis.vision.synthetic.motion import FaceMotion, motion_of

EXAMPLE_DAYS = (0.0, 21.0, 540.0)
"""Onset, the flaccid patient's day, the synkinetic patient's: one compiled course serves all kinds."""


class PalsyError(FacialisError):
    """A palsy that cannot be drawn."""

    code = "palsy_out_of_range"


class PalsyKind(StrEnum):
    """What the affected side is like."""

    NONE = "none"
    FLACCID = "flaccid"
    SYNKINETIC = "synkinetic"


DAY_OF_KIND = {
    PalsyKind.NONE: EXAMPLE_DAYS[1],
    PalsyKind.FLACCID: EXAMPLE_DAYS[1],
    PalsyKind.SYNKINETIC: EXAMPLE_DAYS[2],
}
"""Three weeks after the insult nothing has grown back; a year and a half after it everything has."""
SEVERE_SCORES = {"insult_strength": 1.0, "degeneration_rate_per_day": 1.0}
"""Spreads above the usual: examples are of those whose nerve loses most of its fibres."""


@dataclass(frozen=True, eq=False)
class TwinPatient:
    """A twin on one day."""

    parameters: TwinParameters
    face: FaceParameters
    history: History
    day: float


def example_patient(kind: PalsyKind, side: Side, severity: float, *, seed: int | None = None) -> TwinPatient:
    """Make a twin of a kind of palsy.

    Parameters
    ----------
    kind : PalsyKind
    side : Side         The patient's affected side.
    severity : float    Share of the insult that reaches every branch of the nerve, 0 to 1; 0 is healthy.
    seed : int          Draws the patient and the face from the priors; a typical face whose nerve suffers
        badly when left out.

    Raises
    ------
    PalsyError          If the severity lies outside 0 to 1.
    """
    if not 0.0 <= severity <= 1.0:
        raise PalsyError(
            f"The severity is {severity:.3g}; it lies between 0 (healthy) and 1. Give such a value."
        )
    scores, face = jnp.zeros(len(all_priors())), typical_face()
    if seed is not None:
        of_patient, of_face = jax.random.split(jax.random.key(seed))
        scores = jax.random.normal(of_patient, scores.shape)
        face = jax.tree.map(lambda leaf: leaf[0], sample_faces(of_face, 1))
    shift = jnp.array([SEVERE_SCORES.get(prior.name, 0.0) for prior in all_priors()])
    parameters = parameters_from_scores(scores + shift)
    # A healthy patient has an insult of 0, so that one compiled course serves all.
    share = 0.0 if kind is PalsyKind.NONE else severity
    onset = Onset(side, dict.fromkeys(NerveBranch, share))
    return TwinPatient(parameters, face, History(onsets=(onset,)), DAY_OF_KIND[kind])


def motions_of(patient: TwinPatient) -> dict[Expression, FaceMotion]:
    """What the patient's face does on the patient's day, in every expression."""
    days = EXAMPLE_DAYS if patient.day in EXAMPLE_DAYS else (0.0, patient.day)
    course = simulate_patient(patient.parameters, patient.history, np.array(days))
    return motions_of_course(patient.parameters, patient.face, course, [patient.day])[0]


def motions_of_course(
    parameters: TwinParameters, face: FaceParameters, course: Course, days: Sequence[float] | None = None
) -> list[dict[Expression, FaceMotion]]:
    """What a face does on some days of a course.

    Parameters
    ----------
    parameters, face    Of one patient.
    course : Course     Of that patient.
    days                Among the days of the course; all of them when left out. [d]

    Returns
    -------
    list of dict        One a day: every expression and its motion.

    Raises
    ------
    PalsyError          If a day is none of the course.
    """
    known = np.asarray(course.days)
    wanted = known if days is None else np.asarray(days, dtype=float)
    missing = [day for day in wanted if not np.isclose(known, day).any()]
    if missing:
        raise PalsyError(
            f"Day {missing[0]:g} is not among the {len(known)} days of the course. Compute the course at it."
        )
    at = np.array([int(np.abs(known - day).argmin()) for day in wanted])
    chosen = jax.tree.map(lambda leaf: leaf[at], course)
    forces = np.asarray(expression_forces(parameters, chosen))
    faces = faces_of_course(parameters, face, chosen)
    tone = float(parameters.muscle.resting_tone)
    flat = np.asarray(chosen.soft_tissue.flattening)
    return [
        {
            expression: motion_of(
                faces[d, e], forces[d, e], expression, healthy_tone=tone, flattening=flat[d]
            )
            for e, expression in enumerate(Expression)
        }
        for d in range(len(at))
    ]
