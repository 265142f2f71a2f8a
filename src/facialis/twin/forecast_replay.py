"""Any day of a course again, from what went into it: the patient, and the same had nothing been done."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from facialis.twin.course import Course
from facialis.twin.errors import CourseRequestError
from facialis.twin.forecast_case import Comparison, TwinCase
from facialis.twin.forecast_people import people_of


def replay(case: TwinCase, days: Float[np.ndarray, " days"], comparison: Comparison | None = None) -> Course:
    """Compute the patient's states on some days.

    Parameters
    ----------
    case : TwinCase
    days : array                    Ascending, within the course. [d]
    comparison : Comparison         The same patient with less done; where nothing was done, that is the
        patient.

    Returns
    -------
    Course                          Of one patient.

    Raises
    ------
    CourseRequestError              A day lies outside the course.
    """
    wanted = np.asarray(days, dtype=float)
    inside = np.isfinite(wanted) & (wanted >= 0) & (wanted <= case.last_day)
    if not inside.all():
        raise CourseRequestError(
            f"Day {wanted[~inside][0]:g} lies outside the course, which runs from day 0 to {case.last_day:g}."
            " Give a day within it."
        )
    people = people_of(case)
    known = people.comparisons
    which = 1 + known.index(comparison) if comparison in known else 0
    course: Course = jax.tree.map(lambda leaf: jnp.asarray(np.asarray(leaf)[which]), people.at(wanted))
    return course
