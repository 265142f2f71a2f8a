"""On which days a forecast looks: few compiled programs serve all patients."""

import jax
import numpy as np
from jaxtyping import Float

from facialis.twin.course import Course
from facialis.twin.events import History

Days = Float[np.ndarray, " days"]

EARLY_DAYS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 17.0, 21.0, 24.0, 28.0)
"""In the first days a nerve changes faster than weekly days show."""
WEEK_DAYS = 7.0
YEAR_DAYS = 364.0
SHORTEST_GRID_DAYS = 728.0
LONGEST_GRID_DAYS = 3696.0

FACE_DAYS = (0.0, 3.0, 7.0, 14.0, 21.0, 28.0, 42.0, 56.0, 70.0)
"""A face is posed on these days, then every four weeks of the first year and every eight later."""
AFTER_TOXIN_DAYS = (0.0, 3.0, 7.0, 14.0, 28.0, 56.0, 84.0, 112.0, 140.0, 168.0)
GRADE_DAYS = (0.0, 3.0, 7.0, 14.0, 28.0, 56.0, 84.0, 140.0)
GRADES_AFTER_TOXIN_DAYS = (28.0, 84.0)
BLOCK_AFTER_TOXIN_DAYS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 21.0, 28.0)


def grid_days(last_day: float) -> Days:
    """Days at which courses are computed: dense at first, then weekly, to a whole year after the last.

    The course depends on its days only through them, so that patients with other last days use the same
    compiled program.
    """
    years = np.ceil(last_day / YEAR_DAYS) * YEAR_DAYS
    end = min(max(SHORTEST_GRID_DAYS, years), LONGEST_GRID_DAYS)
    return np.union1d(EARLY_DAYS, np.arange(0.0, end + 1e-9, WEEK_DAYS))


def state_days(last_day: float) -> Days:
    """Days on which states are told: those of the grid up to the last, and the last."""
    grid = grid_days(last_day)
    return np.union1d(grid[grid <= last_day], [last_day])


def block_days(history: History, last_day: float) -> Days:
    """Days on which the block by toxin is told: those of the states, and the onset of each session."""
    return _with_sessions(state_days(last_day), history, last_day, BLOCK_AFTER_TOXIN_DAYS)


def face_days(history: History, last_day: float) -> Days:
    """Days on which faces are posed and measured."""
    usual = [*FACE_DAYS, *np.arange(84.0, YEAR_DAYS + 1, 28.0), *np.arange(420.0, last_day, 56.0), last_day]
    return _with_sessions(np.array(usual), history, last_day, AFTER_TOXIN_DAYS)


def grade_days(history: History, last_day: float) -> Days:
    """Days on which the typical patient is measured and graded as a patient would be."""
    usual = [*GRADE_DAYS, *np.arange(182.0, last_day, 91.0), last_day]
    days = _with_sessions(np.array(usual), history, last_day, GRADES_AFTER_TOXIN_DAYS)
    # Only days on which faces are posed: the two ways of grading can then be compared.
    faces = face_days(history, last_day)
    nearest = np.abs(faces[None, :] - days[:, None]).argmin(axis=1)
    return np.unique(faces[nearest])


def at_days(course: Course, days: Days) -> Course:
    """The states of many patients' courses at other days, straight between those of the course.

    Parameters
    ----------
    course : Course     Of many patients: days are the second axis of every leaf.
    days : array        Within the course. [d]
    """
    grid = np.asarray(course.days)[0]
    after = np.clip(np.searchsorted(grid, days), 1, len(grid) - 1)
    part = (days - grid[after - 1]) / (grid[after] - grid[after - 1])

    def between(leaf: Float[np.ndarray, "people days *rest"]) -> Float[np.ndarray, "people days *rest"]:
        values = np.asarray(leaf)
        weight = part.reshape(1, -1, *(1,) * (values.ndim - 2))
        return np.asarray(values[:, after - 1] * (1 - weight) + values[:, after] * weight)

    found: Course = jax.tree.map(between, course)
    return found


def _with_sessions(days: Days, history: History, last_day: float, after: tuple[float, ...]) -> Days:
    sessions = [session.day + later for session in history.toxin_sessions for later in after]
    everything = np.unique(np.concatenate([days, sessions]))
    return np.asarray(everything[everything <= last_day])
