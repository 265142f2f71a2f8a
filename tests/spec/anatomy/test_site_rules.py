"""Every distance that the literature gives for an injection point, in mm on the neutral face."""

import numpy as np
import pytest

from facialis.anatomy.injection_sites import injection_sites, injection_target, surface_landmarks
from facialis.anatomy.injection_targets import InjectionTarget as T
from facialis.anatomy.mesh import contour_indices, neutral_points_mm
from facialis.anatomy.mesh.barycentric import place
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscle_shapes import muscle_shape
from facialis.anatomy.sides import Side, lateral_sign

POINTS = neutral_points_mm()
COMMISSURE = (25.7, -71.7)
"""Lateral distance and height of the corner of the mouth of the neutral mesh. [mm]"""


def lateral_and_height(position, side):
    return position[:2] * (lateral_sign(side), 1.0)


def points_of(target, side):
    return np.array([lateral_and_height(place(s.place, POINTS), side) for s in injection_sites(target, side)])


def contour(name):
    return POINTS[list(contour_indices()[name]), :2] * (-1.0, 1.0)


def height_of(line, lateral):
    order = np.argsort(line[:, 0])
    return np.interp(lateral, line[order, 0], line[order, 1])


@pytest.fixture(params=list(Side), ids=lambda side: side.label)
def side(request):
    return request.param


def test_frontalis_at_least_2_cm_above_the_rim(side):
    # The lower border of the brow stands in for the rim of the orbit.
    points, rim = points_of(T.FRONTALIS, side), contour("brow_lower")
    assert (points[:, 1] - height_of(rim, points[:, 0]) >= 20.0).all()
    distances = np.linalg.norm(points[:, None] - rim[None], axis=2)
    assert distances.min() >= 20.0


def test_frontalis_spares_its_lateral_1_to_1_5_cm(side):
    grid = muscle_shape(Muscle.FRONTALIS).bundles[0].grid(POINTS, side)[-1]
    edge = np.array([lateral_and_height(p, side) for p in grid])
    points = points_of(T.FRONTALIS, side)
    spared = height_of(edge[:, ::-1], points[:, 1]) - points[:, 0]
    assert spared.min() >= 10.0
    assert spared.min() <= 15.0


def test_corrugator_at_least_1_cm_above_the_bony_rim(side):
    points, rim = points_of(T.CORRUGATOR, side), contour("brow_lower")
    assert (points[:, 1] - height_of(rim, points[:, 0]) >= 10.0).all()
    assert np.linalg.norm(points[:, None] - rim[None], axis=2).min() >= 10.0


def test_corrugator_medial_point_lies_above_the_head_of_the_brow_and_comes_first(side):
    medial, lateral = points_of(T.CORRUGATOR, side)
    head = contour("brow_upper")[0]
    assert medial[0] < lateral[0]
    assert abs(medial[0] - head[0]) < 5.0
    assert medial[1] > head[1]


def test_procerus_on_the_midline_between_the_brows(side):
    ((lateral, height),) = points_of(T.PROCERUS, side)
    assert lateral == 0.0
    assert contour("upper_lid")[0][1] < height < contour("brow_upper")[0][1]


@pytest.mark.parametrize("target", [T.ORBICULARIS_OCULI_UPPER_LID, T.ORBICULARIS_OCULI_LOWER_LID])
def test_lids_leave_out_the_middle_third(side, target):
    inner, outer = contour("upper_lid")[[0, -1], 0]
    share = (points_of(target, side)[:, 0] - inner) / (outer - inner)
    assert sorted(share < 1 / 3) == [False, True]
    assert sorted(share > 2 / 3) == [False, True]


def test_lower_lid_takes_the_lateral_point_first(side):
    first, second = points_of(T.ORBICULARIS_OCULI_LOWER_LID, side)
    assert first[0] > second[0]


def test_lid_points_lie_over_the_lids_within_5_mm_of_the_margin(side):
    for target, name, sign in (
        (T.ORBICULARIS_OCULI_UPPER_LID, "upper_lid", 1),
        (T.ORBICULARIS_OCULI_LOWER_LID, "lower_lid", -1),
    ):
        points = points_of(target, side)
        away = sign * (points[:, 1] - height_of(contour(name), points[:, 0]))
        assert (away > 1.0).all()
        assert (away < 5.0).all()


def test_crows_feet_at_least_1_cm_lateral_to_the_rim(side):
    rim = lateral_and_height(place(surface_landmarks()["orbital_rim_lateral"].on(side), POINTS), side)
    points = points_of(T.ORBICULARIS_OCULI_LATERAL, side)
    assert (points[:, 0] - rim[0] >= 10.0).all()
    assert rim[0] - contour("upper_lid")[-1][0] == pytest.approx(5.5, abs=0.05)


def test_crows_feet_stay_above_the_origin_of_zygomaticus_major(side):
    origin = muscle_shape(Muscle.ZYGOMATICUS_MAJOR).bundles[0].grid(POINTS, side)[:, 0, 1].max()
    assert points_of(T.ORBICULARIS_OCULI_LATERAL, side)[:, 1].min() - origin >= 20.0


def test_zygomaticus_major_near_its_origin(side):
    grid = muscle_shape(Muscle.ZYGOMATICUS_MAJOR).bundles[0].grid(POINTS, side)[1]
    origin, insertion = (lateral_and_height(grid[end], side) for end in (0, -1))
    along = (insertion - origin) / np.linalg.norm(insertion - origin)
    shares = (points_of(T.ZYGOMATICUS_MAJOR, side) - origin) @ along / np.linalg.norm(insertion - origin)
    assert (shares > 0.0).all()
    assert (shares < 0.4).all()


def test_risorius_1_to_2_cm_lateral_to_the_commissure(side):
    ((lateral, height),) = points_of(T.RISORIUS, side)
    assert 10.0 <= lateral - COMMISSURE[0] <= 20.0
    assert height == pytest.approx(COMMISSURE[1], abs=2.0)


def test_buccinator_in_front_of_masseter_and_away_from_the_parotid_duct(side):
    border = np.array(
        [
            lateral_and_height(
                place(surface_landmarks()[f"masseter_anterior_border_{end}"].on(side), POINTS), side
            )
            for end in ("lower", "upper")
        ]
    )
    points = points_of(T.BUCCINATOR, side)
    assert (height_of(border[:, ::-1], points[:, 1]) - points[:, 0] > 2.0).all()
    # The duct runs below a line from the tragus to the middle of the upper lip.
    tragus, lip = np.array([69.0, -14.0]), np.array([0.0, -55.0])
    line = height_of(np.array([lip, tragus]), points[:, 0])
    assert (line - points[:, 1] > 20.0).all()


def test_orbicularis_oris_at_the_border_of_the_red_lip(side):
    for name, sign in (("upper_lip_outer", 1), ("lower_lip_outer", -1)):
        points = points_of(T.ORBICULARIS_ORIS, side)
        points = points[sign * (points[:, 1] - COMMISSURE[1]) > 0]
        assert len(points) == 2
        away = sign * (points[:, 1] - height_of(contour(name), points[:, 0]))
        assert (abs(away) < 2.0).all()


def test_depressor_anguli_oris_about_1_cm_lateral_and_1_to_1_5_cm_below(side):
    points = points_of(T.DEPRESSOR_ANGULI_ORIS, side)
    assert (points[:, 0] - COMMISSURE[0] >= 8.0).all()
    assert (points[:, 0] - COMMISSURE[0] <= 13.1).all()
    assert (COMMISSURE[1] - points[:, 1] >= 10.0).all()
    assert (COMMISSURE[1] - points[:, 1] <= 15.05).all()


def test_depressor_labii_inferioris_below_the_lip_on_the_line_of_the_canine(side):
    ((lateral, height),) = points_of(T.DEPRESSOR_LABII_INFERIORIS, side)
    assert height < contour("lower_lip_outer")[0][1]
    assert 0.5 < lateral / COMMISSURE[0] < 0.8


def test_mentalis_at_least_1_cm_below_the_lip_line(side):
    points = points_of(T.MENTALIS, side)
    assert (contour("lower_lip_outer")[0][1] - points[:, 1] >= 10.0).all()


def test_platysma_in_two_bands_1_5_to_2_cm_apart_below_the_jaw(side):
    points = points_of(T.PLATYSMA, side)
    low, high = injection_target(T.PLATYSMA).spacing_mm
    for band in (points[:3], points[3:]):
        apart = np.linalg.norm(np.diff(band, axis=0), axis=1)
        assert (apart >= low).all()
        assert (apart <= high).all()
    assert np.linalg.norm(points[:3, None] - points[None, 3:], axis=2).min() >= low
    assert (points[:, 1] < contour("jaw")[:, 1].min()).all()


def test_only_points_beyond_the_mesh_are_extrapolated(side):
    outside = {(target, s.number) for target in T for s in injection_sites(target, side) if s.is_outside_mesh}
    assert outside == {(T.FRONTALIS, n) for n in (4, 5, 6)} | {(T.PLATYSMA, n) for n in range(1, 7)}


def test_points_of_one_side_can_be_told_apart(side):
    every = np.vstack([points_of(target, side) for target in T])
    gaps = np.linalg.norm(every[:, None] - every[None], axis=2) + 100.0 * np.eye(len(every))
    assert gaps.min() > 5.0
