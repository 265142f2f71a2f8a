"""Every measure on a face whose millimetres are known."""

from dataclasses import replace

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.measures import MEASURES, FaceView, MeasureKind
from facialis.measurement.points import Method, Region
from facialis.measurement.raw import read_value
from tests.factories.faces import Camera, FaceShape, make_face
from tests.factories.measures import measure_points, measure_shape

TILTED = Camera(px_per_mm=6.0, roll_deg=11.0, centre_px=(900, 700))


def values(shape, camera=TILTED):
    return {(m.name, m.side): m.value for m in measure_shape(shape, camera)}


def test_names_are_those_of_the_design():
    sided = (
        "brow_height margin_reflex_distance_1 margin_reflex_distance_2 palpebral_fissure eye_area "
        "alar_height commissure_height commissure_lateral smile_angle upper_lip_height lower_lip_height "
        "dental_show nasolabial_length cheek_prominence"
    )
    midline = "philtrum_deviation nasal_base_deviation chin_deviation oral_commissure_tilt"
    assert {name for name, measure in MEASURES.items() if measure.sided} == set(sided.split())
    assert {name for name, measure in MEASURES.items() if not measure.sided} == set(midline.split())


def test_units_follow_from_the_kind():
    units = {name: measure.unit for name, measure in MEASURES.items()}
    assert units["eye_area"] == "mm2"
    assert units["smile_angle"] == units["oral_commissure_tilt"] == "deg"
    assert MEASURES["brow_height"].kind is MeasureKind.HEIGHT
    assert sum(unit == "mm" for unit in units.values()) == 15


def test_brow_height_is_that_of_each_side():
    found = values(FaceShape().with_side(Side.LEFT, brow_height=18.5))
    assert found["brow_height", Side.LEFT] == pytest.approx(18.5)
    assert found["brow_height", Side.RIGHT] == pytest.approx(22.0)


def test_lids_are_measured_from_the_pupil():
    found = values(FaceShape().with_side(Side.RIGHT, upper_lid=2.0, lower_lid=6.0))
    assert found["margin_reflex_distance_1", Side.RIGHT] == pytest.approx(2.0)
    assert found["margin_reflex_distance_2", Side.RIGHT] == pytest.approx(6.0)
    assert found["palpebral_fissure", Side.RIGHT] == pytest.approx(8.0)


def test_lid_below_the_pupil_centre_gives_a_negative_distance():
    found = values(FaceShape().with_side(Side.LEFT, upper_lid=-1.5))
    assert found["margin_reflex_distance_1", Side.LEFT] == pytest.approx(-1.5)
    assert found["palpebral_fissure", Side.LEFT] == pytest.approx(3.5)


def test_closed_eye_has_no_fissure_and_no_distance_from_the_pupil():
    closed = {"eye_open": False, "upper_lid": -4.0, "lower_lid": 4.0}
    measures = {(m.name, m.side): m for m in measure_shape(FaceShape().with_side(Side.LEFT, **closed))}
    assert measures["palpebral_fissure", Side.LEFT].value == pytest.approx(0, abs=1e-9)
    assert measures["eye_area", Side.LEFT].value == pytest.approx(0, abs=1e-9)
    assert "not visible" in measures["margin_reflex_distance_1", Side.LEFT].reason
    assert measures["margin_reflex_distance_1", Side.RIGHT].value == pytest.approx(3.5)


def test_lids_read_as_crossing_are_closed():
    crossed = {"eye_open": False, "upper_lid": -4.2, "lower_lid": 4.0}
    found = values(FaceShape().with_side(Side.LEFT, **crossed))
    assert found["palpebral_fissure", Side.LEFT] == 0
    assert found["eye_area", Side.LEFT] == 0


def test_eye_area_is_that_of_the_polygon():
    share = np.linspace(0, 1, 9)
    arch = 1 - (2 * share - 1) ** 2
    expected = np.trapezoid((3.5 + 5.0) * arch, 29 * share)
    assert values(FaceShape())["eye_area", Side.LEFT] == pytest.approx(expected)


def test_mouth_is_measured_from_midline_and_eye_line():
    found = values(FaceShape().with_side(Side.LEFT, commissure=(21.0, -70.0)))
    assert found["commissure_height", Side.LEFT] == pytest.approx(-70)
    assert found["commissure_lateral", Side.LEFT] == pytest.approx(21)
    assert found["commissure_lateral", Side.RIGHT] == pytest.approx(25)
    assert found["oral_commissure_tilt", None] == pytest.approx(-np.degrees(np.arctan2(4, 46)))


def test_lips_are_read_at_the_vermilion_half_way_to_the_commissure():
    found = values(FaceShape())
    assert found["upper_lip_height", Side.LEFT] == pytest.approx(-66 + 8 * 0.75)
    assert found["lower_lip_height", Side.RIGHT] == pytest.approx(-66 - 9 * 0.75)


def test_dental_show_is_the_gap_of_the_lips():
    found = values(FaceShape().with_side(Side.LEFT, lip_gap=5.0).with_side(Side.RIGHT, lip_gap=2.0))
    assert found["dental_show", Side.LEFT] == pytest.approx(5.0)
    assert found["dental_show", Side.RIGHT] == pytest.approx(2.0)
    assert values(FaceShape())["dental_show", Side.LEFT] == pytest.approx(0, abs=1e-9)


def test_smile_angle_grows_with_a_rising_commissure():
    level = values(FaceShape())["smile_angle", Side.LEFT]
    assert level == pytest.approx(90 + np.degrees(np.arctan2(9, 25)))
    raised = values(
        FaceShape()
        .with_side(Side.LEFT, commissure=(27.0, -58.0))
        .with_side(Side.RIGHT, commissure=(27.0, -58.0))
    )
    assert raised["smile_angle", Side.LEFT] == pytest.approx(90 + np.degrees(np.arctan2(9, 27)))
    drooping = values(FaceShape().with_side(Side.RIGHT, commissure=(25.0, -72.0)))
    assert drooping["smile_angle", Side.RIGHT] < drooping["smile_angle", Side.LEFT]


def test_deviations_are_positive_toward_the_patients_left():
    found = values(FaceShape(mouth_shift=2.0, chin_shift=-3.0, nose_shift=1.5))
    assert found["philtrum_deviation", None] == pytest.approx(2.0)
    assert found["nasal_base_deviation", None] == pytest.approx(1.5)


def test_deviation_of_the_chin_is_given_only_for_a_chin_placed_by_hand():
    points = make_face(FaceShape(chin_shift=-3.0))
    read = {m.name: m for m in measure_points(points)}["chin_deviation"]
    assert (read.value, read.raw, read.ratio) == (None, None, None)
    assert read.reason.endswith("Place the chin by hand.")
    for method in (Method.MANUAL, Method.EXACT):
        sides = {s.value: replace(points.side(s), methods={Region.CHIN: method}) for s in Side}
        placed = {m.name: m for m in measure_points(replace(points, **sides))}
        assert placed["chin_deviation"].value == pytest.approx(-3.0)


def test_mouth_pulled_past_the_midline_is_still_read():
    pulled = FaceShape(mouth_shift=9.0).with_side(Side.RIGHT, commissure=(12.0, -66.0))
    found = values(pulled)
    assert found["upper_lip_height", Side.LEFT] is not None
    assert found["upper_lip_height", Side.RIGHT] is not None


def test_commissure_beyond_the_midline_has_a_reason():
    beyond = FaceShape(mouth_shift=15.0).with_side(Side.RIGHT, commissure=(-1.0, -66.0))
    measures = {(m.name, m.side): m for m in measure_shape(beyond)}
    assert "beyond the midline" in measures["dental_show", Side.RIGHT].reason
    assert measures["commissure_lateral", Side.RIGHT].value == pytest.approx(-1.0)


def test_cheek_prominence_needs_depth():
    measures = {(m.name, m.side): m for m in measure_shape(FaceShape())}
    assert "depth" in measures["cheek_prominence", Side.LEFT].reason


def test_missing_contour_costs_only_its_own_measures():
    points = make_face()
    points = replace(
        points, left=replace(points.left, brow=np.empty((0, 2)), nasolabial=np.full((3, 2), np.nan))
    )
    measures = {(m.name, m.side): m for m in measure_points(points)}
    assert "0 points" in measures["brow_height", Side.LEFT].reason
    assert "without a position" in measures["nasolabial_length", Side.LEFT].reason
    assert measures["brow_height", Side.RIGHT].value == pytest.approx(22)
    assert measures["eye_area", Side.LEFT].value is not None


def test_method_is_that_of_the_measures_first_region():
    points = make_face()
    points = replace(
        points, left=replace(points.left, methods={Region.LIDS: Method.MANUAL, Region.CHIN: Method.MANUAL})
    )
    measures = {(m.name, m.side): m for m in measure_points(points)}
    assert measures["palpebral_fissure", Side.LEFT].method is Method.MANUAL
    assert measures["palpebral_fissure", Side.RIGHT].method is Method.NETWORK
    assert measures["chin_deviation", None].method is Method.NETWORK


def test_lost_points_cost_only_their_own_measures():
    points = make_face()
    lost = np.full(2, np.nan)
    points = replace(points, chin=lost, right=replace(points.right, ala=lost, commissure=lost))
    measures = {(m.name, m.side): m for m in measure_points(points)}
    assert measures["chin_deviation", None].value is None
    assert "ala has no position" in measures["alar_height", Side.RIGHT].reason
    assert "RIGHT commissure has no position" in measures["oral_commissure_tilt", None].reason
    assert measures["commissure_height", Side.LEFT].value == pytest.approx(-66)


def test_infinite_points_are_lost_points():
    points = make_face()
    points = replace(points, left=replace(points.left, brow=np.full((4, 2), np.inf)))
    measures = {(m.name, m.side): m for m in measure_points(points)}
    assert "without a position" in measures["brow_height", Side.LEFT].reason


def test_coinciding_commissures_have_no_tilt():
    points = make_face()
    points = replace(points, right=replace(points.right, commissure=points.left.commissure))
    measures = {(m.name, m.side): m for m in measure_points(points)}
    assert "coincide" in measures["oral_commissure_tilt", None].reason


def test_sided_measure_asked_without_a_side_says_so():
    with pytest.raises(NotMeasurableError, match="say which"):
        read_value(MEASURES["brow_height"], FaceView.of(make_face()), None)
