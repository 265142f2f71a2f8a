"""The course of one patient in what a clinician reads, with bands of patients who fell ill alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import jax
import numpy as np
from jaxtyping import Float, PRNGKeyArray

from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.twin.array_grades import ArrayGrades
from facialis.twin.course import Course
from facialis.twin.errors import CourseRequestError
from facialis.twin.forecast_case import TwinCase
from facialis.twin.forecast_curves import Axis, Curve, CurveName, Quantity, curve_of
from facialis.twin.forecast_days import block_days, face_days, grade_days, state_days
from facialis.twin.forecast_faces import ForecastFaces, read_people
from facialis.twin.forecast_grades import DayGrades, grade_days_of
from facialis.twin.forecast_people import Blocks, People, people_of
from facialis.twin.forecast_scores import asymmetry_of, sub_score_of, sub_scores, symmetry_index_of
from facialis.twin.routing import branch_shares

REACHED_FROM = 0.02
"""A muscle is told of as reached when toxin blocks at least this share in the typical patient."""

KEY_ASYMMETRIES: Mapping[Expression, tuple[str, ...]] = {
    Expression.REST: ("brow_height", "palpebral_fissure", "commissure_height", "commissure_lateral"),
    Expression.BROW_RAISE: ("brow_height", "palpebral_fissure"),
    Expression.GENTLE_EYE_CLOSURE: ("palpebral_fissure", "commissure_height"),
    Expression.TIGHT_EYE_CLOSURE: ("palpebral_fissure", "commissure_height"),
    Expression.SNARL: ("alar_height", "upper_lip_height"),
    Expression.CLOSED_SMILE: ("commissure_height", "commissure_lateral"),
    Expression.OPEN_SMILE: ("commissure_height", "commissure_lateral", "palpebral_fissure", "dental_show"),
    Expression.PUCKER: ("commissure_lateral", "palpebral_fissure"),
    Expression.LOWER_TEETH_SHOW: ("lower_lip_height",),
}
"""What each expression is looked at for."""
MOVEMENTS = ("brow_raise", "eye_closure", "smile", "snarl", "pucker")
"""Along the last axis of `ArrayGrades.movement`."""
TOO_STILL = "Too few movements are large enough to be compared."


@dataclass(frozen=True, eq=False)
class Forecast:
    """What may come: every quantity as a curve, and the grades of the typical patient."""

    affected: Side | None
    days: Mapping[Axis, tuple[float, ...]]
    curves: tuple[Curve, ...]
    grades: tuple[DayGrades, ...]
    house_brackmann_1_frac: tuple[float, ...] | None
    """Share of those drawn whom trial raters would call House-Brackmann I, on the days of faces."""

    def curve(
        self,
        quantity: Quantity,
        part: str | None = None,
        *,
        side: Side | None = None,
        expression: Expression | None = None,
    ) -> Curve:
        """The curve of one quantity.

        Raises
        ------
        CourseRequestError      If it is not followed.
        """
        wanted = (quantity, part, side, expression)
        for curve in self.curves:
            name = curve.name
            if (name.quantity, name.part, name.side, name.expression) == wanted:
                return curve
        named = ", ".join(word.value if isinstance(word, StrEnum) else word for word in wanted if word)
        raise CourseRequestError(
            f"The forecast has no curve of {named}. Compute the course again, or ask for another."
        )


def forecast(case: TwinCase, key: PRNGKeyArray) -> Forecast:
    """Compute what may come of a patient.

    Parameters
    ----------
    case : TwinCase         History, parameters, last day, and how many are drawn for the bands.
    key : PRNGKeyArray      The same key draws the same patients, whatever the history.

    Returns
    -------
    Forecast
        Bands are of patients drawn from the priors who had the same onset and the same treatment; they
        are not the uncertainty of a measured patient.

    Raises
    ------
    NoJunctionDataError     If nothing is published to simulate a product by; nothing is integrated then.
    DivergedError           If a state is not finite.
    """
    people = people_of(case, key)
    history, last = case.history, case.last_day
    days = {
        Axis.STATES: state_days(last),
        Axis.BLOCK: block_days(history, last),
        Axis.FACES: face_days(history, last),
    }
    blocks = people.blocks(days[Axis.BLOCK])
    states = people.at(days[Axis.STATES])
    at_faces = people.at(days[Axis.FACES])
    faces = read_people(people.parameters, people.face, at_faces, case.affected)
    curves = [
        *_state_curves(people, states),
        *_block_curves(people, blocks),
        *_face_curves(people, faces, case.affected),
        *_score_curves(people, faces.grades, case.affected),
    ]
    passes = np.asarray(faces.grades.passes_as_house_brackmann_1)[people.drawn]
    return Forecast(
        case.affected,
        {axis: tuple(map(float, found)) for axis, found in days.items()},
        tuple(curves),
        _grades(people, at_faces, faces, days[Axis.FACES]),
        None if case.affected is None else tuple(map(float, passes.mean(axis=0))),
    )


def _state_curves(people: People, states: Course) -> Iterator[Curve]:
    muscles = states.muscles
    shares = branch_shares()
    # Muscles take the shares of their branches: solved back, these are the branches' own values.
    to_branches = np.linalg.pinv(shares).T
    mean_of_branch = shares / shares.sum(axis=0)
    by_branch = {
        Quantity.DRIVE: np.asarray(muscles.own_drive) @ to_branches,
        Quantity.ABERRANT_DRIVE: np.asarray(muscles.aberrant_drive) @ to_branches,
        Quantity.HYPERTONIA: np.asarray(muscles.hypertonia) @ to_branches,
        Quantity.CONTRACTURE: np.asarray(muscles.contracture) @ to_branches,
        # Disuse acts on muscles, so that atrophy is a mean over those of a branch.
        Quantity.ATROPHY: np.asarray(muscles.atrophy) @ mean_of_branch,
    }
    for quantity, values in by_branch.items():
        for s, side in enumerate(Side):
            for b, branch in enumerate(NerveBranch):
                name = CurveName(quantity, Axis.STATES, "1", side, branch.value)
                yield curve_of(name, np.clip(values[:, :, s, b], 0.0, 1.0), people.comparisons)
    soft = states.soft_tissue
    for quantity, unit, found in (
        (Quantity.FLATTENING, "1", soft.flattening),
        (Quantity.DESCENT, "mm", soft.descent_mm),
    ):
        for s, side in enumerate(Side):
            yield curve_of(
                CurveName(quantity, Axis.STATES, unit, side), np.asarray(found)[:, :, s], people.comparisons
            )


def _block_curves(people: People, blocks: Blocks) -> Iterator[Curve]:
    for s, side in enumerate(Side):
        for m, muscle in enumerate(FACIAL_MUSCLES):
            values = blocks[:, :, s, m]
            if values[0].max() >= REACHED_FROM:
                name = CurveName(Quantity.TOXIN_BLOCK, Axis.BLOCK, "1", side, muscle.value)
                yield curve_of(name, values, people.comparisons)


def _face_curves(people: People, faces: ForecastFaces, affected: Side | None) -> Iterator[Curve]:
    readings = np.asarray(faces.readings)
    for expression, measures in KEY_ASYMMETRIES.items():
        for measure in measures:
            name = CurveName(Quantity.ASYMMETRY, Axis.FACES, "mm", None, measure, expression)
            yield curve_of(name, asymmetry_of(readings, expression, measure), people.comparisons)
    yield curve_of(
        CurveName(Quantity.SYMMETRY_INDEX, Axis.FACES, "1"),
        symmetry_index_of(readings),
        people.comparisons,
        TOO_STILL,
    )
    if affected is not None:
        for score in sub_scores():
            name = CurveName(Quantity.SYNKINESIS, Axis.FACES, "mm", affected, score.value)
            yield curve_of(name, sub_score_of(readings, score, affected), people.comparisons)


def _score_curves(people: People, grades: ArrayGrades, affected: Side | None) -> Iterator[Curve]:
    if affected is None:
        return
    for i, movement in enumerate(MOVEMENTS):
        name = CurveName(Quantity.MOVEMENT, Axis.FACES, "1", affected, movement)
        yield curve_of(name, np.asarray(grades.movement)[..., i], people.comparisons)
    parts: dict[str, Float[np.ndarray, "people days"]] = {
        "composite": np.asarray(grades.sunnybrook),
        "rest_symmetry": 5.0 * np.asarray(grades.rest).sum(axis=-1),
        "voluntary_movement": 4.0 * np.asarray(grades.voluntary).sum(axis=-1),
        "synkinesis": np.asarray(grades.synkinesis).sum(axis=-1),
    }
    for part, values in parts.items():
        name = CurveName(Quantity.SUNNYBROOK, Axis.FACES, "points", affected, part)
        yield curve_of(name, values, people.comparisons)


def _grades(
    people: People, at_faces: Course, faces: ForecastFaces, days: Float[np.ndarray, " days"]
) -> tuple[DayGrades, ...]:
    case = people.case
    chosen = np.searchsorted(days, grade_days(case.history, case.last_day))
    own = jax.tree.map(lambda leaf: np.asarray(leaf)[0][chosen], at_faces)
    cheek = np.asarray(faces.cheek)[0][chosen]
    return grade_days_of(case.parameters, case.face, own, cheek, case.affected)
