"""Residuals of all visits with their derivative, by programs that serve any number of visits.

A visit's faces are differentiated to their forces and to the few parameters of the face only; how these
follow from the scores is cheap, so that the chain rule in parts costs a tenth of the derivative at once.
Toxin enters a visit as a block, differentiated to three scores apart from all others. One program for a
visit, used for each in turn, is compiled once for patients with one visit and with ten.
"""

from functools import cache
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array, Float

from facialis.toxins import ToxinProduct
from facialis.twin.exposure import SIDES
from facialis.twin.face.resting import levator_tone
from facialis.twin.present.findings import found_activity
from facialis.twin.present.model import VISIT_SCORES, Layout, Question, Seen, blocks_of
from facialis.twin.present.reading import one_reading
from facialis.twin.present.scores import EXPRESSIONS, efforts_of, place_of, state_size
from facialis.twin.present.state import (
    PresentState,
    photographed_commands,
    present_activations,
    present_forces,
    state_from_scores,
)
from facialis.twin.routing import MUSCLES

BLOCK = SIDES * MUSCLES

Pair = tuple[Float[np.ndarray, " seen"], Float[np.ndarray, "seen scores"]]
"""Residuals, and their derivative."""


def residuals_and_slope(
    scores: Float[np.ndarray, " scores"], question: Question, layout: Layout
) -> tuple[Float[np.ndarray, " seen"], Float[np.ndarray, "seen scores"]]:
    """`model.residuals` and their derivative."""
    state = jnp.asarray(scores[: state_size()])
    blocks, of_junction = _block_slopes(layout.products)(state, question.doses, question.seen.day)
    readings: list[Pair] = []
    findings: list[Pair] = []
    for visit in range(layout.visits):
        own = slice(state_size() + visit * VISIT_SCORES, state_size() + (visit + 1) * VISIT_SCORES)
        seen = jax.tree.map(lambda leaf, at=visit: leaf[at], question.seen)
        found = _visit_slopes()(state, jnp.asarray(scores[own]), blocks[visit], seen, question.affected)
        junction = np.asarray(of_junction[visit]).reshape(BLOCK, -1)
        for parts, (off, traced) in zip((readings, findings), found, strict=True):
            slope = np.asarray(traced)
            whole = np.zeros((len(slope), layout.size))
            whole[:, : state_size()] = slope[:, : state_size()]
            whole[:, own] = slope[:, state_size() : state_size() + VISIT_SCORES]
            whole[:, place_of("junction")] += slope[:, state_size() + VISIT_SCORES :] @ junction
            parts.append((np.asarray(off), whole))
    offs, slopes = zip(*readings, *findings, strict=True)
    return np.concatenate(offs), np.concatenate(slopes)


def residuals_only(
    scores: Float[np.ndarray, " scores"], question: Question, layout: Layout
) -> Float[np.ndarray, " seen"]:
    """`model.residuals`, by the same programs."""
    state = jnp.asarray(scores[: state_size()])
    blocks, _ = _block_slopes(layout.products)(state, question.doses, question.seen.day)
    of_visits = scores[state_size() :].reshape(layout.visits, VISIT_SCORES)
    found = [
        _visit_residuals()(
            state,
            jnp.asarray(of_visits[visit]),
            blocks[visit],
            jax.tree.map(lambda leaf, at=visit: leaf[at], question.seen),
            question.affected,
        )
        for visit in range(layout.visits)
    ]
    return np.concatenate([np.asarray(off) for part in zip(*found, strict=True) for off in part])


@cache
def _block_slopes(products: tuple[ToxinProduct, ...]) -> Any:
    """Blocks on the days of the visits, and their derivative to the junction's scores."""
    place = place_of("junction")

    def both(state: Array, doses: Any, days: Array) -> Any:
        def of_junction(junction: Array) -> Array:
            return blocks_of(junction, products, doses, days)

        junction = state[place]
        return of_junction(junction), jax.jacfwd(of_junction)(junction)

    return jax.jit(both)


@cache
def _visit_residuals() -> Any:
    def residuals(state: Array, own: Array, block: Array, seen: Seen, affected: Array) -> Any:
        inputs = jnp.concatenate([state, own, block.ravel()])
        forces, _, scale, activity = _inputs(inputs, seen, affected)
        of_state = state_from_scores(state, affected)
        levators = levator_tone(jnp.asarray(photographed_commands()), of_state.face)
        readings = jax.vmap(one_reading, in_axes=(None, 0, 0))(of_state, forces, levators)
        return _compared(readings * scale[:, None, None], activity, seen)

    return jax.jit(residuals)


@cache
def _visit_slopes() -> Any:
    def slopes(state: Array, own: Array, block: Array, seen: Seen, affected: Array) -> Any:
        inputs = jnp.concatenate([state, own, block.ravel()])
        forces, shared, scale, activity = _inputs(inputs, seen, affected)
        d_forces, d_shared, d_scale, d_activity = jax.jacfwd(lambda x: _inputs(x, seen, affected))(inputs)
        of_state = state_from_scores(state, affected)
        levators = levator_tone(jnp.asarray(photographed_commands()), of_state.face)
        _, restored = ravel_pytree(_face_of(of_state))

        def one(pull: Array, common: Array, stretch: Array, levator: Array) -> Array:
            return one_reading(_with_face(of_state, restored(common)), pull, levator) * stretch

        readings = jax.vmap(one, in_axes=(0, None, 0, 0))(forces, shared, scale, levators)
        of_face = jax.vmap(jax.jacrev(one, argnums=(0, 1, 2)), in_axes=(0, None, 0, 0))(
            forces, shared, scale, levators
        )
        slope = (
            jnp.einsum("ersdm,edmk->ersk", of_face[0], d_forces)
            + jnp.einsum("ersc,ck->ersk", of_face[1], d_shared)
            + jnp.einsum("ers,ek->ersk", of_face[2], d_scale)
        )
        off, found = _compared(readings, activity, seen)
        d_off = -jnp.einsum("erij,ejrk->erik", seen.whitening, slope).reshape(off.shape[0], -1)
        return (off, d_off), (found, -d_activity * seen.finding_precision[:, None])

    return jax.jit(slopes)


def _inputs(inputs: Array, seen: Seen, affected: Array) -> tuple[Array, Array, Array, Array]:
    """Forces, parameters of the face, scales and what the findings show, of one visit."""
    state_scores, own = inputs[: state_size()], inputs[state_size() : state_size() + VISIT_SCORES]
    block = inputs[state_size() + VISIT_SCORES :].reshape(SIDES, MUSCLES)
    state = state_from_scores(state_scores, affected)
    active = present_activations(state, efforts_of(own[:EXPRESSIONS]))
    forces = present_forces(state, active, block)
    beyond = active * (1 - block) - state.healthy_tone
    shown = jnp.einsum("fesm,esm->f", seen.finding_weights, beyond)
    shared, _ = ravel_pytree(_face_of(state))
    scale = 1 + seen.photo_rel * own[EXPRESSIONS:]
    return forces, shared, scale, found_activity(shown, seen.finding_sd, seen.finding_most)


def _compared(readings: Array, activity: Array, seen: Seen) -> tuple[Array, Array]:
    off = jnp.einsum("erij,ejr->eri", seen.whitening, seen.value_mm - readings)
    return off.ravel(), (seen.finding_activity - activity) * seen.finding_precision


def _face_of(state: PresentState) -> tuple[Any, ...]:
    return state.strength, state.descent_mm, state.healthy_tone, state.face, state.place_mm


def _with_face(state: PresentState, parts: tuple[Any, ...]) -> PresentState:
    changed: PresentState = eqx.tree_at(_face_of, state, parts)
    return changed
