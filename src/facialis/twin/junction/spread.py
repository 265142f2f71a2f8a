"""How a dose spreads from its points over muscles; what reaches none is counted as lost."""

from enum import StrEnum

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float

from facialis.evidence import load_values
from facialis.toxins.pharmacology import spread as published_spread
from facialis.twin.junction.onset import PACKAGE


class VolumeEffect(StrEnum):
    """The two sides of a disagreement: whether more liquid carries the same dose farther."""

    LARGER_AREA = "larger_area"
    """Five times the volume, one and a half times the area [Hsu04]."""
    NO_DIFFERENCE = "no_difference"
    """Five-fold dilution without clear clinical difference [Carruthers07]."""


class SpreadKernel(eqx.Module):
    """Parameters of the spread; one value for all sites."""

    reach_mm: Float[Array, ""]
    """Distance over which the effect on neighbours falls by the factor e, at the reference volume."""
    reference_volume_ml: Float[Array, ""]
    volume_exponent: Float[Array, ""]
    """The reach grows with this power of the volume; 0 where volume makes no difference."""
    kept_share: Float[Array, ""]
    """Share of a dose that stays in the muscles into which it is given. [0-1]"""
    lost_weight: Float[Array, ""]
    """Weight of all other tissue beside the neighbours; a neighbour at distance 0 has the weight 1."""


def spread_kernel(effect: VolumeEffect = VolumeEffect.LARGER_AREA) -> SpreadKernel:
    """The kernel of the table; the exponent of the volume from the two volumes that were compared."""
    ours, published = load_values(PACKAGE, "junction_spread"), published_spread()
    volumes = [published.preferred(f"hsu_{size}_volume").number for size in ("large", "small")]
    area = published.preferred("hsu_area_ratio").number
    exponent = jnp.log(area) / (2 * jnp.log(volumes[0] / volumes[1]))
    return SpreadKernel(
        reach_mm=jnp.asarray(ours.preferred("reach").number),
        reference_volume_ml=jnp.asarray(ours.preferred("reference_volume").number),
        volume_exponent=exponent * (effect is VolumeEffect.LARGER_AREA),
        kept_share=jnp.asarray(ours.preferred("kept_share").number),
        lost_weight=jnp.asarray(ours.preferred("lost_weight").number),
    )


def spread_shares(
    kernel: SpreadKernel,
    distances_mm: Float[Array, "*batch site muscle"],
    is_intended: Bool[Array, "*batch site muscle"],
    volumes_ml: Float[Array, "*batch site"],
) -> Float[Array, "*batch site muscle"]:
    """Share of each site's dose that reaches each muscle.

    Parameters
    ----------
    kernel : SpreadKernel
    distances_mm : (*batch, site, muscle)
        From the site to the nearest part of the muscle, its depth included. [mm]
    is_intended : (*batch, site, muscle)
        Whether the dose is given into this muscle.
    volumes_ml : (*batch, site)
        Volume of each site, above 0. [ml]

    Returns
    -------
    (*batch, site, muscle)
        0 to 1; over the muscles they add up to 1 less what is lost.

    Notes
    -----
    The intended muscles keep ``kept_share``, in equal parts. The rest goes to the others by the weight
    ``exp(-distance / reach)`` and to no muscle by ``lost_weight``:
    ``(1 - kept) w_m / (sum w + lost)``; the reach is ``reach (volume / reference)^exponent``.
    """
    reach = kernel.reach_mm * (volumes_ml / kernel.reference_volume_ml) ** kernel.volume_exponent
    weights = jnp.where(is_intended, 0.0, jnp.exp(-distances_mm / reach[..., None]))
    whole = jnp.sum(weights, axis=-1, keepdims=True) + kernel.lost_weight
    intended = jnp.maximum(jnp.sum(is_intended, axis=-1, keepdims=True), 1)
    return jnp.where(is_intended, kernel.kept_share / intended, (1 - kernel.kept_share) * weights / whole)


def dose_at_muscles(
    doses_units: Float[Array, "*batch site"], shares: Float[Array, "*batch site muscle"]
) -> Float[Array, "*batch muscle"]:
    """Dose that each muscle receives from all sites together. [units of the doses' product]"""
    return jnp.einsum("...s,...sm->...m", doses_units, shares)


def lost_dose(
    doses_units: Float[Array, "*batch site"], shares: Float[Array, "*batch site muscle"]
) -> Float[Array, "*batch"]:
    """Dose that reaches no listed muscle. [units of the doses' product]"""
    return jnp.sum(doses_units * (1 - jnp.sum(shares, axis=-1)), axis=-1)
