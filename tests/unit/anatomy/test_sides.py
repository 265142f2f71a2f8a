from itertools import product

import pytest

from facialis.anatomy.sides import ImageHalf, Side, lateral_sign, side_shown_in


def test_frontal_photograph_shows_the_patients_right_on_the_screens_left():
    assert side_shown_in(ImageHalf.SCREEN_LEFT, mirrored=False) is Side.RIGHT
    assert side_shown_in(ImageHalf.SCREEN_RIGHT, mirrored=False) is Side.LEFT


@pytest.mark.parametrize(("half", "mirrored"), [*product(ImageHalf, (True, False))])
def test_mirroring_a_picture_swaps_the_side_that_a_half_shows(half, mirrored):
    assert side_shown_in(half, mirrored=mirrored) is side_shown_in(half, mirrored=not mirrored).opposite


@pytest.mark.parametrize("side", Side)
def test_sides_have_one_opposite_and_a_word_in_capitals(side):
    assert side.opposite is not side
    assert side.opposite.opposite is side
    assert side.label in {"LEFT", "RIGHT"}
    assert side.label.lower() == side.value


@pytest.mark.parametrize("side", Side)
def test_lateral_sign_makes_distances_positive_outward_on_both_sides(side):
    half = ImageHalf.SCREEN_RIGHT if side_shown_in(ImageHalf.SCREEN_RIGHT, mirrored=False) is side else None
    outward_x = 1 if half is ImageHalf.SCREEN_RIGHT else -1
    assert lateral_sign(side) * outward_x == 1
