"""Cohorts: patients drawn as a study took them in, and the treatment of an arm."""

from dataclasses import dataclass
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.evidence import Citation, load_rows
from facialis.twin.checked_numbers import history_limits, is_count
from facialis.twin.drug_courses import trial_corticosteroid
from facialis.twin.errors import CourseRequestError
from facialis.twin.exposure import BRANCHES, SIDES, Exposure
from facialis.twin.priors import TABLES


@dataclass(frozen=True)
class Cohort:
    """Whom a study took in; one set of physiological priors serves all cohorts."""

    name: str
    severity_median: float
    severity_spread: float
    """Standard deviation of the logit between patients."""
    branch_spread: float
    """Standard deviation of the logit between the branches of a patient."""
    day_shares: tuple[float, float, float]
    """Shares treated on the first, second and third day."""
    citation: Citation


@cache
def cohort_named(name: str) -> Cohort:
    """Return a cohort of the table.

    Raises
    ------
    CourseRequestError
        If there is none of that name.
    """
    rows = load_rows(TABLES, "cohorts").rows
    found = next((row for row in rows if row.text("cohort") == name), None)
    if found is None:
        known = ", ".join(row.text("cohort") for row in rows)
        raise CourseRequestError(f"'{name}' is no cohort. Give one of {known}.")
    return Cohort(
        name,
        found.number("severity_median"),
        found.number("severity_spread"),
        found.number("branch_spread"),
        (found.number("share_day_1"), found.number("share_day_2"), found.number("share_day_3")),
        found.citation,
    )


def sample_exposures(
    key: PRNGKeyArray, cohort: Cohort, count: int, corticosteroid: str | None = None
) -> Exposure:
    """Draw onsets on the LEFT or the RIGHT, and the corticosteroid course of an arm.

    Parameters
    ----------
    key : PRNGKeyArray              The same key draws the same palsies, with and without treatment.
    cohort : Cohort
    count : int                     Number of patients, 1 or more.
    corticosteroid : str, optional  A course of `trial_corticosteroid`; none when left out.

    Returns
    -------
    Exposure                        Patients first; neither antiviral nor retraining.
    """
    if not is_count(count):
        raise CourseRequestError(
            f"A cohort of {count!r} patients cannot be drawn. Give a whole number above 0."
        )
    of_patient, of_branch, of_side, of_day = jax.random.split(key, 4)
    centre = jnp.log(cohort.severity_median / (1 - cohort.severity_median))
    patient = cohort.severity_spread * jax.random.normal(of_patient, (count, 1))
    branch = cohort.branch_spread * jax.random.normal(of_branch, (count, BRANCHES))
    severity = jax.nn.sigmoid(centre + patient + branch)
    side = jax.random.randint(of_side, (count,), 0, SIDES)
    on_side = (jnp.arange(SIDES) == side[:, None])[:, :, None] * severity[:, None, :]
    edges, levels = _treatment(of_day, cohort, count, corticosteroid)
    return Exposure(
        severity_frac=on_side,
        drug_edges_days=edges,
        corticosteroid_level=levels,
        antiviral_level=jnp.zeros_like(levels),
        retraining_edges_days=jnp.zeros((count, 1)),
        retraining_level=jnp.zeros((count, 2)),
    )


def _treatment(
    key: PRNGKeyArray, cohort: Cohort, count: int, corticosteroid: str | None
) -> tuple[Float[Array, "patients edges"], Float[Array, "patients levels"]]:
    if corticosteroid is None:
        return jnp.zeros((count, 1)), jnp.zeros((count, 2))
    reference = history_limits().preferred("reference_corticosteroid_dose").number
    steps = trial_corticosteroid(corticosteroid, 0.0).steps
    ends = np.cumsum([0.0, *(step.days for step in steps)])
    levels = np.array([0.0, *(step.dose_mg_per_day / reference for step in steps), 0.0])
    which, within = jax.random.split(key)
    day = jax.random.choice(which, 3, (count,), p=jnp.asarray(cohort.day_shares))
    start = day + jax.random.uniform(within, (count,))
    return start[:, None] + ends, jnp.broadcast_to(jnp.asarray(levels), (count, len(levels)))
