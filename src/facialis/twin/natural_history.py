"""The natural history and the trials of Bell's palsy, simulated: what a population's grades come to.

Targets are the rows 1 to 10 of the acceptance table, `tables/natural_history_targets.csv`. Each cohort is
drawn as its study took patients in (`cohorts.csv`); one set of priors serves all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.evidence import load_rows
from facialis.twin.array_grades import ArrayGrades, rater_limits
from facialis.twin.course import patient_course
from facialis.twin.course_grades import course_grades
from facialis.twin.exposure import Exposure
from facialis.twin.face.parameters import FaceParameters, sample_faces
from facialis.twin.parameters import TwinParameters, all_priors, parameters_from_scores
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.priors import TABLES
from facialis.twin.time_grid import fixed_nodes

EARLY_DAYS = (0.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 17.0, 21.0)
SERIES_DAYS = np.array([*EARLY_DAYS, 364.0])
TRIAL_DAYS = np.array([0.0, 91.0, 182.0, 273.0, 364.0])
"""On which the series, and the arms of a trial, are looked at."""
COARSE_DAYS = np.unique(
    np.concatenate(
        [np.arange(0, 3, 0.25), np.arange(3, 28), np.arange(28, 365, 7.0), SERIES_DAYS, TRIAL_DAYS]
    )
)
"""Nodes of the search: within a hundredth of the fine grid, at a quarter of its time."""
COHORTS = ("copenhagen", "trial")
CHUNK_PATIENTS = 100
MOVED_BY_THE_PATIENT = np.array([0, 2, 3, 4])
"""Brow, smile, snarl, pucker: an eye closes a little by the lid's weight alone."""

PerPatient = Float[Array, " patients"]


class Use(StrEnum):
    """Whether a row took part in the calibration."""

    FIT = "FIT"
    TEST = "TEST"


@dataclass(frozen=True)
class Target:
    """A published number that a simulated cohort should reproduce."""

    row: str
    quantity: str
    target: float
    tolerance: float
    quality: str
    use: Use
    source_key: str


@dataclass(frozen=True)
class Population:
    """All that a calibration moves; numbers or traced scalars."""

    medians: tuple[Any, ...]
    """Of the priors, in the order of `all_priors`."""
    spreads: tuple[Any, ...]
    severities: Mapping[str, tuple[Any, Any]]
    """Median and spread of each cohort's severity."""
    raters: Mapping[str, Any]


@cache
def target_rows() -> tuple[Target, ...]:
    """Rows of the table, in its order, which is that of `simulated_outcomes`."""
    return tuple(
        Target(
            row.text("row"),
            row.text("quantity"),
            row.number("target"),
            row.number("tolerance"),
            row.text("quality"),
            row.choice("use", Use),
            row.citation.source_key,
        )
        for row in load_rows(TABLES, "natural_history_targets").rows
    )


def population_of_tables() -> Population:
    """What the tables say."""
    return Population(
        medians=tuple(prior.median for prior in all_priors()),
        spreads=tuple(prior.spread for prior in all_priors()),
        severities={
            name: (cohort_named(name).severity_median, cohort_named(name).severity_spread) for name in COHORTS
        },
        raters=dict(rater_limits()),
    )


def simulated_outcomes(
    population: Population,
    key: PRNGKeyArray,
    patients: int,
    *,
    is_coarse: bool = False,
    chunk_patients: int = CHUNK_PATIENTS,
) -> Float[Array, " targets"]:
    """The targets' quantities in simulated cohorts, in the order of `target_rows`.

    Parameters
    ----------
    population : Population
    key : PRNGKeyArray      The same patients fall ill in every arm of a trial.
    patients : int          In each arm; a multiple of the chunk.
    is_coarse : bool        Coarse time grid, for a search.
    chunk_patients : int    Patients at once: memory grows with it.
    """
    of_people, of_palsies, of_faces = jax.random.split(key, 3)
    priors = [
        replace(prior, median=median, spread=spread)
        for prior, median, spread in zip(all_priors(), population.medians, population.spreads, strict=True)
    ]
    people = parameters_from_scores(jax.random.normal(of_people, (patients, len(priors))), priors)
    faces = sample_faces(of_faces, patients)

    def arm(cohort: str, corticosteroid: str | None, days: Float[np.ndarray, " days"]) -> ArrayGrades:
        median, spread = population.severities[cohort]
        drawn = replace(cohort_named(cohort), severity_median=median, severity_spread=spread)
        exposure = sample_exposures(of_palsies, drawn, patients, corticosteroid)
        one = partial(_graded_patient, raters=population.raters, days=days, is_coarse=is_coarse)
        return _in_chunks(one, (people, faces, exposure), patients, chunk_patients)

    series, none = arm("copenhagen", None, SERIES_DAYS), arm("trial", None, TRIAL_DAYS)
    tapered = arm("trial", "prednisolone_taper", TRIAL_DAYS)
    # Both courses spare nearly as much; a search looks at one of them.
    ten_days = tapered if is_coarse else arm("trial", "prednisolone_10_days", TRIAL_DAYS)
    return _quantities(population.raters, series, none, tapered, ten_days)


def _in_chunks(one: Any, of_patients: Any, patients: int, chunk_patients: int) -> ArrayGrades:
    """Grade patients some at a time: faces are large, grades are small."""
    chunks = jax.tree.map(lambda leaf: leaf.reshape(-1, chunk_patients, *leaf.shape[1:]), of_patients)
    graded = jax.lax.map(lambda chunk: jax.vmap(one)(*chunk), chunks)
    joined: ArrayGrades = jax.tree.map(lambda leaf: leaf.reshape(patients, *leaf.shape[2:]), graded)
    return joined


def _graded_patient(
    person: TwinParameters,
    face: FaceParameters,
    exposure: Exposure,
    *,
    raters: Mapping[str, Any],
    days: Float[np.ndarray, " days"],
    is_coarse: bool,
) -> ArrayGrades:
    steps = COARSE_DAYS if is_coarse else fixed_nodes(days)
    course = patient_course(person, exposure, days, is_one_sided=True, steps_days=steps)
    affected = jnp.argmax(exposure.severity_frac.sum(axis=1))
    return course_grades(person, face, course, affected, raters)


def _quantities(
    raters: Mapping[str, Any],
    series: ArrayGrades,
    none: ArrayGrades,
    tapered: ArrayGrades,
    ten_days: ArrayGrades,
) -> Float[Array, " targets"]:
    early = series.movement[:, : len(EARLY_DAYS), MOVED_BY_THE_PATIENT].mean(axis=-1)
    is_complete = early[:, : EARLY_DAYS.index(14.0) + 1].min(axis=1) <= raters["complete_palsy"]
    # A palsy that stays above the threshold never lost the movement whose return would be a sign.
    has_sign = (early - jax.lax.cummin(early, axis=1)).max(axis=1) >= raters["first_sign"]
    is_well = series.passes_as_house_brackmann_1[:, -1]
    month_3, month_6, month_9, year = 1, 2, 3, 4

    def both(of: str, when: int) -> Any:
        return jnp.concatenate([getattr(grades, of)[:, when] for grades in (none, tapered)])

    score = {when: both("synkinesis", when).sum(axis=1) for when in (month_6, year)}
    has = score[year] > 0
    hundred = {
        name: (grades.sunnybrook[:, year] >= 100).mean()
        for name, grades in (("steroid", tapered), ("none", none))
    }

    def well(grades: ArrayGrades, when: int) -> Any:
        return grades.passes_as_house_brackmann_1[:, when].mean()

    def synkinetic(grades: ArrayGrades) -> Any:
        return (grades.synkinesis[:, year].sum(axis=1) > 0).mean()

    values = {
        "untreated recovered at 12 months": is_well.mean(),
        "- initially incomplete": _mean_of(is_well, ~is_complete),
        "- initially complete": _mean_of(is_well, is_complete),
        "share initially complete": is_complete.mean(),
        "first sign by 3 weeks": has_sign.mean(),
        "steroid, HB I at 3 months": well(ten_days, month_3),
        "none, HB I at 3 months": well(none, month_3),
        "steroid, HB I at 9 months": well(ten_days, month_9),
        "none, HB I at 9 months": well(none, month_9),
        "steroid, Sunnybrook 100 at 12 months": hundred["steroid"],
        "none, Sunnybrook 100 at 12 months": hundred["none"],
        "synkinesis at 12 months, both arms": has.mean(),
        "- moderate or severe": (score[year] >= raters["synkinesis_moderate_score"]).mean(),
        "steroid, synkinesis at 12 months": synkinetic(tapered),
        "none, synkinesis at 12 months": synkinetic(none),
        "synkinesis score in the affected, 6 months": _mean_of(score[month_6], score[month_6] > 0),
        "synkinesis score in the affected, 12 months": _mean_of(score[year], has),
        "incomplete recovery at 12 months, risk ratio": (1 - hundred["steroid"])
        / jnp.maximum(1 - hundred["none"], 1e-9),
    }
    return jnp.stack([jnp.asarray(values[row.quantity], dtype=float) for row in target_rows()])


def _mean_of(values: Any, chosen: Any) -> Any:
    """Mean over some patients; 0 where there are none."""
    return (values * chosen).sum() / jnp.maximum(chosen.sum(), 1)
