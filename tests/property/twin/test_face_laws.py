"""Laws of the moving face that hold whatever its muscles do."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from facialis.anatomy.mesh import contour_indices, mirror_partner, neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.twin.face.fields import displacement_fields
from facialis.twin.face.geometry import lower_seam, mirrored
from facialis.twin.face.parameters import face_from_scores, typical_face
from facialis.twin.face.pose import face_points
from facialis.twin.face.resting import RestingFace

pytestmark = pytest.mark.slow

MOVE = jax.jit(face_points)
ZYGOMATICUS = FACIAL_MUSCLES.index(Muscle.ZYGOMATICUS_MAJOR)
CONTOURS = contour_indices()
LEFT_CORNER = int(mirror_partner()[CONTOURS["upper_lip_outer"][-1]])
CORNERS = (LEFT_CORNER, CONTOURS["upper_lip_outer"][-1])

shares = st.floats(0.0, 1.0, allow_subnormal=False)
forces = hnp.arrays(np.float64, (2, 24), elements=shares)
scores = hnp.arrays(np.float64, 22, elements=st.floats(-2.5, 2.5, allow_subnormal=False))


@st.composite
def resting_faces(draw):
    return RestingFace(
        healthy_tone=jnp.asarray(draw(st.floats(0.02, 0.12))),
        contracture_shortening=jnp.asarray(draw(hnp.arrays(np.float64, (2, 24), elements=shares)) * 0.3),
        descent_mm=jnp.asarray(draw(hnp.arrays(np.float64, 2, elements=shares)) * 8.0),
        levator_tone=jnp.asarray(draw(hnp.arrays(np.float64, 2, elements=shares))),
    )


def turned(resting):
    """The same state with the sides exchanged."""
    leaves = lambda r: (r.contracture_shortening, r.descent_mm, r.levator_tone)  # noqa: E731
    return eqx.tree_at(leaves, resting, tuple(leaf[::-1] for leaf in leaves(resting)))


@given(forces, resting_faces(), scores)
@settings(max_examples=24, deadline=None)
def test_mirrored_forces_give_the_mirrored_face(values, resting, score):
    parameters = face_from_scores(jnp.asarray(score))
    face = MOVE(jnp.asarray(values), resting, parameters)
    other = MOVE(jnp.asarray(values[::-1]), turned(resting), parameters)
    np.testing.assert_allclose(other, mirrored(np.asarray(face)), atol=1e-9)


@given(hnp.arrays(np.float64, 24, elements=shares))
@settings(max_examples=16, deadline=None)
def test_equal_sides_move_symmetrically(values):
    face = np.asarray(MOVE(jnp.asarray(np.stack([values, values])), RestingFace.healthy(), typical_face()))
    np.testing.assert_allclose(face, mirrored(face), atol=1e-9)


@given(st.floats(0.01, 0.3), scores)
@settings(max_examples=15, deadline=None)
def test_every_face_is_neutral_at_its_own_tone(tone, score):
    resting = eqx.tree_at(lambda r: r.healthy_tone, RestingFace.healthy(), jnp.asarray(tone))
    face = MOVE(jnp.full((2, 24), tone), resting, face_from_scores(jnp.asarray(score)))
    np.testing.assert_allclose(face, neutral_points_mm(), atol=1e-9)


@given(forces, resting_faces(), scores)
@settings(max_examples=40, deadline=None)
def test_lids_and_lips_never_cross(values, resting, score):
    face = np.asarray(MOVE(jnp.asarray(values), resting, face_from_scores(jnp.asarray(score))))
    assert np.isfinite(face).all()
    for pick in (np.arange(478), mirror_partner()):
        upper, lower = (face[pick[list(CONTOURS[lid])]] for lid in ("upper_lid", "lower_lid"))
        assert (upper[:, 1] - lower[:, 1]).min() > -1e-9
        seam, under = face[pick[list(CONTOURS["lip_seam"])]], face[pick[lower_seam()]]
        np.testing.assert_allclose(seam[:, 0], under[:, 0], atol=1e-9)
        assert (seam[:, 1] - under[:, 1]).min() > -0.1 - 1e-9


@given(forces, st.floats(0.0, 0.95), st.floats(0.02, 0.5))
@settings(max_examples=32, deadline=None)
def test_more_zygomaticus_raises_and_lateralises_the_corner(values, force, more):
    weak, strong = values.copy(), values.copy()
    weak[0, ZYGOMATICUS], strong[0, ZYGOMATICUS] = force, min(1.0, force + more)
    resting, parameters = RestingFace.healthy(), typical_face()
    moved = (MOVE(jnp.asarray(strong), resting, parameters) - MOVE(jnp.asarray(weak), resting, parameters))[
        LEFT_CORNER
    ]
    assert moved[0] > 0
    assert moved[1] > 0


@given(forces, resting_faces(), scores)
@settings(max_examples=24, deadline=None)
def test_corners_go_no_farther_than_the_skin_lets_them(values, resting, score):
    parameters = face_from_scores(jnp.asarray(score))
    face = np.asarray(MOVE(jnp.asarray(values * 3.0), resting, parameters))
    moved = np.linalg.norm(face - neutral_points_mm(), axis=1)[list(CORNERS)]
    assert moved.max() < float(parameters.skin_limit_mm) + 1e-9


@given(forces)
@settings(max_examples=15, deadline=None)
def test_irises_and_canthi_stay(values):
    face = np.asarray(MOVE(jnp.asarray(values), RestingFace.healthy(), typical_face()))
    canthi = np.array([CONTOURS["upper_lid"][0], CONTOURS["upper_lid"][-1]])
    still = np.concatenate([np.arange(468, 478), canthi, mirror_partner()[canthi]])
    np.testing.assert_allclose(face[still], neutral_points_mm()[still], atol=1e-9)


def test_fields_of_both_sides_mirror_each_other():
    left, right = displacement_fields()
    np.testing.assert_array_equal(left, mirrored(right))
