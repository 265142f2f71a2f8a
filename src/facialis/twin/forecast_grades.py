"""Grades of the typical patient: measured and graded by the code that does so with photographs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.from_measures import readings_from_measures
from facialis.grading.suggest.item import Suggestion
from facialis.grading.suggest.registry import suggest
from facialis.grading.sunnybrook import CheekRest, SunnybrookAnswers, score
from facialis.measurement.photo_set import measure_set
from facialis.twin.array_grades import JUDGED
from facialis.twin.course import Course
from facialis.twin.face.expressions import expression_faces
from facialis.twin.face.parameters import FaceParameters
from facialis.twin.measures import measure_faces
from facialis.twin.parameters import TwinParameters

NO_SIDE = "Both instruments compare a palsied side with a healthy one; this history has not one palsied side."
CHEEK_ANSWERS = (CheekRest.NORMAL, CheekRest.LESS_PRONOUNCED, CheekRest.ABSENT)
"""By the points of the item; whether a fold is shallower or deeper gives the same points."""


@dataclass(frozen=True)
class DayGrades:
    """What the rules for photographs say of the typical patient on one day."""

    day: float
    symmetry_index: float | None
    """Of 100."""
    sunnybrook: float | None
    """Composite, with the cheek that no photograph shows taken from the model."""
    rest_symmetry: float | None
    voluntary_movement: float | None
    synkinesis: float | None
    house_brackmann: tuple[str, str] | None
    """The mildest and the gravest grade that the signs allow."""
    reason: str | None
    """Why something is missing."""


def grade_days_of(
    parameters: TwinParameters,
    face: FaceParameters,
    course: Course,
    cheek: Float[np.ndarray, " days"],
    affected: Side | None,
) -> tuple[DayGrades, ...]:
    """Grade one patient on every day of a course.

    Parameters
    ----------
    parameters, face        Of the patient.
    course : Course         Of the patient, on the days that are wanted.
    cheek : array           Sunnybrook's cheek at rest on those days: 0, 1 or 2.
    affected : Side         The palsied side; without one there are no grades.
    """
    found = []
    for i, (day, item) in enumerate(zip(np.asarray(course.days), cheek, strict=True)):
        alone = jax.tree.map(lambda leaf, at=slice(i, i + 1): np.asarray(leaf)[at], course)
        meshes = np.asarray(_compiled()(parameters, face, alone))
        found.append(_on_day(float(day), dict(zip(JUDGED, meshes, strict=True)), int(item), affected))
    return tuple(found)


@cache
def _compiled() -> Any:
    """Every judged expression of a course of one day: one program, however many days are graded."""
    return jax.jit(lambda p, f, course: expression_faces(p, f, course, len(JUDGED))[0])


def _on_day(
    day: float, meshes: Mapping[Expression, Float[np.ndarray, "478 3"]], cheek: int, affected: Side | None
) -> DayGrades:
    photographs = measure_faces(meshes)
    index = measure_set(photographs, affected=affected).index
    if affected is None:
        return DayGrades(day, index.value, None, None, None, None, None, index.reason or NO_SIDE)
    readings = readings_from_measures(photographs, affected=affected)
    answered = _sunnybrook(suggest("sunnybrook", readings), cheek)
    result = score(answered)
    parts = {part.name: None if part.value is None else float(part.value) for part in result.parts}
    grade = next((r for r in suggest("house_brackmann", readings).ranges if r.name == "grade"), None)
    missing = [f"Sunnybrook lacks {', '.join(answered.missing())}."] if answered.missing() else []
    missing += [] if grade is not None else ["House-Brackmann could not be told."]
    missing += [] if index.reason is None else [index.reason]
    return DayGrades(
        day,
        index.value,
        None if result.total is None else float(result.total),
        parts["rest_symmetry"],
        parts["voluntary_movement"],
        parts["synkinesis"],
        None if grade is None else (str(grade.low), str(grade.high)),
        " ".join(missing) or None,
    )


def _sunnybrook(suggested: Suggestion, cheek: int) -> SunnybrookAnswers:
    values = {item.item: item.value for item in suggested.items}
    return SunnybrookAnswers(**{**values, "cheek_rest": CHEEK_ANSWERS[cheek]})  # type: ignore[arg-type]
