"""What is read off a course of block: peak, what is left of it, how long it lasts."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.twin.junction.model import Junction, blocked_share


@eqx.filter_jit
def single_dose_course(
    junction: Junction, dose_units: Float[Array, ""], at_days: Float[Array, " time"]
) -> Float[Array, "patients time"]:
    """Blocked share in one muscle of every patient after one dose on day 0. [0-1]"""
    shape = junction.ed50_units.shape
    doses = jnp.broadcast_to(dose_units, (*shape, 1, 1))
    return blocked_share(junction, doses, jnp.zeros((*shape, 1)), at_days)[..., 0, :]


def value_at(course: Float[Array, " time"], days: Float[Array, " time"], day: float) -> Float[Array, ""]:
    """The course at one day, linear between its points."""
    return jnp.interp(day, days, course)


def peak_day(course: Float[Array, " time"], days: Float[Array, " time"]) -> Float[Array, ""]:
    """Day of the largest block, among the days given. [days]"""
    return days[jnp.argmax(course)]


def days_until_below(
    course: Float[Array, "... time"], days: Float[Array, " time"], level: Float[Array, "..."]
) -> Float[Array, "..."]:
    """First day after the peak on which a course is below a level, among the days given. [days]

    Infinite where it never is within those days; 0 where it never rises to the level.
    """
    peak = jnp.argmax(course, axis=-1)
    after = jnp.arange(days.size) >= peak[..., None]
    below = after & (course < level[..., None])
    rises = jnp.max(course, axis=-1) >= level
    first = jnp.where(jnp.any(below, axis=-1), days[jnp.argmax(below, axis=-1)], jnp.inf)
    return jnp.where(rises, first, 0.0)
