"""Muscles: drive, slow changes without it, activation in an expression, force."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.twin.nerve import BranchStates
from facialis.twin.parameters import MuscleParameters, NerveParameters
from facialis.twin.routing import branch_nearness, branch_shares, foreign_commands

PerMuscle = Float[Array, "days sides muscles"]


class MuscleStates(eqx.Module):
    """States of the 24 muscles on each side; shares of a healthy muscle. [0-1]"""

    own_drive: PerMuscle
    """Share of its motor units that its own commands reach."""
    aberrant_drive: PerMuscle
    """Share that foreign commands reach."""
    aberrant_routes: Float[Array, "days sides receiving sending"]
    """Share of a branch's fibres that carry commands of another, ripened and after retraining."""
    hypertonia: PerMuscle
    contracture: PerMuscle
    atrophy: PerMuscle
    """Loss of active force, by lost drive and by disuse under toxin."""
    tone: PerMuscle
    """Activation at rest."""


def muscle_states(
    nerve: NerveParameters,
    muscle: MuscleParameters,
    branches: BranchStates,
    regrown: Float[Array, "days sides branches"],
    disuse: PerMuscle | None,
    retrained: Float[Array, " days"],
) -> MuscleStates:
    """States of the muscles of one patient from those of the branches.

    Parameters
    ----------
    branches : BranchStates         Days first.
    regrown : array                 Share of each branch's fibres that was lost and has grown back.
    disuse : array                  Share of the greatest atrophy that toxin has brought; None without toxin.
    retrained : array               How far retraining has taken effect. [0-1]

    Notes
    -----
    Of the end plates that lost their axon in branch b and found a new one, the share
    mu_bb' = mu K_bb' D_b' Dn^(growth - 1) got one meant for branch b', Dn = sum of K_bb' D_b' the loss
    nearby; mu_b = mu Dn^growth is their sum. Foreign axons never come from a nerve that was not cut; they
    are the more frequent the more was cut, and at growth 0 would be as frequent after any loss.
    q = H + (1 - mu_b) G; aberrant = mu_b G; of the latter the share f acts at once and the rest ripens
    with the exposure lags. Every muscle takes the shares of its branches.
    """
    shares = jnp.asarray(branch_shares())
    lost = 1 - branches.conducting - branches.blocked
    foreign = _foreign_shares(nerve, lost)
    foreign_sum = foreign.sum(axis=-1)
    fresh = muscle.fresh_aberrant_effect
    ripe = fresh * regrown + (1 - fresh) * branches.regrown_exposure
    calmed = 1 - muscle.retraining_effect * retrained[:, None, None]

    def to_muscles(values: Float[Array, "days sides branches"]) -> PerMuscle:
        return values @ shares.T

    hypertonia = calmed * to_muscles(foreign_sum * branches.regrown_hypertonia)
    own = to_muscles(branches.conducting + (1 - foreign_sum) * regrown)
    rest = muscle.resting_tone * own
    atrophy = muscle.denervation_atrophy_max * to_muscles(branches.undriven_atrophy)
    if disuse is not None:
        atrophy = 1 - (1 - atrophy) * (1 - muscle.disuse_atrophy_max * disuse)
    return MuscleStates(
        own_drive=own,
        aberrant_drive=to_muscles(foreign_sum * regrown),
        aberrant_routes=calmed[..., None] * ripe[..., None] * foreign,
        hypertonia=hypertonia,
        contracture=to_muscles(
            muscle.absent_drive_contracture * branches.undriven_contracture
            + foreign_sum * branches.regrown_contracture
        ),
        atrophy=atrophy,
        tone=rest + (1 - rest) * muscle.hypertonia_tone * hypertonia,
    )


def _foreign_shares(
    nerve: NerveParameters, lost: Float[Array, "days sides branches"]
) -> Float[Array, "days sides receiving sending"]:
    """Share of a branch's regrown axons that was meant for each branch, wrongly."""
    sources = branch_nearness(nerve.misrouting_range_branches) * lost[..., None, :]
    nearby = sources.sum(axis=-1, keepdims=True)
    is_cut = nearby > 0
    safe = jnp.where(is_cut, nearby, 1.0)
    damped = jnp.exp((nerve.misrouting_growth - 1) * jnp.log(safe))
    return nerve.misrouting_share * jnp.where(is_cut, sources * damped, 0.0)


def activation(
    muscle: MuscleParameters, states: MuscleStates, commands: Float[np.ndarray, "expressions muscles"]
) -> Float[Array, "days sides expressions muscles"]:
    """Activation of every muscle in every expression, before toxin. [0-1]

    Parameters
    ----------
    muscle, states                  Of one patient.
    commands : array                Healthy command of each expression and muscle, as `healthy_commands`.

    Notes
    -----
    a = s + (1 - s) tone with s = q u + sum over branches of aberrant x (1 - (1 - c)^g), c the foreign
    command and g the gain: regrown axons hold enlarged motor units, and the nucleus behind a damaged
    nerve answers more than it is asked (`synkinesis_mechanisms`). Own and foreign axons command
    different motor units, so s is at most 1; tone works in those that no command reaches.
    """
    own = states.own_drive[:, :, None, :] * jnp.asarray(commands)
    left_quiet = jnp.asarray(np.log1p(-np.minimum(foreign_commands(commands), 1 - 1e-9)))
    brought = jnp.einsum(
        "mb,mce->embc", jnp.asarray(branch_shares()), -jnp.expm1(muscle.foreign_gain * left_quiet)
    )
    foreign = jnp.einsum("tsbc,embc->tsem", states.aberrant_routes, brought)
    commanded = own + foreign
    return commanded + (1 - commanded) * states.tone[:, :, None, :]


def force(
    muscle: MuscleParameters,
    states: MuscleStates,
    active: Float[Array, "days sides expressions muscles"],
    blocked_share: PerMuscle | None,
) -> Float[Array, "days sides expressions muscles"]:
    """Force of every muscle, as a share of a healthy muscle's strongest.

    Parameters
    ----------
    active : array                  What `activation` gives. [0-1]
    blocked_share : array           Share that toxin blocks; None without toxin. [0-1]

    Notes
    -----
    F = (1 - atrophy) a (1 - N) + c_p contracture: toxin blocks what is commanded, not what is stiff.
    """
    strength = 1 - states.atrophy
    if blocked_share is not None:
        strength = strength * (1 - blocked_share)
    passive = muscle.contracture_force * states.contracture
    return strength[:, :, None, :] * active + passive[:, :, None, :]
