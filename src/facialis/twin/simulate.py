"""Courses from the outside: checked before, computed in chunks, checked after."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float

from facialis.twin.checked_numbers import is_count
from facialis.twin.course import Course, patient_course
from facialis.twin.divergence import diverged
from facialis.twin.errors import CourseRequestError
from facialis.twin.events import History
from facialis.twin.exposure import SIDES, Exposure
from facialis.twin.parameters import TwinParameters, check_parameters
from facialis.twin.routing import MUSCLES
from facialis.twin.time_grid import LONGEST_DAYS, weekly_days
from facialis.twin.timeline import exposure_of

CHUNK_PATIENTS = 500
"""Patients at once: about 0.5 GB with all states at weekly days over two years."""


def simulate_patient(
    parameters: TwinParameters,
    history: History,
    days: Float[np.ndarray, " days"] | None = None,
    blocked_share: Float[np.ndarray, "days sides muscles"] | None = None,
) -> Course:
    """Compute the course of one patient.

    Parameters
    ----------
    parameters : TwinParameters     Of one patient, without an axis of patients.
    history : History               What happened; toxin sessions act through ``blocked_share`` only.
    days : array, optional          Ascending, from 0; weekly over two years when left out. [d]
    blocked_share : array, optional Share of each muscle that toxin blocks at those days. [0-1]

    Returns
    -------
    Course

    Raises
    ------
    ParameterError
        If a parameter is not what a patient can have.
    CourseRequestError
        If days or blocked share do not fit.
    DivergedError
        If a state is not finite.
    """
    used = _checked_days(days)
    check_parameters(parameters)
    if parameters.count is not None:
        raise CourseRequestError(
            f"The parameters are of {parameters.count} patients. Take one, or use simulate_cohort."
        )
    if blocked_share is not None:
        _check_block(blocked_share, (len(used), SIDES, MUSCLES))
    exposure = exposure_of(history)
    run = _compiled(tuple(used), None, False, blocked_share is not None, len(history.onsets) <= 1)
    course: Course
    course, is_finite = run(parameters, exposure, blocked_share)
    if not is_finite:
        raise diverged(course, used, parameters, first_patient=1)
    return course


def simulate_cohort(
    parameters: TwinParameters,
    exposure: Exposure,
    days: Float[np.ndarray, " days"] | None = None,
    blocked_share: Float[np.ndarray, "patients days sides muscles"] | None = None,
    *,
    summarise: Callable[[TwinParameters, Course], Any] | None = None,
    chunk_patients: int = CHUNK_PATIENTS,
) -> Iterator[Any]:
    """Compute the courses of many patients, a chunk at a time.

    Parameters
    ----------
    parameters : TwinParameters     Patients first.
    exposure : Exposure             Patients first.
    days : array, optional          As for one patient. [d]
    blocked_share : array, optional Patients first. [0-1]
    summarise : callable, optional  Parameters and course of one patient -> what is wanted of it; compiled
        together with the course, so that states nobody asks for are never kept. The whole course without it.
    chunk_patients : int            Patients at once; memory grows with it, time does not.

    Yields
    ------
    Course or summary               Of each chunk, patients first.

    Raises
    ------
    ParameterError, CourseRequestError
        Before anything is integrated.
    DivergedError
        After the chunk in which a state is not finite; names patient, day and parameter.
    """
    used = _checked_days(days)
    check_parameters(parameters)
    count = parameters.count
    if count is None or exposure.severity_frac.shape[0] != count or exposure.severity_frac.ndim != 3:
        raise CourseRequestError(
            f"Parameters of {count} patients and exposures of shape {exposure.severity_frac.shape} do not "
            "belong together. Give both for the same patients, patients first."
        )
    if not is_count(chunk_patients):
        raise CourseRequestError(
            f"A chunk of {chunk_patients!r} patients is none. Give a whole number above 0."
        )
    if blocked_share is not None:
        _check_block(blocked_share, (count, len(used), SIDES, MUSCLES))
    is_one_sided = not bool(np.any(np.all(np.asarray(exposure.severity_frac).sum(axis=2) > 0, axis=1)))
    run = _compiled(tuple(used), summarise, True, blocked_share is not None, is_one_sided)
    return _chunks(run, parameters, exposure, used, blocked_share, min(chunk_patients, count))


def _chunks(
    run: Callable[..., Any],
    parameters: TwinParameters,
    exposure: Exposure,
    days: Float[np.ndarray, " days"],
    blocked_share: Float[np.ndarray, "patients days sides muscles"] | None,
    chunk_patients: int,
) -> Iterator[Any]:
    count = exposure.severity_frac.shape[0]
    for start in range(0, count, chunk_patients):
        # The last chunk repeats its last patient, so that one compiled program serves them all.
        patients = np.minimum(np.arange(start, start + chunk_patients), count - 1)
        here = jax.tree.map(lambda leaf, at=patients: leaf[at], (parameters, exposure, blocked_share))
        found, is_finite = run(*here)
        if not np.all(is_finite):
            raise diverged(found, days, here[0], first_patient=start + 1)
        new = count - start
        yield found if new >= chunk_patients else jax.tree.map(lambda leaf, new=new: leaf[:new], found)


@cache
def _compiled(
    days: tuple[float, ...],
    summarise: Callable[[TwinParameters, Course], Any] | None,
    is_cohort: bool,
    has_block: bool,
    is_one_sided: bool,
) -> Callable[..., Any]:
    at = np.array(days)

    def run(
        parameters: TwinParameters, exposure: Exposure, blocked: Array | None
    ) -> tuple[Any, Bool[Array, ""]]:
        course = patient_course(parameters, exposure, at, blocked, is_one_sided=is_one_sided)
        found = course if summarise is None else summarise(parameters, course)
        # Looked at where it is computed: a second walk through all numbers would cost a tenth of the time.
        finite = [jnp.all(jnp.isfinite(leaf)) for leaf in jax.tree.leaves(found)]
        return found, jnp.all(jnp.stack([jnp.asarray(True), *finite]))

    many = jax.vmap(run, in_axes=(0, 0, 0 if has_block else None)) if is_cohort else run
    return jax.jit(many)


def _checked_days(days: Float[np.ndarray, " days"] | None) -> Float[np.ndarray, " days"]:
    if days is None:
        return weekly_days()
    found = np.asarray(days, dtype=float)
    if found.ndim != 1 or len(found) < 2 or not np.all(np.isfinite(found)):
        raise CourseRequestError("The days of a course are a list of at least two finite numbers, from 0.")
    if found[0] != 0 or np.any(np.diff(found) <= 0) or found[-1] > LONGEST_DAYS:
        raise CourseRequestError(
            f"The days run from {found[0]:g} to {found[-1]:g}; they must start at 0, ascend, and end by day "
            f"{LONGEST_DAYS:g}."
        )
    return found


def _check_block(blocked_share: Float[np.ndarray, "..."], shape: tuple[int, ...]) -> None:
    found = np.asarray(blocked_share)
    if found.shape != shape:
        raise CourseRequestError(f"The blocked share has the shape {found.shape}; {shape} is wanted.")
    if not np.all((found >= 0) & (found <= 1)):
        raise CourseRequestError("The blocked share must lie from 0 to 1 for every muscle on every day.")
