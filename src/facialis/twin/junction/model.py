"""The junction of one patient or of many, and how much of its release a dose blocks.

Every dose runs through the same chain, so the active light chain of many sessions is a sum: the
courses of single doses are added, and nothing is integrated step by step. Only then the sum is turned
into a blocked share.
"""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.junction.chain import last_step_amount


class Junction(eqx.Module):
    """Parameters of one product in one kind of muscle; leading axes are patients.

    Fields have one shape, `()` for one patient or `(patients,)` for many. Doses are units of the
    product that the parameters belong to: nothing here, or elsewhere, turns them into another's.
    """

    ed50_units: Float[Array, "..."]
    """Dose whose active light chain, if all of it were active at once, blocks one half. [units]"""
    half_life_days: Float[Array, "..."]
    """Time in which half of the active light chain is lost."""
    release_per_day: Float[Array, "..."]
    """Rate at which free toxin comes out of the injected solution: the slow step of the onset."""
    binding_per_day: Float[Array, "..."]
    translocation_per_day: Float[Array, "..."]
    activation_per_day: Float[Array, "..."]
    sprouting_frac: Float[Array, "..."]
    """Share of the effect that sprouts would make good if all were grown out; 0 leaves them out."""
    sprouting_per_day: Float[Array, "..."]
    """Rate at which sprouts appear after an injection."""
    withdrawal_per_day: Float[Array, "..."]
    """Rate at which they are withdrawn."""


def active_share(junction: Junction, days_since: Float[Array, "*batch time"]) -> Float[Array, "*batch time"]:
    """Active light chain of one dose, as a share of that dose.

    Parameters
    ----------
    junction : Junction
        Its fields have the shape `batch`.
    days_since : (*batch, time)
        Days since the injection; before it the share is exactly 0. [days]

    Returns
    -------
    (*batch, time)
        0 to 1; rises with the onset, falls with the half-life.

    Notes
    -----
    ``dS/dt = -k_S S``, ``dF/dt = k_S S - k_B F``, ``dB/dt = k_B F - k_T B``,
    ``dT/dt = k_T B - k_L T`` [Lebeda08] and ``dL/dt = k_L T - (ln 2 / half-life) L``, in closed form.
    """
    rates = (
        junction.release_per_day,
        junction.binding_per_day,
        junction.translocation_per_day,
        junction.activation_per_day,
        jnp.log(2.0) / junction.half_life_days,
    )
    return last_step_amount(_with_time_axis(rates), jnp.maximum(days_since, 0.0))


def sprouts_share(junction: Junction, days_since: Float[Array, "*batch time"]) -> Float[Array, "*batch time"]:
    """Sprouts that stand after one injection, as a share of all that will have appeared. [0-1]

    ``dA/dt = -k_a A``, ``dP/dt = k_a A - k_w P`` from ``A = 1``: appearing, present, withdrawn [dePaiva99].
    """
    rates = (junction.sprouting_per_day, junction.withdrawal_per_day)
    return last_step_amount(_with_time_axis(rates), jnp.maximum(days_since, 0.0))


def effect_course(junction: Junction, days_since: Float[Array, "*batch time"]) -> Float[Array, "*batch time"]:
    """Active share of one dose less what sprouts make good: linear in the dose. [0-1]"""
    relieved = junction.sprouting_frac[..., None] * sprouts_share(junction, days_since)
    return active_share(junction, days_since) * (1 - relieved)


def effective_toxin(
    junction: Junction,
    doses_units: Float[Array, "*batch muscle session"],
    injection_days: Float[Array, "*batch session"],
    at_days: Float[Array, " time"],
) -> Float[Array, "*batch muscle time"]:
    """Effective toxin of all sessions together, in multiples of the dose that blocks one half.

    Parameters
    ----------
    junction : Junction
        Its fields have the shape `batch`.
    doses_units : (*batch, muscle, session)
        Dose that each muscle receives in each session, 0 or more. [units of the junction's product]
    injection_days : (*batch, session)
        Day of each session, in any order. [days from onset]
    at_days : (time,)
        Days at which the toxin is wanted. [days from onset]

    Returns
    -------
    (*batch, muscle, time)
        ``sum_i dose_i / ED50 * course(t - t_i)``. Amounts of two products may be added here, where they
        are multiples of each product's own half-blocking dose, and nowhere else.
    """
    since = at_days - injection_days[..., None]
    course = effect_course(_with_axis(junction), since)
    return jnp.einsum("...ms,...st->...mt", doses_units / junction.ed50_units[..., None, None], course)


def blocked_from_toxin(toxin: Float[Array, "..."]) -> Float[Array, "..."]:
    """Share of the release that effective toxin blocks: ``x / (1 + x)``. [0-1]

    The pool of intact SNAP-25 is renewed in days and the light chain lost in weeks, so the pool stands
    in balance: renewed as fast as it is cleaved, ``1 / (1 + x)`` of it is intact. Release at one ending
    is a steep function of the pool; over the endings of a muscle, which receive unequal amounts, the
    same law comes out again (`endings`).
    """
    return toxin / (1 + toxin)


def blocked_share(
    junction: Junction,
    doses_units: Float[Array, "*batch muscle session"],
    injection_days: Float[Array, "*batch session"],
    at_days: Float[Array, " time"],
) -> Float[Array, "*batch muscle time"]:
    """Share of the release that is blocked in each muscle at each day. [0-1]

    Parameters are those of `effective_toxin`. Without toxin, and before the first injection, the
    result is exactly 0.
    """
    return blocked_from_toxin(effective_toxin(junction, doses_units, injection_days, at_days))


def _with_time_axis(rates: tuple[Float[Array, "..."], ...]) -> tuple[Float[Array, "..."], ...]:
    return tuple(rate[..., None] for rate in rates)


def _with_axis(junction: Junction) -> Junction:
    """One more axis on every field, for the sessions."""
    return Junction(*(jnp.asarray(value)[..., None] for value in vars(junction).values()))
