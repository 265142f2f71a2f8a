"""Whether a change between two visits is more than measuring explains."""

import math

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.measurements.changes import Place, change_of, change_of_index
from facialis.measurement.measure import Measure, SdParts
from facialis.measurement.points import Method

HEIGHT = Place(Expression.REST, "commissure_height", Side.LEFT)
SMILE = Place(Expression.OPEN_SMILE, "commissure_height", Side.LEFT, of_movement=True)


def visit(noise=0.5, photo=0.0, common=0.03, **values):
    found = {}
    for expression, value in values.items():
        parts = SdParts(noise, photo, common)
        measure = Measure(
            HEIGHT.name, Side.LEFT, value, parts.total(value), "mm", value, Method.NETWORK, parts=parts
        )
        found[Expression(expression)] = {(HEIGHT.name, Side.LEFT): measure}
    return found


def test_the_iris_of_the_patient_cancels_in_what_did_not_change():
    change = change_of(visit(rest=-70.0), visit(rest=-70.0), HEIGHT)
    assert change.value == 0.0
    assert change.sd == pytest.approx(math.hypot(0.5, 0.5)), "3 % of 70 mm would be 2 mm each"


def test_the_scale_of_each_photograph_does_not_cancel():
    change = change_of(visit(rest=-70.0, photo=0.01), visit(rest=-70.0, photo=0.01), HEIGHT)
    assert change.sd == pytest.approx(math.sqrt(2 * 0.5**2 + 2 * 0.7**2))


def test_a_change_carries_the_iris_in_proportion_to_itself():
    change = change_of(visit(rest=-60.0, noise=0.0), visit(rest=-70.0, noise=0.0), HEIGHT)
    assert (change.before, change.value) == (-70.0, 10.0)
    assert change.sd == pytest.approx(0.3)
    assert change.is_beyond_error


def test_movement_is_compared_with_movement():
    now, before = visit(rest=-70.0, open_smile=-60.0), visit(rest=-71.0, open_smile=-67.0)
    change = change_of(now, before, SMILE)
    assert (change.before, change.value) == (4.0, 6.0)
    assert change.sd == pytest.approx(math.sqrt(4 * 0.5**2 + (0.03 * 6.0) ** 2))


def test_within_error_is_said_to_be_so():
    assert not change_of(visit(rest=-69.0), visit(rest=-70.0), HEIGHT).is_beyond_error
    assert change_of(visit(rest=-68.0), visit(rest=-70.0), HEIGHT).is_beyond_error


def test_what_is_missing_once_has_no_change():
    assert change_of(visit(rest=-70.0), visit(open_smile=-60.0), HEIGHT) is None
    assert change_of(visit(rest=-70.0, open_smile=-60.0), visit(rest=-70.0), SMILE) is None


def test_the_index_of_two_visits():
    change = change_of_index({"value": 70.0, "sd": 3.0}, {"value": 60.0, "sd": 4.0})
    assert (change.before, change.value, change.sd) == (60.0, 10.0, 5.0)
    assert change_of_index({"value": None, "sd": None}, {"value": 60.0, "sd": 4.0}) is None
