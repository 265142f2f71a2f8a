"""Parameters of one patient, or of many along a first axis."""

import dataclasses
from collections.abc import Sequence
from functools import cache
from typing import Self, TypeVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.twin.checked_numbers import is_count
from facialis.twin.errors import ParameterError
from facialis.twin.priors import Prior, PriorKind, location_of, priors_of

Parameter = Float[Array, "*patients"]

_Part = TypeVar("_Part", "NerveParameters", "MuscleParameters", "SoftTissueParameters")


class NerveParameters(eqx.Module):
    """How a nerve is inflamed, blocked, loses fibres and regrows them; `tables/nerve_parameters.csv`."""

    insult_strength: Parameter
    insult_decay_per_day: Parameter
    inflammation_decay_per_day: Parameter
    corticosteroid_effect: Parameter
    antiviral_effect_per_day: Parameter
    block_rate_per_day: Parameter
    block_steepness: Parameter
    remyelination_per_day: Parameter
    degeneration_rate_per_day: Parameter
    degeneration_threshold: Parameter
    degeneration_steepness: Parameter
    regrowth_share: Parameter
    regrowth_start_days: Parameter
    regrowth_speed_mm_per_day: Parameter
    misrouting_share: Parameter
    misrouting_growth: Parameter
    misrouting_range_branches: Parameter


class MuscleParameters(eqx.Module):
    """How muscles change over months without their own drive; `tables/muscle_parameters.csv`."""

    exposure_days: Parameter
    hypertonia_days: Parameter
    contracture_days: Parameter
    atrophy_days: Parameter
    absent_drive_contracture: Parameter
    fresh_aberrant_effect: Parameter
    foreign_gain: Parameter
    resting_tone: Parameter
    hypertonia_tone: Parameter
    contracture_force: Parameter
    denervation_atrophy_max: Parameter
    disuse_atrophy_max: Parameter
    retraining_effect: Parameter
    retraining_days: Parameter


class SoftTissueParameters(eqx.Module):
    """How the cheek loses volume and height; `tables/soft_tissue_parameters.csv`."""

    volume_days: Parameter
    descent_days: Parameter
    volume_loss_max: Parameter
    descent_max_mm: Parameter
    flattening_by_volume: Parameter


class TwinParameters(eqx.Module):
    """All parameters of a patient; every leaf has the same shape: () for one, (patients,) for many."""

    nerve: NerveParameters
    muscle: MuscleParameters
    soft_tissue: SoftTissueParameters

    @property
    def count(self) -> int | None:
        """Number of patients; None for a single one without that axis."""
        shape = self.nerve.insult_strength.shape
        return shape[0] if shape else None

    def of(self, patients: slice | int) -> Self:
        """The parameters of some patients of a cohort, or of one."""
        chosen: Self = jax.tree.map(lambda leaf: leaf[patients], self)
        return chosen


PARTS = (
    ("nerve", "nerve_parameters", NerveParameters),
    ("muscle", "muscle_parameters", MuscleParameters),
    ("soft_tissue", "soft_tissue_parameters", SoftTissueParameters),
)


@cache
def all_priors() -> tuple[Prior, ...]:
    """Every prior: nerve, muscle, soft tissue, each in the order of its table."""
    return tuple(prior for _, stem, _ in PARTS for prior in priors_of(stem))


def typical_parameters() -> TwinParameters:
    """The median of every prior: a typical patient."""
    return parameters_from_scores(jnp.zeros(len(all_priors())))


def sample_parameters(key: PRNGKeyArray, count: int, priors: Sequence[Prior] | None = None) -> TwinParameters:
    """Draw patients from the priors.

    Parameters
    ----------
    key : PRNGKeyArray
        The same key draws the same patients.
    count : int
        Number of patients, 1 or more.
    priors : sequence of Prior, optional
        In place of the tables', in the same order.

    Raises
    ------
    ParameterError
        If ``count`` is no whole number above 0.
    """
    if not is_count(count):
        raise ParameterError(f"A cohort of {count!r} patients cannot be drawn. Give a whole number above 0.")
    used = all_priors() if priors is None else tuple(priors)
    return parameters_from_scores(jax.random.normal(key, (count, len(used))), used)


def parameters_from_scores(
    scores: Float[Array, "*patients priors"], priors: Sequence[Prior] | None = None
) -> TwinParameters:
    """Turn standard normal scores into parameters: 0 is the median, 1 is one spread above.

    Raises
    ------
    ParameterError
        If there is not one score for each prior.
    """
    used = all_priors() if priors is None else tuple(priors)
    if scores.shape[-1] != len(used):
        raise ParameterError(
            f"There are {scores.shape[-1]} scores for {len(used)} priors. Give one for each."
        )
    at = dict(zip((prior.name for prior in used), range(len(used)), strict=True))
    values = {name: _value(used[i], scores[..., i]) for name, i in at.items()}

    def part(kind: type[_Part]) -> _Part:
        return kind(**{field.name: values[field.name] for field in dataclasses.fields(kind)})

    return TwinParameters(part(NerveParameters), part(MuscleParameters), part(SoftTissueParameters))


def scores_of(parameters: TwinParameters) -> Float[Array, "*patients priors"]:
    """The scores that give these parameters; 0 where a prior is fixed."""
    return jnp.stack(
        [_score(prior, leaf) for prior, leaf in zip(all_priors(), named(parameters).values(), strict=True)],
        axis=-1,
    )


def named(parameters: TwinParameters) -> dict[str, Parameter]:
    """Parameters by name, in the order of `all_priors`."""
    leaves = {
        field.name: getattr(getattr(parameters, part), field.name)
        for part, _, kind in PARTS
        for field in dataclasses.fields(kind)
    }
    return {prior.name: leaves[prior.name] for prior in all_priors()}


def check_parameters(parameters: TwinParameters) -> None:
    """Refuse what no patient can have, before anything is integrated.

    Raises
    ------
    ParameterError
        If a parameter is not finite, not above 0, or, as a share, not up to 1; names patient and value.
    """
    for prior, values in zip(all_priors(), named(parameters).values(), strict=True):
        found = np.atleast_1d(np.asarray(values, dtype=float))
        most = 1.0 if prior.kind is PriorKind.LOGIT_NORMAL else np.inf
        bad = np.flatnonzero(~(np.isfinite(found) & (found > 0) & (found <= most)))
        if bad.size:
            allowed = "above 0 and up to 1" if most == 1.0 else "finite and above 0"
            raise ParameterError(
                f"{prior.name} of patient {bad[0] + 1} is {found[bad[0]]:g} {prior.unit}; it must be "
                f"{allowed}. A typical value is {prior.median:g} ({prior.citation.text})."
            )


def _value(prior: Prior, score: Parameter) -> Parameter:
    shifted = location_of(prior) + prior.spread * score
    return jax.nn.sigmoid(shifted) if prior.kind is PriorKind.LOGIT_NORMAL else jnp.exp(shifted)


def _score(prior: Prior, value: Parameter) -> Parameter:
    if prior.kind is PriorKind.FIXED:
        return jnp.zeros_like(value)
    on_scale = jax.scipy.special.logit(value) if prior.kind is PriorKind.LOGIT_NORMAL else jnp.log(value)
    return (on_scale - location_of(prior)) / prior.spread
