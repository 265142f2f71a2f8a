"""Soft tissue of the cheek: fat pads shrink and descend where tone is lost."""

from functools import cache

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.evidence import load_rows
from facialis.twin.disuse import DisuseStates
from facialis.twin.nerve import BranchStates
from facialis.twin.parameters import SoftTissueParameters
from facialis.twin.priors import TABLES
from facialis.twin.routing import branch_shares

PerSide = Float[Array, "days sides"]


class SoftTissueStates(eqx.Module):
    """The cheek on each side."""

    volume_loss: PerSide
    """Share of the fat pads' volume that is gone. [0-1]"""
    descent_mm: PerSide
    flattening: PerSide
    """0 a healthy cheek, 1 a wholly flat one."""


@cache
def cheek_support() -> Float[np.ndarray, " muscles"]:
    """How much each muscle holds up the cheek; sums to 1."""
    parts = {
        row.choice("muscle", Muscle): row.number("parts") for row in load_rows(TABLES, "cheek_support").rows
    }
    found = np.array([parts.get(m, 0.0) for m in FACIAL_MUSCLES])
    return np.asarray(found / found.sum())


def soft_tissue_states(
    soft_tissue: SoftTissueParameters,
    branches: BranchStates,
    disuse: DisuseStates | None,
) -> SoftTissueStates:
    """The cheek of one patient from the states of the branches and the toxin given.

    Parameters
    ----------
    branches : BranchStates         Days first.
    disuse : DisuseStates           What toxin has brought; None without toxin.

    Notes
    -----
    Share x of the greatest change = 1 - (1 - nerve's share) (1 - toxin's share); each follows lost tone
    through two exposure lags and one of its own. Flattening = w volume + (1 - w) descent, of their shares.
    """
    support = jnp.asarray(cheek_support())
    by_branch = support @ jnp.asarray(branch_shares())

    volume = branches.undriven_volume_loss @ by_branch
    descent = branches.undriven_descent @ by_branch
    if disuse is not None:
        volume = 1 - (1 - volume) * (1 - disuse.volume_loss @ support)
        descent = 1 - (1 - descent) * (1 - disuse.descent @ support)
    weight = soft_tissue.flattening_by_volume
    return SoftTissueStates(
        volume_loss=soft_tissue.volume_loss_max * volume,
        descent_mm=soft_tissue.descent_max_mm * descent,
        flattening=weight * volume + (1 - weight) * descent,
    )
