import numpy as np
import pytest

from facialis.measurement.contour import clockwise_area, curve_length, height_at, mean_height
from facialis.measurement.errors import NotMeasurableError

ARCH = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 4.0]])


def test_height_between_two_points_is_linear():
    assert height_at(ARCH, 2.0, "arch") == pytest.approx(3.0)


def test_height_at_a_vertex_is_the_vertex():
    assert height_at(ARCH, 1.0, "arch") == pytest.approx(2.0)


def test_height_does_not_depend_on_the_direction_of_the_curve():
    assert height_at(ARCH[::-1], 2.2, "arch") == pytest.approx(height_at(ARCH, 2.2, "arch"), abs=1e-15)


def test_height_of_a_folded_curve_is_the_mean_of_its_passages():
    folded = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 1.0], [3.0, 2.0]])
    assert height_at(folded, 1.5, "fold") == pytest.approx((0 + 0.5 + 1.25) / 3)


def test_height_of_an_upright_piece_is_its_middle():
    assert height_at(np.array([[1.0, 0.0], [1.0, 4.0]]), 1.0, "wall") == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("contour", "reason"),
    [
        (ARCH + [10, 0], "does not reach"),
        (ARCH[:1], "has 1 points"),
        (ARCH * np.nan, "without a position"),
    ],
)
def test_height_that_cannot_be_read_has_a_reason(contour, reason):
    with pytest.raises(NotMeasurableError, match=reason):
        height_at(contour, 2.0, "arch")


def test_mean_height_does_not_count_dense_points_twice():
    sparse = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 10.0]])
    dense = np.concatenate([np.linspace([0.0, 0.0], [10.0, 0.0], 50), sparse[2:]])
    assert mean_height(dense, "brow") == pytest.approx(mean_height(sparse, "brow"))


def test_mean_height_of_one_repeated_point_has_a_reason():
    with pytest.raises(NotMeasurableError, match="coincide"):
        mean_height(np.zeros((3, 2)), "brow")


def test_curve_length_adds_the_pieces():
    assert curve_length(np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 6.0]]), "fold") == pytest.approx(7.0)


def test_clockwise_area_is_signed():
    square = np.array([[0.0, 0.0], [0.0, 2.0], [3.0, 2.0], [3.0, 0.0]])
    assert clockwise_area(square) == pytest.approx(6.0)
    assert clockwise_area(square[::-1] + 1e6) == pytest.approx(-6.0)
