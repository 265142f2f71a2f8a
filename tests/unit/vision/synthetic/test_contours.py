"""The drawn lines go the twin's way on an identity's own face."""

from dataclasses import replace

import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.anatomy.sides import Side, lateral_sign
from facialis.twin.face.lids import lid_indices
from facialis.vision.synthetic import FaceIdentity, FaceMotion, PalsyKind, random_identity
from facialis.vision.synthetic.contours import face_contours
from facialis.vision.synthetic.skin import posed_head
from tests.factories.rendered import motions

pytestmark = pytest.mark.slow

PERSON = FaceIdentity()
REST = face_contours(PERSON, FaceMotion())
CASES = [
    (kind, expression)
    for kind in (PalsyKind.NONE, PalsyKind.FLACCID, PalsyKind.SYNKINETIC)
    for expression in Expression
]


def closed_by(share: float) -> FaceMotion:
    """LEFT upper lid gone a share of the way to the lower one; nothing else moves."""
    moved = np.zeros((478, 3))
    upper, lower = (margins[0] for margins in lid_indices())
    points = neutral_points_mm()
    moved[upper] = share * (points[lower] - points[upper])
    return FaceMotion(moved)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_upper_lid_travels_its_share_of_this_persons_fissure(share: float) -> None:
    for opening in (0.8, 1.2):
        person = replace(PERSON, eye_opening=opening)
        rest = face_contours(person, FaceMotion())
        moved = face_contours(person, closed_by(share))
        assert moved.left.open_mm == pytest.approx((1.0 - share) * rest.left.open_mm, abs=1e-9)
        assert moved.right.open_mm == rest.right.open_mm
        np.testing.assert_allclose(moved.left.lower_lid, rest.left.lower_lid, atol=1e-9)


def test_corner_of_the_mouth_and_brow_go_as_far_as_the_mesh() -> None:
    smile = motions()[Expression.OPEN_SMILE]
    raised = motions()[Expression.BROW_RAISE]
    for side in Side:
        pick = (lambda i: i) if side is Side.RIGHT else (lambda i: int(mirror_partner()[i]))
        change = (
            face_contours(PERSON, smile).side(side).upper_lip_inner[-1] - REST.side(side).upper_lip_inner[-1]
        )
        np.testing.assert_allclose(change, smile.displacement_mm[pick(61)], atol=1e-9)
        brow = face_contours(PERSON, raised).side(side)
        rise = (
            brow.brow_upper + brow.brow_lower - REST.side(side).brow_upper - REST.side(side).brow_lower
        ) / 2
        assert rise[:, 1].mean() == pytest.approx(8.9, abs=0.4)
        np.testing.assert_array_equal(brow.iris_centre, REST.side(side).iris_centre)


@pytest.mark.parametrize(("kind", "expression"), CASES)
def test_lids_and_lips_never_cross_and_lips_meet_in_the_corners(
    kind: PalsyKind, expression: Expression
) -> None:
    for seed in (3, 4):
        person = random_identity(np.random.default_rng(seed))
        lines = face_contours(person, motions(kind)[expression])
        for side in Side:
            own = lines.side(side)
            assert (own.upper_lid[:, 1] >= own.lower_lid[:, 1] - 1e-9).all()
            assert (own.upper_lip_inner[:, 1] >= own.lower_lip_inner[:, 1]).all()
            outward = np.diff(own.upper_lip_inner[:, 0]) * lateral_sign(side)
            assert (outward > 0.0).all(), "the seam runs outward, without a loop"
            for line in (own.upper_lip_outer, own.lower_lip_inner, own.lower_lip_outer):
                np.testing.assert_array_equal(line[-1], own.upper_lip_inner[-1])


def test_a_healthy_twin_shuts_its_eyes_wholly_and_a_flaccid_one_does_not() -> None:
    for expression in (Expression.GENTLE_EYE_CLOSURE, Expression.TIGHT_EYE_CLOSURE):
        healthy = face_contours(PERSON, motions()[expression])
        assert healthy.left.open_mm == healthy.right.open_mm == pytest.approx(0.0, abs=1e-9)
        np.testing.assert_allclose(healthy.left.upper_lid, healthy.left.lower_lid, atol=1e-6)
        flaccid = face_contours(PERSON, motions(PalsyKind.FLACCID)[expression])
        assert flaccid.left.open_mm > 3.0
        assert flaccid.right.open_mm < 0.1


def test_a_synkinetic_eye_narrows_in_the_smile() -> None:
    narrow = {
        expression: face_contours(PERSON, motions(PalsyKind.SYNKINETIC)[expression])
        for expression in (Expression.REST, Expression.OPEN_SMILE)
    }
    change = {
        side: narrow[Expression.OPEN_SMILE].side(side).open_mm - narrow[Expression.REST].side(side).open_mm
        for side in Side
    }
    assert change[Side.LEFT] < change[Side.RIGHT] - 0.5


def test_a_healthy_face_is_drawn_symmetric() -> None:
    for motion in motions().values():
        lines = face_contours(PERSON, motion)
        for name in ("brow_upper", "upper_lid", "lower_lid", "upper_lip_outer", "lower_lip_inner", "ala"):
            left, right = getattr(lines.left, name), getattr(lines.right, name)
            np.testing.assert_allclose(left * [-1.0, 1.0, 1.0], right, atol=1e-9, err_msg=name)
        assert lines.chin[0] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("kind", "expression"), CASES)
def test_skin_is_never_torn_or_folded_through_itself(kind: PalsyKind, expression: Expression) -> None:
    """Neighbours on the head's grid keep their order and come no farther apart than skin stretches."""
    rest, moved = posed_head(PERSON, FaceMotion()), posed_head(PERSON, motions(kind)[expression])
    front = rest[..., 2] > -30.0
    for axis in (0, 1):
        before, after = np.diff(rest, axis=axis), np.diff(moved, axis=axis)
        length = np.linalg.norm(before, axis=-1)
        stretch = np.linalg.norm(after - before, axis=-1)[front[1:] if axis == 0 else front[:, 1:]]
        assert (stretch <= 6.0).all()
        assert length.min() > 0.0


def test_skin_follows_the_points_of_the_mesh() -> None:
    smile = motions(PalsyKind.FLACCID)[Expression.CLOSED_SMILE]
    change = posed_head(PERSON, smile) - posed_head(PERSON, FaceMotion())
    rest = posed_head(PERSON, FaceMotion())
    for index in (50, 205, 105, 152, 280):
        point = neutral_points_mm()[index]
        place = np.unravel_index(np.linalg.norm(rest - point, axis=-1).argmin(), rest.shape[:2])
        np.testing.assert_allclose(change[place], smile.displacement_mm[index], atol=0.8)
