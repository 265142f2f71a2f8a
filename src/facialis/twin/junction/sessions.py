"""From what was injected to what is blocked: sessions of a history, each product by its own parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float

from facialis.anatomy.injection_sites import InjectionSite, injection_sites
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.sides import Side
from facialis.toxins import ToxinProduct
from facialis.toxins.exact import exact_number
from facialis.twin.checked_numbers import checked_day
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.junction.errors import JunctionError
from facialis.twin.junction.model import Junction, blocked_from_toxin, effective_toxin
from facialis.twin.junction.parameters import junction_for
from facialis.twin.junction.places import REACHED, site_geometry
from facialis.twin.junction.spread import (
    SpreadKernel,
    dose_at_muscles,
    lost_dose,
    spread_kernel,
    spread_shares,
)


@dataclass(frozen=True)
class ReachedDoses:
    """What every muscle received of one product, session by session."""

    product: ToxinProduct
    injection_days: Float[np.ndarray, " session"]
    doses_units: Float[np.ndarray, "side muscle session"]
    """In the order of `Side` and `places.REACHED`. [units of `product`]"""
    lost_units: Float[np.ndarray, " session"]
    """What reached no muscle. [units of `product`]"""


def doses_reached(
    sessions: Sequence[ToxinSession], kernel: SpreadKernel | None = None
) -> tuple[ReachedDoses, ...]:
    """Doses at the muscles, one entry for each product that was used, in the order of first use.

    Parameters
    ----------
    sessions : sequence of ToxinSession
        In any order; a session is of one product, and a day has one session.
    kernel : SpreadKernel, optional
        By default that of the table, where more liquid reaches farther.
    """
    used = spread_kernel() if kernel is None else kernel
    ordered = sorted(sessions, key=lambda session: session.day)
    products = dict.fromkeys(session.injections[0].dose.product for session in ordered)
    return tuple(
        _of_product(product, [s for s in ordered if s.injections[0].dose.product is product], used)
        for product in products
    )


def block_of_sessions(
    sessions: Sequence[ToxinSession],
    at_days: Sequence[float],
    *,
    junctions: Mapping[ToxinProduct, Junction] | None = None,
    kernel: SpreadKernel | None = None,
) -> Float[Array, "*patients days sides muscles"]:
    """Blocked share of every facial muscle of both sides after all sessions.

    Parameters
    ----------
    sessions : sequence of ToxinSession
        None gives a block of exactly 0.
    at_days : sequence of float
        Days from onset, at least one.
    junctions : mapping, optional
        Parameters by product, of one patient or of many (`draw_junctions`); by default the median
        patient of each product.
    kernel : SpreadKernel, optional
        As for `doses_reached`.

    Returns
    -------
    (*patients, days, sides, muscles)
        Sides in the order of `Side`, muscles in that of `FACIAL_MUSCLES`. [0-1]

    Raises
    ------
    HistoryError
        If a day is negative, not finite or beyond what a course may last.
    JunctionError
        If there is no day, or ``junctions`` lacks a product that was injected.
    NoJunctionDataError
        If nothing is published to simulate a product by.
    """
    days = [checked_day(day, "A day of the course") for day in at_days]
    if not days:
        raise JunctionError("There is no day at which the block is wanted. Give at least one.")
    known = {} if junctions is None else junctions
    by_product = doses_reached(sessions, kernel)
    missing = [d.product.value for d in by_product if junctions is not None and d.product not in known]
    if missing:
        raise JunctionError(
            f"There are no parameters for {', '.join(missing)}, which was injected; units of another product "
            "do not stand in. Give the junction of each product."
        )
    toxin = jnp.zeros((2 * len(REACHED), len(days)))
    for doses in by_product:
        junction = known[doses.product] if doses.product in known else junction_for(doses.product)
        # Multiples of each product's own half-blocking dose: pure numbers, and these may be added.
        toxin = toxin + _toxin(junction, doses.doses_units, doses.injection_days, jnp.asarray(days))
    blocked = blocked_from_toxin(toxin).reshape(*toxin.shape[:-2], len(Side), len(REACHED), len(days))
    return jnp.moveaxis(blocked, -1, -3)[..., : len(FACIAL_MUSCLES)]


def toxin_of(
    junction: Junction, doses: ReachedDoses, at_days: Float[Array, " days"]
) -> Float[Array, "*patients places days"]:
    """Effective toxin of one product in every muscle; places are sides times `places.REACHED`."""
    found: Float[Array, "*patients places days"] = _toxin(
        junction, doses.doses_units, doses.injection_days, at_days
    )
    return found


@jax.jit
def _toxin(
    junction: Junction,
    doses_units: Float[Array, "side muscle session"],
    injection_days: Float[Array, " session"],
    at_days: Float[Array, " days"],
) -> Float[Array, "*patients places days"]:
    """Compiled as a whole: step by step the same takes seconds to compile."""
    patients = junction.ed50_units.shape
    flat = doses_units.reshape(-1, injection_days.size)
    return effective_toxin(
        junction,
        jnp.broadcast_to(flat, (*patients, *flat.shape)),
        jnp.broadcast_to(injection_days, (*patients, injection_days.size)),
        at_days,
    )


def _of_product(
    product: ToxinProduct, sessions: Sequence[ToxinSession], kernel: SpreadKernel
) -> ReachedDoses:
    reached, lost = zip(*(_of_session(session, kernel) for session in sessions), strict=True)
    return ReachedDoses(
        product=product,
        injection_days=np.array([session.day for session in sessions]),
        doses_units=np.stack(reached, axis=-1),
        lost_units=np.array(lost),
    )


def _of_session(
    session: ToxinSession, kernel: SpreadKernel
) -> tuple[Float[np.ndarray, "side muscle"], float]:
    geometry = [site_geometry(_site(injection)) for injection in session.injections]
    reached, lost = _spread(
        kernel,
        np.array([found.distances_mm.ravel() for found in geometry]),
        np.array([found.is_intended.ravel() for found in geometry]),
        np.array([float(exact_number(i.volume_ml, "The volume")) for i in session.injections]),
        np.array([float(injection.dose.amount) for injection in session.injections]),
    )
    return np.asarray(reached).reshape(len(Side), len(REACHED)), float(lost)


@jax.jit
def _spread(
    kernel: SpreadKernel,
    distances_mm: Float[Array, "injection place"],
    is_intended: Bool[Array, "injection place"],
    volumes_ml: Float[Array, " injection"],
    units: Float[Array, " injection"],
) -> tuple[Float[Array, " place"], Float[Array, ""]]:
    shares = spread_shares(kernel, distances_mm, is_intended, volumes_ml)
    return dose_at_muscles(units, shares), lost_dose(units, shares)


def _site(injection: ToxinInjection) -> InjectionSite:
    sites = injection_sites(injection.target, injection.side)
    return next(site for site in sites if site.number == injection.point)
