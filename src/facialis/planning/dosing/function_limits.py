"""Functions that a plan protects: eye closure, the seal of the lips, the lifter of the lid, swallowing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, load_rows
from facialis.planning.dosing.choices import DoseChoice, units_reached
from facialis.planning.outcome.prospect import PLACES, Prospect
from facialis.planning.outcome.terms import TABLES
from facialis.planning.programme.limits import ChanceLimit, Limit
from facialis.toxins import ToxinProduct
from facialis.twin.exposure import SIDES
from facialis.twin.face.lids import ORBITAL_SUPERIOR, PRESEPTAL, PRETARSAL
from facialis.twin.face.resting import levator_tone
from facialis.twin.face.saturation import contraction
from facialis.twin.junction.model import blocked_from_toxin
from facialis.twin.junction.neighbours import NeighbourEvent, event_probability, event_risk
from facialis.twin.junction.places import REACHED
from facialis.twin.present.state import PresentState, photographed_commands, present_forces
from facialis.twin.routing import MUSCLES

SURROGATE = 2.5
"""The mean of the worst 12.5 % of a normal quantity is its 95 % quantile: so many times as many samples may
be averaged as may pass. Whether the share is kept is counted afterwards, in the full model."""
PLANS_ROOM = 64
PEAK = 0
"""Place among `EFFECT_DAYS` at which the block is greatest: a week, within 1 % of the greatest share of a
dose that is ever effective in the median patient."""
CLOSURES = (Expression.GENTLE_EYE_CLOSURE, Expression.TIGHT_EYE_CLOSURE)


class ProtectedFunction(StrEnum):
    """Rows of `tables/function_limits.csv`."""

    GENTLE_EYE_CLOSURE = "gentle_eye_closure"
    TIGHT_EYE_CLOSURE = "tight_eye_closure"
    ORAL_COMPETENCE = "oral_competence"
    LID_PTOSIS = "lid_ptosis"
    SWALLOWING = "swallowing"


@dataclass(frozen=True)
class FunctionLimit:
    """How far a function may suffer, and how surely."""

    function: ProtectedFunction
    limit: float | None
    unit: str
    probability: float
    citation: Citation


@cache
def function_limits() -> dict[ProtectedFunction, FunctionLimit]:
    """Every limit, by function."""
    found = {}
    for row in load_rows(TABLES, "function_limits").rows:
        function = row.choice("function", ProtectedFunction)
        found[function] = FunctionLimit(
            function, row.optional_number("limit"), row.text("unit"), row.number("probability"), row.citation
        )
    return found


def missing_closure(
    prospect: Prospect, toxin: Float[np.ndarray, "samples places"]
) -> Float[np.ndarray, "samples closures sides"]:
    """Share of the pull that shuts the eye which is missing; below 0 there is more than enough.

    Parameters
    ----------
    toxin : array       Effective toxin at one time.
    """
    return _missing(prospect, toxin[:, None])[:, 0]


def _missing(
    prospect: Prospect, toxin: Float[np.ndarray, "samples plans places"]
) -> Float[np.ndarray, "samples plans closures sides"]:
    """`missing_closure` of many plans at once, filled up so that few programs serve all numbers of them."""
    room = -toxin.shape[1] % PLANS_ROOM if toxin.shape[1] > 1 else 0
    filled = np.pad(toxin, [(0, 0), (0, room), (0, 0)])
    found = np.asarray(_closure()(prospect.state, jnp.asarray(prospect.active), jnp.asarray(filled)))
    return np.asarray(found[:, : toxin.shape[1]])


def closure_limits(
    prospect: Prospect, choices: Sequence[DoseChoice], surrogate: float = SURROGATE
) -> list[ChanceLimit]:
    """Chance limits of eye closure on both sides, gentle and tight, at the peak of the effect.

    Parameters
    ----------
    surrogate : float       Share of the worst samples whose mean is held to the limit, in multiples of the
                            share that may pass it.
    """
    units = np.array([units_reached(choice) for choice in choices]).reshape(len(choices), PLACES)
    residual, course = prospect.residual[:, PEAK], prospect.course[:, PEAK]
    base = missing_closure(prospect, residual)
    limits = []
    slope = np.zeros((len(base), len(choices), *base.shape[1:]))
    closing = [j for j, row in enumerate(units) if row[_closing_places()].any()]
    if closing:
        toxin = residual[:, None] + course[:, None, None] * units[closing]
        slope[:, closing] = _missing(prospect, toxin) - base[:, None]
    for c, expression in enumerate(CLOSURES):
        known = function_limits()[ProtectedFunction(expression.value)]
        assert known.limit is not None  # noqa: S101  the table's rows of closure have one
        for s, side in _affected_first(prospect):
            limits.append(
                ChanceLimit(
                    f"{expression.value} {side.label}",
                    base[:, c, s],
                    slope[:, :, c, s],
                    known.limit,
                    min(surrogate * known.probability, 0.5),
                )
            )
    return limits


def lost_closures(prospect: Prospect, units: Float[np.ndarray, " places"]) -> tuple[str, ...]:
    """Closures that more samples lose under a plan than may, and than do without it; by counting."""
    before = missing_closure(prospect, prospect.residual[:, PEAK])
    after = missing_closure(prospect, prospect.toxin(units)[:, PEAK])
    lost = []
    for c, expression in enumerate(CLOSURES):
        known = function_limits()[ProtectedFunction(expression.value)]
        assert known.limit is not None  # noqa: S101  the table's rows of closure have one
        for s, side in enumerate(Side):
            share = (after[:, c, s] > known.limit).mean()
            if share > max(known.probability, (before[:, c, s] > known.limit).mean()) + 1e-9:
                lost.append(f"{expression.value} {side.label}")
    return tuple(lost)


def event_limits(prospect: Prospect, choices: Sequence[DoseChoice]) -> list[Limit]:
    """Limits on what reaches the muscles of an unwanted event, so that its mean probability stays low.

    The probability rises with the dose alone, so that one amount of units is the limit: found by halving,
    for the sensitivities that may be true of the patient.
    """
    units = np.array([units_reached(choice) for choice in choices]).reshape(len(choices), PLACES)
    found = []
    for event, function in (
        (NeighbourEvent.EYELID_PTOSIS, ProtectedFunction.LID_PTOSIS),
        (NeighbourEvent.LIP_DROOP, ProtectedFunction.ORAL_COMPETENCE),
    ):
        most = function_limits()[function].probability
        for s, side in _affected_first(prospect):
            places = event_places(event, s)
            limit = _most_units(prospect, event, places, most)
            found.append(Limit(f"{function.value} {side.label}", units[:, places].sum(axis=1), limit))
    return found


def swallowing_limit(product: ToxinProduct, choices: Sequence[DoseChoice]) -> list[Limit]:
    """Limit on the platysma of both sides, for the product whose units it is stated in."""
    known = function_limits()[ProtectedFunction.SWALLOWING]
    if known.unit != f"units {product.value}" or known.limit is None:
        return []
    row = np.array([float(c.total.amount) * (c.target is InjectionTarget.PLATYSMA) for c in choices])
    return [Limit(ProtectedFunction.SWALLOWING.value, row, known.limit)]


def event_places(event: NeighbourEvent, side: int) -> list[int]:
    """Places of the muscles of an event on one side."""
    return [side * len(REACHED) + REACHED.index(muscle) for muscle in event_risk(event).muscles]


def event_chances(
    prospect: Prospect, units: Float[np.ndarray, " places"], event: NeighbourEvent
) -> Float[np.ndarray, "samples sides"]:
    """Probability of an event on each side under a plan, sample by sample. [0-1]"""
    risk = event_risk(event)
    toxin = prospect.residual[:, PEAK] + _per_unit(prospect)[:, None] * units
    by_side = np.stack([toxin[:, event_places(event, s)].sum(axis=1) for s in range(SIDES)], axis=1)
    return np.asarray(
        event_probability(jnp.asarray(risk.half_toxin), jnp.asarray(risk.slope), jnp.asarray(by_side))
    )


def _affected_first(prospect: Prospect) -> list[tuple[int, Side]]:
    """Both sides with their places, so that a mirrored patient has the same limits in the same order."""
    return sorted(enumerate(Side), key=lambda one: one[1] is not prospect.affected)


def _per_unit(prospect: Prospect) -> Float[np.ndarray, " samples"]:
    """Multiples of the half-blocking dose in one unit: `neighbours` is fitted to whole doses, as injected."""
    return np.asarray(1 / prospect.junction.ed50_units)


def _most_units(prospect: Prospect, event: NeighbourEvent, places: list[int], most: float) -> float:
    risk = event_risk(event)
    residual, per_unit = prospect.residual[:, PEAK][:, places].sum(axis=1), _per_unit(prospect)

    def chance(units: float) -> float:
        # Thousands of times over few numbers: NumPy's `event_probability`.
        toxin = np.maximum(residual + per_unit * units, 1e-300)
        return float((1 / (1 + (risk.half_toxin / toxin) ** risk.slope)).mean())

    low, high = 0.0, 1.0
    if chance(low) >= most:
        return 0.0
    while chance(high) < most and high < 1e4:
        high *= 2
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if chance(middle) < most else (low, middle)
    return low


@cache
def _closing_places() -> list[int]:
    muscles = (PRETARSAL, PRESEPTAL, ORBITAL_SUPERIOR)
    return [side * len(REACHED) + muscle for side in range(SIDES) for muscle in muscles]


@cache
def _closure() -> Any:
    rows = [NINE_PHOTOGRAPHS.index(expression) for expression in CLOSURES]

    def one(state: PresentState, active: Array, toxin: Array) -> Array:
        block = blocked_from_toxin(toxin).reshape(SIDES, len(REACHED))[:, :MUSCLES]
        face = state.face
        forces = present_forces(state, active, block)[jnp.asarray(rows)]
        levator = levator_tone(jnp.asarray(photographed_commands()[rows]), face)
        tone = state.healthy_tone

        def pull(values: Array) -> Array:
            s = contraction(values, face.saturation_steepness)
            return (
                face.pretarsal_closing * s[..., PRETARSAL]
                + face.preseptal_closing * s[..., PRESEPTAL]
                + face.orbital_closing * s[..., ORBITAL_SUPERIOR]
            )

        at_rest = pull(jnp.full(MUSCLES, tone))
        resistance = face.relaxed_lid_resistance + face.levator_resistance * levator
        return 1 - (pull(forces) - at_rest * levator) / resistance

    return jax.jit(jax.vmap(jax.vmap(one, in_axes=(None, None, 0))))
