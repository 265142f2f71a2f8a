"""Prior distributions of the parameters, read from the tables."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import jax.numpy as jnp
from jaxtyping import Array, Float

from facialis.evidence import Citation, Row, load_rows

TABLES = "facialis.twin.tables"


class PriorKind(StrEnum):
    """How a parameter differs between patients."""

    FIXED = "fixed"
    LOGNORMAL = "lognormal"
    LOGIT_NORMAL = "logit_normal"


@dataclass(frozen=True)
class Prior:
    """One parameter: its median, how it spreads, and what it rests on."""

    name: str
    kind: PriorKind
    median: float
    spread: float
    """Standard deviation of the logarithm or of the logit; 0 when fixed."""
    unit: str
    citation: Citation


@cache
def priors_of(stem: str) -> tuple[Prior, ...]:
    """Priors of one table, in its order.

    Raises
    ------
    EvidenceError
        If a median or a spread does not fit its distribution.
    """
    return tuple(read_prior(row) for row in load_rows(TABLES, stem).rows)


def read_prior(row: Row) -> Prior:
    """Read one row; raises `EvidenceError` when it is no distribution."""
    kind = row.choice("distribution", PriorKind)
    median, spread = row.number("value"), row.number("spread")
    if (kind is PriorKind.FIXED) != (spread == 0) or spread < 0:
        raise row.error(
            f"spread is {spread} and the distribution {kind}; fixed has 0, the others more than 0."
        )
    if median <= 0 or (kind is PriorKind.LOGIT_NORMAL and median >= 1):
        raise row.error(f"value is {median}; it lies above 0, and below 1 for logit_normal.")
    return Prior(row.text("name"), kind, median, spread, row.text("unit"), row.citation)


def location_of(prior: Prior) -> Float[Array, ""]:
    """Where a prior lies on the scale on which it is normal; its median may be traced, in a calibration."""
    median = jnp.asarray(prior.median, dtype=float)
    if prior.kind is PriorKind.LOGIT_NORMAL:
        return jnp.log(median / (1 - median))
    return jnp.log(median)
