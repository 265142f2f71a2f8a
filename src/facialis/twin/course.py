"""The course of one patient: nerve, muscles and soft tissue at the days asked for."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.twin.disuse import DisuseStates, disuse_states
from facialis.twin.exposure import SIDES, Exposure
from facialis.twin.inflammation import inflammation_at, inflammation_course
from facialis.twin.muscle import MuscleStates, muscle_states
from facialis.twin.nerve import BranchStates, healthy_states, nerve_course
from facialis.twin.own_steps import own_nodes
from facialis.twin.parameters import TwinParameters
from facialis.twin.regrowth import arrived, path_lengths_mm
from facialis.twin.retraining import retrained
from facialis.twin.soft_tissue import SoftTissueStates, soft_tissue_states
from facialis.twin.time_grid import output_index, patient_nodes

PerBranch = Float[Array, "days sides branches"]


class Course(eqx.Module):
    """States of one patient at some days; of many, with patients as the first axis of every leaf.

    Sides are LEFT, then RIGHT; branches and muscles run from the forehead down.
    """

    days: Float[Array, " days"]
    inflammation: PerBranch
    """1 blocks at half the greatest rate."""
    branches: BranchStates
    lost: PerBranch
    """Share of fibres that degenerated, whether or not they grew back. [0-1]"""
    regrown: PerBranch
    """Share of fibres that degenerated and reached a muscle again. [0-1]"""
    retrained: Float[Array, " days"]
    disuse: DisuseStates | None
    """None without toxin."""
    muscles: MuscleStates
    soft_tissue: SoftTissueStates
    blocked_share: Float[Array, "days sides muscles"] | None
    """Share of each muscle's force that toxin blocks, as it was given; None without toxin. [0-1]"""


def patient_course(
    parameters: TwinParameters,
    exposure: Exposure,
    days: Float[np.ndarray, " days"],
    blocked_share: Float[Array, "days sides muscles"] | None = None,
    *,
    is_one_sided: bool = False,
    steps_days: Float[np.ndarray, " nodes"] | None = None,
) -> Course:
    """Compute one patient's course; pure, so that it can be vmapped, compiled and differentiated.

    Parameters
    ----------
    parameters : TwinParameters     Of one patient.
    exposure : Exposure             Of one patient.
    days : array                    Ascending, from 0, as `weekly_days`. [d]
    blocked_share : array, optional Toxin block at those days; none without it. [0-1]
    is_one_sided : bool             Whether one side at most has an insult: the other is not integrated.
    steps_days : array, optional    Ends of steps that all patients share, the output days among them. Each
        patient's own when left out, for an error below a millionth.

    Returns
    -------
    Course
    """
    nerve, muscle = parameters.nerve, parameters.muscle
    at = jnp.asarray(days)
    states = _branch_states(parameters, exposure, days, steps_days, is_one_sided=is_one_sided)
    lost = 1 - states.conducting - states.blocked
    there = arrived(
        at[:, None],
        nerve.regrowth_start_days,
        nerve.regrowth_speed_mm_per_day,
        jnp.asarray(path_lengths_mm()),
    )
    regrown = nerve.regrowth_share * there.share[:, None, :] * lost
    disuse = None
    if blocked_share is not None:
        disuse = disuse_states(muscle, parameters.soft_tissue, days, blocked_share)
    training = retrained(muscle, exposure, at)
    inflammation = inflammation_at(inflammation_course(nerve, exposure), at)
    return Course(
        days=at,
        inflammation=nerve.insult_strength * exposure.severity_frac * inflammation.level[:, None, None],
        branches=states,
        lost=lost,
        regrown=regrown,
        retrained=training,
        disuse=disuse,
        muscles=muscle_states(
            nerve, muscle, states, regrown, None if disuse is None else disuse.atrophy, training
        ),
        soft_tissue=soft_tissue_states(parameters.soft_tissue, states, disuse),
        blocked_share=blocked_share,
    )


def _branch_states(
    parameters: TwinParameters,
    exposure: Exposure,
    days: Float[np.ndarray, " days"],
    shared_days: Float[np.ndarray, " nodes"] | None,
    *,
    is_one_sided: bool,
) -> BranchStates:
    """States of all branches at the output days; a side without insult is healthy on every day."""
    if shared_days is None:
        own = own_nodes(parameters.nerve, exposure, float(days[-1]))
        nodes = patient_nodes(days, jnp.concatenate([own, exposure.drug_edges_days]))
    else:
        nodes = patient_nodes(shared_days, exposure.drug_edges_days)
    severity = exposure.severity_frac
    affected = jnp.argmax(severity.sum(axis=1))
    if is_one_sided:
        exposure = eqx.tree_at(lambda e: e.severity_frac, exposure, severity[affected][None])
    everywhere = nerve_course(parameters.nerve, parameters.muscle, parameters.soft_tissue, exposure, nodes)
    index = output_index(nodes, days)
    states: BranchStates = jax.tree.map(lambda leaf: leaf[index], everywhere)
    if not is_one_sided:
        return states
    is_affected = ((jnp.arange(SIDES) == affected) & (severity.sum(axis=1) > 0))[:, None]
    both: BranchStates = jax.tree.map(
        lambda ill, healthy: jnp.where(is_affected, ill, healthy), states, healthy_states(severity)
    )
    return both
