"""The face that moves: how far, which way, and what cannot be asked of it."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.mesh import contour_indices, mirror_partner, neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.twin.face.geometry import lower_seam
from facialis.twin.face.parameters import typical_face
from facialis.twin.face.pose import FaceForceError, check_forces, face_points
from facialis.twin.face.resting import RestingFace, levator_tone
from facialis.twin.routing import healthy_commands

NEUTRAL = neutral_points_mm()
TONE = float(RestingFace.healthy().healthy_tone)
LEFT_CORNER, RIGHT_CORNER, PHILTRUM = 291, 61, 0
CONTOURS = contour_indices()
MOVE = jax.jit(face_points)


def forces_of(expression, left=1.0, left_tone=TONE):
    commands = healthy_commands()[list(Expression).index(expression)]
    right = commands + (1 - commands) * TONE
    weak = left * commands
    return jnp.stack([weak + (1 - weak) * left_tone, jnp.asarray(right)])


def face_of(expression, left=1.0, left_tone=TONE):
    commands = jnp.asarray(healthy_commands()[list(Expression).index(expression)])
    resting = eqx.tree_at(
        lambda r: r.levator_tone, RestingFace.healthy(), levator_tone(commands, typical_face())
    )
    return np.asarray(MOVE(forces_of(expression, left, left_tone), resting, typical_face()))


def brow_height(face, pick):
    return face[pick[[*CONTOURS["brow_upper"], *CONTOURS["brow_lower"]]], 1].mean()


def fissure(face, pick):
    upper, lower = (face[pick[list(CONTOURS[lid])]] for lid in ("upper_lid", "lower_lid"))
    return (upper - lower)[4, 1]


RIGHT, LEFT = np.arange(478), mirror_partner()


def test_face_at_healthy_tone_is_the_neutral_mesh():
    np.testing.assert_allclose(MOVE(jnp.full((2, 24), TONE)), NEUTRAL, atol=1e-12)


@pytest.mark.parametrize(
    ("expression", "low", "high"), [(Expression.OPEN_SMILE, 12.0, 16.0), (Expression.CLOSED_SMILE, 7.0, 11.0)]
)
def test_smile_carries_the_corner_as_far_as_the_norms_say(expression, low, high):
    moved = face_of(expression)[LEFT_CORNER] - NEUTRAL[LEFT_CORNER]
    assert low < np.hypot(*moved[:2]) < high
    assert moved[0] > 3.0
    assert moved[1] > 6.0


def test_full_smile_goes_up_at_about_half_a_right_angle():
    lateral, up, _ = face_of(Expression.OPEN_SMILE)[LEFT_CORNER] - NEUTRAL[LEFT_CORNER]
    assert np.degrees(np.arctan2(up, lateral)) == pytest.approx(47.0, abs=10.0)


def test_brow_raise_lifts_the_brow_by_eight_to_ten_mm():
    assert 7.5 < brow_height(face_of(Expression.BROW_RAISE), LEFT) - brow_height(NEUTRAL, LEFT) < 10.0


@pytest.mark.parametrize("expression", [Expression.GENTLE_EYE_CLOSURE, Expression.TIGHT_EYE_CLOSURE])
@pytest.mark.parametrize("pick", [LEFT, RIGHT], ids=["LEFT", "RIGHT"])
def test_healthy_eyes_close(expression, pick):
    face = face_of(expression)
    upper, lower = (face[pick[list(CONTOURS[lid])]] for lid in ("upper_lid", "lower_lid"))
    np.testing.assert_allclose(upper, lower, atol=1e-9)


def test_full_orbicularis_closes_even_against_the_levator():
    forces = jnp.full((2, 24), TONE).at[:, 4:9].set(1.0)
    assert fissure(np.asarray(MOVE(forces)), LEFT) == pytest.approx(0.0, abs=1e-9)


def test_pucker_narrows_the_mouth_by_a_third():
    face = face_of(Expression.PUCKER)
    width = np.ptp(face[[LEFT_CORNER, RIGHT_CORNER], 0]) / np.ptp(NEUTRAL[[LEFT_CORNER, RIGHT_CORNER], 0])
    assert 0.6 < width < 0.75
    assert face[PHILTRUM, 2] > NEUTRAL[PHILTRUM, 2]


def test_lower_teeth_show_opens_the_mouth_below():
    face = face_of(Expression.LOWER_TEETH_SHOW)
    lip = CONTOURS["lower_lip_outer"][2]
    assert face[lip, 1] - NEUTRAL[lip, 1] < -4.0
    assert face[13, 1] - face[14, 1] > 1.0


def test_snarl_raises_ala_and_upper_lip():
    moved = face_of(Expression.SNARL) - NEUTRAL
    assert 3.0 < moved[CONTOURS["ala"][0], 1] < 7.0
    assert 3.0 < moved[CONTOURS["upper_lip_outer"][2], 1] < 8.0


def test_flaccid_side_sags_at_rest():
    face = face_of(Expression.REST, left=0.0, left_tone=0.0)
    assert -5.0 < brow_height(face, LEFT) - brow_height(NEUTRAL, LEFT) < -1.5
    assert -6.0 < face[LEFT_CORNER, 1] - NEUTRAL[LEFT_CORNER, 1] < -2.0
    lower = mirror_partner()[CONTOURS["lower_lid"][4]]
    assert face[lower, 1] < NEUTRAL[lower, 1] - 0.5
    assert 1.0 < fissure(face, LEFT) - fissure(NEUTRAL, LEFT) < 4.0
    assert face[PHILTRUM, 0] < -0.2


def test_flaccid_eye_stays_open_when_it_should_close():
    face = face_of(Expression.GENTLE_EYE_CLOSURE, left=0.0, left_tone=0.0)
    assert 4.0 < fissure(face, LEFT) < 9.0
    assert fissure(face, RIGHT) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("expression", [Expression.OPEN_SMILE, Expression.PUCKER])
def test_mouth_is_drawn_to_the_healthy_side(expression):
    assert face_of(expression, left=0.0, left_tone=0.0)[PHILTRUM, 0] < -1.0


def test_contracture_shortens_and_descent_lowers():
    resting = RestingFace.healthy()
    stiff = eqx.tree_at(
        lambda r: r.contracture_shortening,
        resting,
        jnp.zeros((2, 24)).at[0, FACIAL_MUSCLES.index(Muscle.ZYGOMATICUS_MAJOR)].set(0.2),
    )
    dropped = eqx.tree_at(lambda r: r.descent_mm, resting, jnp.array([5.0, 0.0]))
    tone = jnp.full((2, 24), TONE)
    assert MOVE(tone, stiff)[LEFT_CORNER, 1] > NEUTRAL[LEFT_CORNER, 1] + 1.0
    lowered = np.asarray(MOVE(tone, dropped)) - NEUTRAL
    assert -5.5 < lowered[425, 1] < -4.0
    assert lowered[205, 1] == pytest.approx(0.0, abs=1e-9)


def test_lips_are_sealed_in_a_closed_smile():
    face = face_of(Expression.CLOSED_SMILE)
    gap = face[list(CONTOURS["lip_seam"]), 1] - face[lower_seam(), 1]
    assert np.abs(gap).max() < 0.1


def test_faces_of_patients_and_expressions_come_at_once():
    forces = jnp.stack([forces_of(e) for e in (Expression.REST, Expression.SNARL)])
    many = jax.jit(jax.vmap(jax.vmap(face_points)))(jnp.stack([forces, forces, forces]))
    assert many.shape == (3, 2, 478, 3)
    np.testing.assert_allclose(many[2, 1], MOVE(forces[1]), atol=1e-12)


def test_gradients_agree_with_differences():
    forces = forces_of(Expression.OPEN_SMILE, left=0.4, left_tone=0.02)

    def total(values):
        return (face_points(values) * jnp.asarray(np.cos(np.arange(478 * 3)).reshape(478, 3))).sum()

    slope = np.asarray(jax.jit(jax.grad(total))(forces))
    assert np.isfinite(slope).all()
    evaluate, step = jax.jit(total), 1e-6
    for side, muscle in ((0, 0), (0, 4), (0, 13), (1, 20), (1, 17), (0, 8)):
        nudge = jnp.zeros((2, 24)).at[side, muscle].set(step)
        difference = (evaluate(forces + nudge) - evaluate(forces - nudge)) / (2 * step)
        assert slope[side, muscle] == pytest.approx(float(difference), rel=1e-4, abs=1e-5)


def test_gradients_are_finite_in_the_corners_of_what_is_possible():
    def total(values):
        return (face_points(values) ** 2).sum()

    slope = jax.jit(jax.grad(total))
    for force in (0.0, TONE, 1.0):
        assert np.isfinite(slope(jnp.full((2, 24), force))).all()


def test_forces_of_another_shape_are_refused():
    with pytest.raises(FaceForceError, match=r"\(3, 24\).*\(2, 24\).*jax.vmap"):
        face_points(jnp.zeros((3, 24)))
    with pytest.raises(FaceForceError, match=r"\(2, 5\)"):
        check_forces(np.zeros((2, 5)))


@pytest.mark.parametrize("bad", [np.nan, -0.1, np.inf])
def test_impossible_force_is_named(bad):
    forces = np.zeros((3, 2, 24))
    check_forces(forces)
    forces[1, 1, 0] = bad
    with pytest.raises(FaceForceError, match="frontalis on the RIGHT side"):
        check_forces(forces)
