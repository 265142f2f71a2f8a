"""From scores to a patient: what any scores give, what the typical ones give, the twin's own equations."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.nerve import NerveBranch
from facialis.twin.events import History, Onset
from facialis.twin.face.parameters import typical_face
from facialis.twin.muscle import activation, force
from facialis.twin.parameters import typical_parameters
from facialis.twin.present.reading import present_readings
from facialis.twin.present.scores import (
    EXPRESSIONS,
    efforts_of,
    no_scores,
    place_of,
    split_scores,
    state_blocks,
    state_size,
)
from facialis.twin.present.state import (
    PresentState,
    foreign_of,
    healthy_activations,
    photographed_commands,
    place_spreads,
    present_activations,
    present_forces,
    present_priors,
    state_from_scores,
)
from facialis.twin.routing import branch_shares, foreign_commands, healthy_commands
from facialis.twin.simulate import simulate_patient

ILL, WELL = 0, 1
LEFT, RIGHT = jnp.asarray(0.0), jnp.asarray(1.0)
STATE = jax.jit(state_from_scores)
ACTIVE = jax.jit(present_activations)
USUAL = efforts_of(jnp.zeros(EXPRESSIONS))


def drawn(seed, **changed):
    scores = np.random.default_rng(seed).normal(size=state_size())
    for name, value in changed.items():
        scores[place_of(name)] = value
    return jnp.asarray(scores)


def median(name):
    return present_priors()[name].median


def test_blocks_fill_the_vector_without_gap_or_overlap():
    places = [place_of(block.name) for block in state_blocks()]
    assert places[0].start == 0
    assert [place.stop for place in places] == [*(place.start for place in places[1:]), state_size()]
    parts = split_scores(jnp.arange(float(state_size())))
    assert {block.name: block.shape for block in state_blocks()} == {n: p.shape for n, p in parts.items()}
    assert np.concatenate([np.asarray(part).ravel() for part in parts.values()]).tolist() == list(
        range(state_size())
    )


def test_an_unknown_block_has_no_place():
    with pytest.raises(KeyError, match="mood"):
        place_of("mood")


def test_every_row_of_the_table_is_a_block_or_the_effort():
    assert set(present_priors()) - {block.name for block in state_blocks()} == {"effort"}
    assert (place_spreads() > 0).all()


def test_the_typical_patient_has_the_medians_of_the_table():
    state = STATE(jnp.asarray(no_scores()), LEFT)
    reached, foreign = median("reinnervated_share"), median("foreign_share")
    np.testing.assert_allclose(state.own_drive[ILL], reached * (1 - foreign))
    np.testing.assert_allclose(state.foreign_routes[ILL].sum(axis=-1), reached * foreign)
    rest = median("resting_tone") * reached * (1 - foreign)
    np.testing.assert_allclose(
        state.tone[ILL], rest + (1 - rest) * median("hypertonia_force") * reached * foreign
    )
    np.testing.assert_allclose(state.passive_force[ILL], median("contracture_force"))
    np.testing.assert_allclose(state.own_drive[WELL], median("healthy_drive"))
    np.testing.assert_allclose(state.descent_mm, [median("descent_mm"), 0.0])
    np.testing.assert_allclose(state.strength, 1.0)
    assert not np.asarray(state.place_mm).any()
    np.testing.assert_allclose(USUAL, median("effort"))


@pytest.mark.parametrize("seed", range(8))
def test_own_and_foreign_axons_share_the_end_plates_and_the_healthy_side_has_no_foreign_ones(seed):
    state = STATE(3 * drawn(seed), LEFT)
    own, foreign = np.asarray(state.own_drive[ILL]), np.asarray(state.foreign_routes[ILL])
    assert (foreign >= 0).all()
    assert (own >= 0).all()
    assert (own + foreign.sum(axis=-1) <= 1 + 1e-12).all()
    assert not np.asarray(state.foreign_routes[WELL]).any()
    assert not np.asarray(state.passive_force[WELL]).any()
    np.testing.assert_array_equal(state.tone[WELL], state.healthy_tone)
    assert ((np.asarray(state.tone) > 0) & (np.asarray(state.tone) <= 1)).all()
    active = np.asarray(ACTIVE(state, USUAL))
    assert (active >= 0).all()
    assert (active[:, ILL] <= 1 + 1e-9).all()


def test_scores_follow_the_affected_side():
    left, right = (STATE(drawn(1), affected) for affected in (LEFT, RIGHT))
    for field in vars(left):
        if field in {"foreign_gain", "healthy_tone", "face"}:
            assert eqx.tree_equal(getattr(left, field), getattr(right, field))
        else:
            np.testing.assert_array_equal(getattr(left, field), getattr(right, field)[::-1])


def test_more_foreign_axons_bring_more_that_was_not_asked_for():
    commands = photographed_commands()
    few, many = (
        np.asarray(ACTIVE(STATE(drawn(2, foreign_share=score), LEFT), USUAL))[:, ILL] for score in (-2, 2)
    )
    unasked = commands == 0
    unasked[0] = False
    assert (many - few)[unasked].mean() > 0.1
    assert (many - few)[commands > 0.7].mean() < 0


def test_foreign_axons_are_those_of_the_routing():
    commands = photographed_commands()
    np.testing.assert_allclose(foreign_of(jnp.asarray(commands)), foreign_commands(commands), atol=1e-12)


def test_a_healthy_person_is_healthy_on_both_sides():
    state = STATE(
        drawn(
            3,
            reinnervated_share=12.0,
            foreign_share=-12.0,
            contracture_force=-20.0,
            healthy_drive_by_branch=0.0,
        )
        .at[place_of("healthy_drive")]
        .set(-np.log(median("healthy_drive")) / present_priors()["healthy_drive"].spread),
        LEFT,
    )
    effort = efforts_of(jnp.asarray(np.random.default_rng(0).normal(size=EXPRESSIONS)))
    np.testing.assert_allclose(ACTIVE(state, effort), healthy_activations(state, effort), atol=1e-4)


@pytest.mark.slow
def test_a_state_out_of_a_course_moves_as_the_twin_says():
    parameters = eqx.tree_at(
        lambda p: (p.nerve.degeneration_rate_per_day, p.nerve.insult_strength),
        typical_parameters(),
        (jnp.asarray(1.0), jnp.asarray(30.0)),
    )
    course = simulate_patient(
        parameters, History((Onset("left", dict.fromkeys(NerveBranch, 0.9)),)), np.array([0.0, 270.0, 540.0])
    )
    muscles = jax.tree.map(lambda leaf: leaf[-1:], course.muscles)
    # Lost strength is no part of the present state: a weak muscle and a little-driven one look alike.
    muscles = eqx.tree_at(lambda m: m.atrophy, muscles, jnp.zeros_like(muscles.atrophy))
    state = PresentState(
        own_drive=muscles.own_drive[0],
        foreign_routes=jnp.einsum("mb,sbc->smc", jnp.asarray(branch_shares()), muscles.aberrant_routes[0]),
        tone=muscles.tone[0],
        passive_force=parameters.muscle.contracture_force * muscles.contracture[0],
        strength=jnp.ones((2, len(FACIAL_MUSCLES))),
        descent_mm=jnp.zeros(2),
        foreign_gain=parameters.muscle.foreign_gain,
        healthy_tone=parameters.muscle.resting_tone,
        face=typical_face(),
        place_mm=jnp.zeros((2, 8)),
    )
    commands = healthy_commands()
    theirs = np.asarray(activation(parameters.muscle, muscles, commands))[0]
    ours = np.asarray(present_activations(state, jnp.ones(len(commands)), commands))
    np.testing.assert_allclose(ours, np.moveaxis(theirs, 1, 0), atol=1e-12)
    assert np.ptp(ours[:, ILL] - ours[:, WELL]) > 0.1, "a patient with something to see"
    block = jnp.asarray(np.random.default_rng(1).uniform(size=(2, len(FACIAL_MUSCLES))))
    pull = np.asarray(force(parameters.muscle, muscles, jnp.asarray(theirs[None]), block[None]))[0]
    np.testing.assert_allclose(
        present_forces(state, jnp.asarray(ours), block), np.moveaxis(pull, 1, 0), atol=1e-12
    )


@pytest.mark.slow
def test_what_is_shut_is_shut_in_everybody_and_the_rest_lies_where_it_lies():
    @jax.jit
    def readings(state):
        return present_readings(
            state, present_forces(state, present_activations(state, USUAL), jnp.asarray(0.0))
        )

    plain = jnp.asarray(no_scores())
    plain = plain.at[place_of("reinnervated_share")].set(4.0).at[place_of("foreign_share")].set(-6.0)
    moved = plain.at[place_of("place_of_both")].set(2.0)
    before, after = (np.asarray(readings(STATE(scores, LEFT))) for scores in (plain, moved))
    both = 2 * place_spreads()[0]
    closed, rest = 3, 0
    assert photographed_commands()[closed, FACIAL_MUSCLES.index(Muscle.ORBICULARIS_OCULI_PRETARSAL)] == 1
    np.testing.assert_allclose(before[closed, :, 1], 0, atol=1e-9)
    np.testing.assert_allclose(after[closed, :, 1], 0, atol=1e-9, err_msg="a wider eye still closes")
    np.testing.assert_allclose((after - before)[rest, :, 1], both[1], rtol=0.12)
    np.testing.assert_allclose((after - before)[rest, :, 3], both[3])
    assert Expression.REST is list(Expression)[rest]
