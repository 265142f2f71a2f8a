"""The posterior of `calibrate` without its normal approximation: the reference that it is tested against.

Minutes instead of tenths of a second, so it is no part of what a clinician waits for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, PRNGKeyArray
from numpyro.infer import MCMC, NUTS

from facialis.anatomy.sides import Side
from facialis.twin.calibrate import Posterior, calibrate
from facialis.twin.events import ToxinSession
from facialis.twin.present.model import residuals
from facialis.twin.present.visits import Visit

DEEPEST_TREE = 7


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws from the posterior of one patient."""

    laplace: Posterior
    """The normal approximation, from which the search started."""
    scores: Float[np.ndarray, "draws scores"]
    """State, then each visit's efforts and scales."""
    divergent: int
    """Draws at which the integration broke down; few, or the draws are not to be trusted."""


def calibrate_by_nuts(
    visits: Sequence[Visit],
    sessions: Sequence[ToxinSession],
    affected: Side,
    key: PRNGKeyArray,
    *,
    warmup: int = 300,
    samples: int = 600,
) -> Draws:
    """Draw from a patient's posterior by the No-U-Turn sampler.

    Parameters
    ----------
    visits, sessions, affected      As for `calibrate`, which says what is raised.
    key : PRNGKeyArray              Equal keys give equal draws.
    warmup, samples : int           Draws to tune by, and to keep.

    Returns
    -------
    Draws

    Notes
    -----
    The model is that of `calibrate`: unit normal prior, normal errors. Draws are made in coordinates in
    which the normal approximation is the unit normal; the target is the same, and the steps are long.
    """
    laplace = calibrate(visits, sessions, affected)
    mean, root = jnp.asarray(laplace.mean), jnp.asarray(laplace.root)

    def potential(z: Float[Array, " scores"]) -> Float[Array, ""]:
        scores = mean + root @ z
        off = residuals(scores, laplace.question, laplace.layout)
        return 0.5 * (off @ off + scores @ scores)

    kernel = NUTS(potential_fn=potential, max_tree_depth=DEEPEST_TREE)
    chain = MCMC(kernel, num_warmup=warmup, num_samples=samples, progress_bar=False)
    chain.run(key, init_params=jnp.zeros(len(laplace.mean)), extra_fields=("diverging",))
    z = np.asarray(chain.get_samples())
    return Draws(laplace, laplace.mean + z @ laplace.root.T, int(chain.get_extra_fields()["diverging"].sum()))
