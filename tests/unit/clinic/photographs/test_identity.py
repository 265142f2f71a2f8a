from dataclasses import replace

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.clinic.photographs.identity import differs, distance, identity_of, limits
from facialis.vision.moved_points import move_points
from tests.factories.faces import make_face


@pytest.fixture(scope="module")
def face():
    return identity_of(make_face())


def with_change(identity, **factors):
    return {name: value * factors.get(name, 1.0) for name, value in identity.items()}


def test_it_does_not_depend_on_scale_place_or_tilt(face):
    turn = np.array([[np.cos(0.2), -np.sin(0.2)], [np.sin(0.2), np.cos(0.2)]])
    moved = move_points(make_face(), lambda points: 3.0 * points @ turn.T + 40.0, 3.0)
    assert identity_of(moved) == pytest.approx(face)


def test_it_does_not_depend_on_what_a_palsy_moves(face):
    """Brow, lids and mouth of one side hang; the ratios stay."""
    points = make_face()
    left = points.side(Side.LEFT)
    hanging = replace(
        left,
        brow=left.brow + [0.0, 20.0],
        commissure=left.commissure + [5.0, 15.0],
        lower_lid=left.lower_lid + [0.0, 6.0],
    )
    assert identity_of(replace(points, left=hanging)) == face


def test_without_an_earlier_face_there_is_no_question(face):
    assert differs(face, []) is None
    assert distance(face, []) is None


def test_the_same_face_is_not_asked_about(face):
    assert distance(face, [face]) == 0.0
    assert differs(with_change(face, chin=1.002, nose_width=0.99), [face, face]) is None


def test_another_face_is_asked_about_by_what_differs_most(face):
    sentence = differs(with_change(face, nose_width=1.4), [face])
    assert "the width of the nose differs by 40 %" in sentence


def test_more_earlier_faces_make_it_surer(face):
    other = with_change(face, chin=1.012)
    assert distance(other, [face] * 5) > distance(other, [face])


def test_what_another_version_wrote_is_left_out(face):
    assert differs({"chin": 1.0}, [face]) is None
    assert differs(face, [{"chin": 9.0}]) is None


def test_the_table_is_of_these_names_and_a_covariance(face):
    table = limits()
    assert set(table.names) == set(face)
    assert np.all(np.linalg.eigvalsh(table.covariance) > 0)
    assert table.threshold > 1
