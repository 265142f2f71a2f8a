"""What is drawn of a twin follows from its mesh and forces, on the side that moved."""

import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.vision.synthetic import FaceMotion, PalsyKind, SideSigns, example_patient, motion_of
from facialis.vision.synthetic.jaw import JAW_OPENING_MM
from facialis.vision.synthetic.motion import MotionError
from facialis.vision.synthetic.twin_patient import PalsyError, motions_of
from tests.factories.rendered import motions

pytestmark = pytest.mark.slow

TONE = 0.06
RESTING = np.full((2, len(FACIAL_MUSCLES)), TONE)


def with_force(muscle: Muscle, force: float, side: int = 0) -> np.ndarray:
    forces = RESTING.copy()
    forces[side, FACIAL_MUSCLES.index(muscle)] = force
    return forces


def signs(forces: np.ndarray, side: Side = Side.LEFT, **more) -> SideSigns:
    return motion_of(neutral_points_mm(), forces, Expression.REST, healthy_tone=TONE, **more).side(side)


def test_a_healthy_face_at_rest_is_the_neutral_one() -> None:
    still = motion_of(neutral_points_mm(), RESTING, Expression.REST, healthy_tone=TONE)
    np.testing.assert_allclose(still.displacement_mm, 0.0, atol=1e-12)
    assert still.left == still.right == SideSigns()
    assert still.jaw_opening_mm == 0.0


@pytest.mark.parametrize(
    ("muscle", "sign"),
    [
        (Muscle.FRONTALIS, "forehead_lines"),
        (Muscle.CORRUGATOR_SUPERCILII, "frown_lines"),
        (Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL, "crows_feet"),
        (Muscle.NASALIS, "snarl_lines"),
        (Muscle.MENTALIS, "chin_dimpling"),
        (Muscle.PLATYSMA, "platysmal_bands"),
        (Muscle.ZYGOMATICUS_MAJOR, "nasolabial_depth"),
    ],
)
def test_each_sign_grows_with_its_muscle_on_its_own_side(muscle: Muscle, sign: str) -> None:
    seen = [getattr(signs(with_force(muscle, force)), sign) for force in (TONE, 0.4, 0.8)]
    assert seen[0] < seen[1] < seen[2] or seen[1] == seen[2] == 1.0
    assert signs(with_force(muscle, 0.8), Side.RIGHT) == SideSigns()


def test_lost_tone_smooths_forehead_and_fold() -> None:
    lame = RESTING.copy()
    lame[0] = 0.0
    assert signs(lame).forehead_lines == pytest.approx(-1.0)
    assert signs(lame).nasolabial_depth == pytest.approx(0.1)
    assert signs(lame, Side.RIGHT) == SideSigns()


def test_a_flat_cheek_has_a_flat_fold_and_lies_back() -> None:
    assert signs(RESTING, flattening=[0.4, 0.0]).nasolabial_depth == pytest.approx(0.6)
    flat = motion_of(
        neutral_points_mm(), RESTING, Expression.REST, healthy_tone=TONE, flattening=[0.4, 0.0]
    ).displacement_mm
    assert flat[mirror_partner()[205], 2] < -1.0
    assert abs(flat[205, 2]) < 0.1


def test_the_jaw_obeys_the_expression_and_not_the_palsy() -> None:
    lame = np.zeros_like(RESTING)
    for expression in Expression:
        opened = motion_of(neutral_points_mm(), lame, expression, healthy_tone=TONE)
        assert opened.jaw_opening_mm == JAW_OPENING_MM.get(expression, 0.0)
        chin = opened.displacement_mm[152, 1]
        assert chin == pytest.approx(-opened.jaw_opening_mm, abs=0.3)
        assert opened.displacement_mm[0, 1] == pytest.approx(0.0, abs=0.3), "the upper lip stays"


def test_mirroring_swaps_sides_and_undoes_itself() -> None:
    straight = motions(PalsyKind.SYNKINETIC)[Expression.OPEN_SMILE]
    turned = straight.mirrored()
    assert turned.left == straight.right
    np.testing.assert_allclose(
        turned.displacement_mm[mirror_partner()], straight.displacement_mm * [-1, 1, 1]
    )
    np.testing.assert_array_equal(turned.mirrored().displacement_mm, straight.displacement_mm)


def test_a_motion_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="read-only"):
        FaceMotion().displacement_mm[0, 0] = 1.0


def test_what_is_no_face_is_refused() -> None:
    with pytest.raises(MotionError, match=r"shape \(3, 3\)"):
        FaceMotion(np.zeros((3, 3)))
    with pytest.raises(MotionError, match="finite"):
        FaceMotion(np.full((478, 3), np.nan))
    with pytest.raises(MotionError, match=r"\(2, 24\)"):
        motion_of(neutral_points_mm(), np.zeros(24), Expression.REST)
    with pytest.raises(MotionError, match="478 points"):
        motion_of(np.zeros((3, 3)), RESTING, Expression.REST)


def test_a_healthy_twin_moves_alike_on_both_sides() -> None:
    for motion in motions(PalsyKind.NONE).values():
        assert motion.left == motion.right
        np.testing.assert_allclose(motion.mirrored().displacement_mm, motion.displacement_mm, atol=1e-9)


def test_a_flaccid_twin_droops_and_cannot_smile() -> None:
    mouth = {side: [] for side in Side}
    for expression in (Expression.REST, Expression.OPEN_SMILE):
        moved = motions(PalsyKind.FLACCID, Side.RIGHT)[expression].displacement_mm
        mouth[Side.RIGHT].append(moved[61, 1])
        mouth[Side.LEFT].append(moved[mirror_partner()[61], 1])
    assert mouth[Side.RIGHT][0] < -2.0
    assert mouth[Side.RIGHT][1] < 1.0
    assert mouth[Side.LEFT][1] > 8.0
    assert abs(mouth[Side.LEFT][0]) < 0.5


def test_a_synkinetic_twin_dimples_its_chin_on_its_own_side_when_it_smiles() -> None:
    smile = motions(PalsyKind.SYNKINETIC)[Expression.OPEN_SMILE]
    assert smile.left.chin_dimpling > 0.05 > smile.right.chin_dimpling


def test_severity_scales_the_insult_and_0_is_healthy() -> None:
    healthy, mild, severe = (
        motions(PalsyKind.FLACCID, Side.LEFT, severity)[Expression.REST].left.nasolabial_depth
        for severity in (0.0, 0.2, 1.0)
    )
    assert healthy == pytest.approx(1.0)
    assert severe < mild < healthy


def test_a_seed_draws_the_same_patient_and_another_seed_another() -> None:
    first, again, other = (
        motions_of(example_patient(PalsyKind.SYNKINETIC, Side.LEFT, 1.0, seed=seed))[Expression.OPEN_SMILE]
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first.displacement_mm, again.displacement_mm)
    assert np.abs(first.displacement_mm - other.displacement_mm).max() > 0.5


def test_a_severity_outside_its_range_is_refused() -> None:
    with pytest.raises(PalsyError, match="severity is 2"):
        example_patient(PalsyKind.FLACCID, Side.LEFT, 2.0)
