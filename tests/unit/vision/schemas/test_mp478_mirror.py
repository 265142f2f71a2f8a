import dataclasses

import numpy as np

from facialis.anatomy.sides import Side
from facialis.vision.schemas.mp478 import INDICES
from facialis.vision.schemas.mp478_mirror import PAIRS, POINT_COUNT, mirror_order


def test_every_point_has_one_partner_and_mirroring_twice_changes_nothing():
    order = mirror_order()
    assert order.shape == (POINT_COUNT,)
    np.testing.assert_array_equal(order[order], np.arange(POINT_COUNT))
    named = [index for pair in PAIRS for index in pair]
    assert len(named) == len(set(named))


def test_the_named_points_of_one_side_mirror_to_those_of_the_other():
    order = mirror_order()
    for field in dataclasses.fields(INDICES[Side.RIGHT]):
        right = np.atleast_1d(getattr(INDICES[Side.RIGHT], field.name))
        left = np.atleast_1d(getattr(INDICES[Side.LEFT], field.name))
        if field.name == "iris":
            assert order[right[0]] == left[0]
            assert set(order[right]) == set(left)
        else:
            np.testing.assert_array_equal(order[right], left, err_msg=field.name)
