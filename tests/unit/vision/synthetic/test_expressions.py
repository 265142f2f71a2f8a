"""Deformations do what their names say, in mm, on the side that they name."""

import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.vision.synthetic import (
    Deformation,
    FaceIdentity,
    PalsyKind,
    PalsyPattern,
    SideDeformation,
    expression_of,
    palsy_pattern,
)
from facialis.vision.synthetic.contours import face_contours
from facialis.vision.synthetic.deformation import DeformationError
from facialis.vision.synthetic.palsy import PalsyError

PERSON = FaceIdentity()
REST = face_contours(PERSON, Deformation())


def test_commissure_moves_by_the_named_amount_and_leaves_the_other_side() -> None:
    moved = face_contours(
        PERSON, Deformation(left=SideDeformation(commissure_up_mm=8.0, commissure_lateral_mm=3.0))
    )
    change = moved.left.upper_lip_inner[-1] - REST.left.upper_lip_inner[-1]
    assert change[:2] == pytest.approx([3.0, 8.0], abs=0.05)
    other = moved.right.upper_lip_inner[-1] - REST.right.upper_lip_inner[-1]
    assert np.abs(other).max() < 0.1


def test_brow_rises_by_the_named_amount_between_its_ends() -> None:
    moved = face_contours(PERSON, Deformation(right=SideDeformation(brow_up_mm=6.0)))
    rise = (
        (moved.right.brow_upper + moved.right.brow_lower) - (REST.right.brow_upper + REST.right.brow_lower)
    ) / 2
    assert rise[8:16, 1] == pytest.approx(np.full(8, 6.0), abs=0.3)
    assert np.abs(moved.right.upper_lid - REST.right.upper_lid).max() < 0.6


@pytest.mark.parametrize("closure", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_upper_lid_travels_its_share_of_the_fissure(closure: float) -> None:
    moved = face_contours(PERSON, Deformation(left=SideDeformation(upper_lid_closure=closure)))
    assert moved.left.open_mm == pytest.approx((1.0 - closure) * REST.left.open_mm, abs=1e-9)
    assert moved.right.open_mm == REST.right.open_mm


def test_retraction_and_drop_widen_the_eye() -> None:
    wide = SideDeformation(upper_lid_retraction_mm=1.5, lower_lid_drop_mm=1.0)
    moved = face_contours(PERSON, Deformation(left=wide))
    assert moved.left.open_mm - REST.left.open_mm == pytest.approx(2.5, abs=0.1)


def test_lips_never_cross_and_meet_in_the_corners() -> None:
    for expression in Expression:
        lines = face_contours(
            PERSON, expression_of(expression, palsy_pattern(PalsyKind.SYNKINETIC, Side.LEFT, 1.0))
        )
        for side in Side:
            lips = lines.side(side)
            assert (lips.upper_lip_inner[:, 1] >= lips.lower_lip_inner[:, 1]).all()
            for line in (lips.upper_lip_outer, lips.lower_lip_inner, lips.lower_lip_outer):
                np.testing.assert_array_equal(line[-1], lips.upper_lip_inner[-1])


def test_a_healthy_face_moves_alike_on_both_sides() -> None:
    for expression in Expression:
        movement = expression_of(expression, PalsyPattern())
        assert movement.left == movement.right
        assert movement.philtrum_shift_mm == 0.0


def test_flaccid_side_droops_and_cannot_smile() -> None:
    smile = expression_of(Expression.OPEN_SMILE, palsy_pattern(PalsyKind.FLACCID, Side.RIGHT, 1.0))
    assert smile.left.commissure_up_mm == 9.0
    assert smile.right.commissure_up_mm == -5.0
    assert smile.philtrum_shift_mm > 2.0


def test_synkinetic_smile_narrows_the_eye_of_the_affected_side_only() -> None:
    smile = expression_of(Expression.OPEN_SMILE, palsy_pattern(PalsyKind.SYNKINETIC, Side.LEFT, 1.0))
    assert smile.left.upper_lid_closure == pytest.approx(0.6)
    assert smile.right.upper_lid_closure == 0.0


def test_synkinetic_eye_closure_lifts_the_corner_of_the_mouth() -> None:
    pattern = palsy_pattern(PalsyKind.SYNKINETIC, Side.LEFT, 1.0)
    closed, rest = (expression_of(e, pattern) for e in (Expression.TIGHT_EYE_CLOSURE, Expression.REST))
    assert closed.left.commissure_up_mm - rest.left.commissure_up_mm > 4.0


def test_amounts_outside_their_range_are_refused() -> None:
    with pytest.raises(DeformationError, match=r"upper_lid_closure is 1\.2"):
        SideDeformation(upper_lid_closure=1.2)
    with pytest.raises(PalsyError, match="severity is 2"):
        palsy_pattern(PalsyKind.FLACCID, Side.LEFT, 2.0)
    with pytest.raises(PalsyError, match="brow_weakness is -1"):
        PalsyPattern(brow_weakness=-1.0)
