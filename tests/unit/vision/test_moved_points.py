"""No point stays behind when a face is carried into other pixels."""

import dataclasses

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints, Method, Region, SidePoints
from facialis.vision.moved_points import move_points
from tests.factories.faces import FaceShape, HalfFace, make_face

LENGTHS, UNTOUCHED = {"iris_diameter"}, {"methods"}
"""Every other field of a side holds points; a field that is added later is one of them."""


def turned(points):
    return points @ np.array([[0.8, 0.6], [-0.6, 0.8]]) * 3.0 + [11.0, -7.0]


def expect_moved(before, after):
    np.testing.assert_allclose(after, turned(np.atleast_2d(before)).reshape(np.shape(before)))


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(
    "name", [field.name for field in dataclasses.fields(SidePoints) if field.name not in LENGTHS | UNTOUCHED]
)
def test_every_point_of_a_side_is_moved(name, side):
    face = make_face()
    expect_moved(getattr(face.side(side), name), getattr(move_points(face, turned, 3.0).side(side), name))


@pytest.mark.parametrize(
    "name", [field.name for field in dataclasses.fields(FacePoints) if field.name not in {"left", "right"}]
)
def test_every_midline_point_is_moved(name):
    face = make_face()
    expect_moved(getattr(face, name), getattr(move_points(face, turned, 3.0), name))


def test_the_iris_grows_with_the_lengths_and_a_hidden_one_stays_hidden():
    face = make_face(FaceShape(right=HalfFace(eye_open=False)))
    moved = move_points(face, turned, 3.0)
    assert moved.left.iris_diameter == pytest.approx(3.0 * face.left.iris_diameter)
    assert moved.right.iris_centre is None
    assert moved.right.iris_diameter is None


def test_how_the_points_were_found_is_kept():
    face = make_face()
    face = dataclasses.replace(
        face, left=dataclasses.replace(face.left, methods={Region.LIDS: Method.REFINED})
    )
    moved = move_points(face, turned)
    assert moved.left.method(Region.LIDS) is Method.REFINED
    assert moved.right.method(Region.LIDS) is Method.NETWORK
