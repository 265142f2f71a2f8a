import math
from dataclasses import replace

import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.errors import MeasurementError
from facialis.measurement.scale import (
    NoScale,
    Scale,
    ScaleSource,
    iris_norm,
    scale_from_distance,
    scale_from_iris,
    scale_from_ruler,
)
from tests.factories.faces import Camera, FaceShape, make_face

BETWEEN_PEOPLE = 0.42 / 11.7


def with_irises(left_px, right_px):
    points = make_face()
    return replace(
        points,
        left=replace(points.left, iris_diameter=left_px),
        right=replace(points.right, iris_diameter=right_px),
    )


def test_iris_norm_is_that_of_the_design():
    norm = iris_norm()
    assert (norm.value, norm.sd, norm.unit) == (11.7, 0.42, "mm")


def test_scale_from_iris_is_the_mean_of_both_eyes():
    scale = scale_from_iris(with_irises(58, 59), reading_rel_sd=0.02)
    assert scale.mm_per_px == pytest.approx(11.7 / 58.5)
    assert scale.source is ScaleSource.IRIS
    assert scale.common_rel_sd == pytest.approx(BETWEEN_PEOPLE)
    assert scale.photo_rel_sd == pytest.approx(0.02 / math.sqrt(2))
    assert scale.mm_per_px_sd == pytest.approx(
        scale.mm_per_px * math.hypot(BETWEEN_PEOPLE, 0.02 / math.sqrt(2))
    )


def test_irises_that_differ_widen_the_photos_part_only():
    scale = scale_from_iris(with_irises(56, 61), reading_rel_sd=0.02)
    assert scale.photo_rel_sd == pytest.approx(2.5 / 58.5)
    assert scale.common_rel_sd == pytest.approx(BETWEEN_PEOPLE)


def test_iris_that_is_cut_short_is_left_out():
    scale = scale_from_iris(with_irises(40, 58))
    assert scale.mm_per_px == pytest.approx(11.7 / 58)
    assert "cut short" in scale.note


def test_one_open_eye_gives_a_scale():
    scale = scale_from_iris(make_face(FaceShape().with_side(Side.LEFT, eye_open=False), Camera(px_per_mm=4)))
    assert scale.mm_per_px == pytest.approx(0.25)
    assert scale.note == "from one eye"


def test_closed_eyes_give_no_scale_but_a_reason():
    shape = FaceShape().with_side(Side.LEFT, eye_open=False).with_side(Side.RIGHT, eye_open=False)
    scale = scale_from_iris(make_face(shape))
    assert isinstance(scale, NoScale)
    assert "closed" in scale.reason


def test_scale_from_ruler_has_no_error_shared_by_the_patient():
    scale = scale_from_ruler(50, 400, length_mm_sd=0.5, length_px_sd=2)
    assert scale.mm_per_px == pytest.approx(0.125)
    assert scale.common_rel_sd == 0
    assert scale.photo_rel_sd == pytest.approx(math.hypot(0.01, 0.005))


def test_scale_from_distance_is_that_of_a_pinhole_camera():
    scale = scale_from_distance(1000, 5000, distance_mm_sd=20, focal_length_rel_sd=0.01)
    assert scale.mm_per_px == pytest.approx(0.2)
    assert scale.photo_rel_sd == pytest.approx(math.hypot(0.02, 0.01))


@pytest.mark.parametrize("bad", [0, -3, math.nan, math.inf])
def test_lengths_that_are_none_are_refused(bad):
    for make in (
        lambda: scale_from_ruler(bad, 100),
        lambda: scale_from_ruler(100, bad),
        lambda: scale_from_distance(bad, 100),
        lambda: scale_from_distance(100, bad),
        lambda: Scale(bad, ScaleSource.RULER, 0, 0),
    ):
        with pytest.raises(MeasurementError, match="positive"):
            make()


def test_negative_sd_is_refused():
    with pytest.raises(MeasurementError, match="0 or more"):
        Scale(0.2, ScaleSource.RULER, -0.1, 0)
