import math
from dataclasses import replace

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.errors import MeasurementError
from facialis.measurement.measure import Measure, SdParts
from facialis.measurement.measures import MEASURES
from facialis.measurement.noise import Noise, PointNoise
from facialis.measurement.photo import measure_photo
from facialis.measurement.points import HeadPose, Method
from facialis.measurement.scale import NoScale, Scale, ScaleSource, scale_from_iris
from tests.factories.faces import FaceShape, make_face, map_points
from tests.factories.measures import SameNoise, measure_points, measure_shape

TURNING = {name for name, measure in MEASURES.items() if measure.turns_with_head}


def by_key(measures):
    return {(m.name, m.side): m for m in measures}


def test_every_measure_is_given_once_per_side_in_a_fixed_order():
    measures = measure_shape(FaceShape())
    assert len(measures) == 14 * 2 + 4
    assert [m.name for m in measures] == [
        name for name, measure in MEASURES.items() for _ in range(2 if measure.sided else 1)
    ]


def test_head_turned_beyond_10_degrees_refuses_everything():
    measures = measure_shape(FaceShape(), pose=HeadPose(-11.2, 0, 0))
    assert all(m.value is None and m.ratio is None for m in measures)
    assert all("turned by 11.2 degrees" in m.reason for m in measures)


def test_head_turned_beyond_3_degrees_refuses_lateral_measures_only():
    measures = by_key(measure_shape(FaceShape(), pose=HeadPose(4.0, 0, 0)))
    refused = {name for (name, _), m in measures.items() if m.reason and "turned" in m.reason}
    assert refused == TURNING
    assert {"commissure_lateral", "philtrum_deviation", "nasal_base_deviation", "chin_deviation"} <= TURNING
    assert measures["commissure_height", Side.LEFT].value == pytest.approx(-66)


def test_lateral_measures_come_from_the_points_corrected_in_3d():
    points = make_face(FaceShape(mouth_shift=2.0))
    frontal = make_face(FaceShape(mouth_shift=3.0).with_side(Side.LEFT, commissure=(27.0, -60.0)))
    measures = by_key(measure_points(points, frontal=frontal, pose=HeadPose(8, 0, 0)))
    assert measures["commissure_lateral", Side.LEFT].value == pytest.approx(27)
    assert measures["philtrum_deviation", None].value == pytest.approx(3)
    assert measures["commissure_height", Side.LEFT].value == pytest.approx(-66)


def test_without_a_scale_ratios_and_angles_are_given():
    measures = by_key(measure_shape(FaceShape(), scale=NoScale("no iris")))
    height = measures["commissure_height", Side.LEFT]
    assert height.value is None
    assert height.reason == "no iris"
    assert height.ratio == pytest.approx(-66 / 92 * 100)
    assert height.ratio_sd == pytest.approx(0.4)
    assert measures["eye_area", Side.LEFT].ratio > 0
    assert measures["oral_commissure_tilt", None].value == pytest.approx(0, abs=1e-9)


def test_sd_holds_noise_and_both_parts_of_the_scale():
    scale = Scale(0.2, ScaleSource.IRIS, photo_rel_sd=0.02, common_rel_sd=0.03)
    measures = by_key(measure_shape(FaceShape(), scale=scale, error_model=SameNoise(0.5)))
    height = measures["commissure_height", Side.LEFT]
    noise_mm = 0.5 / 100 * 92
    assert height.sd == pytest.approx(math.hypot(noise_mm, 66 * 0.02, 66 * 0.03))
    area = measures["eye_area", Side.LEFT]
    assert area.sd == pytest.approx(math.hypot(0.5 / 100 * 92**2, area.value * 0.04, area.value * 0.06))
    angle = measures["smile_angle", Side.LEFT]
    assert angle.sd == pytest.approx(0.5)


def test_correction_changes_the_value_and_keeps_the_raw_one():
    def double_left_brow(raw):
        key = ("brow_height", Side.LEFT)
        return {**raw, key: replace(raw[key], value=raw[key].value * 2)}

    measures = by_key(measure_shape(FaceShape(), correct=double_left_brow))
    brow = measures["brow_height", Side.LEFT]
    assert (brow.value, brow.raw) == (pytest.approx(44), pytest.approx(22))
    assert brow.ratio == pytest.approx(44 / 92 * 100)
    assert measures["brow_height", Side.RIGHT].value == pytest.approx(22)


def test_correction_cannot_open_a_fissure_below_zero():
    def push_down(raw):
        return {k: m if m.value is None else replace(m, value=m.value - 1000) for k, m in raw.items()}

    measures = by_key(measure_shape(FaceShape(), correct=push_down))
    assert measures["palpebral_fissure", Side.LEFT].value == 0
    assert measures["dental_show", Side.RIGHT].value == 0
    assert measures["brow_height", Side.LEFT].value < 0


def test_correction_that_loses_measures_is_refused():
    with pytest.raises(MeasurementError, match="keep the keys"):
        measure_shape(FaceShape(), correct=lambda _: {})


def test_correction_may_refuse_a_value_with_its_reason():
    def refuse(raw):
        key = ("brow_height", Side.LEFT)
        return {**raw, key: replace(raw[key], value=None, reason="no gain is known")}

    assert (
        by_key(measure_shape(FaceShape(), correct=refuse))["brow_height", Side.LEFT].reason
        == "no gain is known"
    )


def test_point_noise_sd_is_the_spread_of_noisy_points():
    """Monte Carlo: the stated sd of every measure matches what independent point noise does."""
    points = make_face(FaceShape(mouth_shift=1.0).with_side(Side.LEFT, commissure=(22.0, -70.0), lip_gap=4.0))
    sd_px, draws = 0.6, 600
    scale = Scale(0.2, ScaleSource.RULER, 0.0, 0.0)
    stated = by_key(measure_photo(points, scale=scale, point_noise=PointNoise(sd_px)))
    rng = np.random.default_rng(11)
    found = {key: [] for key, m in stated.items() if m.value is not None}
    asymmetry = []
    for _ in range(draws):
        noisy = map_points(points, lambda places: places + rng.normal(0, sd_px, places.shape))
        measures = by_key(measure_points(noisy, scale=scale))
        for key, values in found.items():
            values.append(measures[key].value)
        asymmetry.append(
            measures["commissure_height", Side.LEFT].value - measures["commissure_height", Side.RIGHT].value
        )
    for key, values in found.items():
        if key == ("dental_show", Side.RIGHT):
            continue  # closed lips: the values cannot fall below 0, so they spread less than stated
        # The sd of an sd from 600 draws is 3 %; 12 % is four of them.
        assert np.std(values) == pytest.approx(stated[key].sd, rel=0.12), key
    parts = stated["commissure_height", Side.LEFT].parts
    other = stated["commissure_height", Side.RIGHT].parts
    expected = math.sqrt(
        parts.noise**2 + other.noise**2 - 2 * parts.side_correlation * parts.noise * other.noise
    )
    assert np.std(asymmetry) == pytest.approx(expected, rel=0.12)


def test_point_noise_is_used_only_where_no_error_model_speaks():
    class KnowsBrows:
        def noise(self, raw, table):
            return Noise(2.0) if raw.name == "brow_height" else None

    points = make_face()
    scale = scale_from_iris(points)
    measures = by_key(
        measure_photo(points, scale=scale, point_noise=PointNoise(0.5), error_model=KnowsBrows())
    )
    assert measures["brow_height", Side.LEFT].ratio_sd == 2.0
    assert 0 < measures["commissure_height", Side.LEFT].ratio_sd < 1.0


def measure(**changes):
    fields = {
        "name": "brow_height", "side": Side.LEFT, "value": 1.0, "sd": 0.1, "unit": "mm", "raw": 1.0,
        "method": Method.NETWORK, "parts": SdParts(0.1, 0, 0),
    }  # fmt: skip
    return Measure(**{**fields, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"value": math.nan},
        {"sd": math.inf},
        {"raw": math.nan},
        {"value": None},
        {"reason": "both"},
        {"sd": None},
        {"sd": -0.1},
        {"parts": None},
        {"ratio": 1.0},
    ],
)
def test_invalid_measure_cannot_exist(changes):
    assert measure().value == 1.0
    with pytest.raises(MeasurementError, match=r"brow_height.*LEFT"):
        measure(**changes)


@pytest.mark.parametrize("bad", [-1.0, math.nan])
def test_invalid_noise_cannot_exist(bad):
    with pytest.raises(MeasurementError):
        PointNoise(bad)
    with pytest.raises(MeasurementError):
        Noise(bad)
    with pytest.raises(MeasurementError):
        Noise(1.0, side_correlation=1.5)
