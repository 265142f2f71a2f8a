"""The parameters of each product, from their table: the median patient, and patients drawn at random."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.evidence import CitedTable, CitedValue, Row, load_rows, load_values
from facialis.toxins import ToxinProduct
from facialis.toxins.pharmacology import pharmacology
from facialis.twin.checked_numbers import is_count
from facialis.twin.junction.errors import JunctionError, NoJunctionDataError
from facialis.twin.junction.model import Junction
from facialis.twin.junction.onset import MINUTES_PER_DAY, PACKAGE, published_rates


class Tissue(StrEnum):
    """Where the toxin works."""

    FACE = "face"
    FOOT_MUSCLE = "foot_muscle"
    """Extensor digitorum brevis: the muscle in which volunteers were measured."""


class JunctionParameter(StrEnum):
    """What differs between products and between patients."""

    ED50 = "ed50"
    HALF_LIFE = "half_life"
    RELEASE_RATE = "release_rate"


@dataclass(frozen=True)
class ParameterPrior:
    """One parameter of one product: log-normal between patients."""

    median: float
    unit: str
    log_sd: float
    row: Row


def general() -> CitedTable:
    """Numbers that hold for every product."""
    return load_values(PACKAGE, "junction_general")


@cache
def junction_priors(
    product: ToxinProduct, tissue: Tissue = Tissue.FACE
) -> dict[JunctionParameter, ParameterPrior]:
    """Parameters of one product in one tissue.

    Raises
    ------
    JunctionError
        If the product is not a `ToxinProduct`.
    NoJunctionDataError
        If nothing is published to simulate it by; no other product's numbers take their place.
    """
    if not isinstance(product, ToxinProduct):
        raise JunctionError(
            f"The product {product!r} is unknown; units mean nothing without their product. "
            f"Name one of {', '.join(ToxinProduct)}."
        )
    rows = [row for row in load_rows(PACKAGE, "junction_parameters").rows if _is_of(row, product, tissue)]
    if not rows:
        raise NoJunctionDataError(
            f"Neither dose-response nor duration of {product.value} in the {tissue.value.replace('_', ' ')} "
            "is published here, and units of another product do not tell it. "
            f"Products with data there: {', '.join(products_with_data(tissue))}."
        )
    return {
        row.choice("parameter", JunctionParameter): ParameterPrior(
            row.number("value"), row.text("unit"), row.number("log_sd"), row
        )
        for row in rows
    }


def products_with_data(tissue: Tissue = Tissue.FACE) -> tuple[ToxinProduct, ...]:
    """Products that can be simulated in a tissue, in the order of their list."""
    rows = load_rows(PACKAGE, "junction_parameters").rows
    return tuple(product for product in ToxinProduct if any(_is_of(row, product, tissue) for row in rows))


def middle(value: CitedValue) -> float:
    """The value, or the middle of its range."""
    return value.number if value.interval is None else sum(value.interval) / 2


def junction_for(product: ToxinProduct, tissue: Tissue = Tissue.FACE) -> Junction:
    """The junction of the median patient; raises as `junction_priors` does."""
    priors = junction_priors(product, tissue)
    return _junction({which: jnp.asarray(prior.median) for which, prior in priors.items()})


def junction_from_scores(
    product: ToxinProduct, scores: Float[Array, "... parameters"], tissue: Tissue = Tissue.FACE
) -> Junction:
    """The junction of a patient: 0 is the median of every prior, 1 one spread above it.

    Parameters
    ----------
    scores : (..., 3)
        Half-blocking dose, half-life, release, in the order of `JunctionParameter`; a patient keeps the
        scores in every product.
    """
    priors = junction_priors(product, tissue)
    return _junction(
        {
            which: prior.median * jnp.exp(prior.log_sd * scores[..., i])
            for i, (which, prior) in enumerate(priors.items())
        }
    )


def draw_junctions(
    key: PRNGKeyArray, product: ToxinProduct, tissue: Tissue = Tissue.FACE, *, patients: int
) -> Junction:
    """Junctions of invented patients; every field has the shape (patients,).

    Parameters
    ----------
    key : PRNG key
        Equal keys draw equal patients: sensitivity, duration and onset of a patient keep their rank
        in every product, so that one patient is sensitive to all of them.
    product, tissue
        As for `junction_priors`, which says what is raised.
    patients : int
        1 or more; otherwise `JunctionError`.
    """
    if not is_count(patients):
        raise JunctionError(
            f"The number of patients is {patients!r}; it is a whole number from 1 on. Correct it."
        )
    keys = dict(zip(JunctionParameter, jax.random.split(key, len(JunctionParameter)), strict=True))
    return _junction(
        {
            which: prior.median * jnp.exp(prior.log_sd * jax.random.normal(keys[which], (patients,)))
            for which, prior in junction_priors(product, tissue).items()
        }
    )


def _is_of(row: Row, product: ToxinProduct, tissue: Tissue) -> bool:
    return row.choice("product", ToxinProduct) is product and row.choice("tissue", Tissue) is tissue


def _junction(drawn: dict[JunctionParameter, Array]) -> Junction:
    onset, shape = published_rates(), drawn[JunctionParameter.ED50].shape
    appear_days = pharmacology().preferred("sprouts_appear").number
    present_days = middle(general().preferred("sprouts_present"))
    return Junction(
        ed50_units=drawn[JunctionParameter.ED50],
        half_life_days=drawn[JunctionParameter.HALF_LIFE],
        release_per_day=drawn[JunctionParameter.RELEASE_RATE],
        binding_per_day=jnp.full(shape, onset.binding_per_min * MINUTES_PER_DAY),
        translocation_per_day=jnp.full(shape, onset.translocation_per_min * MINUTES_PER_DAY),
        activation_per_day=jnp.full(shape, onset.activation_per_min * MINUTES_PER_DAY),
        sprouting_frac=jnp.full(shape, general().preferred("sprouting_share").number),
        sprouting_per_day=jnp.full(shape, 1 / appear_days),
        withdrawal_per_day=jnp.full(shape, 1 / present_days),
    )
