"""What happens to a patient, as arrays that an integrator can read."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

SIDES = 2
"""LEFT first, then RIGHT, along every axis of sides."""

BRANCHES = 5
"""From the forehead down, along every axis of branches."""


class Exposure(eqx.Module):
    """Insult and treatments of one patient, or of many along a first axis.

    Levels are constant between edges: one more level than edges, the first from day 0 to the first edge,
    the last without end.
    """

    severity_frac: Float[Array, "*patients sides branches"]
    """Share of the insult that each branch receives. [0-1]"""
    drug_edges_days: Float[Array, "*patients edges"]
    """Ascending; repeated edges enclose nothing."""
    corticosteroid_level: Float[Array, "*patients edges+1"]
    """Share of the reference daily dose."""
    antiviral_level: Float[Array, "*patients edges+1"]
    """1 during a course, else 0."""
    retraining_edges_days: Float[Array, "*patients retraining_edges"]
    retraining_level: Float[Array, "*patients retraining_edges+1"]
    """1 while the patient trains, else 0."""


def untreated(severity_frac: Float[Array, "*patients sides branches"]) -> Exposure:
    """An insult that nothing is done about."""
    lead = np.asarray(severity_frac).shape[:-2]
    return Exposure(
        severity_frac=jnp.asarray(severity_frac, dtype=float),
        drug_edges_days=jnp.zeros((*lead, 1)),
        corticosteroid_level=jnp.zeros((*lead, 2)),
        antiviral_level=jnp.zeros((*lead, 2)),
        retraining_edges_days=jnp.zeros((*lead, 1)),
        retraining_level=jnp.zeros((*lead, 2)),
    )


def mirrored(exposure: Exposure) -> Exposure:
    """The same with LEFT and RIGHT exchanged."""
    swapped: Exposure = eqx.tree_at(lambda e: e.severity_frac, exposure, exposure.severity_frac[..., ::-1, :])
    return swapped
