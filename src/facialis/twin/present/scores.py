"""Standard normal scores of one patient's present state, block by block.

A score of 0 is the median of the table's row, 1 one spread above it, as everywhere in the twin. All that
is estimated of a patient is one vector of such scores, so that its prior is the unit normal.
"""

import math
from dataclasses import dataclass
from functools import cache

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.twin.exposure import BRANCHES, SIDES
from facialis.twin.face.readings import FaceReading
from facialis.twin.priors import priors_of
from facialis.twin.routing import MUSCLES

EXPRESSIONS = len(NINE_PHOTOGRAPHS)
JUNCTION_SCORES = 3
"""Sensitivity, duration and onset of the patient, each keeping its rank in every product."""

Scores = Float[Array, " scores"]


@dataclass(frozen=True)
class Block:
    """Some scores that belong together."""

    name: str
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """Number of scores."""
        return math.prod(self.shape)


@cache
def state_blocks() -> tuple[Block, ...]:
    """Blocks of a patient's state, in the order of the vector; visits and the toxin come behind."""
    faces = len(priors_of("face_parameters"))
    return (
        Block("reinnervated_share", ()),
        Block("reinnervated_by_branch", (BRANCHES,)),
        Block("foreign_share", ()),
        Block("foreign_by_branch", (BRANCHES,)),
        Block("foreign_by_muscle", (MUSCLES,)),
        Block("foreign_route", (BRANCHES, BRANCHES)),
        Block("hypertonia_force", ()),
        Block("hypertonia_by_muscle", (MUSCLES,)),
        Block("contracture_force", ()),
        Block("contracture_by_branch", (BRANCHES,)),
        Block("descent_mm", ()),
        Block("healthy_drive", ()),
        Block("healthy_drive_by_branch", (BRANCHES,)),
        Block("foreign_gain", ()),
        Block("resting_tone", ()),
        Block("strength", (SIDES, MUSCLES)),
        Block("face", (faces,)),
        Block("place_of_both", (len(FaceReading),)),
        Block("place_between", (len(FaceReading),)),
        Block("junction", (JUNCTION_SCORES,)),
    )


@cache
def state_size() -> int:
    """Number of scores of a state."""
    return sum(block.size for block in state_blocks())


def split_scores(scores: Scores) -> dict[str, Float[Array, "..."]]:
    """Scores of a state by the name of their block."""
    found, start = {}, 0
    for block in state_blocks():
        found[block.name] = scores[start : start + block.size].reshape(block.shape)
        start += block.size
    return found


def place_of(name: str) -> slice:
    """Where a block lies in the vector."""
    start = 0
    for block in state_blocks():
        if block.name == name:
            return slice(start, start + block.size)
        start += block.size
    raise KeyError(name)


def no_scores() -> Float[np.ndarray, " scores"]:
    """The typical patient."""
    return np.zeros(state_size())


def efforts_of(scores: Float[Array, " expressions"]) -> Float[Array, " expressions"]:
    """How far each expression is carried, relative to the patient's usual."""
    prior = next(p for p in priors_of("present_state") if p.name == "effort")
    return prior.median * jnp.exp(prior.spread * scores)
