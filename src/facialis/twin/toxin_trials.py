"""Trials of toxin in facial palsy, repeated on twins with faces.

What was injected stands in `tables/trial_injections.csv`; where a paper gives a dose at each site or a
total, but no muscles or no number of points, they are a choice of ours and the table says so. Patients
come from the untreated series, late after onset. These are open studies of few patients: bands, not tests.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int, PRNGKeyArray

from facialis.anatomy.expressions import Expression
from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.evidence import Row, load_rows, load_values
from facialis.measurement.photo_set import measure_set
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.array_grades import JUDGED, ArrayGrades
from facialis.twin.course import Course
from facialis.twin.course_grades import course_grades
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.exposure import Exposure
from facialis.twin.face.expressions import faces_of_course
from facialis.twin.face.parameters import FaceParameters, sample_faces
from facialis.twin.junction.onset import PACKAGE
from facialis.twin.junction.parameters import draw_junctions
from facialis.twin.junction.sessions import block_of_sessions
from facialis.twin.measures import measure_faces
from facialis.twin.parameters import TwinParameters, sample_parameters
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.priors import TABLES
from facialis.twin.simulate import simulate_cohort

PRODUCT = ToxinProduct.ONABOTULINUMTOXIN_A
SESSION_DAY = 540.0
"""Eighteen months after onset: late, and nothing recovers any more by itself."""
BEFORE, WEEK_5, MONTH_1, MONTH_6 = 0, 1, 2, 3
DAYS = np.array([0.0, 270.0, 539.0, 542.0, 546.0, 550.0, 556.0, 563.0, 570.0, 575.0, 630.0, 720.0])
LOOKED_AT = np.array([2, 9, 8, 11])
"""Places of before, week 5, month 1 and month 6 among the days."""


@dataclass(frozen=True)
class Treated:
    """Late patients before and after one session."""

    parameters: TwinParameters
    faces: FaceParameters
    exposure: Exposure
    course: Course
    """At `DAYS`, patients first."""
    affected: Int[np.ndarray, " patients"]
    grades: ArrayGrades
    """Before, at week 5, month 1 and month 6; patients first."""


def session_of(trial: str, affected: Side) -> ToxinSession:
    """The session of a trial, on a patient whose ``affected`` side is given."""
    rows = [row for row in load_rows(TABLES, "trial_injections").rows if row.text("trial") == trial]
    return ToxinSession(SESSION_DAY, tuple(i for row in rows for i in _injections(row, affected)))


def _injections(row: Row, affected: Side) -> list[ToxinInjection]:
    side = affected if row.choice("role", SideRole) is SideRole.AFFECTED else affected.opposite
    target = row.choice("target", InjectionTarget)
    volume = str(load_values(PACKAGE, "junction_spread").preferred("reference_volume").number)
    dose = ToxinDose(row.text("units_per_point"), PRODUCT)
    sites = injection_sites(target, side)[: row.integer("points")]
    return [ToxinInjection(side, target, site.number, dose, volume) for site in sites]


def treat(
    trial: str, key: PRNGKeyArray, drawn: int, wanted: Callable[[ArrayGrades], Bool[np.ndarray, " patients"]]
) -> Treated:
    """Repeat a trial.

    Parameters
    ----------
    trial : str             Of the table.
    key : PRNGKeyArray
    drawn : int             Patients who fall ill, of whom the trial takes some.
    wanted : callable       Grades before treatment, one for each patient -> who is taken in.

    Returns
    -------
    Treated                 Those who were taken in.
    """
    of_people, of_faces, of_palsies, of_junctions = jax.random.split(key, 4)
    people, faces = sample_parameters(of_people, drawn), sample_faces(of_faces, drawn)
    exposure = sample_exposures(of_palsies, cohort_named("copenhagen"), drawn)
    affected = np.argmax(np.asarray(exposure.severity_frac).sum(axis=2), axis=1)
    before = _grades(people, faces, _courses(people, exposure, None), affected, LOOKED_AT[:1])
    taken = np.flatnonzero(wanted(jax.tree.map(lambda leaf: leaf[:, 0], before)))
    people, faces, exposure = jax.tree.map(lambda leaf: leaf[taken], (people, faces, exposure))
    affected = affected[taken]
    blocked = _blocked(trial, of_junctions, affected)
    course = _courses(people, exposure, blocked)
    grades = _grades(people, faces, course, affected, LOOKED_AT)
    return Treated(people, faces, exposure, course, affected, grades)


def _blocked(
    trial: str, key: PRNGKeyArray, affected: Int[np.ndarray, " patients"]
) -> Float[np.ndarray, "patients days sides muscles"]:
    junctions = {PRODUCT: draw_junctions(key, PRODUCT, patients=len(affected))}
    by_side = [
        np.asarray(block_of_sessions([session_of(trial, side)], list(DAYS), junctions=junctions))
        for side in Side
    ]
    return np.where((affected == 0)[:, None, None, None], *by_side)


def _courses(people: TwinParameters, exposure: Exposure, blocked: Any) -> Course:
    chunks = list(simulate_cohort(people, exposure, DAYS, blocked))
    joined: Course = jax.tree.map(lambda *leaves: np.concatenate(leaves), *chunks)
    return joined


def _grades(
    people: TwinParameters,
    faces: FaceParameters,
    course: Course,
    affected: Int[np.ndarray, " patients"],
    places: Int[np.ndarray, " days"],
) -> ArrayGrades:
    at_days = jax.tree.map(lambda leaf: leaf[:, places], course)
    found: ArrayGrades = jax.tree.map(
        np.asarray, _compiled_grades()(people, faces, at_days, jnp.asarray(affected))
    )
    return found


@cache
def _compiled_grades() -> Callable[..., ArrayGrades]:
    def many(people: Any, faces: Any, course: Any, affected: Array) -> ArrayGrades:
        one = jax.vmap(course_grades)
        found: ArrayGrades = one(people, faces, course, affected)
        return found

    return jax.jit(many)


def is_synkinetic_in_between(grades: ArrayGrades) -> Bool[np.ndarray, " patients"]:
    """Synkinesis in two expressions or more, and a Sunnybrook score as in the trials."""
    score = np.asarray(grades.sunnybrook)
    return np.asarray((np.asarray(grades.synkinesis).sum(axis=1) >= 2) & (score >= 20) & (score <= 65))


def is_weak(grades: ArrayGrades) -> Bool[np.ndarray, " patients"]:
    """Lasting weakness: less than three quarters of the healthy side's movement."""
    moved = np.asarray(grades.movement)[:, [0, 2, 3, 4]].mean(axis=1)
    return np.asarray((moved > 0.05) & (moved < 0.75))


def movement_asymmetry_mm(treated: Treated, places: Sequence[int] = (BEFORE, MONTH_1, MONTH_6)) -> Any:
    """Mean difference between the sides' movements: brows raised, corners in a smile. (patients, days) [mm]

    Measured by the code that measures photographs.
    """
    rows = []
    for patient in range(len(treated.affected)):
        person, face, course = jax.tree.map(
            lambda leaf, n=patient: leaf[n], (treated.parameters, treated.faces, treated.course)
        )
        at = LOOKED_AT[list(places)]
        days = jax.tree.map(lambda leaf, at=at: leaf[at], course)
        meshes = faces_of_course(person, face, days)[:, : len(JUDGED)]
        rows.append([_mean_difference(dict(zip(JUDGED, mesh, strict=True))) for mesh in meshes])
    return np.array(rows)


COMPARED = {
    (Expression.BROW_RAISE, "brow_height_excursion"),
    (Expression.OPEN_SMILE, "commissure_height_excursion"),
    (Expression.OPEN_SMILE, "commissure_lateral_excursion"),
}


def _mean_difference(meshes: Mapping[Expression, Float[np.ndarray, "478 3"]]) -> float:
    chosen = (Expression.REST, Expression.BROW_RAISE, Expression.OPEN_SMILE)
    found = measure_set(measure_faces({e: meshes[e] for e in chosen}))
    return float(
        np.mean([abs(a.value or 0.0) for a in found.asymmetry if (a.expression, a.name) in COMPARED])
    )
