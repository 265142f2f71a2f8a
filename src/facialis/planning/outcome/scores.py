"""What clinicians read of judged faces: Sunnybrook, the symmetry index, synkinesis sub-scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.measurement.synkinesis import SubScoreName
from facialis.planning.outcome.prospect import Judged, Prospect, Units
from facialis.twin.array_grades import grade_readings, rater_limits
from facialis.twin.exposure import SIDES
from facialis.twin.forecast_scores import sub_score_of, sub_scores, symmetry_index_of
from facialis.twin.junction.model import blocked_from_toxin
from facialis.twin.junction.places import REACHED
from facialis.twin.nasolabial_fold import cheek_item, fold_depth
from facialis.twin.routing import MUSCLES

REST = NINE_PHOTOGRAPHS.index(Expression.REST)

PerDay = Float[np.ndarray, "samples days"]


@dataclass(frozen=True, eq=False)
class FaceScores:
    """Scores of every sample on every day."""

    symmetry_index: PerDay
    """0 to 100; NaN where too few movements can be compared."""
    sunnybrook: PerDay
    """Composite, up to 100; the fold of the cheek, which no photograph shows, is the model's."""
    rest_symmetry: PerDay
    """Sunnybrook's part, 0 to 20; less is better."""
    voluntary_movement: PerDay
    """Sunnybrook's part, 20 to 100."""
    synkinesis: PerDay
    """Sunnybrook's part, 0 to 15; less is better."""
    movement: Float[np.ndarray, "samples days 5"]
    """Of the affected side as a share of the healthy side's: brow, closure, smile, snarl, pucker."""
    sub_scores: Mapping[SubScoreName, PerDay]
    """Involuntary movement of the affected side beyond the other's. [mm]"""


def scores_of(prospect: Prospect, judged: Judged, units: Units) -> FaceScores:
    """Score faces that were judged under doses.

    Parameters
    ----------
    prospect : Prospect
    judged : Judged         Of `Prospect.judge` with the same doses.
    units : array           That reach the muscles.
    """
    readings = np.asarray(judged.readings)
    side = jnp.asarray(float(list(Side).index(prospect.affected)))
    forces = resting_forces(prospect, blocks_under(prospect, units))
    grades = _grades()(judged.readings, jnp.asarray(forces), prospect.state.healthy_tone, side)
    composite, rest, voluntary, synkinesis, movement = map(np.asarray, grades)
    return FaceScores(
        symmetry_index=symmetry_index_of(readings),
        sunnybrook=composite,
        rest_symmetry=rest,
        voluntary_movement=voluntary,
        synkinesis=synkinesis,
        movement=movement,
        sub_scores={name: sub_score_of(readings, name, prospect.affected) for name in sub_scores()},
    )


def blocks_under(prospect: Prospect, units: Units) -> Float[np.ndarray, "samples days sides muscles"]:
    """Share of every muscle that toxin blocks under doses, what is left of earlier toxin included. [0-1]"""
    blocked = np.asarray(blocked_from_toxin(jnp.asarray(prospect.toxin(units))))
    return blocked.reshape(*blocked.shape[:2], SIDES, len(REACHED))[..., :MUSCLES]


def resting_forces(
    prospect: Prospect, blocks: Float[np.ndarray, "samples days sides muscles"]
) -> Float[np.ndarray, "samples days sides muscles"]:
    """Force of every muscle at rest."""
    active = prospect.active[:, None, REST]
    return np.asarray(active * (1 - blocks) + np.asarray(prospect.state.passive_force)[:, None])


@cache
def _grades() -> Any:
    def graded(readings: Any, forces: Any, tone: Any, side: Any) -> Any:
        shape = readings.shape[:2]
        affected = jnp.broadcast_to(side, shape)
        # How full the fat pads are is not known of a measured patient, and no toxin changes it in months.
        depth = fold_depth(forces, jnp.zeros((*shape, SIDES)), jnp.broadcast_to(tone[:, None], shape))
        found = grade_readings(readings, cheek_item(depth, affected, rater_limits()), affected)
        return (
            found.sunnybrook,
            5.0 * found.rest.sum(axis=-1),
            4.0 * found.voluntary.sum(axis=-1),
            found.synkinesis.sum(axis=-1),
            found.movement,
        )

    return jax.jit(graded)
