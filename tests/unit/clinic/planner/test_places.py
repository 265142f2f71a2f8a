"""Every injection point has its place, on its own side of the drawing and of the photograph."""

import subprocess
import sys

import numpy as np
import pytest

from facialis.clinic.planner.places import (
    diagram_points,
    diagram_radius,
    photograph_places,
    points_from_plain,
    points_to_plain,
)
from facialis.planning.places import all_places
from facialis.report.plan_figure.geometry import VIEW_BOX
from facialis.vision.backends.manual_points import ManualPointsError
from tests.factories.faces import FaceShape, make_face


def test_every_target_of_every_side_has_its_points():
    found = {(one.target, one.side) for one in diagram_points()}
    assert found == {
        (target.value, "midline" if side is None else side.label) for side, target in all_places()
    }
    assert len({(one.target, one.side, one.point) for one in diagram_points()}) == len(diagram_points())


def test_the_patients_right_is_on_the_left_of_the_drawing():
    for one in diagram_points():
        assert 0 < one.x < 1
        assert 0 < one.y < 1
        side = {"RIGHT": one.x < 0.5, "LEFT": one.x > 0.5, "midline": abs(one.x - 0.5) < 0.25}
        assert side[one.side], one


def test_the_area_of_a_circle_is_the_dose():
    assert diagram_radius(4.0) == pytest.approx(2 * diagram_radius(1.0))
    assert 0.005 < diagram_radius(1.0) < 0.03


def test_points_lie_on_their_side_of_a_photograph():
    points = make_face(FaceShape())
    found = photograph_places(points, 1200, 1600)
    assert len(found.points) == len(diagram_points())
    middle = points.nasion[0]
    for one in found.points:
        side = {"RIGHT": one.x_px < middle, "LEFT": one.x_px > middle, "midline": True}
        assert side[one.side], one
    assert found.radius_px(4.0) == pytest.approx(2 * found.radius_px(1.0))
    left, top, width, height = found.shown
    assert left >= 0
    assert top >= 0
    assert (width > 0, height > 0) == (True, True)


def test_a_lopsided_mouth_takes_its_points_along():
    even, drooping = make_face(FaceShape()), make_face(FaceShape())
    down = drooping.left.commissure + [0.0, 40.0]
    object.__setattr__(drooping.left, "commissure", down)
    before = {(p.target, p.side, p.point): p for p in photograph_places(even, 1200, 1600).points}
    after = {(p.target, p.side, p.point): p for p in photograph_places(drooping, 1200, 1600).points}
    corner = ("depressor_anguli_oris", "LEFT", 1)
    assert after[corner].y_px > before[corner].y_px + 5


def test_named_points_come_back_from_json():
    points = make_face(FaceShape())
    again = points_from_plain(points_to_plain(points))
    for side in ("left", "right"):
        one, other = getattr(points, side), getattr(again, side)
        np.testing.assert_array_equal(one.upper_lid, other.upper_lid)
        np.testing.assert_array_equal(one.commissure, other.commissure)
        assert one.iris_diameter == other.iris_diameter
    np.testing.assert_array_equal(points.chin, again.chin)


def test_a_face_that_is_not_whole_is_refused():
    plain = points_to_plain(make_face(FaceShape()))
    del plain["chin"]
    with pytest.raises(ManualPointsError, match="chin"):
        points_from_plain(plain, "rest.jpg")


def test_the_drawing_needs_no_model():
    code = (
        "import sys; from facialis.clinic.planner.places import diagram_points; from facialis.clinic.planner "
        "import Planner; assert diagram_points(); assert 'jax' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_view_box_has_the_shape_of_a_face():
    assert VIEW_BOX[2] < VIEW_BOX[3]
