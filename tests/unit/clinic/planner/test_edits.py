"""A dose that cannot be meant is refused; an unwise one is read, and a finding says so."""

import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.clinic.planner.edits import EditError, doubled_point, injections_of
from facialis.clinic.planner.requests import DoseEdit
from facialis.errors import FacialisError
from tests.factories.planning import ABO, ONA


def test_needles_are_read_exactly():
    (one,) = injections_of([DoseEdit("mentalis", "RIGHT", 1, "2.35")], ONA)
    assert (one.side, one.target, one.point) == (Side.RIGHT, InjectionTarget.MENTALIS, 1)
    assert one.dose.text == "2.35 units onabotulinumtoxinA"


@pytest.mark.parametrize("side", [None, "midline"])
def test_the_midline_has_no_side(side):
    (one,) = injections_of([DoseEdit("procerus", side, 1, "2")], ONA)
    assert one.side is Side.LEFT  # as everywhere


def test_a_dose_of_nothing_is_left_out():
    assert (
        injections_of([DoseEdit("mentalis", "LEFT", 1, "0"), DoseEdit("mentalis", "LEFT", 1, "0.0")], ONA)
        == ()
    )


def test_another_product_is_read_as_what_it_says():
    (one,) = injections_of([DoseEdit("mentalis", "LEFT", 1, "2", "abobotulinumtoxinA")], ONA)
    assert one.dose.product is ABO


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (DoseEdit("nonsense", "LEFT", 1, "2"), "nonsense"),
        (DoseEdit("mentalis", None, 1, "2"), "LEFT or RIGHT"),
        (DoseEdit("mentalis", "midline", 1, "2"), "LEFT or RIGHT"),
        (DoseEdit("mentalis", "left", 1, "2"), "LEFT, RIGHT"),
        (DoseEdit("procerus", "LEFT", 1, "2"), "midline"),
        (DoseEdit("mentalis", "LEFT", 99, "2"), "99"),
        (DoseEdit("mentalis", "LEFT", 0, "2"), "0"),
        (DoseEdit("mentalis", "LEFT", 1, "-2"), "0 or more"),
        (DoseEdit("mentalis", "LEFT", 1, "2,5"), "with a point"),
        (DoseEdit("mentalis", "LEFT", 1, ""), "with a point"),
        (DoseEdit("mentalis", "LEFT", 1, "1e9"), "with a point"),
        (DoseEdit("mentalis", "LEFT", 1, "NaN"), "with a point"),
        (DoseEdit("mentalis", "LEFT", 1, "9" * 31), "digits"),
        (DoseEdit("mentalis", "LEFT", 1, "2", "lemonade"), "lemonade"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(edit, words):
    with pytest.raises(FacialisError, match=words):
        injections_of([edit], ONA)


def test_more_needles_than_a_face_has_are_refused():
    with pytest.raises(EditError, match="501 needles"):
        injections_of([DoseEdit("mentalis", "LEFT", 1, "2")] * 501, ONA)


def test_a_point_that_is_named_twice_is_found():
    once = [DoseEdit("mentalis", "LEFT", 1, "2"), DoseEdit("mentalis", "RIGHT", 1, "2")]
    assert doubled_point(injections_of(once, ONA)) is None
    assert doubled_point(injections_of([*once, once[0]], ONA)) == "point 1 of mentalis, LEFT"
