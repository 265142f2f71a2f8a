"""How likely a session is to weaken what it should spare: the lifter of the upper lid, the seal of the lips.

A logistic model of the logarithm of the toxin that reaches the muscles in question. It is calibrated to
rates after standard treatments, on few points: a way to compare plans, not a prediction for one patient.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.anatomy.muscle_names import Muscle
from facialis.evidence import Citation, load_rows
from facialis.twin.events import ToxinSession
from facialis.twin.junction.model import Junction
from facialis.twin.junction.onset import PACKAGE
from facialis.twin.junction.parameters import junction_for
from facialis.twin.junction.places import REACHED
from facialis.twin.junction.sessions import doses_reached
from facialis.twin.junction.spread import SpreadKernel


class NeighbourEvent(StrEnum):
    """What can happen beside the treated muscle."""

    EYELID_PTOSIS = "eyelid_ptosis"
    """The upper lid droops: toxin passes the orbital septum to the levator."""
    LIP_DROOP = "lip_droop"
    """The lips no longer seal: drooling, loss of fluid when drinking."""


@dataclass(frozen=True)
class EventRisk:
    """The logistic model of one event."""

    muscles: tuple[Muscle, ...]
    half_toxin: float
    """Effective toxin in these muscles of one side at which the event is as likely as not. [1]"""
    slope: float
    citation: Citation


@cache
def event_risk(event: NeighbourEvent) -> EventRisk:
    """The parameters of the table."""
    row = next(
        row
        for row in load_rows(PACKAGE, "junction_events").rows
        if row.choice("event", NeighbourEvent) is event
    )
    return EventRisk(
        row.choices("muscles", Muscle), row.number("half_toxin"), row.number("slope"), row.citation
    )


def event_probability(
    half_toxin: Float[Array, ""], slope: Float[Array, ""], toxin: Float[Array, "..."]
) -> Float[Array, "..."]:
    """Probability ``1 / (1 + (half / x)^slope)`` of an event on one side; exactly 0 without toxin. [0-1]"""
    safe = jnp.where(toxin > 0, toxin, 1.0)
    return jnp.where(toxin > 0, jax.nn.sigmoid(slope * (jnp.log(safe) - jnp.log(half_toxin))), 0.0)


def session_risk(
    event: NeighbourEvent,
    session: ToxinSession,
    *,
    junction: Junction | None = None,
    kernel: SpreadKernel | None = None,
) -> Float[Array, "*patients side"]:
    """Probability that one session causes an event, for each side. [0-1]

    Parameters
    ----------
    event : NeighbourEvent
    session : ToxinSession
    junction : Junction, optional
        Of the session's product; by default the median patient.
    kernel : SpreadKernel, optional
        By default that of the table.

    Returns
    -------
    (*patients, side)
        In the order of `Side`.

    Raises
    ------
    NoJunctionDataError
        If nothing is published to simulate the product by.
    """
    risk = event_risk(event)
    used = junction_for(session.injections[0].dose.product) if junction is None else junction
    toxin = toxin_beside(risk.muscles, session, used, kernel)
    return event_probability(jnp.asarray(risk.half_toxin), jnp.asarray(risk.slope), toxin)


def toxin_beside(
    muscles: tuple[Muscle, ...], session: ToxinSession, junction: Junction, kernel: SpreadKernel | None
) -> Float[Array, "*patients side"]:
    """Dose of a session in some muscles of each side, in multiples of the half-blocking dose."""
    (reached,) = doses_reached([session], kernel)
    at_risk = [REACHED.index(muscle) for muscle in muscles]
    dose_units = jnp.asarray(reached.doses_units[:, at_risk, 0].sum(axis=1))
    return dose_units / junction.ed50_units[..., None]


def either_side(probabilities: Float[Array, "... side"]) -> Float[Array, "..."]:
    """Probability that it happens on at least one side, the sides by themselves. [0-1]"""
    return 1 - jnp.prod(1 - probabilities, axis=-1)
