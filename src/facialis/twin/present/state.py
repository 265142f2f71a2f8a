"""The present state of one patient: drive, foreign routes, tone, stiffness, and the face they move."""

from functools import cache

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.evidence import load_rows
from facialis.twin.exposure import SIDES
from facialis.twin.face.parameters import FaceParameters, face_from_scores
from facialis.twin.face.readings import FaceReading
from facialis.twin.healthy_faces import strength_log_sd
from facialis.twin.present.scores import Scores, split_scores
from facialis.twin.priors import TABLES, Prior, PriorKind, location_of, priors_of
from facialis.twin.routing import (
    MUSCLES,
    branch_nearness,
    branch_shares,
    foreign_commands,
    healthy_commands,
)

PerSide = Float[Array, "sides muscles"]
Forces = Float[Array, "expressions sides muscles"]


class PresentState(eqx.Module):
    """One patient; sides are LEFT, then RIGHT, muscles from the forehead down."""

    own_drive: PerSide
    """Command that reaches each muscle, as a share of what a healthy person's is told; above 1 on a
    healthy side that works harder."""
    foreign_routes: Float[Array, "sides muscles sending"]
    """Share of each muscle's end plates that carry commands meant for another branch. [0-1]"""
    tone: PerSide
    """Activation at rest. [0-1]"""
    passive_force: PerSide
    """Force of stiff muscle, which toxin does not take away. [0-1]"""
    strength: PerSide
    """Movement relative to the mean of healthy sides."""
    descent_mm: Float[Array, " sides"]
    foreign_gain: Float[Array, ""]
    healthy_tone: Float[Array, ""]
    face: FaceParameters
    place_mm: Float[Array, "sides readings"]
    """Where this person's features lie beyond the neutral mesh, before anything moves."""


@cache
def present_priors() -> dict[str, Prior]:
    """Rows of `tables/present_state.csv` by name, and the twin's own for what both share."""
    rows = {prior.name: prior for prior in priors_of("present_state")}
    shared = {p.name: p for p in priors_of("muscle_parameters") if p.name in {"foreign_gain", "resting_tone"}}
    return rows | shared


@cache
def place_spreads() -> Float[np.ndarray, "2 readings"]:
    """Between people, and between sides, of every reading; `tables/present_places.csv`. [mm]"""
    rows = {row.text("reading"): row for row in load_rows(TABLES, "present_places").rows}
    names = [reading.name.lower() for reading in FaceReading]
    return np.array(
        [
            [rows[name].number(column) for name in names]
            for column in ("between_people_mm", "between_sides_mm")
        ]
    )


@cache
def photographed_commands() -> Float[np.ndarray, "expressions muscles"]:
    """Healthy commands of the nine photographs."""
    order = list(Expression)
    return healthy_commands()[[order.index(e) for e in NINE_PHOTOGRAPHS]]


def state_from_scores(scores: Scores, affected: Float[Array, ""]) -> PresentState:
    """Turn standard normal scores into a patient; pure, so that it can be differentiated.

    Parameters
    ----------
    scores : array          As `state_blocks`; a sequence of blocks.
    affected : int          0 where the LEFT side is affected, 1 for the RIGHT.

    Notes
    -----
    Of a muscle's end plates the share T is reached by axons, phi of them foreign: own = T (1 - phi),
    foreign = T phi, spread over the sending branches by nearness times the patient's own weights. Tone at
    rest is what own drive keeps of healthy tone, and hypertonia in proportion to the foreign share.
    Scores of sides stand affected first, so that a mirrored patient has the same scores.
    """
    part = split_scores(scores)
    shares = jnp.asarray(branch_shares())

    def raised(name: str, *, at: str | None = None) -> Float[Array, "..."]:
        """Location and scatter of a row, on the scale on which it is normal."""
        prior = present_priors()[name]
        return location_of(prior) + prior.spread * part[at or name]

    def factor(name: str) -> Float[Array, "..."]:
        return present_priors()[name].spread * part[name]

    reached = shares @ jax.nn.sigmoid(raised("reinnervated_share") + factor("reinnervated_by_branch"))
    foreign = jax.nn.sigmoid(
        raised("foreign_share") + shares @ factor("foreign_by_branch") + factor("foreign_by_muscle")
    )
    weight = shares @ (_nearness() * jnp.exp(factor("foreign_route")))
    routes = (reached * foreign)[:, None] * weight / weight.sum(axis=1, keepdims=True)
    own = reached * (1 - foreign)
    rest = _value("resting_tone", part["resting_tone"])
    hypertonia = jnp.exp(raised("hypertonia_force") + factor("hypertonia_by_muscle")) * reached * foreign
    tone = rest * own + (1 - rest * own) * jnp.minimum(hypertonia, 1.0)
    stiff = jnp.exp(raised("contracture_force") + shares @ factor("contracture_by_branch"))
    driven = jnp.exp(raised("healthy_drive") + shares @ factor("healthy_drive_by_branch"))
    spreads = jnp.asarray(place_spreads())
    both, between = spreads[0] * part["place_of_both"], spreads[1] * part["place_between"]

    def sided(ill: Float[Array, "..."], well: Float[Array, "..."]) -> Float[Array, "sides ..."]:
        first = affected == 0
        return jnp.stack([jnp.where(first, ill, well), jnp.where(first, well, ill)])

    strength = jnp.exp(strength_log_sd() * part["strength"])
    return PresentState(
        own_drive=sided(own, driven),
        foreign_routes=sided(routes, jnp.zeros_like(routes)),
        tone=sided(tone, jnp.full(MUSCLES, rest)),
        passive_force=sided(stiff, jnp.zeros(MUSCLES)),
        strength=sided(strength[0], strength[1]),
        descent_mm=sided(jnp.exp(raised("descent_mm")), jnp.zeros(())),
        foreign_gain=_value("foreign_gain", part["foreign_gain"]),
        healthy_tone=rest,
        face=face_from_scores(part["face"]),
        place_mm=sided(both + between / 2, both - between / 2),
    )


def present_activations(
    state: PresentState,
    effort: Float[Array, " expressions"],
    commands: Float[np.ndarray, "expressions muscles"] | None = None,
) -> Forces:
    """Activation of every muscle in the nine expressions, before toxin. [0-1]

    The equations of `twin.muscle.activation`, for a state that is estimated instead of grown.
    """
    asked = effort[:, None] * jnp.asarray(photographed_commands() if commands is None else commands)
    own = state.own_drive[None] * asked[:, None, :]
    quiet = jnp.log1p(-jnp.clip(foreign_of(asked), 0.0, 1 - 1e-9))
    brought = -jnp.expm1(state.foreign_gain * quiet)
    foreign = jnp.einsum("smc,mce->esm", state.foreign_routes, brought)
    commanded = own + foreign
    return commanded + jnp.maximum(1 - commanded, 0.0) * state.tone[None]


def foreign_of(asked: Float[Array, "expressions muscles"]) -> Float[Array, "muscles branches expressions"]:
    """What a foreign axon brings; `routing.foreign_commands` is linear in the commands."""
    return jnp.einsum("mbk,ek->mbe", jnp.asarray(_mixing()), asked)


def present_forces(state: PresentState, active: Forces, blocked_share: PerSide | Float[Array, ""]) -> Forces:
    """Force of every muscle: what is active and not blocked, and what is stiff."""
    return active * (1 - blocked_share) + state.passive_force


def healthy_activations(state: PresentState, effort: Float[Array, " expressions"]) -> Forces:
    """What a healthy person's muscles would do at the same effort."""
    asked = effort[:, None] * jnp.asarray(photographed_commands())
    one = asked + jnp.maximum(1 - asked, 0.0) * state.healthy_tone
    return jnp.broadcast_to(one[:, None, :], (asked.shape[0], SIDES, MUSCLES))


@cache
def _mixing() -> Float[np.ndarray, "muscles branches muscles"]:
    """The linear map behind `foreign_commands`."""
    columns = foreign_commands(np.eye(MUSCLES))
    return np.asarray(columns)


def _nearness() -> Float[Array, "receiving sending"]:
    (ranged,) = (p for p in priors_of("nerve_parameters") if p.name == "misrouting_range_branches")
    return branch_nearness(jnp.asarray(ranged.median))


def _value(name: str, score: Float[Array, ""]) -> Float[Array, ""]:
    prior = present_priors()[name]
    shifted = location_of(prior) + prior.spread * score
    return jax.nn.sigmoid(shifted) if prior.kind is PriorKind.LOGIT_NORMAL else jnp.exp(shifted)
