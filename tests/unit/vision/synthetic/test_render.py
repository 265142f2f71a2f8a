"""Pictures of invented patients: size, repeatability, and truth that lies on the drawn edges."""

from dataclasses import replace

import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.mesh import mirror_partner
from facialis.anatomy.sides import Side
from facialis.measurement.points import Method, Region
from facialis.vision.synthetic import (
    CameraSetting,
    FaceIdentity,
    FaceMotion,
    PalsyKind,
    SideSigns,
    SyntheticPhoto,
    random_camera,
    random_identity,
    render_face,
)
from tests.factories.rendered import motions

pytestmark = pytest.mark.slow

CAMERA = CameraSetting(width_px=800, height_px=1000, mm_per_px=0.3, noise_sd=0.0)
PERSON = FaceIdentity(brow_density=1.0, brow_contrast=1.0, lip_colour_depth=0.9)
MM = 1.0 / 0.3


def rendered(motion: FaceMotion | None = None, camera: CameraSetting = CAMERA) -> SyntheticPhoto:
    return render_face(PERSON, motion or FaceMotion(), camera, np.random.default_rng(0))


@pytest.fixture(scope="module")
def rest() -> SyntheticPhoto:
    return rendered()


def colour_at(photo: SyntheticPhoto, point: np.ndarray, radius_px: int = 1) -> np.ndarray:
    """Mean colour of the picture around a point."""
    x, y = np.round(point).astype(int)
    part = photo.image_rgb[y - radius_px : y + radius_px + 1, x - radius_px : x + radius_px + 1]
    return part.reshape(-1, 3).astype(float).mean(axis=0)


def edge_offset_px(photo: SyntheticPhoto, point: np.ndarray, reach_px: int, values: str) -> float:
    """Where, below the point, the strongest vertical change of a channel (or brightness) lies. [px]"""
    x, y = np.round(point).astype(int)
    strip = photo.image_rgb[y - reach_px : y + reach_px + 1, x - 1 : x + 2].astype(float).mean(axis=1)
    signal = strip.mean(axis=1) if values == "brightness" else strip[:, 0] - strip[:, 1]
    steps = np.abs(np.diff(np.convolve(signal, [0.25, 0.5, 0.25], mode="valid")))
    return float(np.argmax(steps)) + 1.5 - reach_px + (y - point[1])


def test_picture_has_the_asked_size_and_type(rest: SyntheticPhoto) -> None:
    assert rest.image_rgb.shape == (1000, 800, 3)
    assert rest.image_rgb.dtype == np.uint8


def test_patients_left_lies_at_larger_x(rest: SyntheticPhoto) -> None:
    assert rest.points.left.commissure[0] > rest.points.right.commissure[0]


def test_every_region_is_exact(rest: SyntheticPhoto) -> None:
    for side in Side:
        assert all(rest.points.side(side).method(region) is Method.EXACT for region in Region)


def test_same_seed_gives_the_same_picture_and_another_seed_other_noise() -> None:
    camera = replace(CAMERA, width_px=240, height_px=300, mm_per_px=1.0, noise_sd=2.0, jpeg_quality=85)
    pictures = [
        render_face(PERSON, FaceMotion(), camera, np.random.default_rng(seed)).image_rgb for seed in (1, 1, 2)
    ]
    np.testing.assert_array_equal(pictures[0], pictures[1])
    assert (pictures[0] != pictures[2]).any()


def test_iris_is_dark_between_bright_sclera(rest: SyntheticPhoto) -> None:
    for side in Side:
        eye = rest.points.side(side)
        assert eye.iris_centre is not None
        assert eye.iris_diameter == pytest.approx(11.7 / rest.mm_per_px, rel=1e-3)
        beside = eye.iris_centre + [0.75 * eye.iris_diameter * np.sign(eye.iris_centre[0] - 400.0), 0.0]
        assert colour_at(rest, eye.iris_centre).mean() + 60.0 < colour_at(rest, beside).mean()


def test_upper_lid_margin_lies_between_lashes_and_eyeball(rest: SyntheticPhoto) -> None:
    for side in Side:
        lid = rest.points.side(side).upper_lid
        for point in lid[8:26:4]:
            above, below = colour_at(rest, point - [0, 0.3 * MM], 0), colour_at(rest, point + [0, 1.8 * MM])
            assert np.abs(above - below).max() > 12.0


def test_lower_lid_margin_is_where_the_eyeball_ends() -> None:
    wide = rendered(motions(PalsyKind.FLACCID)[Expression.REST])
    for point in wide.points.left.lower_lid[11:23:3]:
        inside, outside = colour_at(wide, point - [0, 0.8 * MM]), colour_at(wide, point + [0, 1.6 * MM])
        redness = [c[0] - c[2] for c in (inside, outside)]
        assert redness[1] - redness[0] > 15.0


def test_vermilion_borders_are_where_the_colour_changes(rest: SyntheticPhoto) -> None:
    for side in Side:
        lips = rest.points.side(side)
        for line in (lips.upper_lip_outer, lips.lower_lip_outer):
            offsets = [edge_offset_px(rest, p, 7, "redness") for p in line[2:22:4]]
            assert np.abs(np.median(offsets)) < 1.0


def test_seam_is_darker_than_both_lips(rest: SyntheticPhoto) -> None:
    for side in Side:
        for point in rest.points.side(side).upper_lip_inner[2:24:5]:
            seam = colour_at(rest, point, 0).mean()
            assert seam + 15.0 < colour_at(rest, point - [0, 2.5 * MM]).mean()
            assert seam + 15.0 < colour_at(rest, point + [0, 2.5 * MM]).mean()


def test_brow_is_darkest_along_its_centre_line(rest: SyntheticPhoto) -> None:
    for side in Side:
        for point in rest.points.side(side).brow[5:20:5]:
            within = colour_at(rest, point, 3).mean()
            assert within + 20.0 < colour_at(rest, point - [0, 6.5 * MM], 3).mean()
            assert within + 10.0 < colour_at(rest, point + [0, 6.5 * MM], 3).mean()


def test_teeth_show_between_open_lips() -> None:
    photo = rendered(motions()[Expression.OPEN_SMILE])
    lips = photo.points.left
    tooth = 0.7 * lips.upper_lip_inner[5] + 0.3 * lips.lower_lip_inner[5]
    lip = (lips.upper_lip_outer[5] + lips.upper_lip_inner[5]) / 2
    assert colour_at(photo, tooth)[2] > colour_at(photo, lip)[2] + 25.0


def test_closed_eye_has_no_fissure_no_iris_and_a_lash_line() -> None:
    photo = rendered(motions(PalsyKind.FLACCID, Side.RIGHT)[Expression.GENTLE_EYE_CLOSURE])
    left, right = photo.points.left, photo.points.right
    assert left.iris_centre is None
    assert left.iris_diameter is None
    assert right.iris_centre is not None
    np.testing.assert_allclose(left.upper_lid, left.lower_lid, atol=1e-9)
    middle = left.upper_lid[16]
    skin = colour_at(photo, middle - [0, 3.0 * MM]).mean()
    assert colour_at(photo, middle + [0, 0.1 * MM], 0).mean() + 40.0 < skin


def test_frontal_points_are_those_of_the_unturned_head(rest: SyntheticPhoto) -> None:
    turned = rendered(camera=replace(CAMERA, yaw_deg=8.0, pitch_deg=-4.0, roll_deg=3.0))
    np.testing.assert_allclose(turned.frontal_points.left.upper_lid, rest.points.left.upper_lid, atol=1e-9)
    assert np.abs(turned.points.chin - rest.points.chin).max() > 5.0
    assert turned.pose.yaw_deg == 8.0


def test_skin_tones_run_from_light_to_dark() -> None:
    camera = replace(CAMERA, width_px=240, height_px=300, mm_per_px=1.0)
    cheeks = []
    for tone in (1.0, 3.0, 6.0):
        photo = render_face(replace(PERSON, skin_tone=tone), FaceMotion(), camera, np.random.default_rng(0))
        point = (photo.points.left.lateral_canthus + photo.points.left.commissure) / 2
        cheeks.append(colour_at(photo, point).mean())
    assert cheeks[0] > cheeks[1] + 20.0 > cheeks[2] + 60.0


def test_any_invented_patient_can_be_drawn() -> None:
    for seed in range(6):
        rng = np.random.default_rng(seed)
        photo = render_face(
            random_identity(rng), FaceMotion(), random_camera(rng, width_px=240, height_px=300), rng
        )
        assert photo.image_rgb.shape == (300, 240, 3)
        assert photo.image_rgb.std() > 15.0


def test_nasolabial_fold_is_drawn_where_the_truth_says() -> None:
    moved = motions()[Expression.CLOSED_SMILE].displacement_mm
    with_fold, without = (
        rendered(FaceMotion(moved, left=SideSigns(nasolabial_depth=depth))) for depth in (2.5, 0.0)
    )
    for point in with_fold.points.left.nasolabial[4:12:2]:
        x, y = np.round(point).astype(int)
        row = np.s_[y - 1 : y + 2, x - 14 : x + 15]
        lost = without.image_rgb[row].astype(float) - with_fold.image_rgb[row]
        assert abs(int(lost.mean(axis=(0, 2)).argmax()) - 14) <= 3


@pytest.mark.parametrize("sign", ["forehead_lines", "crows_feet", "chin_dimpling", "platysmal_bands"])
def test_a_sign_darkens_its_own_side_only(sign: str) -> None:
    camera = replace(CAMERA, width_px=300, height_px=375, mm_per_px=0.9)
    shown, without = (rendered(FaceMotion(left=SideSigns(**{sign: depth})), camera) for depth in (1.0, 0.0))
    change = np.abs(shown.image_rgb.astype(float) - without.image_rgb).sum(axis=(0, 2))
    assert change[150:].sum() > 200.0
    assert change[:140].sum() < 0.05 * change[150:].sum()


def test_a_mirrored_patient_gives_the_mirrored_picture() -> None:
    motion = motions(PalsyKind.SYNKINETIC)[Expression.OPEN_SMILE]
    camera = replace(CAMERA, width_px=401, height_px=500, mm_per_px=0.6, light_direction=(0.3, 0.5, 0.8))
    person = random_identity(np.random.default_rng(12))
    straight = render_face(person, motion, camera, np.random.default_rng(0)).image_rgb
    turned = render_face(
        person.mirrored(), motion.mirrored(), camera.mirrored(), np.random.default_rng(0)
    ).image_rgb[:, ::-1]
    apart = np.abs(straight.astype(float) - turned)
    unmirrored = np.abs(straight.astype(float) - straight[:, ::-1])
    assert apart.mean() < 0.35
    assert apart.mean() < 0.1 * unmirrored.mean()


def test_nothing_flickers_where_nothing_moves() -> None:
    camera = replace(CAMERA, width_px=300, height_px=375, mm_per_px=0.9)
    still = rendered(FaceMotion(), camera).image_rgb
    moved = np.zeros((478, 3))
    moved[mirror_partner()[61]] = [1.0, 1.0, 0.0]
    stirred = rendered(FaceMotion(moved), camera).image_rgb
    changed = np.abs(still.astype(float) - stirred).max(axis=2) > 2.0
    assert changed.any()
    assert not changed[:180].any(), "eyes and brows are as they were"
