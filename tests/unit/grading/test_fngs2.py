import itertools

import pytest

from facialis.grading.errors import ContradictoryAnswersError
from facialis.grading.fngs2 import Fngs2Answers, score
from facialis.grading.score import Completeness, Direction, Part, Score, ScoreRange

WORSE = Direction.HIGHER_IS_WORSE


def test_whole_result():
    assert score(Fngs2Answers(3, 4, 5, 4, 2)) == Score(
        instrument="fngs2",
        version="2.0",
        total=18,
        unit="points",
        range=ScoreRange(4, 24),
        direction=WORSE,
        parts=(
            Part("regions", "Four regions", 16, ScoreRange(4, 24), WORSE),
            Part("secondary_movement", "Secondary movement", 2, ScoreRange(0, 3), WORSE),
        ),
        grade="IV",
        completeness=Completeness(5, 5, ()),
        notes=(),
        citations=("Vrabec09",),
    )


@pytest.mark.parametrize("secondary", [1, 2, 3])
def test_flaccid_face_has_no_secondary_movement(secondary):
    with pytest.raises(ContradictoryAnswersError, match=f"'secondary_movement' is {secondary} "):
        Fngs2Answers(6, 6, 6, 6, secondary)


def test_flaccid_face_is_six():
    assert score(Fngs2Answers(6, 6, 6, 6, 0)).grade == "VI"


@pytest.mark.parametrize(("secondary", "grade"), [(0, "V"), (1, None), (2, None), (3, None)])
def test_only_a_flaccid_face_is_six(secondary, grade):
    found = score(Fngs2Answers(6, 6, 5, 6, secondary))
    assert found.total == 23 + secondary
    assert found.grade == grade
    assert len(found.notes) == (0 if grade else 1)


def test_every_face_that_can_be_has_a_grade_or_says_why_not():
    grades = {}
    for regions in itertools.combinations_with_replacement(range(1, 7), 4):
        for secondary in range(4 if sum(regions) < 24 else 1):
            found = score(Fngs2Answers(*regions, secondary))
            grades.setdefault(found.total, set()).add(found.grade)
            assert found.grade or found.notes
    limits = {"I": (4, 4), "II": (5, 9), "III": (10, 14), "IV": (15, 19), "V": (20, 23)}
    expected = {total: {grade} for grade, (low, high) in limits.items() for total in range(low, high + 1)} | {
        24: {"VI", None},
        25: {None},
        26: {None},
    }
    assert grades == expected
