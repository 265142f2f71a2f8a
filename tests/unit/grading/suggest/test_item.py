import pytest

from facialis.anatomy.sides import Side
from facialis.grading.suggest.item import SuggestedItem, Suggestion


def item(name, value=None, probability=None):
    return SuggestedItem(name, value, (), (), (), probability=probability)


def test_confidence_is_the_probability_in_a_word():
    assert item("a").confidence is None
    assert item("a", 1, 0.95).confidence == "high"
    assert item("a", 1, 0.75).confidence == "fair"
    assert item("a", 1, 0.55).confidence == "low"


def test_items_are_found_by_their_id():
    found = Suggestion("x", "1", Side.LEFT, (item("a", 0, 0.5), item("b")), ())
    assert found.item("b").item == "b"
    assert found.not_determined == ("b",)
    assert found.notes == ()
    with pytest.raises(KeyError):
        found.item("c")


def test_every_suggestion_says_what_it_is():
    assert Suggestion("x", "1", Side.LEFT, (), ()).notice == (
        "Suggested from measurements. It stands beside the clinician's grade and never takes its place."
    )
