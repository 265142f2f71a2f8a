import pytest

from facialis.grading.grades import Grade
from facialis.grading.suggest.house_brackmann_grade import grade_of, grade_ranges
from facialis.grading.suggest.item import SuggestedItem, SuggestedRange

NORMAL = {
    "movement": "clear",
    "appearance": "normal",
    "rest": "normal",
    "forehead": "normal",
    "eye_closure": "normal",
    "mouth": "normal",
    "secondary_defect": "none",
}


@pytest.mark.parametrize(
    ("changes", "grade"),
    [
        ({}, Grade.I),
        ({"appearance": "slight"}, Grade.II),
        ({"movement": "none"}, Grade.VI),
        ({"movement": "none", "eye_closure": "incomplete", "mouth": "slight_movement"}, Grade.VI),
        ({"movement": "barely_perceptible", "rest": "asymmetric"}, Grade.III),
        ({"movement": "barely_perceptible", "rest": "asymmetric", "eye_closure": "incomplete"}, Grade.V),
        ({"forehead": "none", "eye_closure": "none", "mouth": "none"}, Grade.IV),
        ({"forehead": "none", "eye_closure": "none", "mouth": "none", "rest": "asymmetric"}, Grade.V),
    ],
)
def test_contradictions_of_two_readings_are_settled(changes, grade):
    assert grade_of({**NORMAL, **changes}) is grade


def item(name, *chances, reason=None):
    value = None if reason else max(chances, key=lambda chance: chance[1])[0]
    return SuggestedItem(
        item=name, value=value, measures=(), expressions=(), citations=(), chances=chances, reason=reason
    )


def items(**changes):
    found = {name: item(name, (answer, 1.0)) for name, answer in NORMAL.items()}
    return list({**found, **changes}.values())


def test_likely_answers_make_the_range():
    eye = item("eye_closure", ("normal", 0.94), ("incomplete", 0.06))
    assert grade_ranges(items(eye_closure=eye))[0][1] == SuggestedRange("grade", "I", "IV")
    eye = item("eye_closure", ("normal", 0.96), ("incomplete", 0.04))
    assert grade_ranges(items(eye_closure=eye))[0][1] == SuggestedRange("grade", "I", "I")


def test_negligible_answers_do_not_count():
    # Alone each is negligible; together they would be more than a tail of one in twenty.
    eye = item("eye_closure", ("normal", 0.991), ("incomplete", 0.009))
    appearance = item("appearance", ("normal", 0.953), ("slight", 0.047))
    found, _ = grade_ranges(items(eye_closure=eye, appearance=appearance))
    assert found[1] == SuggestedRange("grade", "I", "I")
    eye = item("eye_closure", ("normal", 0.99), ("incomplete", 0.01))
    found, _ = grade_ranges(items(eye_closure=eye, appearance=appearance))
    assert found[1] == SuggestedRange("grade", "I", "II")


def test_without_movement_there_is_no_grade():
    ranges, notes = grade_ranges(items(movement=item("movement", reason="Hair.")))
    assert ranges == ()
    assert notes == ("No grade: whether anything moves could not be judged. Hair.",)


def test_an_unjudged_secondary_defect_does_not_touch_the_weakness():
    ranges, _ = grade_ranges(items(secondary_defect=item("secondary_defect", reason="Hair.")))
    assert ranges == (
        SuggestedRange("weakness", "I", "I"),
        SuggestedRange("grade", "I", "IV", ("secondary_defect",)),
    )
